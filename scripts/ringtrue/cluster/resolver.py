"""What a pod's resolver asks for a host, in which order, and where it stops."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.dns import NXDOMAIN, Answer, Rcode, answer, in_zone
from ringtrue.cluster.hostnames import own_hostname, subdomain
from ringtrue.cluster.libc import askable, old_address, read_ndots
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.workloads import Workload

OWN_ADDRESS = "the pod's own IP"
"""What the hosts file holds for a pod's own hostname (DNS-18)."""

CLUSTER_NDOTS = 5
MAX_SEARCHES = 32
MAX_SEARCH_CHARACTERS = 2048
MUSL_SEARCH_CHARACTERS = 247
"""What musl's buffer of 256 leaves for the list: it skips a longer line."""


@dataclass(frozen=True, slots=True)
class Resolver:
    """A pod's `/etc/resolv.conf` and `/etc/hosts`, as the kubelet writes them."""

    search: tuple[str, ...]
    ndots: int
    cluster_dns: bool
    """Whether the cluster's DNS is asked."""
    libc: str
    """"glibc" or "musl"."""
    hosts: Mapping[str, str] = field(default_factory=dict)
    """Names that the hosts file answers before DNS is asked, lower-case, with their address: "A and B" (DNS-18)."""
    reason: str = ""
    """Why the cluster's DNS is not asked; "" when it is."""
    servers: tuple[str, ...] = ()
    """`dnsPolicy: None`: the servers that are asked; whether they know the cluster's names cannot be told."""


@dataclass(frozen=True, slots=True)
class Try:
    """One query of the walk: an absolute name without its final dot, and its answer."""

    name: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Lookup:
    """A walk through the candidates."""

    tries: tuple[Try, ...]
    """Empty when the hosts file answers, or the host is an IP address."""
    answer: Answer
    """The first positive answer; else the first that cannot be decided here; else the last one."""

    @property
    def name(self) -> str:
        """The candidate whose answer it is; "" when no query was needed (1c)."""
        return next((each.name for each in self.tries if each.answer is self.answer), "")


def resolver(workload: Workload, profile: Profile) -> Resolver:
    """1c, DNS-08, DNS-09, DNS-18: the resolver configuration of the workload's pods, from dnsPolicy and dnsConfig.

    ClusterFirst on the host's network silently becomes Default. The node's own search list is taken as empty, as is one
    that is too long for musl.
    """
    config = workload.spec.get("dnsConfig")
    config = config if isinstance(config, Mapping) else {}
    policy = workload.spec.get("dnsPolicy") or "ClusterFirst"
    search: tuple[str, ...] = ()
    servers: tuple[str, ...] = ()
    ndots, reason = 1, ""
    if policy == "ClusterFirst" and workload.host_network:
        reason = "hostNetwork: true without dnsPolicy: ClusterFirstWithHostNet"
    elif policy == "Default":
        reason = "dnsPolicy: Default"
    elif policy == "None":
        reason, servers = "dnsPolicy: None", _texts(config.get("nameservers"))
    else:
        zone = profile.domain
        search, ndots = (f"{workload.namespace}.svc.{zone}", f"svc.{zone}", zone), CLUSTER_NDOTS
    return Resolver(
        search=_fitting(search + _texts(config.get("searches")), profile.libc),
        ndots=_ndots(config, ndots, profile.libc),
        cluster_dns=not reason,
        libc=profile.libc,
        hosts=_hosts(workload, profile),
        reason=reason,
        servers=servers,
    )


def candidates(host: str, resolver: Resolver) -> tuple[str, ...]:
    """1c, DNS-01, DNS-06 to DNS-08: the absolute names asked for a host, in order, without final dots.

    A final dot forbids the search. With at least ndots dots the name is tried as it stands first, and by musl only so.
    A name that is no domain name, for an empty label or its length, is not asked.
    """
    name = host.lower()
    if name.endswith("."):
        return askable([name.removesuffix(".")])
    searched = tuple(f"{name}.{suffix}" if suffix else name for suffix in resolver.search)
    if name.count(".") < resolver.ndots:
        order = (*searched, name)
    else:
        order = (name,) if resolver.libc == "musl" else (name, *searched)
    return askable(order)


def lookup(host: str, resolver: Resolver, cluster: Cluster) -> Lookup:
    """1c: the walk. Both libcs stop at an address and go on after NXDOMAIN; after NODATA glibc goes on and musl stops.

    IP literals, old spellings like 10.1 among them, and names of the hosts file are answered without a query; musl
    compares those letter by letter. A name that leaves the zone does not stop the
    walk: whoever answers it is taken not to know it when a later candidate is in the cluster.
    """
    known = _without_query(host, resolver)
    if known is not None:
        return Lookup((), known)
    tries: list[Try] = []
    for name in candidates(host, resolver):
        found = _ask(name, resolver, cluster)
        tries.append(Try(name, found))
        if found.rcode in (Rcode.OK, Rcode.UNKNOWN):
            break
        if found.rcode is Rcode.NODATA and resolver.libc == "musl":
            break
    return Lookup(tuple(tries), _outcome(tries))


def _outcome(tries: list[Try]) -> Answer:
    if not tries:
        return NXDOMAIN
    last = tries[-1].answer
    if last.rcode in (Rcode.OK, Rcode.UNKNOWN):
        return last
    for rcode in (Rcode.OUTSIDE, Rcode.NODATA):
        for each in tries:
            if each.answer.rcode is rcode:
                return each.answer
    return last


def _without_query(host: str, resolver: Resolver) -> Answer | None:
    try:
        return Answer(Rcode.OK, address=str(ip_address(host)))
    except ValueError:
        written = host if resolver.libc == "musl" else host.lower()
        address = resolver.hosts.get(written) or old_address(host)
    return Answer(Rcode.OK, address=address) if address else None


def _ask(name: str, resolver: Resolver, cluster: Cluster) -> Answer:
    if resolver.cluster_dns or not in_zone(name, cluster):
        return answer(name, cluster)
    if resolver.servers:
        return Answer(
            Rcode.UNKNOWN, outside=f"whether {resolver.servers[0]} (dnsPolicy: None) knows the cluster's names"
        )
    return Answer(Rcode.NXDOMAIN)


def _hosts(workload: Workload, profile: Profile) -> dict[str, str]:
    """A name that has several lines has all their addresses, in both libcs."""
    hosts = {"localhost": _both("127.0.0.1", "::1"), "ip6-localhost": "::1", "ip6-loopback": "::1"}
    name = "" if workload.host_network else own_hostname(workload)
    if name:
        hosts[name.lower()] = OWN_ADDRESS
        if subdomain(workload):
            full = f"{name}.{subdomain(workload)}.{workload.namespace}.svc.{profile.domain}"
            hosts[full.lower()] = OWN_ADDRESS
    aliases = workload.spec.get("hostAliases")
    for alias in aliases if isinstance(aliases, list) else []:
        if isinstance(alias, Mapping) and isinstance(alias.get("ip"), str):
            for written in _texts(alias.get("hostnames")):
                hosts[written.lower()] = _both(hosts.get(written.lower(), ""), alias["ip"])
    return hosts


def _both(known: str, address: str) -> str:
    if not known:
        return address
    return known if address in known.split(" and ") else f"{known} and {address}"


def _fitting(searches: tuple[str, ...], libc: str) -> tuple[str, ...]:
    kept: list[str] = []
    for suffix in dict.fromkeys(each.lower().strip(".") for each in searches):
        if len(kept) == MAX_SEARCHES or len(" ".join([*kept, suffix])) > MAX_SEARCH_CHARACTERS:
            break
        kept.append(suffix)
    return () if libc == "musl" and len(" ".join(kept)) > MUSL_SEARCH_CHARACTERS else tuple(kept)


def _ndots(config: Mapping[str, Any], default: int, libc: str) -> int:
    options = config.get("options")
    for option in reversed(options if isinstance(options, list) else []):
        if isinstance(option, Mapping) and option.get("name") == "ndots":
            return read_ndots(str(option.get("value") or ""), libc)
    return default


def _texts(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()
