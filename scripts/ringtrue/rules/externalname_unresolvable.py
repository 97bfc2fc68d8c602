"""An ExternalName Service is an alias of a name that no resolver can look up.

## What it does
Judges `spec.externalName` as the cluster's DNS does: it is never completed by a search list. So a bare name,
`service.namespace` and `service.namespace.svc` lead nowhere, nor does an IP address, and a full name in the cluster's
zone must be that of a Service. Names of the Internet are left alone.

## Why it matters
The Service exists and its name resolves to nothing, so every caller fails with "could not resolve host".

## How to fix
Write the full name, `service.namespace.svc.cluster.local`. For an address, leave out `type` and add an EndpointSlice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address

from ringtrue.cluster.admission import rejections
from ringtrue.cluster.dns import Rcode, answer
from ringtrue.cluster.names import MeantName, nearest, nearest_service, parse, spell
from ringtrue.cluster.services import Service, service
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.reachability.scope import Scope

NAME = "externalname-unresolvable"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


@dataclass(frozen=True, slots=True)
class _Fault:
    why: str
    hint: str = ""
    severity: Severity | None = None


def check(environment: Environment) -> Iterator[Problem]:
    for resource in environment.resources:
        made = service(resource)
        if made is None or not made.external_name or rejections(resource, environment.cluster.profile):
            continue
        fault = _fault(made, environment.scope)
        if fault is not None:
            yield Problem(
                resource.at("spec", "externalName"),
                f"{resource.called} is an alias of {made.external_name!r}, {fault.why}",
                hint=fault.hint,
                severity=fault.severity,
                value=made.external_name,
            )


def _fault(made: Service, scope: Scope) -> _Fault | None:
    cluster, target = scope.cluster, made.external_name.lower().removesuffix(".")
    if _is_ip(target):
        hint = "leave out type and externalName, and give the address in an EndpointSlice"
        return _Fault("an IP address, which DNS does not answer as an alias", hint)
    meant = parse(target, cluster, made.namespace)
    if meant.form in ("svc", "svc.ns", "svc.ns.svc"):
        return _short(made, meant, scope)
    if meant.form == "wrong-domain" and nearest(target.partition(".svc.")[2], [cluster.profile.domain], cutoff=0.75):
        right = spell(meant.service, meant.namespace or made.namespace, "fqdn", cluster)
        return _Fault(f"which is not under the cluster domain {cluster.profile.domain!r}", f"did you mean {right!r}?")
    return _full(target, meant, scope) if meant.form == "fqdn" else None


def _short(made: Service, meant: MeantName, scope: Scope) -> _Fault | None:
    """Where the namespace is called like a domain of the Internet, that may be meant: a warning."""
    namespace = meant.namespace or made.namespace
    known = scope.cluster.service(namespace, meant.service)
    if meant.form == "svc.ns" and known is None:
        return None
    hint = f"write {spell(meant.service, namespace, 'fqdn', scope.cluster)!r}" if known or meant.namespace else ""
    return _Fault("which no search list completes", hint, Severity.WARNING if meant.public else None)


def _full(target: str, meant: MeantName, scope: Scope) -> _Fault | None:
    namespace, cluster = meant.namespace or "", scope.cluster
    if (namespace, meant.service) in scope.external or namespace in scope.open:
        return None
    if namespace not in scope.filled and not cluster.profile.complete:
        return None
    if answer(target, cluster).rcode not in (Rcode.NXDOMAIN, Rcode.NODATA):
        return None
    near = nearest_service(meant.service, namespace, cluster) if not cluster.service(namespace, meant.service) else None
    hint = f"did you mean {spell(near.name, near.namespace, 'fqdn', cluster)!r}?" if near else ""
    return _Fault("which does not exist in the cluster", hint)


def _is_ip(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
