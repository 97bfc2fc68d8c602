"""A Service that others call is gone, or has another name.

## What it does
Looks for Services that are deployed and no longer in the manifests, and for those who call them until now: clients
that still do are listed, each where its address is written. A Service that came instead, with the same name in another
namespace or the same selector in this one, is named. Where every caller changes its address in the same revision, or
none is known, it is a note, and only if such a Service came. It runs where the deployed state is known: in
`ringtrue diff` and `ringtrue gate`.

## Why it matters
To Kubernetes another name, namespace or prefix is another object: the new one is made, and the old one deleted, with
its address. Whoever still asks for the old name gets no answer, and so do the pods that run with the old address until
they are replaced.

## How to fix
Change the addresses of all callers, or keep the old Service beside the new one until nobody asks for it.
"""

from collections.abc import Iterator, Sequence

from ringtrue.cluster.services import Service, service
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Key, Spot
from ringtrue.reachability.proof import Proof
from ringtrue.reachability.reasons import Verdict
from ringtrue.references.reference import Reference
from ringtrue.rules._changes import single

NAME = "update-renames-service"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING

_Related = tuple[Spot, str]
_Field = tuple[Key, str | None, str]
"""A client, its container and the field: where an address is written, before and after."""


def check(environment: Environment) -> Iterator[Problem]:
    """UPD-06."""
    deployed = environment.deployed
    if deployed is None or not environment.complete or not deployed.complete:
        return
    gone = list(_gone(deployed, environment))
    now = {_field(proof.reference): proof for proof in environment.proofs} if gone else {}
    for old in gone:
        callers = [proof.reference for proof in deployed.proofs if _reaches(proof, old)]
        still = list(_still(callers, now))
        came = _came(old, deployed, environment)
        if still or came is not None:
            yield _problem(old, came, callers, still)


def _gone(deployed: Environment, environment: Environment) -> Iterator[Service]:
    for resource in deployed.resources:
        made = service(resource)
        if made is not None and made.name and environment.cluster.service(made.namespace, made.name) is None:
            yield made


def _reaches(proof: Proof, old: Service) -> bool:
    target = proof.target
    if proof.verdict is not Verdict.PROVED or target is None:
        return False
    return (target.namespace, target.service) == (old.namespace, old.name)


def _still(callers: Sequence[Reference], now: dict[_Field, Proof]) -> Iterator[_Related]:
    """Where the same address is still written in the same field, and leads nowhere else; with a remark."""
    seen: set[tuple[int, str]] = set()
    for reference in callers:
        proof = now.get(_field(reference))
        if proof is None or proof.verdict is Verdict.PROVED or proof.reference.host != reference.host:
            continue
        spot = proof.reference.spot
        if (id(spot.resource), str(spot.route)) not in seen:
            seen.add((id(spot.resource), str(spot.route)))
            yield spot, f"{reference.client.called} still asks for it"


def _came(old: Service, deployed: Environment, environment: Environment) -> Service | None:
    """The new Service that is the old one under another name: its name elsewhere, or its selector here."""
    known = single(deployed)
    new = [each for key, resource in single(environment).items() if key not in known and (each := service(resource))]
    moved = [each for each in new if each.name == old.name]
    renamed = [each for each in new if each.namespace == old.namespace and old.selector and _is_same(old, each)]
    found = moved or renamed
    return found[0] if len(found) == 1 else None


def _is_same(old: Service, new: Service) -> bool:
    ports = ({(port.number, port.protocol) for port in each.ports} for each in (old, new))
    first, second = ports
    return old.selector == new.selector and first == second


def _field(reference: Reference) -> _Field:
    return (reference.client.key, reference.container, reference.field)


def _problem(old: Service, came: Service | None, callers: Sequence[Reference], still: Sequence[_Related]) -> Problem:
    calling = len({id(reference.client) for reference in callers})
    where = came.at("metadata", "name") if came else None
    known = f", which {calling} {'client' if calling == 1 else 'clients'} called until now" if calling else ""
    now = f": it is {_shown(came, old)} now" if came else ""
    return Problem(
        where or still[0][0],
        f"Service '{old}' is gone{known}{now}",
        hint=_hint(old, came, still),
        related=tuple(still if where else still[1:]),
        severity=None if still else Severity.NOTE,
        value=str(old),
    )


def _shown(came: Service, old: Service) -> str:
    return f"Service {came.name!r}" if came.namespace == old.namespace else f"in namespace {came.namespace!r}"


def _hint(old: Service, came: Service | None, still: Sequence[_Related]) -> str:
    if not still:
        return f"pods that run with the old address fail until they are replaced: keep Service {old.name!r} until then"
    new = f"{came.name}.{came.namespace}" if came and came.namespace != old.namespace else came.name if came else ""
    change = f"let them call {new!r}" if new else "take their addresses away"
    return f"{change}, or keep Service {old.name!r} until nobody calls it"
