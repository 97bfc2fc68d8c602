"""What is known of every namespace."""

from typing import Any

import pytest

from ringtrue.cluster.providers import Opening
from ringtrue.config import External


def environments(world: Any, **settings: Any) -> dict[str, Any]:
    return {environment.name: environment.scope for environment in world.survey(**settings).environments}


def test_scopes_of_two_environments_on_one_cluster(world: Any) -> None:
    for name in ("dev", "prod"):
        world.write({f"apps/{name}.yaml": world.application(name, f"envs/{name}", name)})
        world.write({f"envs/{name}/s.yaml": world.service("web") + "---\n" + world.service("log", "shared")})
    external = (External("redis", "redis", frozenset({6379}), "ours", 1),)
    scope = environments(world, shared=frozenset({"shared"}), external=external)["prod"]
    assert (scope.environment, scope.named, scope.leaf, scope.siblings) == ("prod", True, False, {})
    assert (scope.own, scope.filled) == ({"prod", "shared"}, {"dev", "prod", "shared"})
    assert scope.environment_of == {"dev": "dev", "prod": "prod"}
    assert scope.external == {("redis", "redis"): frozenset({6379})}
    assert (scope.shared, scope.elsewhere) == ({"shared"}, {})
    assert scope.open == {"kube-system": (Opening("is filled by the cluster itself too"),)}


def test_settings_in_a_namespace_of_others_do_not_fill_it(world: Any) -> None:
    dashboard = world.object("ConfigMap", "dashboard", "monitoring")
    monitor = world.object("ServiceMonitor", "web", "monitoring", "monitoring.coreos.com/v1")
    certificate = world.object("Certificate", "web", "istio-system", "cert-manager.io/v1")
    application = world.application("other", "x", "y", url="https://else.example/x")
    world.write({"k8s/a.yaml": "---\n".join([world.service("web"), dashboard, monitor, certificate, application])})
    assert environments(world)["k8s"].filled == {"default"}


@pytest.mark.parametrize(
    ("kind", "group", "names"),
    [
        ("HelmRelease", "helm.toolkit.fluxcd.io/v2", None),
        ("Gizmo", "example.com/v1", None),
        ("RabbitmqCluster", "rabbitmq.com/v1beta1", ("x", "x-nodes")),
        ("VirtualMachine", "kubevirt.io/v1", ()),
    ],
)
def test_kinds_that_open_a_namespace(world: Any, kind: str, group: str, names: tuple[str, ...] | None) -> None:
    world.write({"k8s/a.yaml": world.service("web") + "---\n" + world.object(kind, "x", group=group)})
    assert environments(world)["k8s"].open["default"] == (Opening(f"holds {kind} 'default/x'", names),)


@pytest.mark.parametrize(
    ("kind", "group"),
    [("Certificate", "cert-manager.io/v1"), ("Ingress", "networking.k8s.io/v1"), ("Deployment", "apps/v1")],
)
def test_kinds_that_leave_a_namespace_closed(world: Any, kind: str, group: str) -> None:
    world.write({"k8s/a.yaml": world.service("web") + "---\n" + world.object(kind, "x", group=group)})
    assert "default" not in environments(world)["k8s"].open


def test_a_rollout_whose_pods_are_seen_opens_nothing(world: Any) -> None:
    rollout = world.object("Rollout", "x", group="argoproj.io/v1alpha1")
    template = "spec: {template: {metadata: {labels: {app: x}}, spec: {containers: [{name: x, image: x}]}}}\n"
    world.write({"seen/a.yaml": world.service("web") + "---\n" + rollout + template})
    world.write({"unseen/a.yaml": world.service("web") + "---\n" + rollout + "spec: {workloadRef: {name: x}}\n"})
    found = environments(world)
    assert (found["seen"].more("default"), found["unseen"].more("default")) == ("", "holds Rollout 'default/x'")


def test_every_operator_and_one_that_may_make_anything(world: Any) -> None:
    kinds = [("Gizmo", "a", "x/v1"), ("Kafka", "events", "kafka.strimzi.io/v1"), ("Gizmo", "b", "x/v1")]
    objects = [world.object(kind, name, group=group) for kind, name, group in kinds]
    world.write({"k8s/a.yaml": "---\n".join([world.service("web"), *objects])})
    scope = environments(world)["k8s"]
    assert [opening.why for opening in scope.open["default"]] == [
        "holds Kafka 'default/events'",
        "holds Gizmo 'default/a'",
    ]
    assert scope.provider("default", "events-kafka-bootstrap") == (
        "holds Kafka 'default/events', whose operator makes a Service of that name"
    )
    assert scope.provider("default", "other") == "holds Gizmo 'default/a'"
    assert scope.provider("shop", "other") == ""


def test_custom_resource_in_kube_system(world: Any) -> None:
    monitor = world.object("Prometheus", "k8s", "kube-system", "monitoring.coreos.com/v1")
    world.write({"k8s/a.yaml": world.service("web") + "---\n" + monitor})
    assert environments(world)["k8s"].open["kube-system"] == (
        Opening("holds Prometheus 'kube-system/k8s'", ("prometheus-operated",)),
        Opening("is filled by the cluster itself too"),
    )


def test_helm_release_opens_the_namespace_it_names(world: Any) -> None:
    release = world.object("HelmRelease", "r", "flux", "helm.toolkit.fluxcd.io/v2") + "spec: {targetNamespace: redis}\n"
    world.write({"k8s/a.yaml": world.service("web") + "---\n" + release})
    assert environments(world)["k8s"].open["redis"] == (Opening("is filled by HelmRelease 'flux/r'"),)


def test_application_from_elsewhere_opens_its_namespace(world: Any) -> None:
    chart = world.application("redis", "x", "redis", url="https://charts.example", source=", chart: redis")
    world.write({"apps/redis.yaml": chart})
    world.write({"apps/shop.yaml": world.application("shop", "deploy", "shop"), "deploy/s.yaml": world.service("web")})
    scope = environments(world)[""]
    assert (scope.filled, scope.open["redis"]) == (
        {"shop"},
        (Opening("is filled from elsewhere too, by Application 'redis'"),),
    )


def test_source_that_does_not_render_opens_where_it_would_go(world: Any) -> None:
    prod = ", labels: {environment: prod}"
    world.write(
        {
            "apps/web.yaml": world.application("web", "web", "web", more=prod),
            "apps/db.yaml": world.application("db", "db", "", more=prod),
            "web/s.yaml": world.service("web"),
            "db/kustomization.yaml": "namespace: db\nresources: [gone.yaml]\n",
        }
    )
    scope = environments(world)["prod"]
    why = (Opening("is filled by source 'db' too, which does not render"),)
    assert {namespace: why for namespace, why in scope.open.items() if namespace != "kube-system"} == {
        "db": why,
        "web": why,
    }


def test_profile_comes_from_the_settings(world: Any) -> None:
    world.write({"k8s/a.yaml": world.service("web")})
    found = world.survey(version=(1, 33), domain="corp.local", complete=True, libc="musl").environments[0]
    profile = found.cluster.profile
    assert (profile.version, profile.domain, profile.complete, profile.libc) == ((1, 33), "corp.local", True, "musl")


def test_schemas_of_crds_on_the_cluster_and_of_the_settings(world: Any) -> None:
    def crd(kind: str) -> str:
        return (
            f"apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {{name: {kind}}}\n"
            f"spec:\n  group: example.com\n  names: {{kind: {kind}}}\n"
            "  versions: [{name: v1, schema: {openAPIV3Schema: {type: object}}}]\n"
        )

    world.write({"k8s/crd.yaml": crd("One"), "schemas/crd.yaml": crd("Two")})
    found = world.survey(skip=("schemas",), schema_paths=("schemas",)).environments[0]
    assert found.schemas is not None
    assert sorted(found.schemas.raw) == [("example.com/v1", "One"), ("example.com/v1", "Two")]
