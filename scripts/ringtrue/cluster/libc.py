"""What glibc and musl make of an option, of an old spelling of an address, and of a name that is none."""

import re
from collections.abc import Iterable
from ipaddress import IPv4Address

MAX_NDOTS = 15
MAX_LABEL = 63
MAX_NAME = 253

_NUMBER = re.compile(r"0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*", re.ASCII)
_DIGITS = re.compile(r"(-?)([0-9]+)", re.ASCII)
_ALPINE = re.compile(r"(?:^|[-_.:])alpine(?=$|[-_.:@0-9])")


def says_musl(image: str) -> bool:
    """DNS-08: whether an image's name or tag says Alpine, whose libc is musl; not where it says glibc too.

    A program that brings its own resolver, as Go's do, follows none of the two.
    """
    named = image.rpartition("/")[2].partition("@")[0].lower()
    return _ALPINE.search(named) is not None and "glibc" not in named


def read_ndots(value: str, libc: str) -> int:
    """DNS-08: what a libc makes of `ndots:<value>`; an option that it cannot read leaves its own default, 1.

    The kubelet leaves the colon out with an empty value. glibc reads a word as 0 and keeps four bits of a negative.
    """
    found = _DIGITS.match(value)
    if found is None:
        return 1 if libc == "musl" or not value else 0
    # Three digits are beyond the limit; Python does not read thousands of them.
    number = int(found[2].lstrip("0")[:3] or "0")
    if not found[1]:
        return min(number, MAX_NDOTS)
    return 1 if libc == "musl" else -number % (MAX_NDOTS + 1)


def old_address(host: str) -> str:
    """1c: the address that inet_aton(3) reads, "" for none: up to four numbers, any base; the last one fills up."""
    parts = host.split(".")
    if len(host) > MAX_NAME or len(parts) > 4 or not all(map(_NUMBER.fullmatch, parts)):
        return ""
    *first, last = (int(part, 16 if part[:2].lower() == "0x" else 8 if part[0] == "0" else 10) for part in parts)
    if max(first, default=0) > 255 or last >= 256 ** (4 - len(first)):
        return ""
    return str(IPv4Address(sum(number << 24 - 8 * at for at, number in enumerate(first)) + last))


def askable(names: Iterable[str]) -> tuple[str, ...]:
    """1c: each name once that a query can hold: no label is empty or longer than 63, the whole not longer than 253."""
    return tuple(
        name
        for name in dict.fromkeys(names)
        if len(name) <= MAX_NAME and all(0 < len(label) <= MAX_LABEL for label in name.split("."))
    )
