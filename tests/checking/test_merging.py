"""One finding for one fault, however many environments show it."""

from collections.abc import Callable
from dataclasses import replace

from ringtrue.checking.merging import merged
from ringtrue.checking.raised import Placed, Raised
from ringtrue.environments.environment import Environment
from ringtrue.findings import Finding, Location, ObjectId, Related, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource

MakeResource = Callable[..., Resource]
MakeEnvironment = Callable[..., Environment]

BASE = Location("base/service.yaml", 7, 3, 8, 1)


def seen(environment: Environment, service: Resource, place: Location = BASE, **changes: object) -> Placed:
    message = f"Service 'web' selects app=web, which no pod in namespace {service.namespace!r} carries"
    problem = replace(Problem(service.at("spec", "selector"), message, value="app=web"), **changes)
    related = (Related(Location(f"overlays/{environment.name}/k.yaml", 3), "calls it"),)
    return Placed(Raised("service-selects-nothing", problem, Severity.ERROR, environment), place, related)


def test_a_fault_of_the_base_is_one_finding(make_resource: MakeResource, make_environment: MakeEnvironment) -> None:
    services = [make_resource("Service", f"shop-{name}", "web") for name in ("dev", "prod")]
    environments = [make_environment(name, service) for name, service in zip(("dev", "prod"), services, strict=True)]

    found = merged(
        seen(environment, service, references=(f"r-{environment.name}",))
        for environment, service in zip(environments, services, strict=True)
    )

    assert found == [
        Finding(
            "service-selects-nothing",
            Severity.ERROR,
            BASE,
            "Service 'web' selects app=web, which no pod in namespace 'shop-dev' carries",
            object=ObjectId("Service", "shop-dev", "web"),
            environments=("dev", "prod"),
            references=("r-dev", "r-prod"),
            related=(
                Related(Location("overlays/dev/k.yaml", 3), "calls it"),
                Related(Location("overlays/prod/k.yaml", 3), "calls it"),
            ),
            fingerprint=found[0].fingerprint,
        )
    ]


def test_other_words_are_another_finding(make_resource: MakeResource, make_environment: MakeEnvironment) -> None:
    dev, prod = make_resource("Service", "shop-dev", "web"), make_resource("Service", "shop-prod", "web")

    found = merged(
        [
            seen(make_environment("dev", dev), dev),
            seen(make_environment("prod", prod), prod, message="Service 'web' selects app=wob"),
        ]
    )

    assert [(each.environments, each.message[:29]) for each in found] == [
        (("dev",), "Service 'web' selects app=web"),
        (("prod",), "Service 'web' selects app=wob"),
    ]


def test_the_gravest_severity_counts(make_resource: MakeResource, make_environment: MakeEnvironment) -> None:
    dev, prod = make_resource("Service", "shop-dev", "web"), make_resource("Service", "shop-prod", "web")
    lenient = seen(make_environment("dev", dev), dev)
    lenient = replace(lenient, raised=replace(lenient.raised, severity=Severity.NOTE))

    assert [each.severity for each in merged([lenient, seen(make_environment("prod", prod), prod)])] == [Severity.ERROR]


def test_findings_are_sorted_by_place(make_resource: MakeResource, make_environment: MakeEnvironment) -> None:
    service = make_resource("Service", "shop", "web")
    environment = make_environment("", service)
    places = [Location("b.yaml", 1), Location("a.yaml", 10), Location("a.yaml", 9, 5), Location("a.yaml", 9, 2)]

    found = merged(seen(environment, service, place) for place in places)

    assert [str(each.location) for each in found] == ["a.yaml:9:2", "a.yaml:9:5", "a.yaml:10:1", "b.yaml:1:1"]


def test_the_fingerprint_survives_moved_lines_and_a_mended_environment(
    make_resource: MakeResource, make_environment: MakeEnvironment
) -> None:
    dev, prod = make_resource("Service", "shop-dev", "web"), make_resource("Service", "shop-prod", "web")
    both = merged([seen(make_environment("dev", dev), dev), seen(make_environment("prod", prod), prod)])
    moved = merged([seen(make_environment("prod", prod), prod, replace(BASE, line=70, end_line=71))])

    assert both[0].fingerprint == moved[0].fingerprint


def test_the_fingerprint_follows_rule_object_field_and_value(
    make_resource: MakeResource, make_environment: MakeEnvironment
) -> None:
    web, api = make_resource("Service", "shop", "web"), make_resource("Service", "shop", "api")
    environment = make_environment("", web, api)
    first = seen(environment, web)
    variants = [
        first,
        replace(first, raised=replace(first.raised, rule="schema-invalid")),
        seen(environment, api),
        seen(environment, web, where=web.at("spec", "ports")),
        seen(environment, web, value="app=other"),
        seen(environment, web, Location("other.yaml")),
    ]

    assert len({merged([each])[0].fingerprint for each in variants}) == len(variants)


def test_two_faults_in_one_field_have_their_own_fingerprints(
    make_resource: MakeResource, make_environment: MakeEnvironment
) -> None:
    service = make_resource("Service", "shop", "web")
    environment = make_environment("", service)

    found = merged([seen(environment, service), seen(environment, service, message="something else")])

    assert len({each.fingerprint for each in found}) == 2


def test_argo_cds_own_objects_are_in_no_environment(
    make_resource: MakeResource, make_environment: MakeEnvironment
) -> None:
    service = make_resource("Service", "argocd", "web")

    assert merged([seen(make_environment("argocd", service, listed=False), service)])[0].environments == ()
