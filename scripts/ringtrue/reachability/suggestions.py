"""What was meant: the nearest Service, the right namespace, the name written anew in the form it had."""

from ringtrue.cluster.names import MeantName, nearest
from ringtrue.cluster.services import Service
from ringtrue.reachability.facts import Facts
from ringtrue.reachability.scope import Scope
from ringtrue.references.reference import Reference


def own_services(name: str, scope: Scope) -> list[Service]:
    """Services of that name in the caller's own environment."""
    return [service for service in scope.cluster.services_named(name) if service.namespace in scope.own]


def rewritten(host: str, service: str, namespace: str, facts: Facts) -> str:
    """The host as written, with this Service and namespace in it: the same form, `svc.ns` for a bare name."""
    domain = facts.scope.cluster.profile.domain
    lower = host.lower().rstrip(".")
    if lower.endswith(f".svc.{domain}"):
        return f"{service}.{namespace}.svc.{domain}"
    return f"{service}.{namespace}.svc" if lower.endswith(".svc") else f"{service}.{namespace}"


def suggestion(reference: Reference, meant: MeantName, namespace: str, facts: Facts) -> tuple[str, bool]:
    """The hint, and whether it names something close enough to call the text a slip."""
    scope = facts.scope
    for pod in scope.cluster.pods.get(namespace, ()):
        if pod.name != meant.service:
            continue
        for service in scope.cluster.services.values():
            if service.namespace == namespace and pod in facts.endpoints(service).selected:
                name = _as_written(reference, meant, service.name, namespace, facts)
                return f"{meant.service!r} is a {pod.kind}, not a Service: its Service is {name!r}", True
    near = nearest(meant.service, names_in(namespace, facts))
    if near:
        return f"did you mean {_as_written(reference, meant, near, namespace, facts)!r}?", True
    if scope.leaf and meant.service in scope.siblings:
        return f"{scope.siblings[meant.service][0]!r} has a Service of that name", False
    anywhere = [s for s in scope.cluster.services_named(meant.service) if s.namespace != namespace]
    if anywhere:
        return f"Service {meant.service!r} is in namespace {anywhere[0].namespace!r}", True
    near_namespace = nearest(namespace, sorted(scope.filled)) if namespace not in scope.filled else ""
    return (f"did you mean namespace {near_namespace!r}?" if near_namespace else ""), bool(near_namespace)


def _as_written(reference: Reference, meant: MeantName, service: str, namespace: str, facts: Facts) -> str:
    return service if meant.namespace is None else rewritten(reference.host, service, namespace, facts)


def names_in(namespace: str, facts: Facts) -> list[str]:
    return sorted(name for where, name in facts.scope.cluster.services if where == namespace)
