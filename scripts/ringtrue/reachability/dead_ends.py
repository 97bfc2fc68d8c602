"""Names that no Service could mend, and Services whose name has no address (DNS-04, 09, 10, 12, 16)."""

from ringtrue.cluster.dns import Rcode
from ringtrue.cluster.hostnames import numbered, subdomain
from ringtrue.cluster.names import MeantName, nearest, spell
from ringtrue.cluster.profile import DEFAULT_DOMAIN
from ringtrue.cluster.resolver import Lookup, Resolver
from ringtrue.cluster.services import Service
from ringtrue.findings import Severity
from ringtrue.manifests.resource import Spot
from ringtrue.reachability.ending import Ending, caller, calls
from ringtrue.reachability.facts import Facts
from ringtrue.reachability.proof import Part, Result, Stage, Step, Target
from ringtrue.reachability.reasons import Reason
from ringtrue.reachability.selection import severity, unseen_pods
from ringtrue.reachability.suggestions import own_services
from ringtrue.references.reference import Reference


def wrong_domain(reference: Reference, meant: MeantName, via: Resolver, facts: Facts) -> Ending:
    """DNS-04: the zone without `svc`, or another zone.

    Refuted are a slip, and the default domain where another is declared: no server upstream has names under it. Any
    other domain may be that of the cluster, or a zone of another server.
    """
    domain = facts.scope.cluster.profile.domain
    host = reference.host.lower().rstrip(".")
    slip = nearest(host.partition(".svc.")[2], [domain], cutoff=0.75)
    if slip or host.endswith(f".{domain}") or (host.endswith(f".{DEFAULT_DOMAIN}") and not via.servers):
        message = f"{calls(reference)}, which is no name of a Service under {domain!r}"
        step = Step(Stage.NAME, Result.BROKEN, f"NXDOMAIN: Services are under svc.{domain}")
        right = _in_full(meant, reference, facts)
        return Ending(Reason.NXDOMAIN, step, message, f"did you mean {right!r}?", part=Part.DOMAIN)
    message = f"{calls(reference)}: this cluster's domain is taken to be {domain!r}"
    step = Step(Stage.NAME, Result.UNDECIDED, f"not under the cluster domain {domain}")
    return Ending(Reason.RESOLVER_DEPENDENT, step, message, "set [cluster] domain if the cluster has another")


def _in_full(meant: MeantName, reference: Reference, facts: Facts) -> str:
    """The name that was meant: where its place in the text names no Service, any label that is one of the caller's own.

    A replacement that writes the namespace over `svc` leaves such a name.
    """
    cluster, namespace = facts.scope.cluster, meant.namespace or reference.client.namespace
    found = cluster.service(namespace, meant.service)
    labels = reference.host.lower().split(".") if found is None else ()
    found = next((own for label in labels for own in own_services(label, facts.scope)), found)
    name, namespace = (found.name, found.namespace) if found else (meant.service, namespace)
    return spell(name, namespace, "fqdn", cluster)


def no_cluster_dns(reference: Reference, via: Resolver, target: Target) -> Ending:
    message = f"{calls(reference)}, but its pods do not ask the cluster's DNS: {via.reason}"
    step = Step(Stage.NAME, Result.BROKEN, f"NXDOMAIN: {via.reason}")
    hint = "set dnsPolicy: ClusterFirstWithHostNet"
    return Ending(Reason.NXDOMAIN, step, message, hint, target)


def asked_by_node(reference: Reference, meant: MeantName, facts: Facts) -> Ending:
    """REF table: the kubelet looks up a probe's `host` with the node's DNS, which knows no Services."""
    namespace = meant.namespace or reference.client.namespace
    known = facts.scope.cluster.service(namespace, meant.service) is not None
    if not known and meant.form not in ("svc.ns.svc", "fqdn"):
        step = Step(Stage.NAME, Result.UNDECIDED, "looked up by the kubelet, with the node's DNS")
        return Ending(Reason.EXTERNAL, step, f"{reference.host!r} is looked up by the kubelet")
    message = (
        f"{caller(reference)} has the kubelet call {reference.host!r} ({reference.field}), "
        "but the kubelet asks the node's DNS, which knows no Services"
    )
    step = Step(Stage.NAME, Result.BROKEN, "NXDOMAIN: the kubelet asks the node's DNS, not the cluster's")
    hint = "leave the host out: the kubelet then calls the pod itself"
    return Ending(Reason.NXDOMAIN, step, message, hint, Target(namespace, meant.service))


def namespace_only(reference: Reference, meant: MeantName, seen: Lookup, facts: Facts) -> Ending:
    """1b: `<one label>.svc.<zone>` is read as a namespace: NODATA when it exists, else NXDOMAIN."""
    cluster, own = facts.scope.cluster, reference.client.namespace
    if cluster.service(own, meant.service) is not None:
        hint = f"did you mean {spell(meant.service, own, 'fqdn', cluster)!r}?"
    else:
        hint = f"put the Service in front: {f'service.{reference.host}'!r}"
    reason = Reason.NODATA if seen.answer.rcode is Rcode.NODATA else Reason.NXDOMAIN
    step = Step(Stage.NAME, Result.BROKEN, f"{reason.name}: read as namespace {meant.service}")
    message = f"{calls(reference)}, which names the namespace {meant.service!r} and no Service"
    return Ending(reason, step, message, hint)


def refused(reference: Reference, service: Service, facts: Facts) -> Ending | None:
    """A Service that the API server refuses is not there, whatever its name would have led to."""
    why = facts.rejections(service.resource) if service.resource is not None else ()
    if not why or service.resource is None:
        return None
    message = f"{calls(reference)}, but the API server would refuse Service {str(service)!r}: {why[0].message}"
    step = Step(Stage.NAME, Result.BROKEN, f"Service {service} would be refused: {why[0].message}")
    target, blame = Target(service.namespace, service.name), service.resource.at(*why[0].route)
    return Ending(Reason.TARGET_REJECTED, step, message, why[0].hint, target, blame=blame)


def without_address(reference: Reference, service: Service, facts: Facts) -> Ending:
    """DNS-10, DNS-16: the Service exists, but its name has no address: an alias of nothing, or no pods."""
    target = Target(service.namespace, service.name)
    spot = service.at("spec")
    related = ((spot, "the Service"),) if spot else ()
    if service.external_name:
        message = f"{calls(reference)}, an alias of {service.external_name!r}, which does not exist in the cluster"
        step = Step(Stage.NAME, Result.BROKEN, f"NODATA: alias of {service.external_name}")
        hint = "give externalName the full name of a Service that exists"
        blame = service.at("spec", "externalName")
        return Ending(Reason.NODATA, step, message, hint, target, related=related, blame=blame)
    message = f"{calls(reference)}, but headless Service {str(service)!r} has no pod to name"
    step = Step(Stage.NAME, Result.BROKEN, "NXDOMAIN: a headless Service without endpoints")
    if facts.endpoints(service).selected:
        return Ending(Reason.NO_ENDPOINTS, step, message, "scale it up", target, Severity.WARNING, related=related)
    grave = severity(service, facts.scope)
    if grave is Severity.NOTE:
        unseen = Step(Stage.NAME, Result.UNDECIDED, f"no pod seen for it; {unseen_pods(service, facts.scope)}")
        return Ending(Reason.OPEN_NAMESPACE, unseen, f"{calls(reference)}: {unseen.evidence}", "", target)
    blame = service.at("spec", "selector") if service.selector else None
    return Ending(Reason.NO_ENDPOINTS, step, message, "", target, grave, related=related, blame=blame)


def no_endpoint_name(reference: Reference, meant: MeantName, service: Service, facts: Facts) -> Ending:
    """DNS-11, DNS-12: the Service exists, and none of its pods has that host name."""
    pods = ", ".join(sorted({pod.called for pod in facts.endpoints(service).selected})) or "no pod"
    message = (
        f"{calls(reference)}, but no pod of Service {str(service)!r} "
        f"has the host name {meant.endpoint!r}: it selects {pods}"
    )
    step = Step(Stage.NAME, Result.BROKEN, f"NXDOMAIN: Service {service} has no endpoint {meant.endpoint}")
    hint = f"call {f'{service.name}.{service.namespace}.svc'!r}"
    blame = nameless(meant, service.namespace, facts)
    return Ending(Reason.NXDOMAIN, step, message, hint, Target(service.namespace, service.name), blame=blame)


def peer(reference: Reference, facts: Facts) -> MeantName | None:
    """DNS-12: `pod.service` of a StatefulSet of the own namespace whose `serviceName` names no Service."""
    pod, _, service = reference.host.lower().rstrip(".").partition(".")
    for each in facts.scope.cluster.pods.get(reference.client.namespace, ()):
        if each.kind == "StatefulSet" and subdomain(each) == service and numbered(each, pod):
            return MeantName(service, None, "svc", pod)
    return None


def nameless(meant: MeantName, namespace: str, facts: Facts) -> Spot | None:
    """DNS-12: the StatefulSet of the pod that is named, when no Service gives its pods names: it is to blame."""
    cluster = facts.scope.cluster
    for pod in cluster.pods.get(namespace, ()) if meant.endpoint else ():
        if pod.kind == "StatefulSet" and numbered(pod, meant.endpoint or ""):
            governing = subdomain(pod)
            if cluster.service(namespace, governing) is None:
                return pod.resource.at("spec", *(("serviceName",) if governing else ()))
    return None
