"""Where hosts stand in a text: URLs, full in-cluster names, `host:port`, bare names. Literals first, then around."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ringtrue.references.hosts import HOLE, is_callable, is_plain
from ringtrue.references.reference import Certainty
from ringtrue.references.schemes import DEFAULT_PORTS, IN_PATH, MANY_HOSTS, MODES, NAMING_A_HOST, base, protocol


@dataclass(frozen=True, slots=True)
class Hit:
    """A host in a text, with the runs that hold it: `[start, end)` the host, `[token, token_end)` what is shown."""

    start: int
    end: int
    host: str
    token: int
    token_end: int
    port: int | None = None
    port_at: tuple[int, int] | None = None
    """The run that says the port: its digits, or the scheme that implies it; None where nothing does."""
    implied: bool = False
    """The port is the scheme's default."""
    scheme: str = ""
    port_name: str | None = None
    """The Service port that an SRV name asks for (DNS-14)."""
    protocol: str = "TCP"
    certainty: Certainty = Certainty.SURE
    bare: bool = False
    """A name without scheme or port."""
    hole: str = ""
    """The first place in the host that something else fills in."""
    open_port: tuple[int, int] | None = None
    literal: bool = False
    """Looked up as it stands: the client does not use the search list (DNS-13)."""


NAME = rf"(?:{HOLE}|[A-Za-z0-9_.-])"
PORT = rf"(?::(?:(?P<port>\d{{1,5}})(?![\w.])|(?P<open>{HOLE})))?"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*$")
_HOST = re.compile(rf"(?:(?P<v6>\[[0-9A-Fa-f:.%]+\])|(?P<host>{NAME}{{1,253}})){PORT}")
_PORT_NAME = re.compile(r":(?P<name>[a-z][a-z0-9-]{0,62})(?![\w.])")
"""kuberesolver's `kubernetes:///service.namespace:name`."""
_ADO = re.compile(
    rf"(?:^|;)\s*(?:server|data source|addr|address|network address)\s*=\s*(?:tcp:)?"
    rf"(?P<host>{NAME}+)(?:\\\w+)?(?:,\s*(?P<port>\d{{1,5}}))?\s*(?=;|$)",
    re.IGNORECASE,
)
_ADO_OTHERS = re.compile(
    r";\s*(?:initial catalog|database|user id|uid|trusted_connection|integrated security)\s*=", re.I
)
_BREAK = re.compile(r"[\s,;\"']")
_USER = re.compile(rf"(?:{HOLE}|[^\s/?#\"'`<>@,]){{0,256}}@")
_PORT = re.compile(PORT)
_HOLES = re.compile(HOLE)
_AFTER = re.compile(r"$|:?[/?#\s\"'`,;|)>&\]}\\]|:$")
_TAIL = re.compile(r"[^\s\"'`,;|<>()?#]{0,512}")
_SERVICE_PREFIX = re.compile(r"_(?P<port>[a-z0-9-]+)\._(?P<protocol>tcp|udp|sctp)\.", re.IGNORECASE)
_INSIDE = re.compile(r"\.svc(?P<rest>(?:\.[A-Za-z0-9-]{1,63}){0,8})(?P<dot>\.?)(?![\w-])")
_ORACLE = re.compile(rf"jdbc:oracle:(?:thin|oci8?):(?:[^@\s]{{0,128}})@(?://)?(?P<host>{NAME}+){PORT}(?=[:/]|$)", re.I)
_DSN = re.compile(rf"\b(?:tcp|tcp4|tcp6)\((?P<host>{NAME}+){PORT}\)")


def urls(text: str) -> Iterator[Hit]:
    """Hosts of URLs; several for schemes that list them. Addresses, `localhost` and schemes without a host are none."""
    at = text.find("://")
    while at >= 0:
        scheme = _SCHEME.search(text, max(0, at - 32), at)
        if scheme:
            yield from _authority(text, scheme.start(), at, scheme[0])
        at = text.find("://", at + 3)
    if "oracle:" in text:
        for found in _ORACLE.finditer(text):
            if hit := _made(text, found, "oracle", found.start(), (found.start(), found.end())):
                yield hit
    if "tcp(" in text or "tcp4(" in text:
        for found in _DSN.finditer(text):
            if hit := _made(text, found, "tcp", found.start(), (found.start(), found.end())):
                yield hit


def _authority(text: str, token: int, colon: int, written: str) -> Iterator[Hit]:
    scheme = base(written)
    if scheme in MODES and text.endswith(("mysql:", "mariadb:"), 0, token):
        scheme = "mysql"
    start = colon + 3
    if scheme in IN_PATH:
        scheme, start = "grpc", _after_server(text, start)
    if user := _USER.match(text, start):
        start = user.end()
    first = True
    while found := _HOST.match(text, start):
        named = _PORT_NAME.match(text, found.end()) if written.lower() == "kubernetes" else None
        if not named and not _AFTER.match(text, found.end()):
            return
        if base(written) in IN_PATH and _goes_on(text, found.end()):
            return
        tail = _TAIL.match(text, found.end())
        end = tail.end() if tail and text.startswith("/", found.end()) else found.end()
        hit = _made(text, found, scheme, token if first else found.start(), (token, token + len(written)), end)
        if hit and named:
            hit = replace(hit, port_name=named["name"], port_at=named.span("name"), token_end=named.end())
        if hit and (scheme in NAMING_A_HOST or _in_cluster(hit.host)):
            yield hit
        start, first = found.end() + 1, False
        if (
            scheme not in MANY_HOSTS
            or not text.startswith(",", found.end())
            or text.find("://", start, start + 40) >= 0
        ):
            return


def _goes_on(text: str, at: int) -> bool:
    """A path of several parts, as `kubernetes://apis/apps/v1/...`: it names an object and no server."""
    return text.startswith("/", at) and text[at + 1 : at + 2].isalnum()


def _after_server(text: str, start: int) -> int:
    """Where the name stands in `dns:///name` and in `dns://server/name`, which asks that server."""
    slash = text.find("/", start, start + 260)
    return slash + 1 if slash >= 0 and not _BREAK.search(text, start, slash) else start


def _made(
    text: str, found: re.Match[str], scheme: str, token: int, scheme_at: tuple[int, int], end: int | None = None
) -> Hit | None:
    host, start, stop = found["host"], found.start("host"), found.end("host")
    if not host:
        return None
    if host.endswith(".") and text[found.end() : found.end() + 1].isspace():
        host, stop = host[:-1], stop - 1  # the end of a sentence, not of a name
    port, port_at = _port(found)
    open_port = found.span("open") if found["open"] else None
    implied = not found["port"] and open_port is None and scheme in DEFAULT_PORTS
    if implied:
        port, port_at = DEFAULT_PORTS[scheme], scheme_at
    port_name = None
    if scheme == "mongodb+srv":
        port, port_at, port_name = None, scheme_at, "mongodb"
    kind, last = protocol(scheme), max(end or found.end(), stop)
    made = Hit(start, stop, host, token, last, port, port_at, implied, scheme, port_name, kind, open_port=open_port)
    return settled(made)


def settled(hit: Hit) -> Hit | None:
    """The hit with its SRV prefix taken off and its hole named; None when its host is no name that can be called."""
    if hit.host.startswith("_") and (service := _SERVICE_PREFIX.match(hit.host)):
        start = hit.start + service.end()
        prefix = (hit.start, start)
        hit = replace(
            hit,
            start=start,
            host=hit.host[service.end() :],
            port=None,
            port_at=prefix,
            implied=False,
            bare=False,
            port_name=service["port"],
            protocol=service["protocol"].upper(),
        )
    if is_callable(hit.host):
        return hit
    hole = _HOLES.search(hit.host)
    return replace(hit, hole=hole[0]) if hole else None


def _port(found: re.Match[str]) -> tuple[int | None, tuple[int, int] | None]:
    if not found["port"] or not 0 < int(found["port"]) < 65536:
        return None, None
    return int(found["port"]), found.span("port")


def sql_server(text: str) -> Hit | None:
    """The host of an ADO.NET connection string: `Server=tcp:db,1433;Database=shop;User Id=app`."""
    found = _ADO.search(text)
    if found is None or not _ADO_OTHERS.search(text):
        return None
    number, port_at = _port(found)
    return settled(Hit(*found.span("host"), found["host"], *found.span("host"), number, port_at, bare=number is None))


def inside(text: str, domain: str) -> Iterator[Hit]:
    """Names `svc.ns.svc` and below the cluster domain, anywhere; not suffixes, e-mail addresses, paths or packages."""
    at = text.find(".svc")
    while at >= 0:
        found = _INSIDE.match(text, at)
        if found and (hit := _whole_name(text, found, domain)):
            yield hit
        at = text.find(".svc", at + 4)


def _whole_name(text: str, found: re.Match[str], domain: str) -> Hit | None:
    rest = found["rest"][1:].lower()
    if rest and rest != domain and not rest.startswith("cluster") and not rest.endswith(".local"):
        return None
    start, end = _left(text, found.start()), found.end()
    if start < 0:
        return None
    if found["dot"] and (not rest or text[end : end + 1].isspace()):
        end -= 1
    host = text[start:end]
    port = _PORT.match(text, end)
    number, port_at = _port(port) if port else (None, None)
    stop = port.end() if port else end
    hit = settled(Hit(start, end, host, start, stop, number, port_at, bare=number is None))
    if hit is None or hit.host.count(".") < 2 or (not hit.hole and hit.host.startswith(".")):
        return None
    packaged = not rest and number is None and not hit.hole and not is_plain(hit.host)
    return None if packaged else hit


def _left(text: str, end: int) -> int:
    """Where the name that ends here starts; -1 when what stands before it shows that it is none."""
    start, limit = end, end - 253
    while start > max(0, limit) and (text[start - 1].isalnum() or text[start - 1] in "._-}>)%@\ue000"):
        if text[start - 1] in "}>)%@":
            opening = {"}": "{", ">": "<", ")": "(", "%": "%", "@": "@"}[text[start - 1]]
            other = text.rfind(opening, max(0, start - 90), start - 1)
            while opening == "{" and other > 0 and text[other - 1] == "{":
                other -= 1
            other -= 1 if other > 0 and text[other - 1] == "$" else 0
            if other < 0 or not re.fullmatch(HOLE, text[other:start]):
                break
            start = other
        else:
            start -= 1
    if text[start - 1 : start] == "$":
        start -= 1
    before = text[start - 1 : start]
    if (
        start <= limit
        or start == end
        or text[start] == "."
        or before in ("@", "\\", "*")
        or (before == "/" and text[start - 2 : start] != "//")
    ):
        return -1
    return start


def _in_cluster(host: str) -> bool:
    lower = host.lower().rstrip(".")
    return lower.endswith(".svc") or ".svc." in lower


_PAIR = re.compile(rf"(?:dns(?:srv(?:noa)?)?\+|dns:(?=[^:]+:))?(?P<host>{NAME}+){PORT}(?P<path>/[^\s:@]*)?")


def whole(text: str, start: int, end: int, bare: bool, operand: bool = False) -> Hit | None:
    """`host:port`, with or without a path, as all of a run; with `bare` also a name alone.

    A client's `operand` is a host whatever it looks like.
    """
    found = _PAIR.fullmatch(text, start, end)
    if not found or (found["path"] and not found["port"]):
        return None
    number, port_at = _port(found)
    open_port = found.span("open") if found["open"] else None
    asked = _SERVICE_PREFIX.match(found["host"])
    if (found["port"] and number is None) or (not bare and number is None and not asked):
        return None
    alone = not found["port"] and not found["open"]
    made = Hit(*found.span("host"), found["host"], start, end, number, port_at, bare=alone, open_port=open_port)
    hit = settled(made)
    if hit is None or (not bare and hit.hole) or (found["port"] or "").startswith("0"):
        return None
    called = operand or hit.hole or (bare and number is not None) or is_plain(hit.host, number is not None)
    return hit if called else None
