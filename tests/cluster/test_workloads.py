"""Pod templates: which kinds hold one, where, and how many pods they make."""

from typing import Any

import pytest

from ringtrue.cluster.admission import rejections
from ringtrue.cluster.cluster import build
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.workloads import workload
from ringtrue.manifests.resource import Resource

SPEC = {"containers": [{"name": "web", "image": "example.org/web:1"}]}
TEMPLATE = {"metadata": {"labels": {"app": "web"}}, "spec": SPEC}


def made(kind: str, api_version: str, **data: Any) -> Resource:
    return Resource({"apiVersion": api_version, "kind": kind, "metadata": {"name": "web"}, **data}, "shop")


HOLDING = [
    ("Pod", "v1", {"metadata": {"name": "web", "labels": {"app": "web"}}, "spec": SPEC}),
    ("Deployment", "apps/v1", {"spec": {"template": TEMPLATE}}),
    ("CronJob", "batch/v1", {"spec": {"jobTemplate": {"spec": {"template": TEMPLATE}}}}),
    ("Rollout", "argoproj.io/v1alpha1", {"spec": {"template": TEMPLATE}}),
    ("DeploymentConfig", "apps.openshift.io/v1", {"spec": {"template": TEMPLATE}}),
    ("ScaledJob", "keda.sh/v1alpha1", {"spec": {"jobTargetRef": {"template": TEMPLATE}}}),
    ("CloneSet", "apps.kruise.io/v1alpha1", {"spec": {"template": TEMPLATE}}),
    ("Service", "serving.knative.dev/v1", {"spec": {"template": TEMPLATE}}),
]


@pytest.mark.parametrize(("kind", "version", "data"), HOLDING, ids=[kind for kind, _, _ in HOLDING])
def test_kinds_with_a_template(kind: str, version: str, data: dict[str, Any]) -> None:
    found = workload(made(kind, version, **data))
    assert found is not None
    assert (dict(found.labels), [c.name for c in found.containers]) == ({"app": "web"}, ["web"])
    assert found.resource.get(*found.containers[0].route, "image") == "example.org/web:1"


HOLDING_NONE = [
    ("no-containers", "example.com/v1", {"spec": {"template": {"spec": {"size": 3}}}}),
    ("no-image", "example.com/v1", {"spec": {"template": {"spec": {"containers": [{"name": "web"}]}}}}),
    ("a-list-of-names", "example.com/v1", {"spec": {"template": {"spec": {"containers": ["web"]}}}}),
    ("kubernetes-own-group", "networking.k8s.io/v1", {"spec": {"template": TEMPLATE}}),
    ("core-group", "v1", {"spec": {"template": TEMPLATE}}),
]


@pytest.mark.parametrize(("version", "data"), [h[1:] for h in HOLDING_NONE], ids=[h[0] for h in HOLDING_NONE])
def test_kinds_without_a_template(version: str, data: dict[str, Any]) -> None:
    assert workload(made("Widget", version, **data)) is None


@pytest.mark.parametrize(
    ("kind", "version"),
    [("Deployment", "apps/v1"), ("Rollout", "argoproj.io/v1alpha1"), ("DeploymentConfig", "apps.openshift.io/v1")],
)
def test_replicas(kind: str, version: str) -> None:
    found = workload(made(kind, version, spec={"replicas": 0, "template": TEMPLATE}))
    assert found is not None
    assert found.replicas == 0


def test_a_scaled_job_completes() -> None:
    found = workload(made("ScaledJob", "keda.sh/v1alpha1", spec={"jobTargetRef": {"template": TEMPLATE}}))
    assert found is not None
    assert found.completes


def test_a_rollout_runs_the_template_of_a_deployment() -> None:
    deployment = made("Deployment", "apps/v1", spec={"replicas": 0, "template": TEMPLATE})
    reference = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}
    rollout = made("Rollout", "argoproj.io/v1alpha1", spec={"replicas": 3, "workloadRef": reference})
    workloads = build("test", [deployment, rollout], Profile()).workloads
    assert [(each.resource, each.replicas) for each in workloads] == [(deployment, 3)]


def test_the_api_server_takes_templates_of_custom_kinds_as_they_are() -> None:
    twice = {"containers": [*SPEC["containers"], *SPEC["containers"]]}
    refused = [
        [each.id for each in rejections(made(kind, version, spec={"template": {"spec": twice}}), Profile())]
        for kind, version in (("Deployment", "apps/v1"), ("Rollout", "argoproj.io/v1alpha1"))
    ]
    assert refused == [["ADM-12"], []]
