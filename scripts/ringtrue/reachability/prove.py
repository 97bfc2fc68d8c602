"""The chain: name, port, endpoints, policy. The first stage that does not pass decides."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from ringtrue.reachability import backends, names, policy, ports
from ringtrue.reachability.ending import Ending
from ringtrue.reachability.facts import Facts, facts_of
from ringtrue.reachability.proof import Proof, Step
from ringtrue.reachability.reasons import Reason, Verdict
from ringtrue.reachability.scope import Scope
from ringtrue.references.reference import Reference

_NOT_KNOWN = frozenset({Reason.FOREIGN_NAMESPACE, Reason.OPEN_NAMESPACE})


def prove(reference: Reference, facts: Facts) -> Proof:
    """Follow one reference to the pods; `proved` only when every stage that applies has passed.

    What is not known of undeclared manifests may be in others that they are applied beside.
    """
    proof = _chain(reference, facts)
    return (_beside(proof, facts) if facts.scope.leaf else None) or proof


def _beside(proof: Proof, facts: Facts) -> Proof | None:
    """The proof where each of the neighbours that have the Service would do; else None: nothing is refuted here."""
    scope, name = facts.scope, _missing(proof)
    here = frozenset({name[0]})
    found: Proof | None = None
    for each in scope.beside.get(name, ()):
        wider = replace(scope, cluster=each.cluster, own=scope.own | here, filled=scope.filled | here, leaf=False)
        again = _chain(proof.reference, Facts(wider))
        if again.verdict is not Verdict.PROVED:
            return None
        first = replace(again.steps[0], evidence=f"{again.steps[0].evidence}; {each.why}")
        found = found or replace(again, steps=(first, *again.steps[1:]), assumed=each.why)
    return found


def _missing(proof: Proof) -> tuple[str, str]:
    """(namespace, Service) that is not seen; of a name that may be outside, what it would be in the cluster."""
    if proof.reason is Reason.EXTERNAL:
        service, _, namespace = proof.reference.host.lower().partition(".")
        return namespace, service
    known = proof.target is not None and proof.reason in _NOT_KNOWN
    return (proof.target.namespace, proof.target.service) if proof.target and known else ("", "")


def _chain(reference: Reference, facts: Facts) -> Proof:
    found = names.resolve(reference, facts)
    if isinstance(found, Ending):
        return found.proof(reference, (), None)
    steps: tuple[Step, ...] = (found.step,)
    target = found.target
    if _needs_name_only(reference):
        return Proof(reference, steps, Verdict.PROVED, Reason.OK, target)
    port = ports.declared(reference, found, facts)
    if isinstance(port, Ending):
        return port.proof(reference, steps, target)
    steps, target = (*steps, port.step), port.target
    behind = backends.serving(reference, found, port, facts)
    if isinstance(behind, Ending):
        return behind.proof(reference, steps, target)
    steps = (*steps, behind.step)
    passage = policy.allowed(reference, found, behind, facts)
    if isinstance(passage, Ending):
        return passage.proof(reference, steps, target)
    return Proof(reference, (*steps, passage), Verdict.PROVED, Reason.OK, target)


def prove_all(references: Iterable[Reference], scope: Scope) -> tuple[Proof, ...]:
    """The proofs of one environment's references, in their order."""
    every = tuple(references)
    facts = facts_of(every, scope)
    return tuple(prove(reference, facts) for reference in every)


def reference_id(reference: Reference, environment: str) -> str:
    """Twelve hex digits of environment, client, field, text and host: stable while lines move.

    The host and port stand beside the text because one text can list several.
    """
    client = reference.client
    parts = (
        environment,
        client.kind,
        client.namespace,
        client.name,
        reference.container or "",
        reference.field,
        reference.text,
        reference.host,
        str(reference.port or reference.port_name or ""),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def _needs_name_only(reference: Reference) -> bool:
    """A lookup command asks for no port; nor does a StatefulSet's `serviceName`, which only names the pods (DNS-12)."""
    return reference.scheme == "dns" or (reference.named_service is not None and reference.client.kind == "StatefulSet")
