"""Custom resources against the CRDs at hand."""

import pytest

from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource
from ringtrue.manifests.schema import ExtraSchemas, Violation, extra_schemas, violations
from ringtrue.manifests.yaml_values import read

CRD = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: wells.example.org}
spec:
  group: example.org
  scope: Cluster
  names: {kind: Well, plural: wells}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        required: [spec, metadata]
        properties:
          apiVersion: {type: string}
          kind: {type: string}
          metadata: {type: object}
          status: {type: object, required: [depth], properties: {depth: {type: integer}}}
          spec:
            type: object
            required: [depth, unit, lid]
            properties:
              depth: {type: integer, minimum: 1, maximum: 100}
              unit: {type: string, default: m, enum: [m, ft]}
              lid: {type: string, nullable: true}
              port: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}
              name: {type: string, minLength: 2, maxLength: 3, pattern: '(a+)+$'}
              rings: {type: array, minItems: 1, maxItems: 2, items: {type: string, enum: [stone, brick]}}
              free: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: integer}}}
              any: {x-kubernetes-preserve-unknown-fields: true}
              pod:
                type: object
                x-kubernetes-embedded-resource: true
                properties: {spec: {type: object}}
              tags: {type: object, additionalProperties: {type: string}}
  - name: v2
    served: true
    storage: false
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
"""
GOOD = {
    "the least": "{depth: 1, lid: null}",
    "null where it is dropped": "{depth: 1, lid: x, unit: null, port: null, rings: null, free: null, tags: {a: null}}",
    "either type": "{depth: 2.0, lid: x, port: http, rings: [stone], name: abc}",
    "unknown fields kept": "{depth: 1, lid: x, free: {a: 1, b: {c: 2}}, any: [1, {x: y}], port: 80}",
    "embedded object": "{depth: 1, lid: x, pod: {apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {}}}",
    "patterns are not judged": "{depth: 1, lid: x, name: zz}",
}
BAD: dict[str, tuple[str, Route, str]] = {
    "too small": ("{depth: 0, lid: x}", ("depth",), "'depth' must be at least 1, not the number 0"),
    "too large": ("{depth: 101, lid: x}", ("depth",), "'depth' must be at most 100, not the number 101"),
    "missing": ("{lid: x}", (), "required field 'depth' is missing"),
    "nullable but missing": ("{depth: 1}", (), "required field 'lid' is missing"),
    "not listed": (
        "{depth: 1, lid: x, unit: feet}",
        ("unit",),
        "'unit' must be one of 'm', 'ft', not the string 'feet'",
    ),
    "nearly listed": (
        "{depth: 1, lid: x, rings: [brik]}",
        ("rings", 0),
        "'rings[0]' must be one of 'stone', 'brick', not the string 'brik'; did you mean 'brick'?",
    ),
    "too short": ("{depth: 1, lid: x, name: a}", ("name",), "'name' must have at least 2 characters, not 1 characters"),
    "too many": (
        "{depth: 1, lid: x, rings: [stone, stone, stone]}",
        ("rings",),
        "'rings' must have at most 2 items, not 3 items",
    ),
    "neither type": (
        "{depth: 1, lid: x, port: [80]}",
        ("port",),
        "'port' must be an integer or a string, not a list",
    ),
    "unknown field": ("{depht: 1, lid: x, depth: 2}", ("depht",), "unknown field 'depht'"),
    "known field in an open mapping": (
        "{depth: 1, lid: x, free: {a: x}}",
        ("free", "a"),
        "'a' must be an integer, not the string 'x'",
    ),
    "unknown field of an embedded object": (
        "{depth: 1, lid: x, pod: {spce: {}}}",
        ("pod", "spce"),
        "unknown field 'spce'; did you mean 'spec'?",
    ),
}


def resource(text: str) -> Resource:
    return Resource(read(text)[0].value, "")


def well(spec: str, version: str = "v1") -> Resource:
    return resource(f"{{apiVersion: example.org/{version}, kind: Well, metadata: {{name: w}}, spec: {spec}}}")


EXTRA = extra_schemas([resource(CRD)])


@pytest.mark.parametrize("spec", GOOD.values(), ids=GOOD)
def test_accepted(spec: str) -> None:
    assert violations(well(spec), (1, 35), EXTRA) == ()


@pytest.mark.parametrize(("spec", "route", "message"), BAD.values(), ids=BAD)
def test_refused(spec: str, route: Route, message: str) -> None:
    assert violations(well(spec), (1, 35), EXTRA) == (Violation(("spec", *route), message),)


def test_each_version_has_its_own_schema() -> None:
    assert violations(well("{anything: 1}", "v2"), (1, 35), EXTRA) == ()
    assert violations(well("{anything: 1}", "v3"), (1, 35), EXTRA) == ()
    assert len(violations(well("{anything: 1}", "v1"), (1, 35), EXTRA)) == 3


def test_metadata_is_judged_and_status_is_not() -> None:
    broken = resource(
        "{apiVersion: example.org/v1, kind: Well, metadata: {name: w, labels: {on: true}}, status: {},"
        " spec: {depth: 1, lid: x}}"
    )

    assert violations(broken, (1, 35), EXTRA) == (
        Violation(("metadata", "labels", "true"), "'true' must be a string, not the boolean true"),
    )


def test_without_its_crd_a_custom_resource_is_not_judged() -> None:
    assert violations(well("{anything: 1}"), (1, 35), ExtraSchemas()) == ()


def test_a_crd_goes_before_a_built_in_table() -> None:
    text = CRD.replace("example.org", "argoproj.io").replace("Well", "AppProject").replace("v1\n", "v1alpha1\n", 1)
    crd = resource(text.replace("- name: v1\n", "- name: v1alpha1\n").replace("apiextensions.k8s.io/v1alpha1", "x/v1"))
    project = resource("{apiVersion: argoproj.io/v1alpha1, kind: AppProject, spec: {depth: 1, lid: x}}")

    assert violations(project, (1, 35), extra_schemas([crd])) == ()
    assert len(violations(project, (1, 35), ExtraSchemas())) == 2


@pytest.mark.parametrize(
    "schema",
    ["{type: [5]}", "{type: object, properties: 3}", "{type: object, properties: {spec: {enum: 7, minimum: x}}}", "[]"],
)
def test_a_broken_crd_judges_nothing(schema: str) -> None:
    crd = resource(
        "{kind: CustomResourceDefinition, spec: {group: example.org, names: {kind: Well},"
        f" versions: [{{name: v1, schema: {{openAPIV3Schema: {schema}}}}}, 4]}}}}"
    )

    assert violations(well("{depth: x}"), (1, 35), extra_schemas([crd])) == ()


def test_crd_of_the_set_goes_before_one_among_other_documents() -> None:
    other = {**read(CRD)[0].value, "spec": {**read(CRD)[0].value["spec"], "versions": []}}

    assert extra_schemas([resource(CRD)], [other, None, "text"]).raw == EXTRA.raw
    assert extra_schemas([], [read(CRD)[0].value]).raw == EXTRA.raw
