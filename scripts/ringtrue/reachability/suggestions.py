"""What was meant: the nearest Service, the right namespace, the name written anew in the form it had."""

from ringtrue.cluster.names import MeantName, nearest, nearest_namespace, nearest_service, parse, spell
from ringtrue.cluster.services import Service
from ringtrue.cluster.slips import is_slip
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
    sure = near is not None and surely_meant(meant.service, near, facts)
    if near is not None and sure:
        return _near(reference, meant, near, facts), True
    if scope.leaf and meant.service in scope.siblings:
        return f"{scope.siblings[meant.service][0]!r} has a Service of that name", False
    if near is not None:
        return _near(reference, meant, near, facts), False
    made = nearest(meant.service, scope.provided(namespace))
    if made:
        return f"did you mean {made!r}, which an operator makes?", is_slip(meant.service, made)
    anywhere = [service for service in scope.cluster.services_named(meant.service) if service.namespace != namespace]
    if anywhere:
        return f"Service {meant.service!r} is in namespace {anywhere[0].namespace!r}", True
    slip = "" if namespace in scope.filled else nearest_namespace(namespace, scope.cluster)
    return (f"did you mean namespace {slip!r}?" if slip else ""), bool(slip) and is_slip(namespace, slip)


def surely_meant(name: str, near: Service, facts: Facts) -> bool:
    """Whether a name that is no Service's stands for this one: a slip of it, or the name of a workload behind it."""
    return is_slip(name, near.name) or any(pod.name == name for pod in facts.endpoints(near).selected)


def _near(reference: Reference, meant: MeantName, near: Service, facts: Facts) -> str:
    name = repr(rewritten(reference, near, facts))
    for pod in facts.scope.cluster.pods.get(near.namespace, ()):
        if pod.name == meant.service and pod in facts.endpoints(near).selected:
            return f"{meant.service!r} is a {pod.kind}, not a Service: its Service is {name}"
    return f"did you mean {name}?"
