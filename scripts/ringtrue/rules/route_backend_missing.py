"""A route sends traffic to a Service, or to a Service port, that does not exist, or that it may not name.

## What it does
Resolves each `backendRef` of a Gateway API route (HTTPRoute, GRPCRoute, TCPRoute, TLSRoute, UDPRoute), mirrors among
its filters too, and each host of an Istio VirtualService or DestinationRule: the Service, and the Service's `port`,
never the `targetPort`. A `backendRef` needs a port; into another namespace it needs a ReferenceGrant there. Istio
takes a host without a dot for a Service of the rule's namespace, and any other host for a full name, so
`service.namespace` is none.

## Why it matters
The API server accepts the route. The gateway sets `ResolvedRefs` to False and answers 500 (Istio: 503).

## How to fix
Name a Service and one of its ports; for another namespace add a ReferenceGrant to it. In Istio's objects write the
full name, `service.namespace.svc.cluster.local`.
"""

from collections.abc import Iterator

from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.reachability.reasons import Reason
from ringtrue.references.structured.istio import GROUP, short_names
from ringtrue.references.structured.routes import KINDS
from ringtrue.rules._structured import broken

NAME = "route-backend-missing"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR

_ISTIO = ("VirtualService", "DestinationRule")
_REASONS = {Reason.NXDOMAIN, Reason.WRONG_NAMESPACE, Reason.PORT_UNDECLARED, Reason.BLOCKED}


def check(environment: Environment) -> Iterator[Problem]:
    yield from broken(environment, (*KINDS, *_ISTIO), _REASONS)
    for resource in environment.resources:
        if resource.group != GROUP or resource.kind not in _ISTIO:
            continue
        for route, host, full in short_names(resource, environment.cluster):
            yield Problem(
                resource.at(*route),
                f"{resource.called} names host {host!r}, which Istio takes for a full name",
                f"did you mean {full!r}?",
                severity=Severity.WARNING,
                value=host,
            )
