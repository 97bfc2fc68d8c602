"""`cluster.updates` against kube-apiserver: an object is made, and its change asked for as Argo CD would apply it."""

import copy
import json
from random import Random
from typing import Any

from apiserver.compare import command, said
from apiserver.mutations import put
from apiserver.naming import refused_fields, unnamed
from apiserver.objects import CLUSTER_SCOPED
from components.building import go_program
from components.kubernetes import VERSION
from frame.clusters import Document
from frame.lines import LineProgram
from frame.namespaces import ORACLES
from frame.shrinking import shrink
from frame.tally import Disagreement, Tally
from updates.objects import POOLS, good

from ringtrue.cluster.profile import Profile
from ringtrue.cluster.updates import rejections
from ringtrue.manifests.resource import Resource

_NAMESPACE = "shop"
_MOST_TRIES = 50
_WAYS = ("client", "server")


def run(size: int, seed: int) -> Tally:
    """Asks for `size` changes; each both by client-side and by server-side apply. Compared: verdicts and fields."""
    random, tally = Random(seed), Tally("updates", seed, "changes")
    with LineProgram(command("updates.inside", str(go_program(ORACLES / "updates"))), "kube-apiserver") as component:
        for _ in range(size):
            _judge(tally, *_pair(random, component), component)
    return tally


def _pair(random: Random, component: LineProgram) -> tuple[Document, Document]:
    """An object that the API server takes, and its change."""
    for _ in range(_MOST_TRIES):
        old = _changed(random, random.choice(good()), (0, 1, 1, 2))
        new = _changed(random, old, (1, 1, 2, 3))
        if old != new and component.ask({"old": old, "new": old})["made"]:
            return old, new
    raise AssertionError("nothing that is made up can be made")


def _changed(random: Random, document: Document, counts: tuple[int, ...]) -> Document:
    document = copy.deepcopy(document)
    pool = POOLS[document["kind"]]
    for route in random.sample(list(pool), min(len(pool), random.choice(counts))):
        put(document, route, copy.deepcopy(random.choice(pool[route])))
    return document


def _judge(tally: Tally, old: Document, new: Document, component: LineProgram) -> None:
    if _is_open(old, new):
        tally.by_design += 1
        return
    real = component.ask({"old": old, "new": new})
    tally.seen["accepted" if real["client"]["accepted"] else "rejected"] += 1
    if not any(_quarrels(old, new, real)):
        tally.agreed += 1
    else:
        tally.disagreements.append(_smallest(old, new, component))


def _is_open(old: Document, new: Document) -> bool:
    """An address or a family is written down afterwards: whether it is the one that was given, no manifest says."""
    before, after = old.get("spec", {}), new.get("spec", {})
    if old["kind"] != "Service" or "ExternalName" in (before.get("type"), after.get("type")):
        return False
    given = not before.get("clusterIP") and after.get("clusterIP") not in (None, "", "None")
    return given or (not before.get("ipFamilies") and bool(after.get("ipFamilies")))


def _quarrels(old: Document, new: Document, real: dict[str, Any]) -> list[str]:
    """What ringtrue and each way of applying differ about, "" for nothing."""
    alone = [f"{field}: {message}" for field, message in said(new)]
    return [_quarrel(_ours(old, new, way), alone, real[way]) for way in _WAYS]


def _quarrel(refused: list[str], alone: list[str], real: dict[str, Any]) -> str:
    """`alone` is what speaks against the new object by itself, which may pass in a change."""
    ours = [*refused, *alone]
    if real["accepted"]:
        return "accepted in truth" if refused else ""
    if not ours:
        return "refused in truth"
    missed = unnamed((each.partition(": ")[0] for each in ours), refused_fields(real["fields"], real["message"]))
    return f"fields {missed}" if missed else ""


def _ours(old: Document, new: Document, way: str) -> list[str]:
    """What ringtrue says against the change."""
    before, after = (Resource(each, "" if each["kind"] in CLUSTER_SCOPED else _NAMESPACE) for each in (old, new))
    refused = rejections(before, after, Profile(version=VERSION), server_side=way == "server")
    return [each.message for each in refused]


def _smallest(old: Document, new: Document, component: LineProgram) -> Disagreement:
    before = _quarrels(old, new, component.ask({"old": old, "new": new}))

    def fails(smaller: list[Document]) -> bool:
        """Still the same quarrels, about an object that can be made."""
        if len(smaller) < 2 or _is_open(*smaller):
            return False
        real = component.ask({"old": smaller[0], "new": smaller[1]})
        return real["made"] and _quarrels(*smaller, real) == before

    small_old, small_new = shrink([old, new], fails)
    real = component.ask({"old": small_old, "new": small_new})
    way = _WAYS[0] if before[0] else _WAYS[1]
    question = f"{old['kind']}, {way}-side apply: {' / '.join(before)}"
    ours, theirs = _ours(small_old, small_new, way), real[way]["message"]
    return Disagreement(question, ours or "accepted", theirs or "accepted", json.dumps([small_old, small_new]))
