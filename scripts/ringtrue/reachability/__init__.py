"""A reference to its proof: name, port, endpoints, policy, each step with its evidence."""

from ringtrue.reachability.prove import prove, prove_all, reference_id

__all__ = ["prove", "prove_all", "reference_id"]
