"""SEL-01, SEL-02, EP-01 to EP-05, EP-07: what would stand behind a Service, port by port."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.endpoints import ServiceEndpoints, endpoints, selected, selecting
from ringtrue.cluster.profile import Profile
from ringtrue.manifests.resource import Spot

MakeCluster = Callable[..., Cluster]


def service(**spec: Any) -> str:
    spec = {"selector": {"app": "httpd"}, "ports": [{"port": 80}]} | spec
    return yaml.safe_dump({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "api"}, "spec": spec}) + "---\n"


def deployment(*containers: dict[str, Any], name: str = "httpd", **pod: Any) -> str:
    """`pod` may hold labels, namespace, replicas and fields of the pod spec."""
    labels, namespace = pod.pop("labels", {"app": "httpd"}), pod.pop("namespace", "web")
    kind, replicas = pod.pop("kind", "Deployment"), pod.pop("replicas", 1)
    group = {"Job": "batch/v1"}.get(kind, "apps/v1")
    spec: dict[str, Any] = {
        "template": {"metadata": {"labels": labels}, "spec": {"containers": list(containers)} | pod}
    }
    if kind in ("Deployment", "StatefulSet"):
        spec["replicas"] = replicas
    metadata = {"name": name, "namespace": namespace, "labels": {"app": "httpd"}}
    return yaml.safe_dump({"apiVersion": group, "kind": kind, "metadata": metadata, "spec": spec}) + "---\n"


def container(name: str = "c", *ports: tuple[str, int] | tuple[str, int, str], **fields: Any) -> dict[str, Any]:
    listed = [dict(zip(("name", "containerPort", "protocol"), port, strict=False)) for port in ports]
    return {"name": name, "image": "i", "ports": listed} | fields


HTTP = container("c", ("http", 8080))
NAMED = {"ports": [{"port": 80, "targetPort": "http"}]}


def behind(cluster: Cluster, name: str = "api", namespace: str = "web") -> ServiceEndpoints:
    found = cluster.service(namespace, name)
    assert found is not None
    return endpoints(found, cluster)


def summary(found: ServiceEndpoints) -> list[tuple[list[tuple[str, str, int]], list[str]]]:
    """For each Service port: (workload, container, number) of what serves, and the workloads that lack the port."""
    return [
        (
            [(b.workload.name if b.workload else "", b.container, b.number) for b in port.serving],
            [each.name for each in port.lacking],
        )
        for port in found.ports
    ]


@pytest.mark.parametrize(
    ("selector", "pods", "expected"),
    [
        pytest.param({"app": "httpd"}, {"labels": {"app": "httpd", "env": "dev"}}, ["httpd"], id="SEL-01-more-labels"),
        pytest.param({"app": "httpd", "env": "dev"}, {}, [], id="SEL-01-label-missing"),
        pytest.param({"app": "httpd"}, {"labels": {"app": "web"}}, [], id="SEL-01-workload-labels-do-not-count"),
        pytest.param({"app": "Httpd"}, {}, [], id="SEL-01-case"),
        pytest.param({"app": "httpd"}, {"namespace": "other"}, [], id="SEL-01-other-namespace"),
        pytest.param({}, {}, [], id="SEL-02-empty-selector"),
        pytest.param(None, {}, [], id="SEL-02-null-selector"),
        pytest.param({"pod-template-hash": "abc", "app": "httpd"}, {}, ["httpd"], id="SEL-01-hash-is-not-refuted"),
    ],
)
def test_selected(
    selector: dict[str, str] | None, pods: dict[str, Any], expected: list[str], make_cluster: MakeCluster
) -> None:
    cluster = make_cluster(service(selector=selector), deployment(HTTP, **pods))
    found = cluster.service("web", "api")
    assert found is not None
    assert [each.name for each in selected(found, cluster)] == expected


SIDECAR = container("proxy", ("http", 15000), restartPolicy="Always")
TWO_PORTS = {
    "ports": [{"name": "web", "port": 80, "targetPort": "http"}, {"name": "admin", "port": 81, "targetPort": "admin"}]
}


@pytest.mark.parametrize(
    ("spec", "pods", "expected"),
    [
        pytest.param(NAMED, [deployment(HTTP)], [([("httpd", "c", 8080)], [])], id="EP-01-named-port"),
        pytest.param(NAMED, [deployment(container("c", ("web", 80)))], [([], ["httpd"])], id="EP-01-name-missing"),
        pytest.param(
            {"ports": [{"port": 53, "targetPort": "dns", "protocol": "UDP"}]},
            [deployment(container("c", ("dns", 53, "TCP")))],
            [([], ["httpd"])],
            id="EP-01-other-protocol",
        ),
        pytest.param(
            NAMED,
            [deployment(container("a", ("http", 8080)), container("b", ("http", 9090)))],
            [([("httpd", "a", 8080)], [])],
            id="EP-01-first-container-wins",
        ),
        pytest.param(
            NAMED,
            [deployment(container("c", ("http", 80)), name="one"), deployment(HTTP, name="two")],
            [([("one", "c", 80), ("two", "c", 8080)], [])],
            id="EP-01-each-workload-its-own-number",
        ),
        pytest.param(
            TWO_PORTS,
            [deployment(HTTP)],
            [([("httpd", "c", 8080)], []), ([], ["httpd"])],
            id="EP-01-only-that-port-is-lost",
        ),
        pytest.param(
            NAMED,
            [deployment(container(), initContainers=[SIDECAR])],
            [([("httpd", "proxy", 15000)], [])],
            id="EP-02-sidecar",
        ),
        pytest.param(
            NAMED,
            [deployment(HTTP, initContainers=[SIDECAR])],
            [([("httpd", "c", 8080)], [])],
            id="EP-02-containers-come-first",
        ),
        pytest.param(
            NAMED,
            [deployment(container(), initContainers=[container("init", ("http", 1))])],
            [([], ["httpd"])],
            id="EP-02-plain-init-container",
        ),
        pytest.param(
            {"ports": [{"port": 80, "targetPort": 8080}]},
            [deployment(HTTP)],
            [([("httpd", "c", 8080)], [])],
            id="EP-03-number",
        ),
        pytest.param(
            {"ports": [{"port": 80}]}, [deployment(HTTP)], [([("httpd", "c", 80)], [])], id="EP-03-defaults-to-port"
        ),
        pytest.param(
            {"ports": [{"port": 80, "targetPort": 0}]},
            [deployment(HTTP)],
            [([("httpd", "c", 80)], [])],
            id="EP-03-zero",
        ),
        pytest.param(
            {"ports": [{"port": 80, "targetPort": 9}]},
            [deployment(container("a"), container("b"))],
            [([("httpd", "", 9)], [])],
            id="EP-03-undeclared-number-of-several-containers",
        ),
        pytest.param(NAMED, [deployment(HTTP, replicas=0)], [([], [])], id="SEL-07-no-replicas"),
        pytest.param(NAMED, [deployment(HTTP, kind="Job")], [([], [])], id="EP-05-pods-that-complete"),
        pytest.param(NAMED, [deployment(HTTP, kind="DaemonSet")], [([("httpd", "c", 8080)], [])], id="EP-01-DaemonSet"),
        pytest.param(
            NAMED, [deployment(HTTP, hostNetwork=True)], [([("httpd", "c", 8080)], [])], id="EP-07-hostNetwork"
        ),
        pytest.param({"type": "ExternalName", "externalName": "a.b"}, [deployment(HTTP)], [], id="SEL-02-ExternalName"),
        pytest.param({"clusterIP": "None", "ports": []}, [deployment(HTTP)], [], id="EP-01-headless-without-ports"),
    ],
)
def test_ports(spec: dict[str, Any], pods: list[str], expected: object, make_cluster: MakeCluster) -> None:
    assert summary(behind(make_cluster(service(**spec), *pods))) == expected


def test_sidecars_count_from_1_33(make_cluster: MakeCluster) -> None:
    texts = (service(**NAMED), deployment(container(), initContainers=[SIDECAR]))
    found = behind(make_cluster(*texts, profile=Profile(version=(1, 32))))
    assert summary(found) == [([], ["httpd"])]


@pytest.mark.parametrize(
    ("pods", "idle"),
    [
        pytest.param(deployment(HTTP), [], id="EP-05-running"),
        pytest.param(deployment(HTTP, replicas=0), ["httpd"], id="SEL-07-no-replicas"),
        pytest.param(deployment(HTTP, kind="Job"), ["httpd"], id="EP-05-Job"),
    ],
)
def test_idle_pods_stay_selected(pods: str, idle: list[str], make_cluster: MakeCluster) -> None:
    found = behind(make_cluster(service(), pods))
    assert [each.name for each in found.selected] == ["httpd"]
    assert [each.name for each in found.idle] == idle
    assert [each.name for each in found.active] == ([] if idle else ["httpd"])


def test_undeclared_number_is_marked(make_cluster: MakeCluster) -> None:
    found = behind(make_cluster(service(ports=[{"port": 80, "targetPort": 9}]), deployment(HTTP)))
    assert [b.declared for b in found.ports[0].serving] == [False]


STATEFUL = """
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 2
  ordinals: {start: 3}
  template:
    metadata: {labels: {app: httpd}}
    spec: {containers: [{name: c, image: i}]}
"""


@pytest.mark.parametrize(
    ("label", "value", "expected"),
    [
        ("statefulset.kubernetes.io/pod-name", "db-3", ["db"]),
        ("statefulset.kubernetes.io/pod-name", "db-0", []),
        ("statefulset.kubernetes.io/pod-name", "dc-3", []),
        ("apps.kubernetes.io/pod-index", "4", ["db"]),
        ("apps.kubernetes.io/pod-index", "5", []),
    ],
    ids=lambda value: f"SEL-01-{value}" if isinstance(value, str) else "",
)
def test_labels_of_single_pods(label: str, value: str, expected: list[str], make_cluster: MakeCluster) -> None:
    found = behind(make_cluster(service(selector={label: value}), STATEFUL))
    assert [each.name for each in found.selected] == expected


JOB_BY_NAME = deployment(HTTP, kind="Job", name="import")


def test_job_pods_carry_the_name_of_their_job(make_cluster: MakeCluster) -> None:
    found = behind(make_cluster(service(selector={"job-name": "import"}), JOB_BY_NAME))
    assert [each.name for each in found.selected] == ["import"]


CRON_JOB = """
apiVersion: batch/v1
kind: CronJob
metadata: {name: night}
spec: {jobTemplate: {spec: {template: {metadata: {labels: {app: n}}, spec: {containers: [{name: c}]}}}}}
"""


@pytest.mark.parametrize(
    ("job", "expected"),
    [("night-29400000", ["night"]), ("night", []), ("day-29400000", [])],
    ids=lambda value: str(value),
)
def test_a_cron_job_names_its_jobs(job: str, expected: list[str], make_cluster: MakeCluster) -> None:
    """SEL-01: `<name>-<number>`."""
    found = behind(make_cluster(service(selector={"job-name": job}), CRON_JOB))
    assert [each.name for each in found.selected] == expected


SLICE = """
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: api-1, labels: {kubernetes.io/service-name: api}}
addressType: IPv4
ports: [{name: web, port: 9000}]
endpoints: [{addresses: [192.0.2.7]}]
---
"""
ENDPOINTS = """
apiVersion: v1
kind: Endpoints
metadata: {name: api}
subsets: [{addresses: [{ip: 192.0.2.7}], ports: [{name: web, port: 9000}]}]
---
"""
BY_HAND = {"selector": None, "ports": [{"name": "web", "port": 80}]}


@pytest.mark.parametrize(
    ("spec", "by_hand", "expected"),
    [
        pytest.param(BY_HAND, SLICE, [9000], id="SEL-02-slice"),
        pytest.param(
            BY_HAND, SLICE.replace("name: api-1", "name: api-1, namespace: other"), [], id="SEL-02-other-namespace"
        ),
        pytest.param(BY_HAND, SLICE.replace("service-name: api", "service-name: app"), [], id="SEL-02-other-label"),
        pytest.param(BY_HAND, SLICE.replace("name: web", "name: http"), [], id="SEL-02-other-port-name"),
        pytest.param(BY_HAND, SLICE.replace("port: 9000", "port: 9000, protocol: UDP"), [], id="SEL-02-other-protocol"),
        pytest.param(
            BY_HAND, SLICE.replace("[192.0.2.7]", "[192.0.2.7], conditions: {ready: false}"), [], id="SEL-02-not-ready"
        ),
        pytest.param(BY_HAND, SLICE.replace("[{addresses: [192.0.2.7]}]", "[]"), [], id="SEL-02-no-address"),
        pytest.param(
            {"selector": {}, "ports": [{"port": 80}]}, SLICE.replace("name: web, ", ""), [9000], id="SEL-02-unnamed"
        ),
        pytest.param(BY_HAND | {"selector": {"a": "b"}}, SLICE, [9000], id="SEL-02-slice-beside-a-selector"),
        pytest.param(BY_HAND, ENDPOINTS, [9000], id="SEL-02-Endpoints"),
        pytest.param(BY_HAND | {"selector": {"a": "b"}}, ENDPOINTS, [], id="SEL-02-Endpoints-beside-a-selector"),
    ],
)
def test_written_by_hand(spec: dict[str, Any], by_hand: str, expected: list[int], make_cluster: MakeCluster) -> None:
    found = behind(make_cluster(service(**spec), by_hand))
    assert [b.number for b in found.ports[0].serving] == expected


def test_by_hand_points_at_the_port_entry(make_cluster: MakeCluster) -> None:
    cluster = make_cluster(service(**BY_HAND), SLICE)
    [written] = cluster.of_kind("EndpointSlice", "discovery.k8s.io")
    assert behind(cluster).ports[0].serving[0].manual == Spot(written, ("ports", 0))


@pytest.mark.parametrize(
    ("selector", "decided"),
    [
        pytest.param({"app": "nobody"}, True, id="SEL-01-nobody"),
        pytest.param({"cnpg.io/cluster": "pg"}, False, id="SEL-01-pods-of-an-operator"),
    ],
)
def test_labels_of_operators_decide_nothing(selector: dict[str, str], decided: bool, make_cluster: MakeCluster) -> None:
    assert behind(make_cluster(service(selector=selector))).decided is decided


def test_services_of_every_cluster_are_not_decided(make_cluster: MakeCluster) -> None:
    assert behind(make_cluster(), "kubernetes", "default").decided is False


def test_selecting_finds_the_services_of_a_workload(make_cluster: MakeCluster) -> None:
    cluster = make_cluster(service(), deployment(HTTP))
    assert [each.name for each in selecting(cluster.workloads[0], cluster)] == ["api"]


def test_port_is_found_by_number_and_protocol(make_cluster: MakeCluster) -> None:
    found = behind(make_cluster(service(**TWO_PORTS), deployment(HTTP)))
    assert found.of_port(81) is found.ports[1]
    assert found.of_port(81, "UDP") is None
    assert found.of_port(8080) is None
