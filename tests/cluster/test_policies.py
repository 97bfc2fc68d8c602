"""NET-01 to NET-09: which pods may reach which, and what stays undecided."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.policies import Direction, address_passage, dns_passage, passage, unmodelled
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.workloads import Workload
from ringtrue.manifests.resource import Spot

MakeCluster = Callable[..., Cluster]
DNS_RULE = {
    "to": [
        {
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}},
            "podSelector": {"matchLabels": {"k8s-app": "kube-dns"}},
        }
    ],
    "ports": [{"protocol": "UDP", "port": 53}],
}


def document(kind: str, name: str, namespace: str, body: dict[str, Any], api: str = "v1", **metadata: Any) -> str:
    metadata = {"name": name, "namespace": namespace} | metadata
    return "---\n" + yaml.safe_dump({"apiVersion": api, "kind": kind, "metadata": metadata} | body)


def pod(name: str, namespace: str = "web", labels: dict[str, str] | None = None, **spec: Any) -> str:
    """A Deployment of two pods that listen on 8080, named http."""
    container = {"name": "c", "ports": [{"name": "http", "containerPort": 8080}]}
    template = {"metadata": {"labels": labels or {"app": name}}, "spec": {"containers": [container]} | spec}
    return document("Deployment", name, namespace, {"spec": {"replicas": 2, "template": template}}, "apps/v1")


def policy(name: str = "policy", namespace: str = "web", **spec: Any) -> str:
    body = {"spec": {"podSelector": {}} | spec}
    return document("NetworkPolicy", name, namespace, body, "networking.k8s.io/v1")


def namespace(name: str, **labels: str) -> str:
    return "---\n" + yaml.safe_dump(
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}
    )


def named(cluster: Cluster, name: str) -> Workload:
    [found] = [each for each in cluster.workloads if each.name == name]
    return found


def verdict(direction: Direction) -> str:
    if direction.undecided:
        assert direction.allowed
        return "undecided"
    return "allowed" if direction.allowed else "blocked"


def between(
    cluster: Cluster, client: str = "client", server: str = "httpd", port: int = 8080, protocol: str = "TCP"
) -> list[str]:
    """[egress, ingress]."""
    found = passage(named(cluster, client), named(cluster, server), port, protocol, cluster)
    return [verdict(found.egress), verdict(found.ingress)]


PODS = pod("client") + pod("httpd")
ALLOWED, BLOCKED, UNDECIDED = "allowed", "blocked", "undecided"


@pytest.mark.parametrize(
    ("policies", "expected"),
    [
        pytest.param([], [ALLOWED, ALLOWED], id="NET-01-no-policy"),
        pytest.param([policy(policyTypes=["Egress"])], [BLOCKED, ALLOWED], id="NET-01-deny-egress"),
        pytest.param([policy()], [ALLOWED, BLOCKED], id="NET-01-default-type-is-Ingress"),
        pytest.param([policy(ingress=[{}])], [ALLOWED, ALLOWED], id="NET-01-empty-rule-is-everyone"),
        pytest.param([policy(ingress=[], policyTypes=["Ingress"])], [ALLOWED, BLOCKED], id="NET-01-no-rule-is-nobody"),
        pytest.param(
            [policy(egress=[], policyTypes=["Ingress"])], [ALLOWED, BLOCKED], id="NET-01-empty-egress-is-no-type"
        ),
        pytest.param([policy(egress=[{}])], [ALLOWED, BLOCKED], id="NET-01-egress-rules-isolate-ingress-too"),
        pytest.param(
            [policy(podSelector={"matchLabels": {"app": "other"}}, policyTypes=["Ingress", "Egress"])],
            [ALLOWED, ALLOWED],
            id="NET-01-selects-neither",
        ),
        pytest.param(
            [policy(namespace="other", policyTypes=["Ingress", "Egress"])],
            [ALLOWED, ALLOWED],
            id="NET-01-other-namespace",
        ),
        pytest.param(
            [policy("a", policyTypes=["Ingress"]), policy("b", ingress=[{}])],
            [ALLOWED, ALLOWED],
            id="NET-01-policies-add-up",
        ),
        pytest.param(
            [policy(egress=[{"to": [{"podSelector": {"matchLabels": {"app": "httpd"}}}], "ports": [{"port": 80}]}])],
            [BLOCKED, BLOCKED],
            id="NET-02-lists-the-service-port",
        ),
        pytest.param(
            [policy(policyTypes=["Egress"], egress=[{"to": [{"podSelector": {}}], "ports": [{"port": "http"}]}])],
            [ALLOWED, ALLOWED],
            id="NET-02-named-port",
        ),
        pytest.param(
            [policy(ingress=[{"ports": [{"port": "metrics"}]}])], [ALLOWED, BLOCKED], id="NET-02-named-port-nobody-has"
        ),
        pytest.param(
            [policy(ingress=[{"ports": [{"port": 8080, "protocol": "UDP"}]}])], [ALLOWED, BLOCKED], id="NET-02-protocol"
        ),
        pytest.param(
            [policy(ingress=[{"ports": [{"protocol": "TCP"}]}])], [ALLOWED, ALLOWED], id="NET-02-protocol-without-port"
        ),
        pytest.param(
            [policy(ingress=[{"ports": [{"port": 8080, "endPort": 8090}]}])],
            [ALLOWED, ALLOWED],
            id="NET-02-endPort-from-it-on",
        ),
        pytest.param(
            [policy(ingress=[{"ports": [{"port": 8000, "endPort": 8080}]}])], [ALLOWED, ALLOWED], id="NET-02-endPort"
        ),
        pytest.param(
            [policy(ingress=[{"ports": [{"port": 8000, "endPort": 8079}]}])],
            [ALLOWED, BLOCKED],
            id="NET-02-endPort-below",
        ),
        pytest.param([policy(ingress=[{"from": [], "ports": []}])], [ALLOWED, ALLOWED], id="NET-01-empty-lists"),
        pytest.param(
            [policy(ingress=[{"from": [{"podSelector": {"matchLabels": {"app": "client"}}}]}])],
            [ALLOWED, ALLOWED],
            id="NET-01-from-pods-of-the-namespace",
        ),
        pytest.param(
            [policy(ingress=[{"from": [{"ipBlock": {"cidr": "10.0.0.0/8"}}]}])],
            [ALLOWED, UNDECIDED],
            id="NET-06-ipBlock-against-pods",
        ),
        pytest.param(
            [policy(ingress=[{"from": [{"ipBlock": {"cidr": "10.0.0.0/8"}}], "ports": [{"port": 80}]}])],
            [ALLOWED, BLOCKED],
            id="NET-06-ipBlock-with-another-port",
        ),
        pytest.param(
            [policy("a", ingress=[{"from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}]), policy("b", ingress=[{}])],
            [ALLOWED, ALLOWED],
            id="NET-06-ipBlock-beside-an-allowing-rule",
        ),
        pytest.param(
            [policy(podSelector={"matchLabels": {"pod-template-hash": "x"}})],
            [ALLOWED, UNDECIDED],
            id="NET-01-label-not-known",
        ),
    ],
)
def test_passage(policies: list[str], expected: list[str], make_cluster: MakeCluster) -> None:
    assert between(make_cluster(PODS, *policies)) == expected


def team(key: str, value: str) -> dict[str, Any]:
    return {"matchLabels": {key: value}}


BOTH_IN_ONE = [{"namespaceSelector": team("team", "a"), "podSelector": team("app", "c")}]
TWO_ITEMS = [{"namespaceSelector": team("team", "a")}, {"podSelector": team("app", "c")}]
NAME = "kubernetes.io/metadata.name"


@pytest.mark.parametrize(
    ("peers", "client", "expected"),
    [
        pytest.param(
            BOTH_IN_ONE, namespace("ns", team="b") + pod("client", "ns", {"app": "c"}), BLOCKED, id="NET-01-AND"
        ),
        pytest.param(
            BOTH_IN_ONE, namespace("ns", team="a") + pod("client", "ns", {"app": "c"}), ALLOWED, id="NET-01-AND-both"
        ),
        pytest.param(TWO_ITEMS, namespace("ns", team="a") + pod("client", "ns", {"app": "x"}), ALLOWED, id="NET-01-OR"),
        pytest.param(
            TWO_ITEMS,
            namespace("ns", team="b") + pod("client", "ns", {"app": "c"}),
            BLOCKED,
            id="NET-01-OR-own-namespace",
        ),
        pytest.param([{"namespaceSelector": {}}], pod("client", "ns"), ALLOWED, id="NET-07-every-namespace"),
        pytest.param([{"podSelector": {}}], pod("client", "ns"), BLOCKED, id="NET-01-podSelector-alone"),
        pytest.param(
            [{"namespaceSelector": team(NAME, "ns")}], pod("client", "ns"), ALLOWED, id="ADM-18-name-without-object"
        ),
        pytest.param([{"namespaceSelector": team(NAME, "dev")}], pod("client", "ns"), BLOCKED, id="ADM-18-other-name"),
        pytest.param(
            [{"namespaceSelector": team(NAME, "ns")}],
            namespace("ns") + pod("client", "ns"),
            ALLOWED,
            id="ADM-18-without-labels",
        ),
        pytest.param(
            [{"namespaceSelector": team("team", "a")}], pod("client", "ns"), UNDECIDED, id="NET-07-labels-not-known"
        ),
        pytest.param(
            [{"namespaceSelector": team("team", "a")}],
            namespace("ns") + pod("client", "ns"),
            BLOCKED,
            id="NET-07-labels-known",
        ),
        pytest.param(
            [{"namespaceSelector": team("team", "a"), "podSelector": team("app", "x")}],
            pod("client", "ns"),
            BLOCKED,
            id="NET-07-pods-settle-it",
        ),
        pytest.param([{"podSelector": {}}], pod("client", hostNetwork=True), UNDECIDED, id="NET-06-hostNetwork-peer"),
    ],
)
def test_peers(peers: list[dict[str, Any]], client: str, expected: str, make_cluster: MakeCluster) -> None:
    cluster = make_cluster(pod("httpd"), client, policy(ingress=[{"from": peers}]))
    assert between(cluster)[1] == expected


def test_labels_of_namespaces_are_known_in_a_complete_cluster(make_cluster: MakeCluster) -> None:
    rule = policy(ingress=[{"from": [{"namespaceSelector": team("team", "a")}]}])
    cluster = make_cluster(pod("httpd"), pod("client", "ns"), rule, profile=Profile(complete=True))
    assert between(cluster)[1] == BLOCKED


def test_pods_on_the_hosts_network_are_undecided(make_cluster: MakeCluster) -> None:
    cluster = make_cluster(pod("httpd", hostNetwork=True), pod("client"), policy())
    found = passage(named(cluster, "client"), named(cluster, "httpd"), 8080, "TCP", cluster)
    assert found.undecided == "Deployment 'httpd' is on the host's network, where policies depend on the network plugin"


def test_named_port_of_a_sidecar_is_undecided(make_cluster: MakeCluster) -> None:
    sidecar = {"name": "s", "restartPolicy": "Always", "ports": [{"name": "proxy", "containerPort": 15000}]}
    cluster = make_cluster(
        pod("httpd", initContainers=[sidecar]), pod("client"), policy(ingress=[{"ports": [{"port": "proxy"}]}])
    )
    assert between(cluster, port=15000)[1] == UNDECIDED


def test_a_pod_reaches_itself(make_cluster: MakeCluster) -> None:
    cluster = make_cluster(
        pod("httpd").replace("replicas: 2", "replicas: 1"), policy(policyTypes=["Ingress", "Egress"])
    )
    assert between(cluster, "httpd", "httpd") == [ALLOWED, ALLOWED]


def test_replicas_do_not_reach_one_another_by_being_alike(make_cluster: MakeCluster) -> None:
    cluster = make_cluster(PODS, policy(policyTypes=["Ingress", "Egress"]))
    assert between(cluster, "httpd", "httpd") == [BLOCKED, BLOCKED]


def test_evidence_names_the_policies(make_cluster: MakeCluster) -> None:
    cluster = make_cluster(PODS, policy("deny"), policy("allow", ingress=[{}]))
    found = passage(named(cluster, "client"), named(cluster, "httpd"), 8080, "TCP", cluster).ingress
    assert [each.name for each in found.isolated_by] == ["allow", "deny"]
    assert [each.name for each in found.allowed_by] == ["allow"]


def test_evidence_points_at_the_wrong_ports(make_cluster: MakeCluster) -> None:
    cluster = make_cluster(PODS, policy(ingress=[{"from": [{"podSelector": {}}], "ports": [{"port": 80}]}]))
    found = passage(named(cluster, "client"), named(cluster, "httpd"), 8080, "TCP", cluster).ingress
    [written] = cluster.of_kind("NetworkPolicy", "networking.k8s.io")
    assert found.wrong_ports == (Spot(written, ("spec", "ingress", 0, "ports")),)


def rule_to(namespace: str, key: str, value: str, port: int = 53) -> dict[str, Any]:
    peer = {"namespaceSelector": team(NAME, namespace), "podSelector": team(key, value)}
    return {"to": [peer], "ports": [{"protocol": "UDP", "port": port}]}


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param([], [BLOCKED, BLOCKED], id="NET-03-forgotten"),
        pytest.param([DNS_RULE], [ALLOWED, BLOCKED], id="NET-03-UDP-only"),
        pytest.param([{}], [ALLOWED, ALLOWED], id="NET-03-everything"),
        pytest.param([{"ports": [{"protocol": "UDP", "port": 53}]}], [ALLOWED, BLOCKED], id="NET-03-port-to-anyone"),
        pytest.param([{"ports": [{"protocol": "UDP", "port": "dns"}]}], [ALLOWED, BLOCKED], id="NET-03-named-port"),
        pytest.param([{"ports": [{"port": "dns-tcp"}]}], [BLOCKED, ALLOWED], id="NET-03-named-port-for-TCP"),
        pytest.param(
            [{"to": [{"podSelector": team("k8s-app", "kube-dns")}]}], [BLOCKED, BLOCKED], id="NET-03-own-namespace"
        ),
        pytest.param([{"to": [{"namespaceSelector": {}}]}], [ALLOWED, ALLOWED], id="NET-03-every-namespace"),
        pytest.param(
            [{"to": [{"namespaceSelector": team("name", "kube-system")}]}],
            [UNDECIDED, UNDECIDED],
            id="NET-07-kube-system",
        ),
        pytest.param(
            [{"to": [{"ipBlock": {"cidr": "169.254.20.10/32"}}]}], [UNDECIDED, UNDECIDED], id="NET-06-node-local"
        ),
        pytest.param(
            [{"to": [{"podSelector": {}}], "ports": [{"port": 8080}]}], [BLOCKED, BLOCKED], id="NET-03-other-port"
        ),
        pytest.param(
            [rule_to("openshift-dns", "dns.operator.openshift.io/daemonset-dns", "default", 5353)],
            [UNDECIDED, BLOCKED],
            id="NET-03-OpenShift",
        ),
        pytest.param(
            [rule_to("kube-sytem", "k8s-app", "kube-dns")], [BLOCKED, BLOCKED], id="NET-03-typo-in-the-namespace"
        ),
    ],
)
def test_dns(rules: list[dict[str, Any]], expected: list[str], make_cluster: MakeCluster) -> None:
    cluster = make_cluster(PODS, policy(policyTypes=["Egress"], egress=rules))
    assert [verdict(each) for each in dns_passage(named(cluster, "client"), cluster)] == expected


def test_dns_of_a_profile(make_cluster: MakeCluster) -> None:
    labels = {"dns.operator.openshift.io/daemonset-dns": "default"}
    profile = Profile(dns_namespace="openshift-dns", dns_labels=labels, dns_port=5353)
    rule = rule_to("openshift-dns", *next(iter(labels.items())), 5353)
    cluster = make_cluster(PODS, policy(policyTypes=["Egress"], egress=[rule]), profile=profile)
    assert verdict(dns_passage(named(cluster, "client"), cluster)[0]) == ALLOWED


BLOCK = {"cidr": "192.0.2.0/24", "except": ["192.0.2.128/25"]}


@pytest.mark.parametrize(
    ("rules", "address", "expected"),
    [
        pytest.param([{"to": [{"ipBlock": BLOCK}]}], "192.0.2.7", ALLOWED, id="NET-06-inside"),
        pytest.param([{"to": [{"ipBlock": BLOCK}]}], "192.0.2.200", BLOCKED, id="NET-06-except"),
        pytest.param([{"to": [{"ipBlock": BLOCK}]}], "198.51.100.1", BLOCKED, id="NET-06-not-inside"),
        pytest.param([{"to": [{"ipBlock": BLOCK}]}], "", UNDECIDED, id="NET-06-address-not-known"),
        pytest.param([{"to": [{"namespaceSelector": {}}]}], "", BLOCKED, id="NET-06-no-pod"),
        pytest.param([{"ports": [{"port": 443}]}], "", ALLOWED, id="NET-06-everyone"),
        pytest.param([{"ports": [{"port": "https"}]}], "", BLOCKED, id="NET-06-named-port-needs-a-pod"),
    ],
)
def test_addresses(rules: list[dict[str, Any]], address: str, expected: str, make_cluster: MakeCluster) -> None:
    cluster = make_cluster(PODS, policy(policyTypes=["Egress"], egress=rules))
    assert verdict(address_passage(named(cluster, "client"), address, 443, "TCP", cluster)) == expected


CILIUM = "cilium.io/v2"


def admin(**subject: Any) -> str:
    return document("AdminNetworkPolicy", "p", "", {"spec": {"subject": subject}}, "policy.networking.k8s.io/v1alpha1")


def both_of(namespace_team: str, app: str) -> dict[str, Any]:
    return {"namespaceSelector": team("team", namespace_team), "podSelector": team("app", app)}


def network(where: str, role: str) -> str:
    body = {"spec": {"topology": "Layer2", "layer2": {"role": role}}}
    return document("UserDefinedNetwork", "p", where, body, "k8s.ovn.org/v1")


def shared_network(namespace_team: str, role: str) -> str:
    body = {"topology": "Layer3", "layer3": {"role": role}}
    spec = {"namespaceSelector": team("team", namespace_team), "network": body}
    return document("ClusterUserDefinedNetwork", "p", "other", {"spec": spec}, "k8s.ovn.org/v1")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(document("CiliumNetworkPolicy", "p", "web", {"spec": {}}, CILIUM), ["p"], id="NET-08-Cilium"),
        pytest.param(
            document("CiliumNetworkPolicy", "p", "web", {"spec": {"endpointSelector": team("app", "x")}}, CILIUM),
            [],
            id="NET-08-Cilium-selects-others",
        ),
        pytest.param(
            document("CiliumNetworkPolicy", "p", "other", {"spec": {}}, CILIUM), [], id="NET-08-other-namespace"
        ),
        pytest.param(
            document("AdminNetworkPolicy", "p", "", {"spec": {}}, "policy.networking.k8s.io/v1alpha1"),
            ["p"],
            id="NET-08-admin",
        ),
        pytest.param(
            document("NetworkPolicy", "p", "web", {"spec": {"selector": "a == 'b'"}}, "projectcalico.org/v3"),
            ["p"],
            id="NET-08-Calico",
        ),
        pytest.param(
            document("AuthorizationPolicy", "p", "istio-system", {"spec": {}}, "security.istio.io/v1"),
            ["p"],
            id="NET-08-mesh-root",
        ),
        pytest.param(
            document("GlobalNetworkPolicy", "p", "other", {"spec": {}}, "projectcalico.org/v3"),
            ["p"],
            id="NET-08-Calico-has-no-namespace",
        ),
        pytest.param(
            document("CiliumClusterwideNetworkPolicy", "p", "other", {"spec": {}}, CILIUM),
            ["p"],
            id="NET-08-Cilium-has-no-namespace",
        ),
        pytest.param(admin(namespaces=team("team", "web")), ["p"], id="NET-08-admin-namespaces"),
        pytest.param(admin(namespaces=team("team", "x")), [], id="NET-08-admin-other-namespaces"),
        pytest.param(admin(pods=both_of("web", "client")), ["p"], id="NET-08-admin-pods"),
        pytest.param(admin(pods=both_of("web", "server")), [], id="NET-08-admin-other-pods"),
        pytest.param(admin(pods=both_of("x", "client")), [], id="NET-08-admin-pods-elsewhere"),
        pytest.param(admin(pods={"podSelector": team("app", "client")}), ["p"], id="NET-08-admin-pods-anywhere"),
        pytest.param(network("web", "Primary"), ["p"], id="NET-08-primary-network"),
        pytest.param(network("web", "Secondary"), [], id="NET-08-secondary-network"),
        pytest.param(network("other", "Primary"), [], id="NET-08-primary-network-elsewhere"),
        pytest.param(shared_network("web", "Primary"), ["p"], id="NET-08-shared-network"),
        pytest.param(shared_network("web", "Secondary"), [], id="NET-08-secondary-shared-network"),
        pytest.param(shared_network("x", "Primary"), [], id="NET-08-shared-network-elsewhere"),
        pytest.param(policy("p"), [], id="NET-08-plain"),
    ],
)
def test_unmodelled(other: str, expected: list[str], make_cluster: MakeCluster) -> None:
    cluster = make_cluster(PODS, namespace("web", team="web"), other)
    assert [each.name for each in unmodelled(named(cluster, "client"), cluster)] == expected


def test_a_namespace_that_asks_for_a_network_of_its_own(make_cluster: MakeCluster) -> None:
    """NET-08: its pods are on that network, whoever makes it."""
    label = {"k8s.ovn.org/primary-user-defined-network": ""}
    cluster = make_cluster(PODS, namespace("web", **label))
    assert [str(each.id) for each in unmodelled(named(cluster, "client"), cluster)] == ["Namespace web"]


def test_labels_that_no_manifest_shows_may_be_what_another_kind_selects(make_cluster: MakeCluster) -> None:
    """NET-07, NET-08."""
    cluster = make_cluster(PODS, admin(namespaces=team("team", "x")))
    assert [each.name for each in unmodelled(named(cluster, "client"), cluster)] == ["p"]
