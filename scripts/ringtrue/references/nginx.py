"""nginx's configuration: its upstreams are no hosts, and a name in a variable is looked up as it stands (DNS-13)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ringtrue.references.scanning import Hit, urls, whole

_SPEAKS = re.compile(
    r"(?:^|[;{}])[ \t]*(?:(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass[ \t]|upstream[ \t]+[\w.-]+\s*\{)", re.M
)
_COMMENT = re.compile(r"(?:^|(?<=[\s;{}]))#[^\n]*", re.M)
_DIRECTIVE = re.compile(
    r"(?:^|(?<=[\s;{}]))(?P<name>upstream|server|set|(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass)"
    r"\s+(?:\$(?P<variable>\w+)\s+)?(?P<quote>[\"']?)(?P<value>(?:\$\{\w+\}|[^\s;{}\"'])+)(?P=quote)[^;{}]{0,512}(?P<end>[;{])"
)
_KNOWN = re.compile(r"\w+://[^/$]+(?::\d+|/[^$]*)(?=\$)")
"""A URL whose host is written out, before the variable that says the rest: `http://api:80$request_uri`."""
_VARIABLE = re.compile(r"\$\{?(\w+)")
_WITH_PORT = re.compile(r"\$(?:\{(?P<braced>\w+)\}|(?P<plain>\w+)):(?P<port>\d{1,5})(?!\d)")
"""A variable that holds the host, and the port behind it: `proxy_pass $backend:3100$request_uri`."""


@dataclass(frozen=True, slots=True)
class _Directive:
    name: str
    variable: str
    """Of `set`."""
    start: int
    end: int
    """The run of its first argument."""


def speaks(text: str) -> bool:
    """Whether a text is a configuration of nginx that passes requests on."""
    return ("_pass" in text or "upstream" in text) and _SPEAKS.search(text) is not None


def hosts(text: str) -> Iterator[Hit]:
    """The hosts that requests are passed to: servers of upstreams, and what `proxy_pass` and its like name.

    A `server` without a port is called on 80. With a variable in the address nginx asks its own resolver at run time,
    which knows no search list; a name that an upstream of the file has is that upstream.
    """
    plain = _COMMENT.sub(lambda found: " " * len(found[0]), text)
    found = list(_directives(plain))
    groups = {plain[each.start : each.end] for each in found if each.name == "upstream"}
    passed = {name for each in found if each.name.endswith("_pass") for name in _variables(plain, each)}
    ports = _ports(plain, found)
    for each in found:
        if each.name == "upstream" or (each.name == "set" and each.variable not in passed):
            continue
        late = each.name == "set" or (each.name.endswith("_pass") and bool(_variables(plain, each)))
        for hit in _hits(plain, each):
            grouped = each.name != "server" and hit.host in groups
            if grouped or (hit.hole and ".svc" not in hit.host):
                continue
            behind = ports.get(each.variable) if each.name == "set" and (hit.implied or hit.port is None) else None
            for port, at in behind or ():
                yield replace(hit, port=port, port_at=at, implied=False, literal=late)
            if not behind:
                yield replace(hit, literal=late)


def _ports(plain: str, directives: list[_Directive]) -> dict[str, list[tuple[int, tuple[int, int]]]]:
    """By variable, the ports that `proxy_pass` and its like write behind it, each once."""
    ports: dict[str, dict[int, tuple[int, int]]] = {}
    for each in directives:
        for found in _WITH_PORT.finditer(plain, each.start, each.end) if each.name.endswith("_pass") else ():
            seen = ports.setdefault(found["braced"] or found["plain"], {})
            seen.setdefault(int(found["port"]), found.span("port"))
    return {name: list(seen.items()) for name, seen in ports.items()}


def _directives(plain: str) -> Iterator[_Directive]:
    for found in _DIRECTIVE.finditer(plain):
        if (found["end"] == "{") == (found["name"] == "upstream"):
            yield _Directive(found["name"], found["variable"] or "", *found.span("value"))


def _variables(plain: str, directive: _Directive) -> list[str]:
    found = _VARIABLE.findall(plain, directive.start, directive.end)
    return [*found, directive.variable] if directive.variable else found


def _hits(plain: str, directive: _Directive) -> Iterator[Hit]:
    value = plain[directive.start : directive.end]
    if known := _KNOWN.match(value):
        value = known[0]
    if "://" in value:
        yield from (_at(hit, directive.start) for hit in urls(value))
    elif hit := whole(plain, directive.start, directive.end, bare=True, operand=True):
        server = directive.name == "server" and hit.port is None and hit.open_port is None
        yield replace(hit, port=80, implied=True, bare=False) if server else hit


def _at(hit: Hit, by: int) -> Hit:
    def moved(span: tuple[int, int] | None) -> tuple[int, int] | None:
        return (span[0] + by, span[1] + by) if span else None

    return replace(
        hit,
        start=hit.start + by,
        end=hit.end + by,
        token=hit.token + by,
        token_end=hit.token_end + by,
        port_at=moved(hit.port_at),
        open_port=moved(hit.open_port),
    )
