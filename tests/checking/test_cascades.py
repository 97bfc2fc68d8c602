"""Callers of a broken object are shown at its own finding."""

from collections.abc import Callable
from dataclasses import replace

from ringtrue.checking.callers import Caller
from ringtrue.checking.cascades import joined
from ringtrue.checking.raised import Raised
from ringtrue.environments.environment import Environment
from ringtrue.findings import Route, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource, Spot
from ringtrue.reachability.proof import Proof
from ringtrue.reachability.reasons import Reason, Verdict
from ringtrue.references.reference import Reference, Via

MakeResource = Callable[..., Resource]
MakeEnvironment = Callable[..., Environment]
Refuted = tuple[Proof, Raised]


def caller(client: Resource, environment: Environment, blame: Spot | None) -> Refuted:
    spot = client.at("spec", "containers", 0, "env", 0, "value")
    reference = Reference(client, None, "curl", Via.ENV, spot, "env HOST", "web", "web", 80)
    proof = Proof(reference, (), Verdict.REFUTED, Reason.NO_ENDPOINTS, message="nothing serves it", blame=blame)
    problem = Problem(spot, "nothing serves it", references=("r1",))
    return proof, Raised("reference-no-endpoints", problem, Severity.ERROR, environment, client=client)


def raised_at(
    service: Resource, environment: Environment, *route: str | int, severity: Severity = Severity.ERROR
) -> Raised:
    return Raised("service-selects-nothing", Problem(service.at(*route), "selects nothing"), severity, environment)


def test_a_caller_joins_the_finding_at_the_blamed_field(
    make_resource: MakeResource, make_environment: MakeEnvironment
) -> None:
    web, client = make_resource("Service", "shop", "web"), make_resource("Pod", "shop", "client")
    environment = make_environment("prod", web, client)
    ports = raised_at(web, environment, "spec", "ports", 0)
    selector = raised_at(web, environment, "spec", "selector")
    proof, alone = caller(client, environment, web.at("spec", "selector"))

    depends = Caller(client, proof.reference.spot, ("curl",), ("env HOST",))
    told = replace(selector, problem=replace(selector.problem, references=("r1",)), callers=(depends,))
    assert joined([ports, selector], [(proof, alone)]) == [ports, told]


def stands_alone(raised: list[Raised], given: Refuted) -> bool:
    return joined(raised, [given]) == [*raised, given[1]]


def test_a_caller_that_blames_nothing_stands_for_itself(
    make_resource: MakeResource, make_environment: MakeEnvironment
) -> None:
    web, client = make_resource("Service", "shop", "web"), make_resource("Pod", "shop", "client")
    environment = make_environment("prod", web, client)

    assert stands_alone([raised_at(web, environment, "spec", "selector")], caller(client, environment, None))


def test_a_caller_is_not_lost_when_no_rule_reported_the_object(
    make_resource: MakeResource, make_environment: MakeEnvironment
) -> None:
    web, client = make_resource("Service", "shop", "web"), make_resource("Pod", "shop", "client")
    other = make_resource("Service", "shop", "other")
    environment = make_environment("prod", web, other, client)

    assert stands_alone([raised_at(other, environment, "spec")], caller(client, environment, web.at("spec")))


def test_an_error_does_not_hide_under_a_warning(make_resource: MakeResource, make_environment: MakeEnvironment) -> None:
    web, client = make_resource("Service", "shop", "web"), make_resource("Pod", "shop", "client")
    environment = make_environment("prod", web, client)
    warning = raised_at(web, environment, "spec", "selector", severity=Severity.WARNING)

    assert stands_alone([warning], caller(client, environment, web.at("spec", "selector")))


def test_another_part_of_the_object_is_another_fault(
    make_resource: MakeResource, make_environment: MakeEnvironment
) -> None:
    web, client = make_resource("Service", "shop", "web"), make_resource("Pod", "shop", "client")
    environment = make_environment("prod", web, client)
    route: Route = ("metadata", "name")

    assert stands_alone([raised_at(web, environment, *route)], caller(client, environment, web.at("spec")))
