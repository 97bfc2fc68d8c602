"""Objects against built-in schemas: the sentences for wrong ones, silence for what the API server accepts."""

from typing import Any

import pytest

from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource
from ringtrue.manifests.schema import ExtraSchemas, Violation, known_kind, violations
from ringtrue.manifests.tables import MINORS
from ringtrue.manifests.yaml_values import read

NONE = ExtraSchemas()
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}, creationTimestamp: null}
spec:
  replicas: 2.0
  selector: {matchLabels: {app: web}}
  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 25%}}
  template:
    metadata: {labels: {app: web, tier: null}}
    spec:
      nodeSelector:
      containers:
      - name: web
        image: httpd
        args: [--verbose, null]
        env: [{name: EMPTY, value: null}]
        ports: [{containerPort: 80}]
        livenessProbe: {httpGet: {port: http, path: /}}
        resources: {limits: {cpu: 1, memory: 64Mi}, requests: {cpu: 0.5}}
      volumes: [{name: tmp, emptyDir: {}}]
status: {anything: goes}
"""
OTHERS = {
    "Service": "{apiVersion: v1, kind: Service, spec: {ports: [{port: 80, targetPort: a}, {port: 1, targetPort: 8}]}}",
    "ConfigMap": "{apiVersion: v1, kind: ConfigMap, data: {a: '1', b: null}, immutable: null}",
    "NetworkPolicy without podSelector": "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, spec: {}}",
    "StatefulSet without serviceName": (
        "{apiVersion: apps/v1, kind: StatefulSet, spec: {selector: {}, template: {spec: {containers: [{name: a}]}}}}"
    ),
    "CustomResourceDefinition": (
        "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, spec: {group: g, scope: Cluster,"
        " names: {kind: K, plural: ks}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema:"
        " {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {default: 3, enum: [1, x]}}}}}]}}"
    ),
    "Application": (
        "{apiVersion: argoproj.io/v1alpha1, kind: Application, spec: {project: p, destination: {name: in-cluster},"
        " source: {repoURL: u, path: p, kustomize: {replicas: [{name: a, count: 3}]}}}}"
    ),
    "ApplicationSet": (
        "{apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, spec: {generators: [{list: {elements: [{any: 1}]}}],"
        " template: {metadata: {name: app}, spec: {project: p, destination: {}}}}}"
    ),
    "AppProject": "{apiVersion: argoproj.io/v1alpha1, kind: AppProject, spec: {sourceRepos: ['*']}}",
    "a kind without a schema": "{apiVersion: example.org/v1, kind: Anything, spec: 3}",
    "a version without a schema": "{apiVersion: apps/v1beta1, kind: Deployment, spec: 3}",
    "no kind": "{apiVersion: v1}",
}
FAULTS: dict[str, tuple[str, Route, str]] = {
    "string for integer": (
        "apps/v1 Deployment {replicas: '3'}",
        ("spec", "replicas"),
        "'replicas' must be an integer, not the string '3'",
    ),
    "fraction for integer": (
        "apps/v1 Deployment {replicas: 1.5}",
        ("spec", "replicas"),
        "'replicas' must be an integer, not the number 1.5",
    ),
    "misspelt field": (
        "apps/v1 Deployment {replcias: 3}",
        ("spec", "replcias"),
        "unknown field 'replcias'; did you mean 'replicas'?",
    ),
    "field in the wrong case": (
        "v1 Service {externalname: x}",
        ("spec", "externalname"),
        "unknown field 'externalname'; did you mean 'externalName'?",
    ),
    "unknown field without a near one": ("v1 Service {zzz: 1}", ("spec", "zzz"), "unknown field 'zzz'"),
    "missing field": ("v1 Service {ports: [{}]}", ("spec", "ports", 0), "required field 'port' is missing"),
    "required field is null": (
        "v1 Service {ports: [{port: null}]}",
        ("spec", "ports", 0),
        "required field 'port' is missing",
    ),
    "number for string": (
        "v1 Service {selector: {version: 1}}",
        ("spec", "selector", "version"),
        "'version' must be a string, not the number 1",
    ),
    "boolean for string": (
        "v1 Pod {containers: [{name: a, args: [x, true]}]}",
        ("spec", "containers", 0, "args", 1),
        "'args[1]' must be a string, not the boolean true",
    ),
    "boolean for a port": (
        "v1 Service {ports: [{port: 1, targetPort: true}]}",
        ("spec", "ports", 0, "targetPort"),
        "'targetPort' must be an integer or a string, not the boolean true",
    ),
    "list for a mapping": ("v1 Service [1]", ("spec",), "'spec' must be a mapping, not a list"),
    "mapping for a list": (
        "v1 Service {ports: {port: 80}}",
        ("spec", "ports"),
        "'ports' must be a list, not a mapping",
    ),
    "nothing for a container": (
        "v1 Pod {containers: [null]}",
        ("spec", "containers", 0),
        "'containers[0]' must be a mapping, not null",
    ),
    "long string": (
        f"v1 Service {{sessionAffinityConfig: {'x' * 100}}}",
        ("spec", "sessionAffinityConfig"),
        f"'sessionAffinityConfig' must be a mapping, not the string '{'x' * 57}...'",
    ),
    "Argo CD field": (
        "argoproj.io/v1alpha1 Application {project: p, destination: {}, soruce: {}}",
        ("spec", "soruce"),
        "unknown field 'soruce'; did you mean 'source'?",
    ),
    "ApplicationSet without generators": (
        "argoproj.io/v1alpha1 ApplicationSet {template: {metadata: {}, spec: {project: p, destination: {}}}}",
        ("spec",),
        "required field 'generators' is missing",
    ),
    "AppProject value": (
        "argoproj.io/v1alpha1 AppProject {sourceRepos: all}",
        ("spec", "sourceRepos"),
        "'sourceRepos' must be a list, not the string 'all'",
    ),
}


def resource(text: str) -> Resource:
    return Resource(read(text)[0].value, "default")


def of_spec(text: str) -> Resource:
    api_version, kind, spec = text.split(" ", 2)
    return resource(f"{{apiVersion: {api_version}, kind: {kind}, spec: {spec}}}")


@pytest.mark.parametrize("version", MINORS, ids=lambda version: f"1.{version[1]}")
def test_a_right_object_is_right_in_every_minor(version: tuple[int, int]) -> None:
    assert violations(resource(DEPLOYMENT), version, NONE) == ()


@pytest.mark.parametrize("version", MINORS, ids=lambda version: f"1.{version[1]}")
def test_a_wrong_object_is_wrong_in_every_minor(version: tuple[int, int]) -> None:
    broken = resource(DEPLOYMENT.replace("replicas: 2.0", "replicas: two"))

    assert violations(broken, version, NONE) == (
        Violation(("spec", "replicas"), "'replicas' must be an integer, not the string 'two'"),
    )


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_accepted(text: str) -> None:
    assert violations(resource(text), (1, 35), NONE) == ()


@pytest.mark.parametrize(("text", "route", "message"), FAULTS.values(), ids=FAULTS)
def test_refused(text: str, route: Route, message: str) -> None:
    found = [fault for fault in violations(of_spec(text), (1, 35), NONE) if fault.route == route]

    assert found == [Violation(route, message)]


def test_each_fault_is_told_once_from_top_to_bottom() -> None:
    broken = of_spec("v1 Pod {containers: [{image: 1}], hostNetwrok: true}")

    assert violations(broken, (1, 35), NONE) == (
        Violation(("spec", "hostNetwrok"), "unknown field 'hostNetwrok'; did you mean 'hostNetwork'?"),
        Violation(("spec", "containers", 0), "required field 'name' is missing"),
        Violation(("spec", "containers", 0, "image"), "'image' must be a string, not the number 1"),
    )


def test_values_of_a_secret_are_not_told() -> None:
    broken = resource("{apiVersion: v1, kind: Secret, stringData: {pin: 1234, on: true, more: {a: b}}}")

    assert [fault.message for fault in violations(broken, (1, 35), NONE)] == [
        "'pin' must be a string, not a number",
        "'true' must be a string, not a boolean",
        "'more' must be a string, not a mapping",
    ]


def test_versions_beyond_the_tables_take_the_nearest() -> None:
    broken = of_spec("apps/v1 Deployment {replcias: 3}")

    assert violations(broken, (1, 99), NONE) == violations(broken, (1, 37), NONE) != ()
    assert violations(broken, (1, 20), NONE) == violations(broken, (1, 30), NONE) != ()


def test_a_field_that_came_with_a_later_minor() -> None:
    pod = of_spec("v1 Pod {hostnameOverride: x, containers: [{name: a}]}")

    assert [bool(violations(pod, version, NONE)) for version in ((1, 33), (1, 34))] == [True, False]


def test_nesting_too_deep_for_the_fast_validator_is_still_judged() -> None:
    deep: Any = 1
    for _ in range(5000):
        deep = [deep]
    broken = Resource({"apiVersion": "v1", "kind": "Service", "spec": {"type": deep}}, "default")

    assert violations(broken, (1, 35), NONE) == (Violation(("spec", "type"), "'type' must be a string, not a list"),)


def test_known_kind() -> None:
    kinds = [("apps/v1", "Deployment"), ("v1", "Pod"), ("argoproj.io/v1alpha1", "AppProject"), ("apps/v1", "Pod")]

    assert [known_kind(*kind, (1, 35)) for kind in kinds] == [True, True, True, False]
    assert [known_kind("storage.k8s.io/v1", "VolumeAttributesClass", (1, minor)) for minor in (33, 34)] == [False, True]
