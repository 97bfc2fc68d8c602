"""What the verdicts of a run rest on, beside the manifests."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ringtrue.config import Config
from ringtrue.environments.environment import Environment
from ringtrue.reachability.proof import Proof, Result, Stage
from ringtrue.reachability.reasons import Reason

_OUTSIDE = (Reason.EXTERNAL, Reason.UNRESOLVED_TEXT)


@dataclass(frozen=True, slots=True)
class Assumption:
    sentence: str
    short: str = ""
    """In few words, where it is one of the defaults that `[cluster]` may change, or that hold for every cluster."""


def assumptions(environments: Sequence[Environment], config: Config, found: Iterable[str]) -> tuple[Assumption, ...]:
    """What was assumed of the repository, then what the proofs needed; nothing when no verdict rests on it."""
    proofs = [proof for environment in environments for proof in environment.proofs if proof.reason not in _OUTSIDE]
    return (*map(Assumption, found), *_needed(proofs, config))


def _needed(proofs: Sequence[Proof], config: Config) -> Iterator[Assumption]:
    if not proofs:
        return
    major, minor = config.version
    yield Assumption(
        f"Kubernetes {major}.{minor}, CoreDNS with the cluster domain {config.domain}, {config.libc} resolvers",
        f"Kubernetes {major}.{minor}, CoreDNS, domain {config.domain}, {config.libc}",
    )
    if config.complete:
        yield Assumption("nothing but these manifests puts Services on the cluster", "no other Services")
    if any(proof.assumed for proof in proofs):
        yield Assumption(
            "undeclared manifests that call each other go to one cluster",
            "undeclared manifests applied together",
        )
    if any(step.stage is Stage.POLICY and step.result is not Result.UNDECIDED for p in proofs for step in p.steps):
        yield Assumption(
            "the network plugin enforces NetworkPolicy at the pods, after Service addresses are translated",
            "NetworkPolicy enforced",
        )
