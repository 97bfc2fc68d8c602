"""SEL-06, SEL-08: what selectors of budgets, policies, monitors and of other workloads select."""

import pytest

from ringtrue.cluster.disruption import blockade, guarded
from ringtrue.cluster.monitors import monitored_pods, monitored_services, namespaces, services_in
from ringtrue.cluster.overlaps import overlap
from ringtrue.cluster.selection import chosen, intended

WORLD = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  replicas: 3
  selector: {matchLabels: {app: api}}
  template: {metadata: {labels: {app: api}}, spec: {containers: [{name: c, image: i}]}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template: {metadata: {labels: {app: agent}}, spec: {containers: [{name: c, image: i}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: api, labels: {app: api}}, spec: {selector: {app: api}}}
"""
AUTOSCALER = """
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: api}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}, maxReplicas: 5}
"""


@pytest.mark.parametrize(
    ("selector", "names"),
    [
        pytest.param(None, [], id="none selects nothing"),
        pytest.param({}, ["api", "agent"], id="an empty one everything"),
        pytest.param({"matchLabels": {"app": "api"}}, ["api"], id="labels"),
        pytest.param(
            {"matchExpressions": [{"key": "tier", "operator": "DoesNotExist"}]}, ["api", "agent"], id="absent"
        ),
        pytest.param({"matchLabels": {"app": "web"}}, [], id="no pod"),
    ],
)
def test_sel_03_what_a_label_selector_chooses(make_cluster, selector, names):
    assert [pod.name for pod in chosen(selector, "web", make_cluster(WORLD))] == names


def test_sel_08_the_workload_that_was_meant(make_cluster):
    cluster = make_cluster(WORLD)

    assert intended({"matchLabels": {"app": "apii"}}, "guard", "web", cluster).labels == {"app": "api"}
    assert intended({"matchLabels": {"team": "none"}}, "guard", "web", cluster) is None
    assert intended({}, "api", "web", cluster) is None
    assert intended({"matchLabels": {"app": "api"}}, "api", "empty", cluster) is None


def budget(make_resource, fields):
    head = "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: b}, spec: {%s}}"
    return make_resource(head % fields)


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        pytest.param("maxUnavailable: 0, selector: {}", 4, id="none unavailable"),
        pytest.param("maxUnavailable: 0%, selector: {matchLabels: {app: api}}", 3, id="none unavailable in percent"),
        pytest.param("maxUnavailable: 1, selector: {matchLabels: {app: api}}", None, id="one unavailable"),
        pytest.param("minAvailable: 3, selector: {matchLabels: {app: api}}", 3, id="all kept"),
        pytest.param("minAvailable: 2, selector: {matchLabels: {app: api}}", None, id="one less"),
        pytest.param("minAvailable: 67%, selector: {matchLabels: {app: api}}", 3, id="two and a bit are three"),
        pytest.param("minAvailable: 66%, selector: {matchLabels: {app: api}}", None, id="less than two are two"),
        pytest.param("minAvailable: 9, selector: {matchLabels: {app: agent}}", None, id="as many as there are nodes"),
        pytest.param("minAvailable: 9, selector: {matchLabels: {app: x}}", None, id="guards nothing"),
        pytest.param("minAvailable: 9", None, id="no selector"),
    ],
)
def test_sel_08_when_a_budget_blocks_every_eviction(make_cluster, make_resource, fields, kept):
    found = blockade(budget(make_resource, fields), make_cluster(WORLD))

    assert (found.kept if found else None) == kept


def test_sel_08_an_autoscaler_may_run_more(make_cluster, make_resource):
    cluster = make_cluster(WORLD, AUTOSCALER)

    assert blockade(budget(make_resource, "minAvailable: 3, selector: {matchLabels: {app: api}}"), cluster) is None
    assert blockade(budget(make_resource, "minAvailable: 5, selector: {matchLabels: {app: api}}"), cluster).count == 5


def test_sel_08_a_budget_without_selector_guards_nothing(make_cluster, make_resource):
    assert guarded(budget(make_resource, "maxUnavailable: 1"), make_cluster(WORLD)) == ()


@pytest.mark.parametrize(
    ("where", "places", "found"),
    [
        pytest.param("{}", ("web",), ["api"], id="its own"),
        pytest.param("{matchNames: [default]}", ("default",), [], id="named"),
        pytest.param(
            "{any: true}", ("default", "kube-node-lease", "kube-public", "kube-system", "web"), ["api"], id="any"
        ),
    ],
)
def test_sel_08_where_a_monitor_looks(make_cluster, make_resource, where, places, found):
    text = "{apiVersion: monitoring.coreos.com/v1, kind: M, metadata: {name: m}, spec: {namespaceSelector: %s, %s}}"
    monitor, cluster = make_resource(text % (where, "selector: {matchLabels: {app: api}}")), make_cluster(WORLD)

    assert namespaces(monitor, cluster) == places
    assert [service.name for service in monitored_services(monitor, cluster, services_in(cluster))] == found
    assert [pod.name for pod in monitored_pods(monitor, cluster)] == found


def test_dns_20_the_api_server_has_labels_to_be_monitored_by(make_cluster, make_resource):
    text = "{apiVersion: monitoring.coreos.com/v1, kind: M, metadata: {name: m, namespace: default}, spec: %s}"
    monitor = make_resource(text % "{selector: {matchLabels: {component: apiserver}}}")

    cluster = make_cluster(WORLD)

    assert [str(each) for each in monitored_services(monitor, cluster, services_in(cluster))] == ["default/kubernetes"]


def claimed(make_cluster, *others):
    cluster = make_cluster(WORLD, *others)
    found = [each for workload in cluster.workloads if (each := overlap(workload, cluster))]
    return [(each.claimant.name, [pod.name for pod in each.claimed]) for each in found]


def maker(kind, name, selector, labels):
    template = f"{{metadata: {{labels: {labels}}}, spec: {{containers: [{{name: c, image: i}}]}}}}"
    spec = f"{{selector: {{matchLabels: {selector}}}, template: {template}}}"
    return f"{{apiVersion: apps/v1, kind: {kind}, metadata: {{name: {name}}}, spec: {spec}}}"


POD = "{apiVersion: v1, kind: Pod, metadata: {name: pod, labels: {app: %s}}, spec: {containers: [{name: c, image: i}]}}"


@pytest.mark.parametrize(
    ("other", "found"),
    [
        pytest.param(maker("Deployment", "web", "{app: web}", "{app: web}"), [], id="apart"),
        pytest.param(maker("Deployment", "api2", "{app: api}", "{app: api}"), [("api", ["api2"])], id="the same, once"),
        pytest.param(
            maker("Deployment", "v2", "{app: api, v: '2'}", "{app: api, v: '2'}"), [("api", ["v2"])], id="part"
        ),
        pytest.param(maker("Deployment", "bad", "{app: api}", "{app: web}"), [], id="would be refused"),
        pytest.param(POD % "api", [], id="a Deployment adopts no Pod"),
        pytest.param(
            maker("StatefulSet", "db", "{app: db}", "{app: db}") + "\n---\n" + POD % "db",
            [("db", ["pod"])],
            id="a StatefulSet does",
        ),
    ],
)
def test_sel_06_workloads_that_claim_the_pods_of_another(make_cluster, other, found):
    assert claimed(make_cluster, other) == found
