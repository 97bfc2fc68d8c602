"""Whether one name is another one mistyped: stricter than the nearest name of a hint, since severities rest on it."""

_SHORT, _LONG = 4, 8
"""A letter typed for another is told from another word from the first length on, two slips from the second."""


def is_slip(name: str, other: str) -> bool:
    """DNS-01: whether two names are one, mistyped.

    Each word between hyphens is equal or differs as typing differs: a letter left out, doubled, exchanged with its
    neighbour, or, in a word that is not short, typed for another. Or one word more stands in front or behind
    (`namePrefix`), or a hyphen. Another word (`hubble-ui`, `hubble-relay`), number or letter (`db-0`, `db-1`) in its
    place is another name.
    """
    if name == other:
        return False
    mine, others = name.split("-"), other.split("-")
    if abs(len(mine) - len(others)) == 1:
        shorter, longer = sorted((mine, others), key=len)
        return shorter in (longer[1:], longer[:-1]) or name.replace("-", "") == other.replace("-", "")
    if len(mine) != len(others):
        return False
    pairs = tuple(zip(mine, others, strict=True))
    return sum(_edits(one, two) for one, two in pairs) <= 2 and all(_typed(one, two) for one, two in pairs)


def _typed(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if _letters(one) == _letters(other) or len(shorter) < 2:
        return False
    edits = _edits(one, other)
    moved = len(one) != len(other) or sorted(one) == sorted(other)
    if edits == 1:
        return moved or len(shorter) >= _SHORT
    return edits == 2 and len(longer) >= _LONG


def _letters(word: str) -> str:
    """The word without its number: `redis2` and `redis3` are two of a kind."""
    return word.rstrip("0123456789")


def _edits(one: str, other: str) -> int:
    """How many letters are put in, left out, typed for others or exchanged with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for down, letter in enumerate(one, 1):
        last, row, earlier = row, [down], before
        for across, wanted in enumerate(other, 1):
            cost = min(last[across] + 1, row[-1] + 1, last[across - 1] + (letter != wanted))
            if down > 1 and across > 1 and letter == other[across - 2] and one[down - 2] == wanted:
                cost = min(cost, earlier[across - 2] + 1)
            row.append(cost)
        before = last
    return row[-1]
