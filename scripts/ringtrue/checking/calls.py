"""A call that nobody wrote down: HOST on the command line as a reference of the client."""

import re

from ringtrue.cluster.workloads import Workload
from ringtrue.errors import UsageError
from ringtrue.references.hosts import is_address, is_name
from ringtrue.references.reference import Reference, Via
from ringtrue.references.schemes import DEFAULT_PORTS, base, protocol

_HOST = re.compile(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?(?:[^/?#@]*@)?"
    r"(?:\[(?P<six>[^\]/]*)\]|(?P<host>[^:/?#\[\]]*))(?::(?P<port>[^/?#]*))?(?:[/?#].*)?"
)


def call(word: str, client: Workload) -> Reference:
    """The reference that `curl WORD` in the client's first container would be; raises UsageError for no host.

    Without a port it is that of the scheme, else 80, as curl takes it.
    """
    found = _HOST.fullmatch(word)
    host = (found["six"] or found["host"] or "") if found else ""
    if found is None or not host:
        raise UsageError(f"{word!r} names no host: write HOST, HOST:PORT or a URL")
    if not is_name(host) and not is_address(host):
        raise UsageError(f"{host!r} is no host name")
    scheme = base(found["scheme"] or "http")
    port = _port(found["port"], word) or DEFAULT_PORTS.get(scheme)
    return Reference(
        client.resource,
        client,
        None,
        Via.COMMAND,
        client.at(),
        "curl",
        word,
        host,
        port,
        scheme=scheme,
        protocol=protocol(scheme),
    )


def _port(text: str | None, word: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) < 65536:
        raise UsageError(f"{text!r} in {word!r} is no port number")
    return int(text)
