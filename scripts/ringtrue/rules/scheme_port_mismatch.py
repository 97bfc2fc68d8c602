"""A URL speaks http to a port that speaks https, or the reverse.

## What it does
Compares the scheme of each URL that leads to a Service with what the Service's port says of itself: `appProtocol`, else
the name of the port or of its `targetPort` (`http`, `https`, or one of them with a dash behind it), else 80 and 443. A
port that says nothing is left alone.

## Why it matters
The connection opens and then fails: "wrong version number" where TLS meets plain text, "400 Bad Request" where plain
text meets TLS.

## How to fix
Write the scheme that the port speaks, or call the Service's other port. Where the port's name is wrong, rename it.
"""

from collections.abc import Iterator

from ringtrue.cluster.protocols import spoken
from ringtrue.cluster.services import Service, ServicePort
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.reachability.proof import Proof

NAME = "scheme-port-mismatch"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING

_SCHEMES = {"http": "http", "https": "https", "ws": "http", "wss": "https"}


def check(environment: Environment) -> Iterator[Problem]:
    for proof in environment.proofs:
        reference, target = proof.reference, proof.target
        scheme = _SCHEMES.get(reference.scheme, "")
        if not scheme or target is None or reference.named_service is not None:
            continue
        service = environment.cluster.service(target.namespace, target.service)
        port = _port(service, proof) if service else None
        speaks = spoken(port) if port else ""
        if service is None or port is None or speaks in ("", scheme):
            continue
        named = f" {port.name!r}" if port.name else ""
        spot = service.at(*port.route)
        yield Problem(
            reference.spot,
            f"{reference.client.called} calls {reference.host!r} with {reference.scheme}, "
            f"but port {port}{named} of Service {str(service)!r} speaks {speaks}",
            hint=_hint(scheme, speaks, service),
            related=((spot, "the port of the Service"),) if spot else (),
            value=f"{reference.scheme}://{reference.host}:{port.number}",
        )


def _port(service: Service, proof: Proof) -> ServicePort | None:
    """Through an alias, and straight to the pods of a headless Service, the port's name says nothing."""
    if service.headless or service.external_name or proof.target is None:
        return None
    return next((p for p in service.ports if p.number == proof.target.port and p.protocol == "TCP"), None)


def _hint(scheme: str, speaks: str, service: Service) -> str:
    other = next((port for port in service.ports if spoken(port) == scheme), None)
    instead = f", or call port {other.number}, which speaks {scheme}" if other else ""
    return f"write {speaks}://{instead}"
