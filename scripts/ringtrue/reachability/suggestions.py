"""What was meant: the nearest Service, the right namespace, the name written anew in the form it had."""

from ringtrue.cluster.names import MeantName, nearest, nearest_namespace, nearest_service, parse, spell
from ringtrue.cluster.services import Service
from ringtrue.reachability.facts import Facts
from ringtrue.reachability.scope import Scope
from ringtrue.references.reference import Reference


def own_services(name: str, scope: Scope) -> list[Service]:
    """Services of that name in the caller's own environment."""
    return [service for service in scope.cluster.services_named(name) if service.namespace in scope.own]


def rewritten(reference: Reference, service: Service, facts: Facts) -> str:
    """This Service in the form in which the host was written; `svc.ns` for a bare name from another namespace."""
    cluster = facts.scope.cluster
    form = parse(reference.host, cluster, reference.client.namespace).form
    if form == "outside" or (form == "svc" and service.namespace != reference.client.namespace):
        form = "svc.ns"
    return spell(service.name, service.namespace, form, cluster)


def suggestion(reference: Reference, meant: MeantName, namespace: str, facts: Facts) -> tuple[str, bool]:
    """The hint for a name that does not exist, and whether it is close enough to call the text a slip."""
    scope = facts.scope
    near = nearest_service(meant.service, namespace, scope.cluster)
    if near is not None:
        return _near(reference, meant, near, facts), True
    made = nearest(meant.service, scope.provided(namespace))
    if made:
        return f"did you mean {made!r}, which an operator makes?", True
    if scope.leaf and meant.service in scope.siblings:
        return f"{scope.siblings[meant.service][0]!r} has a Service of that name", False
    anywhere = [service for service in scope.cluster.services_named(meant.service) if service.namespace != namespace]
    if anywhere:
        return f"Service {meant.service!r} is in namespace {anywhere[0].namespace!r}", True
    slip = "" if namespace in scope.filled else nearest_namespace(namespace, scope.cluster)
    return (f"did you mean namespace {slip!r}?" if slip else ""), bool(slip)


def _near(reference: Reference, meant: MeantName, near: Service, facts: Facts) -> str:
    name = repr(rewritten(reference, near, facts))
    for pod in facts.scope.cluster.pods.get(near.namespace, ()):
        if pod.name == meant.service and pod in facts.endpoints(near).selected:
            return f"{meant.service!r} is a {pod.kind}, not a Service: its Service is {name}"
    return f"did you mean {name}?"
