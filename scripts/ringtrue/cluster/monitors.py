"""ServiceMonitors and PodMonitors of the Prometheus Operator: what they select."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.labels import matches
from ringtrue.cluster.selection import chosen
from ringtrue.cluster.services import Service
from ringtrue.cluster.workloads import Workload
from ringtrue.manifests.resource import Resource

GROUP = "monitoring.coreos.com"

_BUILTIN_LABELS: Mapping[str, Mapping[str, str]] = {
    "kubernetes": {"component": "apiserver", "provider": "kubernetes"},
    "kube-dns": {"k8s-app": "kube-dns", "kubernetes.io/name": "CoreDNS", "kubernetes.io/cluster-service": "true"},
}


def namespaces(monitor: Resource, cluster: Cluster) -> tuple[str, ...]:
    """SEL-08: where a monitor looks: `any`, `matchNames`, else its own namespace."""
    where = monitor.mapping("spec", "namespaceSelector")
    if where.get("any") is True:
        return tuple(cluster.namespaces)
    names = where.get("matchNames")
    listed = tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()
    return listed or (monitor.namespace,)


def services_in(cluster: Cluster) -> Mapping[str, tuple[Service, ...]]:
    """SEL-08: the Services by namespace, to be made once for many monitors."""
    found: dict[str, list[Service]] = defaultdict(list)
    for service in cluster.services.values():
        found[service.namespace].append(service)
    return {namespace: tuple(services) for namespace, services in found.items()}


def monitored_services(
    monitor: Resource, cluster: Cluster, services: Mapping[str, tuple[Service, ...]]
) -> tuple[Service, ...]:
    """SEL-03, SEL-08: those of the Services by namespace that a ServiceMonitor selects, by the Service's own labels."""
    where, selector = namespaces(monitor, cluster), monitor.mapping("spec", "selector")
    return tuple(
        service for name in where for service in services.get(name, ()) if matches(selector, labels_of(service))
    )


def monitored_pods(monitor: Resource, cluster: Cluster) -> tuple[Workload, ...]:
    """SEL-03, SEL-08: the workloads that a PodMonitor selects by the labels of their pods."""
    selector = monitor.mapping("spec", "selector")
    return tuple(pod for name in namespaces(monitor, cluster) for pod in chosen(selector, name, cluster))


def labels_of(service: Service) -> Mapping[str, str]:
    """DNS-20: the labels of the Service itself, of those that every cluster has too."""
    return service.resource.labels if service.resource else _BUILTIN_LABELS.get(service.name, {})


def service_ports(services: Iterable[Service]) -> frozenset[str]:
    """EP-01: the names of the Services' ports, which a ServiceMonitor's `port` means; never the container's."""
    return frozenset(port.name for service in services for port in service.ports)


def pod_ports(pods: Iterable[Workload]) -> frozenset[str | int]:
    """EP-01: the names and numbers of the containers' ports, which `targetPort` and a PodMonitor's `port` mean."""
    return frozenset(_declared(pods))


def _declared(pods: Iterable[Workload]) -> Iterator[str | int]:
    for pod in pods:
        for container in pod.containers:
            for port in container.ports:
                yield port.name
                yield port.number
