"""Resource quantities: "500m", "1Gi"."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache

from ringtrue.cluster.admission.rejection import Rejection, invalid
from ringtrue.findings import Route

_QUANTITY = re.compile(r"([+-]?)([0-9]*\.?[0-9]*)(.*)", re.DOTALL)
_EXPONENT = re.compile(r"[eE]([+-]?)0*([0-9]+)")
_LARGEST_EXPONENT = 400
"""Beyond it a quantity is what it is at it: the API server rounds to what it can hold."""
_MOST_DIGITS = 1000
"""Of a number that is read; what follows changes no comparison of quantities that a node could have."""
_SUFFIXES: Mapping[str, Fraction] = {
    **{suffix: Fraction(1000) ** power for power, suffix in enumerate(["", "k", "M", "G", "T", "P", "E"])},
    **{f"{letter}i": Fraction(1024) ** power for power, letter in enumerate("KMGTPE", 1)},
    **{suffix: Fraction(1, 1000**power) for power, suffix in enumerate("mun", 1)},
}


def parse(value: object) -> Fraction | None:
    """ADM-13: a quantity's value; None for what the API server cannot read ("1Gb", "500 m").

    It reads a quantity without digits as 0, and drops spaces around one.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return _parse(str(value).strip())


@lru_cache(maxsize=1024)
def _parse(written: str) -> Fraction | None:
    found = _QUANTITY.fullmatch(written)
    if found is None or not written:
        return None
    sign, digits, suffix = found.groups()
    exponent = _EXPONENT.fullmatch(suffix)
    if suffix in _SUFFIXES:
        scale = _SUFFIXES[suffix]
    elif exponent:
        power = int(exponent[2]) if len(exponent[2]) <= 3 else _LARGEST_EXPONENT
        scale = Fraction(10) ** (min(power, _LARGEST_EXPONENT) * (-1 if exponent[1] == "-" else 1))
    else:
        return None
    return Fraction(digits[:_MOST_DIGITS].rstrip(".") or "0") * scale * (-1 if sign == "-" else 1)


def resources(found: object, route: Route) -> Iterator[Rejection]:
    """ADM-13: `resources` of a container: every quantity can be read, and no request is above its limit."""
    if not isinstance(found, Mapping):
        return
    limits, requests = _amounts(found, "limits"), _amounts(found, "requests")
    for field, amounts in (("limits", limits), ("requests", requests)):
        for name, value in amounts.items():
            if isinstance(value, str | int | float) and parse(value) is None:
                said = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
                yield invalid("ADM-13", (*route, field, name), value, said, "write it like 500m, 128Mi or 1Gi")
            elif (parse(value) or 0) < 0:
                yield invalid("ADM-13", (*route, field, name), value, "must be greater than or equal to 0")
    for name, value in requests.items():
        request, limit = parse(value), parse(limits.get(name))
        if request is not None and limit is not None and request > limit:
            said = f"must be less than or equal to {name} limit of {limits[name]}"
            yield invalid("ADM-13", (*route, "requests", name), value, said)


def _amounts(found: Mapping[str, object], field: str) -> Mapping[str, object]:
    amounts = found.get(field)
    return amounts if isinstance(amounts, Mapping) else {}
