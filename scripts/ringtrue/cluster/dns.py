"""What CoreDNS' kubernetes plugin answers to an address query, with kubeadm's settings (`pods insecure`)."""

from dataclasses import dataclass, replace
from enum import StrEnum
from ipaddress import ip_address

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.endpoints import ServiceEndpoints, backend, endpoints
from ringtrue.cluster.hostnames import bears, selected_by, subdomain
from ringtrue.cluster.manual import addresses, named_ports
from ringtrue.cluster.services import Service
from ringtrue.cluster.workloads import Workload
from ringtrue.manifests.resource import Resource

MAX_ALIASES = 11
"""CNAMEs that CoreDNS follows before it gives up (DNS-16)."""


class Rcode(StrEnum):
    OK = "ok"
    NODATA = "nodata"
    """The name exists, but has no address."""
    NXDOMAIN = "nxdomain"
    OUTSIDE = "outside"
    """Not in the cluster's zone: another server answers."""
    UNKNOWN = "unknown"
    """In the zone, but it depends on what no manifest holds; `Answer.outside` says on what."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. Addresses are not known statically: it carries the Service or the workloads that have them."""

    rcode: Rcode
    service: Service | None = None
    """The Service whose address it is, or to which the endpoint name belongs; the last one of a chain of aliases."""
    workloads: tuple[Workload, ...] = ()
    """The pods themselves: of a headless Service, of an endpoint name."""
    cname: tuple[str, ...] = ()
    """The chain of aliases, without final dots."""
    pod_ip: bool = False
    """The name spells a pod's IP; it is answered whether such a pod exists or not (DNS-15)."""
    outside: str = ""
    """OUTSIDE: the name that leaves the zone. UNKNOWN: what would decide."""
    aliases: tuple[Service, ...] = ()
    """The ExternalName Services of the chain; their ports mean nothing (PORT-01)."""
    manual: tuple[Resource, ...] = ()
    """Hand-written EndpointSlices and Endpoints among whose addresses it is."""
    address: str = ""
    """An address that is written down: an IP literal, or the pod's hosts file's, "A and B" of two (DNS-18)."""
    headless: bool = False
    """The addresses are the pods' own: no port is translated (EP-04)."""

    @property
    def positive(self) -> bool:
        """Whether a resolver stops here: an address was found (1c)."""
        return self.rcode is Rcode.OK


NXDOMAIN = Answer(Rcode.NXDOMAIN)
NODATA = Answer(Rcode.NODATA)


@dataclass(frozen=True, slots=True)
class _Query:
    kind: str
    namespace: str
    service: str
    endpoint: str = ""
    port: str = ""
    protocol: str = ""


def answer(name: str, cluster: Cluster) -> Answer:
    """DNS-10 to DNS-12, DNS-14 to DNS-16, DNS-20: the answer to a full name, with or without its final dot.

    Names outside the zone are OUTSIDE; single labels are NXDOMAIN, since the root zone holds no addresses for them.
    Pods are taken as ready (EP-05 leaves out those that complete and `replicas: 0`).
    """
    return _follow(_normal(name), cluster, ())


def in_zone(name: str, cluster: Cluster) -> bool:
    """DNS-04: whether a full name lies in the cluster's zone."""
    zone = _normal(cluster.profile.domain)
    return _normal(name) == zone or _normal(name).endswith("." + zone)


def _follow(name: str, cluster: Cluster, chain: tuple[str, ...]) -> Answer:
    if not in_zone(name, cluster):
        return Answer(Rcode.OUTSIDE, outside=name) if "." in name else NXDOMAIN
    base = name[: -len(_normal(cluster.profile.domain))].rstrip(".")
    query = _parse(base)
    if isinstance(query, Answer):
        return query
    if query.namespace not in cluster.namespaces:
        return NXDOMAIN
    if query.service == "":
        return NODATA
    if query.kind == "pod":
        return Answer(Rcode.OK, pod_ip=True) if _spells_ip(query.service) else NXDOMAIN
    service = cluster.service(query.namespace, query.service)
    if service is None:
        return NXDOMAIN
    if service.type == "ExternalName":
        return _alias(name, service, query, cluster, chain)
    return _addresses(service, query, cluster)


def _parse(base: str) -> _Query | Answer:
    labels = base.split(".")
    if base in ("", "svc", "pod"):
        return NODATA
    if labels[-1] not in ("svc", "pod"):
        return NXDOMAIN
    kind, rest = labels[-1], labels[:-1]
    namespace = rest.pop()
    service = rest.pop() if rest else ""
    match rest:
        case []:
            return _Query(kind, namespace, service)
        case [endpoint]:
            return _Query(kind, namespace, service, endpoint)
        case [port, protocol]:
            return _Query(kind, namespace, service, "", port.removeprefix("_"), protocol.removeprefix("_"))
        case _:
            return NXDOMAIN


def _alias(name: str, service: Service, query: _Query, cluster: Cluster, chain: tuple[str, ...]) -> Answer:
    if query.endpoint or query.port or query.protocol:
        return NXDOMAIN
    target = _normal(service.external_name)
    if not target or _is_ip(target):
        return NXDOMAIN
    if target == name or target.endswith("." + name) or target in chain or len(chain) >= MAX_ALIASES:
        return NODATA
    found = _follow(target, cluster, (*chain, target))
    if found.rcode is Rcode.NXDOMAIN:
        found = NODATA
    return replace(found, cname=(target, *found.cname), aliases=(service, *found.aliases))


def _addresses(service: Service, query: _Query, cluster: Cluster) -> Answer:
    if not service.headless and not query.endpoint:
        named = [port for port in service.ports if _asked(query, port.name, port.protocol)]
        return Answer(Rcode.OK, service) if named else NXDOMAIN
    if service.builtin:
        return Answer(Rcode.UNKNOWN, service, outside=f"the endpoints of {service} are not in the manifests")
    behind = endpoints(service, cluster)
    if query.endpoint:
        return _endpoint(behind, query.endpoint)
    if query.port or query.protocol:
        return _headless_port(behind, query, cluster.profile.version)
    return _headless(behind)


def _headless(behind: ServiceEndpoints) -> Answer:
    pods = _up(behind)
    manual = tuple(each for each in behind.manual if any(addresses([each])))
    if pods or manual:
        return Answer(Rcode.OK, behind.service, pods, manual=manual, headless=True)
    return _absent(behind)


def _headless_port(behind: ServiceEndpoints, query: _Query, version: tuple[int, int]) -> Answer:
    ports = [each.port for each in behind.ports if _asked(query, each.port.name, each.port.protocol)]
    pods = tuple(pod for pod in _up(behind) if any(backend(pod, port, version) for port in ports))
    manual = tuple(each for each in behind.manual if any(_asked(query, *port) for port in named_ports(each)))
    if pods or manual:
        return Answer(Rcode.OK, behind.service, pods, manual=manual, headless=True)
    return _absent(behind)


def _endpoint(behind: ServiceEndpoints, hostname: str) -> Answer:
    service = behind.service
    named = tuple(
        each
        for each in _up(behind)
        if subdomain(each) == service.name and bears(each, hostname) and selected_by(each, hostname, service.selector)
    )
    manual = tuple(
        dict.fromkeys(
            a.spot.resource for a in addresses(behind.manual) if (a.hostname or _dashed(a.address)) == hostname
        )
    )
    if named or manual:
        return Answer(Rcode.OK, behind.service, named, manual=manual, headless=True)
    if _spells_ip(hostname) and _up(behind):
        return Answer(Rcode.UNKNOWN, behind.service, outside="which IP addresses the pods will have")
    return _absent(behind)


def _absent(behind: ServiceEndpoints) -> Answer:
    if not behind.decided:
        return Answer(Rcode.UNKNOWN, behind.service, outside=f"which pods {behind.made_by} makes")
    return Answer(Rcode.NXDOMAIN, behind.service)


def _up(behind: ServiceEndpoints) -> tuple[Workload, ...]:
    """Pods that have an address for a while at least: those of Jobs too, as long as they run."""
    return tuple(each for each in behind.selected if each.replicas > 0)


def _asked(query: _Query, port: str, protocol: str) -> bool:
    return query.port in ("", port.lower()) and query.protocol in ("", protocol.lower())


def _spells_ip(label: str) -> bool:
    four = label.count("-") == 3 and "--" not in label
    return _is_ip(label.replace("-", "." if four else ":"))


def _dashed(address: str) -> str:
    return address.lower().replace(".", "-").replace(":", "-")


def _is_ip(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _normal(name: str) -> str:
    return name.lower().removesuffix(".")
