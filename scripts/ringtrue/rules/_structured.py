"""Problems at the objects whose API fields name a Service: the proof's own words, at the field that names it."""

from collections.abc import Collection, Iterator, Set

from ringtrue.environments.environment import Environment
from ringtrue.manifests.problem import Problem
from ringtrue.reachability.reasons import Reason


def broken(environment: Environment, kinds: Collection[str], reasons: Set[Reason]) -> Iterator[Problem]:
    """One problem for each structured reference from objects of those kinds that is refuted for one of the reasons."""
    for proof in environment.proofs:
        reference = proof.reference
        if reference.named_service is None or reference.client.kind not in kinds or proof.reason not in reasons:
            continue
        yield Problem(
            proof.spot or reference.spot,
            proof.message,
            proof.hint,
            related=proof.related,
            severity=proof.severity,
            value=reference.host,
        )
