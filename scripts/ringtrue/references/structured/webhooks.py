"""Services that the API server calls: webhooks, aggregated APIs, conversion of custom resources (PORT-03)."""

from collections.abc import Iterator

from ringtrue.cluster.cluster import Cluster
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource
from ringtrue.references.reference import Reference
from ringtrue.references.structured.making import number, service_named, word

_PORT = 443


def webhooks(configuration: Resource, cluster: Cluster) -> Iterator[Reference]:
    """The Services of a Validating- or MutatingWebhookConfiguration; a `url` is none."""
    for index in range(len(configuration.items("webhooks"))):
        ignored = configuration.get("webhooks", index, "failurePolicy") == "Ignore"
        yield from _service(configuration, ("webhooks", index, "clientConfig", "service"), ignored)


def aggregated(api: Resource, cluster: Cluster) -> Iterator[Reference]:
    """The Service of an APIService; one that the API server serves itself names none."""
    yield from _service(api, ("spec", "service"))


def conversion(definition: Resource, cluster: Cluster) -> Iterator[Reference]:
    """The Service of a CustomResourceDefinition's conversion webhook, in the form of v1 and in that of v1beta1."""
    if definition.get("spec", "conversion", "strategy") == "Webhook":
        yield from _service(definition, ("spec", "conversion", "webhook", "clientConfig", "service"))
        yield from _service(definition, ("spec", "conversion", "webhookClientConfig", "service"))


def _service(resource: Resource, route: Route, optional: bool = False) -> Iterator[Reference]:
    """The Service at a field that says namespace and name; the port is the Service's, 443 unless said."""
    name, namespace = word(resource.get(*route, "name")), word(resource.get(*route, "namespace"))
    if name and namespace:
        port = number(resource.get(*route, "port"))
        written = (*route, "port") if port is not None else ()
        yield service_named(
            resource, (*route, "name"), namespace, name, port=port or _PORT, port_route=written, optional=optional
        )
