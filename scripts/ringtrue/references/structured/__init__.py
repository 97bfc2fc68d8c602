"""Fields of the API that name a Service themselves: no DNS is asked (PORT-03, DNS-12)."""

from collections.abc import Callable, Iterator, Mapping

from ringtrue.cluster.cluster import Cluster
from ringtrue.manifests.resource import Resource
from ringtrue.references.reference import Reference
from ringtrue.references.structured import ingresses, istio, routes, webhooks
from ringtrue.references.structured.making import service_named, word


def _governing(stateful_set: Resource, cluster: Cluster) -> Iterator[Reference]:
    """DNS-12: the Service whose name stands in the names of a StatefulSet's pods."""
    name = word(stateful_set.get("spec", "serviceName"))
    if name:
        yield service_named(stateful_set, ("spec", "serviceName"), stateful_set.namespace, name, optional=True)


_READERS: Mapping[tuple[str, str], Callable[[Resource, Cluster], Iterator[Reference]]] = {
    ("networking.k8s.io", "Ingress"): ingresses.backends,
    ("extensions", "Ingress"): ingresses.backends,
    ("apps", "StatefulSet"): _governing,
    **{(routes.GROUP, kind): routes.backends for kind in routes.KINDS},
    ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"): webhooks.webhooks,
    ("admissionregistration.k8s.io", "MutatingWebhookConfiguration"): webhooks.webhooks,
    ("apiregistration.k8s.io", "APIService"): webhooks.aggregated,
    ("apiextensions.k8s.io", "CustomResourceDefinition"): webhooks.conversion,
    (istio.GROUP, "VirtualService"): istio.destinations,
    (istio.GROUP, "DestinationRule"): istio.subject,
}


def structured(resource: Resource, cluster: Cluster) -> Iterator[Reference]:
    """The Services that an object names in fields of the API."""
    reader = _READERS.get((resource.group, resource.kind))
    if reader is not None:
        yield from reader(resource, cluster)
