"""The variables that kubelet sets for the Services of a pod's namespace (REF-02)."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.services import Service, ServicePort
from ringtrue.cluster.workloads import Workload
from ringtrue.references.written import Given

_ALWAYS = "KUBERNETES"
"""The prefix that is set whatever `enableServiceLinks` says."""

_NAME = re.compile(
    r"(?P<prefix>[A-Z0-9_]+?)_(?:"
    r"(?P<host>SERVICE_HOST)|SERVICE_PORT(?:_(?P<named>[A-Z0-9_]+))?"
    r"|PORT(?:_(?P<number>\d+)_(?P<protocol>TCP|UDP|SCTP)(?:_(?P<part>PROTO|PORT|ADDR))?)?)"
)


@dataclass(frozen=True, slots=True)
class ServiceVariables:
    """Looks such variables up by name: they hold cluster addresses, so no DNS is asked.

    A Service sets them for the pods of its namespace that start after it, unless it is headless or an ExternalName.
    """

    cluster: Cluster
    _by_prefix: dict[str, Mapping[str, tuple[Service, ...]]] = field(default_factory=dict)

    def value(self, name: str, workload: Workload) -> Given | None:
        """What kubelet sets a variable to, with the Service's name in place of its address; None when it sets none."""
        found = _NAME.fullmatch(name)
        service = self._service(found["prefix"], workload) if found else None
        if found is None or service is None:
            return None
        text = _text(found, service)
        return Given(text, (service.namespace, service.name)) if text else None

    def lacking(self, name: str, workload: Workload) -> Given | None:
        """The Service that a variable `FOO_SERVICE_HOST` asks for, when the namespace has none that would set it."""
        found = _NAME.fullmatch(name)
        if found is None or not found["host"] or workload.spec.get("enableServiceLinks") is False:
            return None
        if self._prefixes(workload.namespace).get(found["prefix"]):
            return None
        meant = found["prefix"].lower().replace("_", "-").strip("-")
        return Given(f"{meant}.{workload.namespace}.svc", (workload.namespace, meant)) if meant else None

    def _service(self, prefix: str, workload: Workload) -> Service | None:
        if prefix == _ALWAYS:
            return self.cluster.service("default", "kubernetes")
        if workload.spec.get("enableServiceLinks") is False:
            return None
        found = self._prefixes(workload.namespace).get(prefix, ())
        return next((each for each in found if not each.headless and each.type != "ExternalName"), None)

    def _prefixes(self, namespace: str) -> Mapping[str, tuple[Service, ...]]:
        if namespace not in self._by_prefix:
            found: dict[str, tuple[Service, ...]] = defaultdict(tuple)
            for (space, name), service in self.cluster.services.items():
                if space == namespace:
                    found[_prefix(name)] += (service,)
            self._by_prefix[namespace] = found
        return self._by_prefix[namespace]


def host_variable(service: str) -> str:
    """REF-02: the variable in which kubelet gives the address of a Service of that name."""
    return f"{_prefix(service)}_SERVICE_HOST"


def _prefix(name: str) -> str:
    """Upper case, `-` and `.` as `_`, and a `_` before a leading digit."""
    made = re.sub(r"[-.]", "_", name).upper()
    return f"_{made}" if made[:1].isdigit() else made


def _text(found: re.Match[str], service: Service) -> str:
    host = f"{service.name}.{service.namespace}.svc"
    if found["host"]:
        return host
    if found["number"]:
        port = next(
            (p for p in service.ports if (str(p.number), p.protocol) == found.group("number", "protocol")), None
        )
    elif found["named"]:
        port = next((p for p in service.ports if _prefix(p.name) == found["named"]), None)
    else:
        port = next(iter(service.ports), None)
    return "" if port is None else _of_port(found, host, port)


def _of_port(found: re.Match[str], host: str, port: ServicePort) -> str:
    match found["part"]:
        case "ADDR":
            return host
        case "PORT":
            return str(port.number)
        case "PROTO":
            return port.protocol.lower()
        case _:
            number_only = found.group().endswith("_SERVICE_PORT") or found["named"]
            return str(port.number) if number_only else f"{port.protocol.lower()}://{host}:{port.number}"
