"""What the stages ask of a cluster again and again, each worked out once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ringtrue.cluster.admission import Rejection, rejections
from ringtrue.cluster.admission.selectors import selector_mismatch
from ringtrue.cluster.endpoints import ServiceEndpoints, endpoints
from ringtrue.cluster.near import meant
from ringtrue.cluster.services import Service
from ringtrue.manifests.resource import Resource
from ringtrue.reachability.scope import Scope
from ringtrue.references.reference import Reference


@dataclass(frozen=True, slots=True)
class Facts:
    """One environment's scope with its answers kept; make one for each environment and drop it with it."""

    scope: Scope
    callers: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """By host, in small letters, the objects that call it, by identity."""
    _endpoints: dict[tuple[str, str], ServiceEndpoints] = field(default_factory=dict)
    _strangers: dict[str, bool] = field(default_factory=dict)
    _rejections: dict[int, tuple[Rejection, ...]] = field(default_factory=dict)

    def endpoints(self, service: Service) -> ServiceEndpoints:
        key = (service.namespace, service.name)
        if key not in self._endpoints:
            self._endpoints[key] = endpoints(service, self.scope.cluster)
        return self._endpoints[key]

    def brings_services(self, namespace: str) -> bool:
        """Whether the manifests hold a Service of that namespace: else an Ingress or a route joins those of others."""
        return any(not each.builtin for (space, _), each in self.scope.cluster.services.items() if space == namespace)

    def has_strangers(self, namespace: str) -> bool:
        """SEL-01: whether a Service there selects pods that nothing seen here makes, nor anything like them.

        Then others put things into the namespace, and may have brought Services too.
        """
        if namespace not in self._strangers:
            cluster = self.scope.cluster
            self._strangers[namespace] = any(
                service.namespace == namespace
                and service.selector
                and not self.endpoints(service).selected
                and meant(service, cluster) is None
                for service in cluster.services.values()
                if not service.builtin
            )
        return self._strangers[namespace]

    def is_fragment(self, reference: Reference, service: str, namespace: str) -> bool:
        """Whether all that the manifests serve in a namespace is those who call a Service that is missing there.

        A chatbot with its Service, or a load generator alone, is installed beside what it calls. One other Service,
        or a workload of the missing name, shows that the whole was meant to be here.
        """
        callers = self.callers.get(reference.host.lower(), frozenset()) | {id(reference.client)}
        pods = self.scope.cluster.pods.get(namespace, ())
        if any(service in (pod.name, *pod.labels.values()) for pod in pods if id(pod.resource) not in callers):
            return False
        for each in self.scope.cluster.services.values():
            if each.namespace == namespace and not each.builtin:
                selected = self.endpoints(each).selected
                if not selected or any(id(pod.resource) not in callers for pod in selected):
                    return False
        return True

    def rejections(self, resource: Resource) -> tuple[Rejection, ...]:
        """Why the API server would refuse the object (ADM-*, SEL-04); empty when it would not."""
        key = id(resource)
        if key not in self._rejections:
            found = (*rejections(resource, self.scope.cluster.profile), *selector_mismatch(resource))
            self._rejections[key] = found
        return self._rejections[key]


def facts_of(references: Iterable[Reference], scope: Scope) -> Facts:
    """The facts of one environment that these references are all of."""
    callers: dict[str, set[int]] = {}
    for each in references:
        callers.setdefault(each.host.lower(), set()).add(id(each.client))
    return Facts(scope, {host: frozenset(found) for host, found in callers.items()})
