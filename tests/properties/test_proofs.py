"""What every proof keeps to, whatever the world: a verdict never says more than its steps."""

from generated.judging import judged
from generated.limits import tried
from generated.worlds import World, worlds
from hypothesis import given

from ringtrue.reachability.proof import Proof, Result, Stage
from ringtrue.reachability.reasons import Reason, Verdict

CHAIN = tuple(Stage)
DECIDED_BY = {Verdict.PROVED: Result.PASSED, Verdict.REFUTED: Result.BROKEN, Verdict.UNKNOWN: Result.UNDECIDED}


def needs(proof: Proof) -> tuple[Stage, ...]:
    """The stages that a proved reference must have passed; of a lookup, and of a `serviceName`, the name only."""
    reference = proof.reference
    named = reference.named_service is not None and reference.client.kind == "StatefulSet"
    return CHAIN[:1] if named or reference.scheme == "dns" else CHAIN


@given(worlds())
@tried(30)
def test_a_verdict_is_what_its_steps_say(world: World) -> None:
    for proof in judged(world).proofs:
        assert proof.verdict is proof.reason.verdict
        assert tuple(step.stage for step in proof.steps) == CHAIN[: len(proof.steps)]
        assert [step.result for step in proof.steps[:-1]] == [Result.PASSED] * (len(proof.steps) - 1)
        assert proof.steps[-1].result is DECIDED_BY[proof.verdict]
        assert all(step.evidence for step in proof.steps)
        if proof.verdict is Verdict.PROVED:
            assert tuple(step.stage for step in proof.steps) == needs(proof)
            assert (proof.reason, proof.message, proof.hint) == (Reason.OK, "", "")
        else:
            assert proof.message
            assert "\n" not in proof.message
