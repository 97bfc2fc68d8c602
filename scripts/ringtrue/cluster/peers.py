"""The peers of a NetworkPolicy rule against the other end of a connection."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any

from ringtrue.cluster.cluster import NAMESPACES, Cluster
from ringtrue.cluster.hostnames import varies
from ringtrue.cluster.labels import Unsure, both, judge
from ringtrue.cluster.workloads import Workload


@dataclass(frozen=True, slots=True)
class Peer:
    """The other end: a pod seen here, or an address that is no pod's ("" when nobody knows it)."""

    workload: Workload | None
    address: str = ""


def fits(entry: Mapping[str, Any], namespace: str, peer: Peer, cluster: Cluster) -> bool | None:
    """NET-01, NET-06, NET-07: whether one item of `from` or `to` means the peer; None when that cannot be known.

    Both selectors in one item must match; `podSelector` alone means the policy's own namespace.
    """
    if isinstance(entry.get("ipBlock"), Mapping):
        return None if peer.workload else _in_block(entry["ipBlock"], peer.address)
    pods, namespaces = _selector(entry, "podSelector"), _selector(entry, "namespaceSelector")
    if peer.workload is None or (pods is None and namespaces is None):
        return False
    if peer.workload.host_network:
        return None
    if namespaces is None:
        there: bool | None = peer.workload.namespace == namespace
    else:
        there = selects_namespace(namespaces, peer.workload.namespace, cluster)
    return there if pods is None else both([there, selects_pods(pods, peer.workload)])


def selects_pods(selector: Mapping[str, Any] | None, workload: Workload) -> bool | None:
    """SEL-03: a LabelSelector against a workload's pods; None when a label decides that differs from pod to pod."""
    return judge(selector, workload.labels, lambda key: varies(workload, key))


def selects_namespace(selector: Mapping[str, Any], namespace: str, cluster: Cluster) -> bool | None:
    """NET-07, ADM-18: a LabelSelector against a namespace; None when it asks for labels that no manifest shows."""
    known = cluster.declares(namespace) or (cluster.profile.complete and namespace not in NAMESPACES)
    unsure: Unsure | None = None if known else lambda _: True
    return judge(selector, cluster.namespaces.get(namespace, {"kubernetes.io/metadata.name": namespace}), unsure)


def undecided_because(entry: Mapping[str, Any], peer: Peer) -> str:
    """NET-06, NET-07: why `fits` could not say, for people."""
    block = entry.get("ipBlock")
    if isinstance(block, Mapping):
        end = "pod addresses depends on the network plugin" if peer.workload else "an address that no manifest shows"
        return f"ipBlock {block.get('cidr')} against {end}"
    if peer.workload and peer.workload.host_network:
        return on_host_network(peer.workload)
    if peer.workload and _selector(entry, "namespaceSelector") is not None:
        return f"no manifest shows the labels of namespace {peer.workload.namespace!r}"
    return "it asks for a label that differs from pod to pod"


def on_host_network(workload: Workload) -> str:
    """NET-06: why nothing is decided for pods on the host's network, for people."""
    return f"{workload.called} is on the host's network, where policies depend on the network plugin"


def _selector(entry: Mapping[str, Any], key: str) -> Mapping[str, Any] | None:
    found = entry.get(key)
    return found if isinstance(found, Mapping) else None


def _in_block(block: Mapping[str, Any], address: str) -> bool | None:
    if not address:
        return None
    excluded = block.get("except")
    try:
        inside = ip_address(address) in ip_network(str(block.get("cidr")), strict=False)
        holes = [ip_network(str(each), strict=False) for each in excluded] if isinstance(excluded, list) else []
        return inside and not any(ip_address(address) in hole for hole in holes)
    except ValueError:
        return None
