"""Hints for what Kustomize's own fields made wrong; `trace` is given, so that no tree is needed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ringtrue.checking.amending import amended
from ringtrue.checking.raised import Placed, Raised
from ringtrue.environments.environment import Environment
from ringtrue.findings import Location, Related, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.reachability.proof import Part, Proof, Target
from ringtrue.reachability.reasons import Reason, Verdict
from ringtrue.references.reference import Reference, Via
from ringtrue.tracing import Traced

TEXT = Location("apps/client/deployment.yaml", 20, 22)
REPLACEMENT = Location("overlays/prod/base/kustomization.yaml", 16, 13)
PROD = Location("overlays/prod/kustomization.yaml", 4, 13)
OWN = "did you mean 'prod-web.shop.svc'?"
RENAMED = (
    "namePrefix renames Service 'web', but no text that names it: leave it out, or copy the Service's name "
    "into env HOST with a replacement"
)
TOO_EARLY = (
    "the replacement copies a namespace that 'overlays/prod/kustomization.yaml' changes later: "
    "set namespace: shop beside it, or move it there"
)


@pytest.fixture
def ask(
    make_resource: Callable[..., Resource], make_environment: Callable[..., Environment]
) -> Callable[..., tuple[Placed, Placed]]:
    """A finding at `found` before and after, where the other end is at `other`."""

    def asked(found: Traced, other: Traced, **changes: object) -> tuple[Placed, Placed]:
        service, client = make_resource("Service", "shop", "prod-web"), make_resource("Pod", "shop", "client")
        spot = client.at("spec", "containers", 0, "env", 0, "value")
        reference = Reference(client, None, "curl", Via.ENV, spot, "env HOST", "web.shop.svc", "web.shop.svc", 80)
        name = service.at("metadata", "name")
        proof = Proof(reference, (), Verdict.REFUTED, Reason.NXDOMAIN, Target("shop", "web"), hint=OWN, near=name)
        proof = replace(proof, **changes, related=((name, "the Service"),))
        raised = Raised(
            "reference-nxdomain",
            Problem(spot, "nobody answers", OWN),
            Severity.ERROR,
            make_environment("prod", service, client),
            client=client,
            proof=proof,
        )
        before = Placed(raised, found.location, ())
        return before, amended(before, proof, found, lambda spot: other)

    return asked


def test_a_prefix_that_renamed_the_service_is_what_to_edit(ask: Callable[..., tuple[Placed, Placed]]) -> None:
    _, after = ask(Traced(TEXT), Traced(PROD, "namePrefix", declared="web"))
    assert (after.location, after.raised.problem.hint, after.related) == (
        PROD,
        RENAMED,
        (Related(TEXT, "env HOST names it"),),
    )


@pytest.mark.parametrize(
    ("found", "other"),
    [
        (Traced(Location("overlays/prod/host.yaml", 3)), Traced(PROD, "namePrefix", declared="web")),
        (Traced(TEXT), Traced(PROD, "namePrefix", declared="web-api")),
        (Traced(TEXT), Traced(TEXT, declared="web")),
    ],
    ids=["the text is the overlay's own", "the name was wrong before", "nothing renamed it"],
)
def test_else_the_text_is(ask: Callable[..., tuple[Placed, Placed]], found: Traced, other: Traced) -> None:
    before, after = ask(found, other)
    assert after == before


def test_a_text_that_replacements_finish_gets_the_name_alone(ask: Callable[..., tuple[Placed, Placed]]) -> None:
    _, after = ask(Traced(TEXT, partly=True), Traced(TEXT))
    assert (after.location, after.raised.problem.hint) == (TEXT, "did you mean 'prod-web'?")


WRONG_NAMESPACE = {
    "reason": Reason.WRONG_NAMESPACE,
    "part": Part.NAMESPACE,
    "target": Target("shop", "web"),
    "near": None,
}


def test_a_replacement_that_copies_too_early(ask: Callable[..., tuple[Placed, Placed]]) -> None:
    copied = Traced(REPLACEMENT, "replacements", "metadata.namespace")
    _, after = ask(copied, Traced(PROD, "namespace"), **WRONG_NAMESPACE)
    assert (after.location, after.raised.problem.hint) == (REPLACEMENT, TOO_EARLY)


@pytest.mark.parametrize(
    ("found", "other"),
    [
        (Traced(REPLACEMENT, "replacements", "data.namespace"), Traced(PROD, "namespace")),
        (Traced(REPLACEMENT, "replacements", "metadata.namespace"), Traced(PROD)),
        (Traced(PROD, "replacements", "metadata.namespace"), Traced(PROD, "namespace")),
    ],
    ids=["of another field", "no kustomization sets the namespace", "in the same file"],
)
def test_another_replacement(ask: Callable[..., tuple[Placed, Placed]], found: Traced, other: Traced) -> None:
    before, after = ask(found, other, **WRONG_NAMESPACE)
    assert after == before
