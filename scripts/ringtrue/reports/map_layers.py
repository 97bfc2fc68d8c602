"""Layers and rows of a directed graph, by fast-sugiyama, which is loaded only here."""

from collections.abc import Sequence
from dataclasses import dataclass

from ringtrue.errors import ToolMissing

_SPACING = 72
_MOST = 900
"""Edges that take part in the layout of one component: more cost minutes and show nothing. All of them are drawn."""


@dataclass(frozen=True, slots=True)
class Slot:
    """`layer` from 0, callers first; `row` in rows of nodes, from 0, half ones too."""

    name: str
    layer: int
    row: float


def components(names: Sequence[str], edges: Sequence[tuple[str, str]]) -> list[list[Slot]]:
    """The connected components, larger ones first, then single nodes, in the order of `names`.

    A loop is cut at one of its edges. Raises ToolMissing.
    """
    numbers = {name: number for number, name in enumerate(names)}
    pairs = list(dict.fromkeys((numbers[a], numbers[b]) for a, b in edges if a != b))[:_MOST]
    found = [_slots(names, positions) for positions in _layouts(pairs)]
    placed = {slot.name for slots in found for slot in slots}
    found.sort(key=lambda slots: (-len(slots), numbers[slots[0].name]))
    return [*found, *([Slot(name, 0, 0.0)] for name in names if name not in placed)]


def _layouts(pairs: Sequence[tuple[int, int]]) -> list[list[tuple[int, tuple[float, float]]]]:
    """Positions by node; what comes back in no fixed order is sorted."""
    if not pairs:
        return []
    try:
        from fast_sugiyama import from_edges
    except ImportError:
        raise ToolMissing(
            "the layout of the HTML map needs fast-sugiyama, which is not installed: install 'ringtrue[map]', "
            "or ask for --format mermaid or json"
        ) from None
    made = from_edges(pairs, minimum_length=1, vertex_spacing=_SPACING, transpose=len(pairs) < _MOST // 3)
    return [sorted((int(node), (float(at[0]), float(at[1]))) for node, at in each[0]) for each in made]


def _slots(names: Sequence[str], positions: Sequence[tuple[int, tuple[float, float]]]) -> list[Slot]:
    """The library draws downwards, y growing upwards, and counts dummies of long edges as nodes past the last name."""
    real = [(node, at) for node, at in positions if node < len(names)]
    top = max(y for _, (_, y) in real)
    left = min(x for _, (x, _) in real)
    return [Slot(names[node], round((top - y) / _SPACING), (x - left) / _SPACING) for node, (x, y) in real]
