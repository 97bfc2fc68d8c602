"""How a stage can end a proof: the step that decided it, and what the finding will say."""

from dataclasses import dataclass

from ringtrue.findings import Severity
from ringtrue.manifests.resource import Spot
from ringtrue.reachability.proof import Part, Proof, Step, Target
from ringtrue.reachability.reasons import Reason
from ringtrue.references.reference import Reference


@dataclass(frozen=True, slots=True)
class Ending:
    """A verdict reached before the chain was through; the fields are those of `Proof`."""

    reason: Reason
    step: Step
    message: str
    hint: str = ""
    target: Target | None = None
    severity: Severity | None = None
    spot: Spot | None = None
    blame: Spot | None = None
    related: tuple[tuple[Spot, str], ...] = ()
    part: Part = Part.SERVICE
    near: Spot | None = None

    def proof(self, reference: Reference, passed: tuple[Step, ...], target: Target | None) -> Proof:
        """The proof that ends here, after the steps that passed."""
        return Proof(
            reference,
            (*passed, self.step),
            self.reason.verdict,
            self.reason,
            self.target or target,
            self.message,
            self.hint,
            self.severity,
            self.spot,
            self.blame,
            self.related,
            self.part,
            self.near,
        )


def caller(reference: Reference) -> str:
    """Who calls, for messages: "Deployment 'dep-centos'"."""
    return reference.client.called


def calls(reference: Reference) -> str:
    """Who calls what: "Deployment 'dep-centos' calls 'redis.cache'"; for a host of a Secret too, which is no secret."""
    return f"{caller(reference)} calls {reference.host!r}"
