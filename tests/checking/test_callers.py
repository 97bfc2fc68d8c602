"""Each caller of a broken object is told once: for all its fields, and for all environments."""

from collections.abc import Callable

from ringtrue.checking.callers import Caller, callers
from ringtrue.checking.merging import merged
from ringtrue.checking.raised import Placed, Raised
from ringtrue.environments.environment import Environment
from ringtrue.findings import Location, Related, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.references.reference import Reference, Via

MakeResource = Callable[..., Resource]
MakeEnvironment = Callable[..., Environment]


def reference(client: Resource, container: str | None, field: str) -> Reference:
    return Reference(client, None, container, Via.ENV, client.at("spec", field), field, "web", "web", 80)


def test_every_field_of_a_caller_is_named(make_resource: MakeResource) -> None:
    pod, edge = make_resource("Pod", "shop", "client"), make_resource("Ingress", "shop", "edge")

    found = callers(
        [
            reference(pod, "init", "env A"),
            reference(edge, None, "spec.rules[0]"),
            reference(pod, "curl", "env A"),
            reference(pod, "curl", "env B"),
        ]
    )

    assert found == (
        Caller(pod, pod.at("spec", "env A"), ("init", "curl"), ("env A", "env B")),
        Caller(edge, edge.at("spec", "spec.rules[0]"), (), ("spec.rules[0]",)),
    )
    assert [str(each) for each in found] == [
        "Pod 'shop/client' [init, curl] depends on it: env A, env B",
        "Ingress 'shop/edge' depends on it: spec.rules[0]",
    ]


def test_a_caller_in_several_environments_is_told_once(
    make_resource: MakeResource, make_environment: MakeEnvironment
) -> None:
    def seen(name: str, *fields: str) -> Placed:
        web, client = (make_resource(kind, f"shop-{name}", kind.lower()) for kind in ("Service", "Pod"))
        environment = make_environment(name, web, client)
        problem = Problem(web.at("spec", "selector"), "selects nothing")
        found = callers(reference(client, "curl", field) for field in fields)
        placed = tuple((Location(f"overlays/{name}/k.yaml", 3), each) for each in found)
        raised = Raised("service-selects-nothing", problem, Severity.ERROR, environment, callers=found)
        return Placed(raised, Location("base/web.yaml", 7), (), placed)

    (finding,) = merged([seen("dev", "env A"), seen("prod", "env A"), seen("test", "env B"), seen("qa", "env A")])

    assert finding.environments == ("dev", "prod", "test", "qa")
    assert finding.related == (
        Related(
            Location("overlays/dev/k.yaml", 3),
            "Pod 'shop-dev/pod' [curl] depends on it: env A; likewise in 'prod', 'qa'",
        ),
        Related(Location("overlays/test/k.yaml", 3), "Pod 'shop-test/pod' [curl] depends on it: env B"),
    )
