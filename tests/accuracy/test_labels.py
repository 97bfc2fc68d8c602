"""The labels can be read, and each is about something."""

import pytest
from benchmarks.accuracy.edges import Edge, edges
from benchmarks.accuracy.labels import Labels, corpora, fits, labels, replays

CORPORA = {each.id: each for each in corpora()}
LINES = {
    "a name and a port": ("web -> api:80", (Edge("", "web", "", "api", "80"),)),
    "namespaces": ("shop/web -> api.kitchen:http", (Edge("shop", "web", "kitchen", "api", "http"),)),
    "any port": ("web -> api", (Edge("", "web", "", "api", ""),)),
    "notes for readers": (
        "web -> api:80/8080 db:5432*",
        (Edge("", "web", "", "api", "80"), Edge("", "web", "", "db", "5432")),
    ),
    "several clients": ("a, b -> c:1", (Edge("", "a", "", "c", "1"), Edge("", "b", "", "c", "1"))),
    "comments and empty lines": ("\n# none\nweb -> api:80 # why\n", (Edge("", "web", "", "api", "80"),)),
}


@pytest.mark.parametrize(("text", "expected"), LINES.values(), ids=LINES)
def test_edges(text: str, expected: tuple[Edge, ...]) -> None:
    assert edges(text) == expected


@pytest.mark.parametrize("text", ["web api:80", "web -> API:80", "web -> api:80:81"])
def test_lines_that_are_no_edges(text: str) -> None:
    with pytest.raises(ValueError, match=r"no ' -> '|no target can be read"):
        edges(text)


def test_an_edge_reads_as_it_was_written() -> None:
    (edge,) = edges("shop/web -> api.kitchen:80")

    assert str(edge) == "shop/web -> api.kitchen:80"


def _patterns(known: Labels) -> list[tuple[str, ...]]:
    return [
        *(each.match for each in known.connections),
        *(each.units for each in known.defects),
        *(each.units for each in known.traps),
    ]


@pytest.mark.parametrize("name", CORPORA)
def test_every_label_is_about_a_unit(name: str) -> None:
    known = labels(name)
    names = [unit.name for unit in CORPORA[name].units]

    assert _patterns(known)
    assert [each for each in _patterns(known) if not any(fits(unit, each) for unit in names)] == []


@pytest.mark.parametrize("name", CORPORA)
def test_every_defect_can_be_told_apart(name: str) -> None:
    known = labels(name)
    ids = [each.id for each in (*known.defects, *known.traps)]

    assert len(set(ids)) == len(ids)
    assert [each.id for each in known.defects if not each.spec.given and not each.build_fails] == []
    assert [each.id for each in known.traps if not (each.spec.given or each.hosts or each.paths)] == []


def test_every_commit_is_whole() -> None:
    pinned = [*corpora(), *replays()]

    assert len(pinned) == 16
    assert [each.id for each in pinned if len(each.commit) != 40] == []
    assert len({each.id for each in pinned}) == len(pinned)
