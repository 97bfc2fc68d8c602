"""SEL-05: which of the pods that a Service selects serve it, and which are caught by accident."""

import pytest

from ringtrue.cluster.endpoints import endpoints
from ringtrue.cluster.strangers import strangers

POD = "{{apiVersion: v1, kind: Pod, metadata: {{name: {0}, labels: {1}}}, spec: {{containers: [{2}]}}}}"
WEB = POD.format("web", "{app: shop, tier: web}", "{name: c, image: 'reg:5000/web:1', ports: [{containerPort: 80}]}")
SERVICE = "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: shop}, ports: [{port: 80}]}}"


def found(make_cluster, *others, service=SERVICE):
    cluster = make_cluster(service, WEB, *others)
    return strangers(endpoints(cluster.service("web", "web"), cluster), (1, 35))


def test_sel_05_a_pod_that_declares_no_port_of_the_service_is_a_stranger(make_cluster):
    client = POD.format("client", "{app: shop, tier: client}", "{name: c, image: curl}")

    caught = found(make_cluster, client)

    assert [pod.name for pod in caught.serving] == ["web"]
    assert [pod.name for pod in caught.caught] == ["client"]
    assert (str(caught.port), caught.distinction) == ("80/TCP", {"tier": "web"})


def test_sel_07_what_runs_no_pod_is_no_stranger(make_cluster):
    idle = (
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: idle}, spec: {replicas: 0, template: {metadata: "
        "{labels: {app: shop}}, spec: {containers: [{name: c, image: curl}]}}}}"
    )
    assert found(make_cluster, idle) is None


def test_sel_05_equal_labels_tell_nothing_apart(make_cluster):
    assert found(make_cluster, POD.format("client", "{app: shop}", "{name: c, image: curl}")).distinction == {
        "tier": "web"
    }
    twin = POD.format("twin", "{app: shop, tier: web}", "{name: c, image: curl}")
    assert found(make_cluster, twin).distinction == {}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(POD.format("other", "{app: bank}", "{name: c, image: curl}"), id="not selected"),
        pytest.param(POD.format("new", "{app: shop}", "{name: c, image: 'reg:5000/web@sha256:0'}"), id="same image"),
        pytest.param(
            POD.format("two", "{app: shop}", "{name: c, image: i, ports: [{containerPort: 80}]}"), id="serves as well"
        ),
    ],
)
def test_sel_05_no_stranger(make_cluster, other):
    assert found(make_cluster, other) is None


def test_ep_03_where_nobody_declares_the_port_nobody_is_a_stranger(make_cluster):
    service = SERVICE.replace("port: 80", "port: 9")

    assert found(make_cluster, POD.format("client", "{app: shop}", "{name: c, image: i}"), service=service) is None
