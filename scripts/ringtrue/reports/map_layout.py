"""Where everything stands: a box for each namespace, in it columns from those who call to those who are called.

Layers and order come from fast-sugiyama (layered drawing: few crossings, straight edges); sizes, wrapping and packing
are ours, since a page is read in rows. Coordinates are whole units, from the top left of the environment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ringtrue.reports.map_layers import Slot, components
from ringtrue.reports.map_packing import Block, pack
from ringtrue.reports.map_parts import Node, Part

NODE_WIDTH, NODE_HEIGHT = 200, 42
COLUMN_GAP, ROW_GAP = 64, 16
BOX_GAP, BOX_MARGIN, BOX_TITLE, CHIP = 56, 20, 30, 26
COLUMNS = 8
"""A longer chain goes on below, as a long line of text does."""
WIDE = 1.9
"""How much wider than high a picture should be."""
_COLUMN, _ROW = NODE_WIDTH + COLUMN_GAP, NODE_HEIGHT + ROW_GAP


@dataclass(frozen=True, slots=True)
class Box:
    """A namespace; `chips` of its policies stand at its foot, each with its place and width."""

    namespace: str
    x: int
    y: int
    width: int
    height: int
    chips: tuple[tuple[str, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    width: int
    height: int
    boxes: tuple[Box, ...]
    places: dict[str, tuple[int, int]]
    """The top left corner of each node."""


@dataclass(frozen=True, slots=True)
class _Inside:
    namespace: str
    width: int
    height: int
    places: tuple[tuple[str, int, int], ...]
    chips: tuple[tuple[str, int, int, int], ...]


def layout(part: Part) -> Layout:
    """The same places for the same map."""
    by_namespace: dict[str, list[Node]] = {}
    for node in part.nodes:
        by_namespace.setdefault(node.namespace, []).append(node)
    insides = [_inside(part, namespace, nodes) for namespace, nodes in by_namespace.items()]
    namespaces = {node.id: node.namespace for node in part.nodes}
    boxes, places = [], {}
    spots = _arranged(insides, {(namespaces[edge.source], namespaces[edge.target]) for edge in part.edges})
    for inside, (left, top) in zip(insides, spots, strict=True):
        chips = tuple((known, left + x, top + y, width) for known, x, y, width in inside.chips)
        boxes.append(Box(inside.namespace, left, top, inside.width, inside.height, chips))
        places.update({known: (left + x, top + y) for known, x, y in inside.places})
    width = max((box.x + box.width for box in boxes), default=0) + BOX_MARGIN
    height = max((box.y + box.height for box in boxes), default=0) + BOX_MARGIN
    return Layout(width, height, tuple(boxes), places)


def _inside(part: Part, namespace: str, nodes: Sequence[Node]) -> _Inside:
    known = {node.id for node in nodes}
    edges = [(edge.source, edge.target) for edge in part.edges if edge.source in known and edge.target in known]
    blocks = [_block(slots) for slots in components([node.id for node in nodes], edges)]
    packed = pack([(block.width, block.height) for block in blocks], WIDE, ROW_GAP)
    places = tuple(
        (name, x + left + BOX_MARGIN, y + top + BOX_TITLE + BOX_MARGIN)
        for block, (left, top) in zip(blocks, packed.spots, strict=True)
        for name, x, y in block.items
    )
    width = max(packed.width, NODE_WIDTH) + 2 * BOX_MARGIN
    foot = packed.height + BOX_TITLE + 2 * BOX_MARGIN
    chips = tuple(_chips(part, namespace, width, foot))
    return _Inside(namespace, width, foot + (chips[-1][2] - foot + CHIP + BOX_MARGIN if chips else 0), places, chips)


def _block(slots: Iterable[Slot]) -> Block:
    """One component as it is drawn: its layers are columns, those past the last one go on below."""
    folds: dict[int, list[Slot]] = {}
    for slot in slots:
        folds.setdefault(slot.layer // COLUMNS, []).append(slot)
    items, top, width = [], 0, 0
    for number in sorted(folds):
        fold = folds[number]
        first = min(slot.row for slot in fold)
        for slot in fold:
            column = slot.layer % COLUMNS
            items.append((slot.name, column * _COLUMN, top + round((slot.row - first) * _ROW)))
            width = max(width, column * _COLUMN + NODE_WIDTH)
        top = max(y for _, _, y in items) + _ROW
    return Block(width, top - ROW_GAP, tuple(items))


def _chips(part: Part, namespace: str, width: int, foot: int) -> Iterable[tuple[str, int, int, int]]:
    x, y = BOX_MARGIN, foot
    for policy in part.policies:
        if policy.namespace != namespace:
            continue
        wide = min(36 + 7 * len(policy.name), width - 2 * BOX_MARGIN)
        if x > BOX_MARGIN and x + wide > width - BOX_MARGIN:
            x, y = BOX_MARGIN, y + CHIP + 8
        yield policy.id, x, y, wide
        x += wide + 8


def _arranged(insides: Sequence[_Inside], calls: set[tuple[str, str]]) -> list[tuple[int, int]]:
    """Columns of namespaces, callers left, while that is no wider than a page; else rows, in the same order.

    What is outside every namespace stands last.
    """
    inner = [each.namespace for each in insides if each.namespace]
    found = components(inner, sorted((a, b) for a, b in calls if a and b))
    order = {slot.name: (number, slot.layer, slot.row) for number, slots in enumerate(found) for slot in slots}
    columns = _columns(insides, order)
    if columns is not None:
        return columns
    last = (len(found), 0, 0.0)
    indexes = sorted(range(len(insides)), key=lambda index: (order.get(insides[index].namespace, last), index))
    packed = pack([(insides[index].width, insides[index].height) for index in indexes], WIDE, BOX_GAP, keep=True)
    spots = [(0, 0)] * len(insides)
    for index, (x, y) in zip(indexes, packed.spots, strict=True):
        spots[index] = (x + BOX_MARGIN, y + BOX_MARGIN)
    return spots


def _columns(insides: Sequence[_Inside], order: dict[str, tuple[int, int, float]]) -> list[tuple[int, int]] | None:
    past = max((layer for _, layer, _ in order.values()), default=-1) + 1
    layers: dict[int, list[int]] = {}
    for index, each in enumerate(insides):
        layers.setdefault(order[each.namespace][1] if each.namespace else past, []).append(index)
    spots, x, height = [(0, 0)] * len(insides), BOX_MARGIN, 0
    for layer in sorted(layers):
        y = BOX_MARGIN
        for index in sorted(layers[layer], key=lambda index: (order.get(insides[index].namespace, (0, 0, 0.0)), index)):
            spots[index] = (x, y)
            y += insides[index].height + BOX_GAP
        height = max(height, y)
        x += max(insides[index].width for index in layers[layer]) + BOX_GAP + COLUMN_GAP
    return spots if height / 2 < x < height * 2 * WIDE or len(insides) <= 3 else None
