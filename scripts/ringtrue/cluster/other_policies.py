"""Policies and networks of other kinds than NetworkPolicy: which pods they may be about (NET-08)."""

from collections.abc import Callable, Mapping
from typing import Any

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.labels import pairs
from ringtrue.cluster.peers import Peer, fits, selects_pods
from ringtrue.cluster.workloads import Workload
from ringtrue.manifests.resource import Resource, follow

_MESH_ROOT = "istio-system"
_PRIMARY = "k8s.ovn.org/primary-user-defined-network"
"""OVN-Kubernetes keeps the pods of a namespace with this label off the cluster's default network."""
_LAYERS = ("layer2", "layer3", "localnet")


def unmodelled(workload: Workload, cluster: Cluster) -> tuple[Resource, ...]:
    """NET-08: objects of other kinds that may select the workload's pods; what they forbid is not known here."""
    found = [
        policy
        for kind in sorted(_MAY_SELECT)
        for policy in cluster.by_kind.get(kind, ())
        if _MAY_SELECT[kind](policy, workload, cluster)
    ]
    namespace = cluster.find("Namespace", "", workload.namespace)
    if namespace is not None and _PRIMARY in namespace.labels:
        found.append(namespace)
    return tuple(found)


def _here(policy: Resource, workload: Workload, cluster: Cluster) -> bool:
    """The pods of its namespace; which of them is not read."""
    return policy.namespace in ("", workload.namespace)


def _anywhere(policy: Resource, workload: Workload, cluster: Cluster) -> bool:
    """Any pod. Such an object has no namespace, whichever it was given for want of its CRD."""
    return True


def _endpoints(policy: Resource, workload: Workload, cluster: Cluster) -> bool:
    return _here(policy, workload, cluster) and _endpoints_anywhere(policy, workload, cluster)


def _endpoints_anywhere(policy: Resource, workload: Workload, cluster: Cluster) -> bool:
    selector = policy.get("spec", "endpointSelector")
    if isinstance(selector, Mapping) and any(":" in key for key in pairs(selector)):
        return True  # Cilium's `k8s:app` names where the label comes from
    return _may(selector, workload)


def _mesh(policy: Resource, workload: Workload, cluster: Cluster) -> bool:
    near = policy.namespace in ("", workload.namespace, _MESH_ROOT)
    return near and _may(policy.get("spec", "selector"), workload)


def _subject(policy: Resource, workload: Workload, cluster: Cluster) -> bool:
    """Its subject is either `namespaces`, a selector of namespaces, or `pods`, with one of each kind of selector."""
    namespaces, pods = policy.get("spec", "subject", "namespaces"), policy.mapping("spec", "subject", "pods")
    peer = {"namespaceSelector": namespaces} if isinstance(namespaces, Mapping) else {"namespaceSelector": {}, **pods}
    return fits(peer, "", Peer(workload), cluster) is not False


def _network(policy: Resource, workload: Workload, cluster: Cluster) -> bool:
    """OVN-Kubernetes: a primary network of a namespace cuts its pods off from those of the other networks."""
    return _here(policy, workload, cluster) and _is_primary(policy.get("spec"))


def _shared_network(policy: Resource, workload: Workload, cluster: Cluster) -> bool:
    peer = {"namespaceSelector": policy.mapping("spec", "namespaceSelector")}
    return _is_primary(policy.get("spec", "network")) and fits(peer, "", Peer(workload), cluster) is not False


def _is_primary(network: Any) -> bool:
    return "Secondary" not in [follow(network, (layer, "role")) for layer in _LAYERS]


def _may(selector: Any, workload: Workload) -> bool:
    return not isinstance(selector, Mapping) or selects_pods(selector, workload) is not False


_MAY_SELECT: Mapping[tuple[str, str], Callable[[Resource, Workload, Cluster], bool]] = {
    ("cilium.io", "CiliumNetworkPolicy"): _endpoints,
    ("cilium.io", "CiliumClusterwideNetworkPolicy"): _endpoints_anywhere,
    ("policy.networking.k8s.io", "AdminNetworkPolicy"): _subject,
    ("policy.networking.k8s.io", "BaselineAdminNetworkPolicy"): _subject,
    ("policy.networking.k8s.io", "ClusterNetworkPolicy"): _subject,
    ("projectcalico.org", "NetworkPolicy"): _here,
    ("projectcalico.org", "GlobalNetworkPolicy"): _anywhere,
    ("crd.projectcalico.org", "NetworkPolicy"): _here,
    ("crd.projectcalico.org", "GlobalNetworkPolicy"): _anywhere,
    ("crd.antrea.io", "NetworkPolicy"): _here,
    ("crd.antrea.io", "ClusterNetworkPolicy"): _anywhere,
    ("security.istio.io", "AuthorizationPolicy"): _mesh,
    ("k8s.ovn.org", "UserDefinedNetwork"): _network,
    ("k8s.ovn.org", "ClusterUserDefinedNetwork"): _shared_network,
}
"""By (group, kind): whether such an object may be about the workload's pods."""
