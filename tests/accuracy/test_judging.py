"""What counts as found, wrong, missed and false."""

from dataclasses import replace

from benchmarks.accuracy.answers import Answer, Call, Found
from benchmarks.accuracy.edges import edges
from benchmarks.accuracy.judging import Card, judge
from benchmarks.accuracy.labels import Connections, Defect, Labels, Spec, Trap, Unit

UNIT = Unit("overlays/prod", path="overlays/prod")
CALL = Call("shop", "web", "shop", "api", frozenset({"80"}), "api", "env", "proved", "ok", "web -> api")
ERROR = Found("error", "api", "error: api selects nothing", "service-selects-nothing api selects app=apj")


def connections(text: str, *, full: bool = True, also: str = "", never: str = "") -> Connections:
    return Connections(("overlays/*",), edges(text), edges(also), edges(never), full)


def defect(label: str, *words: str, **changes: bool) -> Defect:
    return Defect(
        "D1", label, ("overlays/*",), Spec(words), changes.get("fails", False), changes.get("tolerated", False)
    )


def scored(answer: Answer, *known: Connections, defects: tuple[Defect, ...] = (), traps: tuple[Trap, ...] = ()) -> Card:
    card = Card("shop")
    judge(UNIT, answer, Labels(known, defects, traps), card)
    return card


def answer(*calls: Call, errors: tuple[Found, ...] = (), status: int = 0) -> Answer:
    return Answer(status, 0.1, "", errors, calls, ("overlays/prod",))


def test_a_connection_that_is_found() -> None:
    card = scored(answer(CALL), connections("web -> api:80"))

    assert (card.edges, card.missed, card.reported, card.wrong) == (1, [], 1, [])


def test_a_connection_that_is_missed_is_said() -> None:
    card = scored(answer(), connections("web -> api:80"))

    assert (card.edges, card.missed) == (1, ["overlays/prod: web -> api:80"])


def test_the_port_counts() -> None:
    card = scored(answer(CALL), connections("web -> api:81"))

    assert (len(card.missed), card.wrong) == (1, ["overlays/prod: web -> api"])


def test_a_connection_without_a_port_is_neither_right_nor_wrong() -> None:
    card = scored(answer(replace(CALL, ports=frozenset())), connections("web -> api:80"))

    assert (card.reported, card.wrong) == (0, [])


def test_another_namespace_is_another_service() -> None:
    card = scored(answer(CALL), connections("web -> api.kitchen:80"))

    assert (len(card.missed), len(card.wrong)) == (1, 1)


def test_what_is_also_right_is_not_missed() -> None:
    known = connections("", also="web -> api:80")

    assert (scored(answer(), known).missed, scored(answer(CALL), known).wrong) == ([], [])


def test_only_what_is_labelled_wrong_is_wrong_where_not_all_is_labelled() -> None:
    other = replace(CALL, client="worker", shown="worker -> api")
    card = scored(answer(CALL, other), connections("", full=False, never="worker -> api:80"))

    assert (card.reported, card.wrong) == (1, ["overlays/prod: worker -> api"])


def test_unknown_and_structured_references_claim_nothing() -> None:
    calls = (replace(CALL, verdict="unknown", reason="open-namespace"), replace(CALL, via="structured"))

    assert scored(answer(*calls), connections("")).reported == 0


def test_a_labelled_defect_is_no_wrong_connection() -> None:
    refuted = replace(CALL, verdict="refuted", reason="no-endpoints")
    card = scored(answer(refuted), connections(""), defects=(defect("OPT", "api"),))

    assert (card.reported, card.wrong) == (0, [])


def test_a_bug_must_be_an_error() -> None:
    loud = scored(answer(errors=(ERROR,), status=1), defects=(defect("BUG", "api", "apj"),))
    silent = scored(answer(errors=(replace(ERROR, severity="warning"),)), defects=(defect("BUG", "api", "apj"),))

    assert (loud.defects, loud.silent, loud.false) == (1, [], {})
    assert (silent.defects, silent.silent) == (1, ["D1 overlays/prod"])


def test_an_error_about_anything_else_is_false() -> None:
    for label in ("LATENT", "OPT", "EXT"):
        card = scored(answer(errors=(ERROR,), status=1), defects=(defect(label, "api"),))

        assert card.false == {"error: api selects nothing": "overlays/prod"}


def test_a_tolerated_error_is_not_false() -> None:
    card = scored(answer(errors=(ERROR,), status=1), defects=(defect("EXT", "api", tolerated=True),))

    assert (card.false, card.defects) == ({}, 0)


def test_traps() -> None:
    by_error = Trap("T1", ("*",), Spec(objects=("api",)), (), ())
    by_host = Trap("T2", ("*",), Spec(), ("api.",), ())
    by_path = Trap("T3", ("*",), Spec(), (), ("overlays/",))
    refuted = replace(CALL, verdict="refuted", reason="nxdomain")
    card = scored(answer(refuted, errors=(ERROR,), status=1), traps=(by_error, by_host, by_path))

    assert card.traps == [
        "T1 overlays/prod: error: api selects nothing",
        "T2 overlays/prod: web -> api",
        "T3 overlays/prod: overlays/prod",
    ]


def test_a_run_without_a_report_is_said_unless_it_is_labelled() -> None:
    card = scored(Answer(2, 0.1, "ringtrue: nothing to check\n"))
    judge(replace(UNIT, broken=True), Answer(2, 0.1, ""), Labels((), (), ()), card)

    assert card.broken == ["overlays/prod: exit 2: ringtrue: nothing to check"]


def test_unknown_counts_by_reason_and_external_apart() -> None:
    unknown = replace(CALL, verdict="unknown", reason="open-namespace")
    card = scored(answer(CALL, unknown, replace(unknown, reason="external")))

    assert card.verdicts == {"proved": 1, "unknown": 1, "external": 1}
    assert (card.reasons, card.open) == ({"open-namespace": 1}, ["overlays/prod: web -> api"])


SPECS = (
    (Spec(("API", "app=apj")), True),
    (Spec(("api", "web")), False),
    (Spec(some=("web", "api")), True),
    (Spec(pattern=r"api\b(?!-)"), True),
    (Spec(objects=("ap",)), False),
    (Spec(objects=("web", "api")), True),
    (Spec(), False),
)


def test_a_finding_is_about_a_label_when_every_part_of_it_holds() -> None:
    assert [ERROR.is_about(spec) for spec, _ in SPECS] == [expected for _, expected in SPECS]
