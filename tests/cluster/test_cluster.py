"""The indexes of a cluster, and what every cluster has."""

from collections.abc import Callable

import pytest

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.profile import Profile

MakeCluster = Callable[..., Cluster]

MAPS = """
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: web}
data: {order: first}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: web}
data: {order: second}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: prod}
data: {order: third}
"""


def test_first_object_of_a_key_wins(make_cluster: MakeCluster) -> None:
    found = make_cluster(MAPS).find("ConfigMap", "web", "settings")
    assert found is not None
    assert found.get("data", "order") == "first"


def test_find_looks_at_kind_namespace_name_and_group(make_cluster: MakeCluster) -> None:
    cluster = make_cluster(MAPS)
    assert cluster.find("ConfigMap", "dev", "settings") is None
    assert cluster.find("Secret", "web", "settings") is None
    assert cluster.find("ConfigMap", "web", "settings", "apps") is None


NAMESPACE = """
apiVersion: v1
kind: Namespace
metadata: {name: dev, labels: {team: a}}
"""


@pytest.mark.parametrize(
    ("name", "labels", "declared"),
    [
        pytest.param("dev", {"team": "a", "kubernetes.io/metadata.name": "dev"}, True, id="ADM-18-declared"),
        pytest.param("web", {"kubernetes.io/metadata.name": "web"}, False, id="ADM-18-only-named"),
        pytest.param("kube-system", {"kubernetes.io/metadata.name": "kube-system"}, False, id="ADM-18-always-there"),
    ],
)
def test_namespaces(name: str, labels: dict[str, str], declared: bool, make_cluster: MakeCluster) -> None:
    cluster = make_cluster(NAMESPACE, MAPS)
    assert (cluster.namespaces[name], cluster.declares(name)) == (labels, declared)


def test_namespace_of_the_dns_pods_exists(make_cluster: MakeCluster) -> None:
    assert "openshift-dns" in make_cluster(profile=Profile(dns_namespace="openshift-dns")).namespaces


def test_every_cluster_has_two_services(make_cluster: MakeCluster) -> None:
    assert sorted(map(str, make_cluster().services.values())) == ["default/kubernetes", "kube-system/kube-dns"]


DECLARED_DNS = """
apiVersion: v1
kind: Service
metadata: {name: kube-dns, namespace: kube-system}
spec: {selector: {k8s-app: kube-dns}, ports: [{name: dns, port: 53, protocol: UDP}]}
"""


def test_a_declared_service_replaces_the_one_every_cluster_has(make_cluster: MakeCluster) -> None:
    found = make_cluster(DECLARED_DNS).service("kube-system", "kube-dns")
    assert found is not None
    assert (found.builtin, [port.number for port in found.ports]) == (False, [53])


SAME_NAME = """
{apiVersion: v1, kind: Service, metadata: {name: api, namespace: web}, spec: {ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: api, namespace: prod}, spec: {ports: [{port: 80}]}}
"""


UNREADABLE = "{apiVersion: v1, kind: Service, metadata: {name: odd}, spec: {ports: [{port: http, protocol: 6}]}}"


def test_a_port_that_is_no_number_is_none(make_cluster: MakeCluster) -> None:
    """ADM-04: no call means it, and it leads nowhere."""
    (port,) = make_cluster(UNREADABLE).services["web", "odd"].ports
    assert (port.number, port.target, port.protocol) == (0, 0, "TCP")


def test_services_by_name_alone(make_cluster: MakeCluster) -> None:
    assert [each.namespace for each in make_cluster(SAME_NAME).services_named("api")] == ["prod", "web"]
    assert make_cluster(SAME_NAME).services_named("nosuch") == ()
