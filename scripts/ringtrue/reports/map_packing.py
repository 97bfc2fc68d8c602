"""Blocks on shelves: rows as wide as makes the whole about the wanted shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Block:
    """Things with their places in it: (name, x, y)."""

    width: int
    height: int
    items: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Packed:
    width: int
    height: int
    spots: tuple[tuple[int, int], ...]
    """The top left corner of each, in the order given."""


def pack(sizes: Sequence[tuple[int, int]], wide: float, gap: int, *, keep: bool = False) -> Packed:
    """`wide` is width by height. On a shelf, lower blocks are stacked beside a high one; `keep` keeps them in a row."""
    area = sum((width + gap) * (height + gap) for width, height in sizes)
    limit = max([sqrt(area * wide), *(width for width, _ in sizes)])
    spots: list[tuple[int, int]] = []
    left = top = shelf = column = below = 0
    for width, height in sizes:
        if not keep and below and width <= column and below + height <= shelf:
            spots.append((left, top + below))
            below += height + gap
            continue
        if column:
            left += column + gap
        if left and left + width > limit:
            left, top, shelf = 0, top + shelf + gap, 0
        spots.append((left, top))
        column, below, shelf = width, height + gap, max(shelf, height)
    return Packed(
        max((x + size[0] for (x, _), size in zip(spots, sizes, strict=True)), default=0),
        max((y + size[1] for (_, y), size in zip(spots, sizes, strict=True)), default=0),
        tuple(spots),
    )
