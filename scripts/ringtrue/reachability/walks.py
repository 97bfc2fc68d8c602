"""The resolver's walk in words: what was tried before the answer, and why in that order (DNS-01)."""

from ringtrue.cluster.resolver import Lookup, Resolver


def walk(host: str, seen: Lookup, via: Resolver) -> str:
    """The search in words: what was tried before the answer, and why in that order."""
    dots = host.rstrip(".").count(".")
    tried = len(seen.tries) - 1
    if host.endswith("."):
        return "final dot: as is"
    if dots >= via.ndots:
        return (
            f"{_dots(dots)} >= ndots {via.ndots}: as is"
            if tried == 0
            else f"{_dots(dots)}: as is, then the search list"
        )
    if tried == 0:
        return f"{_dots(dots)} < ndots {via.ndots}: first of the search list"
    last = "then as is" if seen.tries[-1].name == host.lower().rstrip(".") else f"then {seen.tries[-1].name}"
    return f"{_dots(dots)} < ndots {via.ndots}: search list first, {tried} x NXDOMAIN, {last}"


def _dots(count: int) -> str:
    return f"{count} dot" if count == 1 else f"{count} dots"
