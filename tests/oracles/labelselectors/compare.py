"""`cluster.labels` against apimachinery: which labels a LabelSelector selects."""

from random import Random
from typing import Any

from components.building import go_program
from frame.lines import LineProgram
from frame.namespaces import ORACLES
from frame.tally import Disagreement, Tally

from ringtrue.cluster.labels import matches

AT_ONCE = 1000
_KEYS = ("app", "tier", "example.com/a")
_VALUES = ("web", "db", "")
_OPERATORS = ("In", "NotIn", "Exists", "DoesNotExist")


def run(size: int, seed: int) -> Tally:
    """Asks `size` selectors about labels; what upstream refuses selects nothing (ADM-15 reports it)."""
    random, tally = Random(seed), Tally("selectors", seed)
    with LineProgram([str(go_program(ORACLES / "labelselectors"))], "labelselectors") as component:
        while tally.asked < size:
            asked = [{"selector": _selector(random), "labels": _labels(random)} for _ in range(min(AT_ONCE, size))]
            for each, real in zip(asked, component.ask(asked), strict=True):
                tally.seen[real] += 1
                model = matches(each["selector"], each["labels"] or {})
                if model is (real == "yes"):
                    tally.agreed += 1
                else:
                    tally.disagreements.append(Disagreement(str(each), model, real))
    return tally


def _labels(random: Random) -> dict[str, str]:
    return {key: random.choice(_VALUES) for key in _KEYS if random.random() < 0.6}


def _selector(random: Random) -> dict[str, Any] | None:
    if random.random() < 0.05:
        return random.choice((None, {}, {"matchLabels": {}}, {"matchExpressions": []}))
    selector: dict[str, Any] = {}
    if random.random() < 0.5:
        selector["matchLabels"] = {random.choice(_KEYS): random.choice(_VALUES)}
    if random.random() < 0.8:
        selector["matchExpressions"] = [_requirement(random) for _ in range(random.choice((1, 1, 2)))]
    return selector


def _requirement(random: Random) -> dict[str, Any]:
    operator = random.choice((*_OPERATORS, *_OPERATORS, "in", "Gt"))
    count = random.choice((0, 1)) if random.random() < 0.1 else 0 if "xist" in operator else random.choice((1, 2))
    values = {"values": random.sample(_VALUES, count)} if count else {}
    return {"key": random.choice(_KEYS), "operator": operator, **values}
