"""Where things stand: nothing on anything else, callers left of what they call, long chains wrapped."""

from itertools import combinations

from ringtrue.reports.map_layout import COLUMNS, NODE_HEIGHT, NODE_WIDTH, layout
from ringtrue.reports.map_packing import pack
from ringtrue.reports.map_parts import Edge, Kind, Mark, Node, Part, Role


def part(calls: list[tuple[str, str]], alone: tuple[str, ...] = ()) -> Part:
    """Nodes are called namespace/name."""
    names = sorted({name for call in calls for name in call} | set(alone))
    nodes = tuple(Node(n, "prod", Role.WORKLOAD, "Deployment", *n.split("/")) for n in names)
    edges = tuple(Edge(f"{a}>{b}", "prod", Kind.CALLS, a, b, Mark.PROVED) for a, b in calls)
    return Part("prod", "in-cluster", True, nodes, edges, ())


def chain(length: int) -> list[tuple[str, str]]:
    return [(f"shop/n{number:03}", f"shop/n{number + 1:03}") for number in range(length)]


def apart(places: list[tuple[int, int]], width: int, height: int) -> bool:
    return all(abs(a[0] - b[0]) >= width or abs(a[1] - b[1]) >= height for a, b in combinations(places, 2))


def test_callers_stand_left_of_what_they_call() -> None:
    made = layout(part([("shop/a", "shop/b"), ("shop/b", "shop/c")]))

    assert made.places["shop/a"][0] < made.places["shop/b"][0] < made.places["shop/c"][0]
    assert len({y for _, y in made.places.values()}) == 1


def test_a_long_chain_is_wrapped() -> None:
    made = layout(part(chain(30)))

    assert len({x for x, _ in made.places.values()}) == COLUMNS
    assert apart(list(made.places.values()), NODE_WIDTH, NODE_HEIGHT)


def test_nothing_stands_on_anything_else() -> None:
    calls = [(f"ns{a % 7}/n{a}", f"ns{(a * a) % 7}/n{(a * 31 + 7) % 80}") for a in range(80)]
    calls = [(a, f"ns{int(b.split('n')[-1]) % 7}/n{b.split('/n')[1]}") for a, b in calls]
    made = layout(part(calls, alone=tuple(f"ns{n % 3}/z{n}" for n in range(20))))

    assert len(made.places) == 100
    assert apart(list(made.places.values()), NODE_WIDTH, NODE_HEIGHT)
    assert [
        (one.namespace, other.namespace)
        for one, other in combinations(made.boxes, 2)
        if one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    ] == []
    for name, (x, y) in made.places.items():
        (box,) = [each for each in made.boxes if each.namespace == name.split("/")[0]]
        assert box.x < x < x + NODE_WIDTH < box.x + box.width
        assert box.y < y < y + NODE_HEIGHT < box.y + box.height


def test_a_loop_and_a_call_to_oneself_are_drawn() -> None:
    made = layout(part([("shop/a", "shop/b"), ("shop/b", "shop/a"), ("shop/a", "shop/a")]))

    assert set(made.places) == {"shop/a", "shop/b"}


def test_a_map_of_nothing() -> None:
    made = layout(part([]))

    assert (made.boxes, made.places) == ((), {})


def test_blocks_beside_a_high_one_are_stacked() -> None:
    assert pack([(100, 100), (40, 40), (40, 40)], 1.5, 10).spots == ((0, 0), (110, 0), (110, 50))


def test_or_kept_in_a_row() -> None:
    assert pack([(100, 100), (40, 40), (40, 40)], 3, 10, keep=True).spots == ((0, 0), (110, 0), (160, 0))
