"""Problems at the objects whose API fields name a Service: the proof's own words, at the field that names it."""

from collections.abc import Iterator, Set

from ringtrue.environments.environment import Environment
from ringtrue.manifests.problem import Problem
from ringtrue.reachability.reasons import Reason


def broken(environment: Environment, kind: str, reasons: Set[Reason]) -> Iterator[Problem]:
    """One problem for each structured reference from objects of that kind that is refuted for one of the reasons."""
    for proof in environment.proofs:
        reference = proof.reference
        if reference.named_service is None or reference.client.kind != kind or proof.reason not in reasons:
            continue
        yield Problem(
            proof.spot or reference.spot,
            proof.message,
            proof.hint,
            related=proof.related,
            value=reference.host,
        )
