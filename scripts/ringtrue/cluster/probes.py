"""The named ports of probes and hooks, which kubelet looks up in their own container only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.cluster.workloads import Container, Workload
from ringtrue.findings import Route

_HANDLERS = ("httpGet", "tcpSocket")


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A named port that the container does not declare; `what` is the probe or the hook."""

    what: str
    port: str
    route: Route
    """Leads to the port, from the top of the workload's object."""

    @property
    def keeps_from_ready(self) -> bool:
        """EP-06: a liveness probe that cannot be made counts as passed, and a failed preStop hook changes nothing."""
        return self.what not in ("livenessProbe", "preStop hook")


def unresolved_ports(container: Container) -> Iterator[Unresolved]:
    """EP-06: the named ports of probes and of `lifecycle` hooks that the container itself does not declare.

    The API server does not look. A name that is a number would be refused (ADM-06).
    """
    declared = {port.name for port in container.ports}
    for what, steps in _PLACES:
        holder: Any = container.data
        for step in steps:
            holder = holder.get(step) if isinstance(holder, Mapping) else None
        for handler in _HANDLERS:
            asked = holder.get(handler) if isinstance(holder, Mapping) else None
            port = asked.get("port") if isinstance(asked, Mapping) else None
            if isinstance(port, str) and port and not port.isdecimal() and port not in declared:
                yield Unresolved(what, port, (*container.route, *steps, handler, "port"))


def keeping_from_ready(workload: Workload, published: bool = False) -> tuple[Container, Unresolved] | None:
    """EP-05, EP-06: what keeps the pods from being an endpoint, and its container; None where nothing is known to.

    Kubelet throws the result of a probe away that it cannot make: readiness stays what it was at the start, false. With
    `published` (`publishNotReadyAddresses`) that does not matter; a container whose postStart hook fails is killed.
    """
    for container in workload.serving:
        for found in unresolved_ports(container):
            if found.keeps_from_ready and (not published or found.what == "postStart hook"):
                return container, found
    return None


_PLACES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("startupProbe", ("startupProbe",)),
    ("readinessProbe", ("readinessProbe",)),
    ("livenessProbe", ("livenessProbe",)),
    ("postStart hook", ("lifecycle", "postStart")),
    ("preStop hook", ("lifecycle", "preStop")),
)
