"""SEL-05: Services of several instances of one application that select each other's pods."""

import pytest

from ringtrue.cluster.instances import mixed

POD = (
    "{{apiVersion: v1, kind: Pod, metadata: {{name: {0}, labels: {{app.kubernetes.io/instance: {0}, app: files}}}}, "
    "spec: {{containers: [{{name: c, image: i}}]}}}}"
)
SERVICE = (
    "{{apiVersion: v1, kind: Service, metadata: {{name: {0}, labels: {{app.kubernetes.io/instance: {1}}}}}, "
    "spec: {{selector: {2}, ports: [{{port: 80}}]}}}}"
)
BOTH = "{app: files}"


def of(instance, selector=BOTH):
    return POD.format(instance) + "\n---\n" + SERVICE.format(instance, instance, selector)


def found(make_cluster, name, *texts):
    cluster = make_cluster(*texts)
    mix = mixed(cluster.service("web", name), cluster)
    return mix and (mix.instance, [each.name for each in mix.caught], [each.name for each in mix.others])


def test_sel_05_two_instances_that_select_each_other_are_told_once(make_cluster):
    texts = of("legal"), of("sales")

    assert found(make_cluster, "legal", *texts) == ("legal", ["sales"], ["sales"])
    assert found(make_cluster, "sales", *texts) is None


def test_sel_05_only_instances_whose_services_do_the_same_count(make_cluster):
    texts = of("legal"), of("sales"), of("staff", "{app: files, app.kubernetes.io/instance: staff}")

    assert found(make_cluster, "legal", *texts) == ("legal", ["sales"], ["sales"])


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param((of("files", "{app.kubernetes.io/instance: files}"), of("late")), id="the selector says which"),
        pytest.param(
            (of("files"), of("late", "{app.kubernetes.io/instance: late}")), id="a canary with a Service of its own"
        ),
        pytest.param((of("files"), POD.format("late")), id="pods of an instance without a Service"),
        pytest.param((of("files"), SERVICE.format("late", "late", BOTH)), id="an instance without pods"),
        pytest.param((of("files"), SERVICE.format("more", "files", BOTH)), id="one instance, two Services"),
        pytest.param((of("late"), SERVICE.format("files", "files", BOTH)), id="no pods of its own instance"),
        pytest.param(
            (
                of("files").replace("labels: {app.kubernetes.io/instance: files}}, spec: {s", "labels: {}}, spec: {s"),
                of("late"),
            ),
            id="no instance on the Service",
        ),
        pytest.param((of("files"), of("late").replace("name: late,", "name: late, namespace: other,")), id="elsewhere"),
    ],
)
def test_sel_05_no_mixture(make_cluster, texts):
    assert found(make_cluster, "files", *texts) is None


def test_sel_07_what_runs_no_pod_is_not_caught(make_cluster):
    idle = (
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: sales}, spec: {replicas: 0, template: {metadata: "
        "{labels: {app: files, app.kubernetes.io/instance: sales}}, spec: {containers: [{name: c, image: i}]}}}}"
    )
    assert found(make_cluster, "legal", of("legal"), idle, SERVICE.format("sales", "sales", BOTH)) is None
