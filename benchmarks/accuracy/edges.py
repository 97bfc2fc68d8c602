"""Labelled connections, as text: `CLIENT[, CLIENT ...] -> SERVICE[.NAMESPACE][:PORT[/CONTAINERPORT]] ...`.

CLIENT is `[namespace/]name`. PORT is a number or a name, absent for any. A final `*` says that host and port come from
two keys. CONTAINERPORT and `*` are notes for readers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_TARGET = re.compile(rf"(?P<service>{_NAME})(?:\.(?P<namespace>{_NAME}))?(?::(?P<port>[a-z0-9-]+)(?:/[a-z0-9-]+)?)?\*?")


@dataclass(frozen=True, slots=True)
class Edge:
    """Who calls what; "" where the label does not say."""

    client_namespace: str
    client: str
    namespace: str
    service: str
    port: str

    def __str__(self) -> str:
        client = f"{self.client_namespace}/{self.client}" if self.client_namespace else self.client
        service = f"{self.service}.{self.namespace}" if self.namespace else self.service
        return f"{client} -> {service}:{self.port}" if self.port else f"{client} -> {service}"


def edges(text: str) -> tuple[Edge, ...]:
    """The edges of a label, in order; raises ValueError for a line that cannot be read."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(edge for line in lines if line for edge in _of_line(line))


def _of_line(line: str) -> Iterator[Edge]:
    clients, arrow, targets = line.partition(" -> ")
    if not arrow:
        raise ValueError(f"no ' -> ' in {line!r}")
    for client in clients.split(","):
        client_namespace, _, name = client.strip().rpartition("/")
        for target in targets.split():
            found = _TARGET.fullmatch(target)
            if found is None:
                raise ValueError(f"no target can be read from {target!r}")
            yield Edge(client_namespace, name, found["namespace"] or "", found["service"], found["port"] or "")
