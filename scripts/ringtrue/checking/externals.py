"""`[[external]]` entries that no reference needs: whoever left, or was misspelt, hides nothing any more."""

from collections.abc import Iterator, Sequence

from ringtrue.cluster.names import nearest
from ringtrue.config import FILE, External
from ringtrue.environments.environment import Environment
from ringtrue.findings import Location
from ringtrue.manifests.problem import Fault, Problem
from ringtrue.reachability.proof import Proof
from ringtrue.reachability.reasons import Reason

RULE = "external-unused"

_UNSEEN = frozenset({Reason.FOREIGN_NAMESPACE, Reason.OPEN_NAMESPACE, Reason.NXDOMAIN})


def unused(entries: Sequence[External], environments: Sequence[Environment]) -> Iterator[Fault]:
    """What is wrong with each entry that could be left out; only a complete run can tell."""
    proofs = [(environment, proof) for environment in environments for proof in environment.proofs]
    wanted = {
        f"{proof.target.namespace}/{proof.target.service}"
        for _, proof in proofs
        if proof.target and proof.reason in _UNSEEN
    }
    for entry in entries:
        key = (entry.namespace, entry.service)
        clusters = [environment.cluster for environment, proof in proofs if _uses(proof, entry)]
        if clusters and all(cluster.service(*key) is None for cluster in clusters):
            continue
        name = "/".join(key)
        if clusters:
            message = f"Service {name!r} is among the manifests, so [[external]] need not declare it"
            yield _fault(entry, message, "remove the entry: it keeps references from being checked")
            continue
        near = nearest(name, wanted)
        hint = f"did you mean {near!r}?" if near else "remove the entry"
        yield _fault(entry, f"no reference needs Service {name!r}, which [[external]] declares", hint)


def _uses(proof: Proof, entry: External) -> bool:
    """The target of an external reference is set only where an entry declared it."""
    target, port = proof.target, proof.reference.port
    if proof.reason is not Reason.EXTERNAL or target is None:
        return False
    fits = not entry.ports or port is None or port in entry.ports
    return fits and (target.namespace, target.service) == (entry.namespace, entry.service)


def _fault(entry: External, message: str, hint: str) -> Fault:
    value = f"{entry.namespace}/{entry.service}"
    return Fault(RULE, Problem(Location(FILE, entry.line), message, hint, value=value))
