"""Workloads and the pods they make: templates, containers, ports, pod labels."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource, Spot, fact, strings

TEMPLATES: Mapping[tuple[str, str], Route] = {
    ("", "Pod"): (),
    ("", "PodTemplate"): ("template",),
    ("", "ReplicationController"): ("spec", "template"),
    ("apps", "Deployment"): ("spec", "template"),
    ("apps", "StatefulSet"): ("spec", "template"),
    ("apps", "DaemonSet"): ("spec", "template"),
    ("apps", "ReplicaSet"): ("spec", "template"),
    ("batch", "Job"): ("spec", "template"),
    ("batch", "CronJob"): ("spec", "jobTemplate", "spec", "template"),
}
"""Where the pod template stands in each of Kubernetes' own kinds, by (group, kind)."""

_OTHERS: Mapping[tuple[str, str], Route] = {
    ("argoproj.io", "Rollout"): ("spec", "template"),
    ("apps.openshift.io", "DeploymentConfig"): ("spec", "template"),
    ("", "DeploymentConfig"): ("spec", "template"),
    ("keda.sh", "ScaledJob"): ("spec", "jobTargetRef", "template"),
}
"""The same for kinds that the API server does not know: it takes their templates as they are."""

_CUSTOM: Route = ("spec", "template")
"""Where custom resources that make pods like a Deployment's have it (OpenKruise, Knative)."""

_RUNS_TO_COMPLETION = frozenset({"Job", "CronJob", "ScaledJob"})
_SCALED = frozenset(
    {"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "Rollout", "DeploymentConfig", "CloneSet"}
)


@dataclass(frozen=True, slots=True)
class ContainerPort:
    """An entry of `ports`; `number` is 0 where the manifest has none."""

    name: str
    number: int
    protocol: str


@dataclass(frozen=True, slots=True)
class Container:
    """A container of a pod template; `route` leads to it from the top of the workload's object."""

    name: str
    data: Mapping[str, Any]
    route: Route
    init: bool
    ports: tuple[ContainerPort, ...]

    @property
    def sidecar(self) -> bool:
        """An init container that keeps running: `restartPolicy: Always` (EP-02)."""
        return self.init and self.data.get("restartPolicy") == "Always"


@dataclass(frozen=True, slots=True, eq=False)
class Workload:
    """An object that makes pods, or a bare Pod."""

    resource: Resource
    route: Route
    """Leads to the pod template: the mapping that holds `metadata` and `spec`."""
    labels: Mapping[str, str]
    """The pods' labels (SEL-01), with those a controller adds that can be known."""
    spec: Mapping[str, Any]
    """The pod spec."""
    containers: tuple[Container, ...]
    """Init containers first, in the order in which they start."""
    scaler: Resource | None = None
    """The Rollout that runs this template by `workloadRef`, and says how many pods there are."""

    @property
    def kind(self) -> str:
        return self.resource.kind

    @property
    def namespace(self) -> str:
        return self.resource.namespace

    @property
    def name(self) -> str:
        return self.resource.name

    @property
    def replicas(self) -> int:
        """`spec.replicas`, 1 where unset (the API's default); DaemonSets, Jobs and Pods count as 1."""
        count = (self.scaler or self.resource).get("spec", "replicas")
        return count if self.kind in _SCALED and isinstance(count, int) and not isinstance(count, bool) else 1

    @property
    def completes(self) -> bool:
        """True for pods that end by design; once Succeeded they are no endpoints (EP-05)."""
        return self.kind in _RUNS_TO_COMPLETION or self.kind == "PodTemplate"

    @property
    def host_network(self) -> bool:
        return self.spec.get("hostNetwork") is True

    @property
    def serving(self) -> tuple[Container, ...]:
        """The containers whose named ports count for endpoints, in kubelet's order (EP-01, EP-02)."""
        return tuple(c for c in self.containers if not c.init) + tuple(c for c in self.containers if c.sidecar)

    def at(self, *route: str | int) -> Spot:
        """A field below the pod template."""
        return Spot(self.resource, self.route + route)

    @property
    def called(self) -> str:
        """For messages; `str()` is for chains."""
        return self.resource.called

    def __str__(self) -> str:
        return f"{self.kind} {self.name}" if self.name else self.resource.called


@fact
def workload(resource: Resource) -> Workload | None:
    """The workload an object is; None for other kinds and for one without a pod template.

    Pod labels are the template's (SEL-01), and for a Job its name, which the API server adds.
    """
    kind = (resource.group, resource.kind)
    route = TEMPLATES.get(kind, _OTHERS.get(kind))
    if route is None:
        if not _embeds(resource):
            return None
        route = _CUSTOM
    spec = resource.mapping(*route, "spec")
    if not spec and not (kind in TEMPLATES and _without_spec(resource, route)):
        return None
    labels = strings(resource.get(*route, "metadata", "labels"))
    if resource.kind == "Job":
        labels |= dict.fromkeys(("job-name", "batch.kubernetes.io/job-name"), resource.name)
    return Workload(resource, route, labels, spec, tuple(_containers(resource, (*route, "spec"))))


def _without_spec(resource: Resource, route: Route) -> bool:
    """Whether there is a template whose pods nobody described: their labels are known all the same."""
    return bool(resource.mapping(*route)) and resource.get(*route, "spec") is None


def _embeds(resource: Resource) -> bool:
    """Whether a custom resource holds a pod template at `spec.template`: containers, each with a name and an image."""
    if "." not in resource.group or resource.group.endswith(".k8s.io"):
        return False
    containers = resource.items(*_CUSTOM, "spec", "containers")
    return bool(containers) and all(
        isinstance(each.get("name"), str) and isinstance(each.get("image"), str) for each in containers
    )


def run_by_rollouts(workloads: Iterable[Workload], rollouts: Iterable[Resource]) -> tuple[Workload, ...]:
    """SEL-07: the workloads; a Deployment whose template a Rollout takes by `workloadRef` is scaled by that Rollout."""
    scalers = {
        (each.namespace, kind, name): each
        for each in rollouts
        if isinstance(kind := each.get("spec", "workloadRef", "kind"), str)
        and isinstance(name := each.get("spec", "workloadRef", "name"), str)
    }
    if not scalers:
        return tuple(workloads)
    return tuple(replace(each, scaler=scalers.get((each.namespace, each.kind, each.name))) for each in workloads)


def _containers(resource: Resource, spec: Route) -> Iterator[Container]:
    for key in ("initContainers", "containers"):
        for index, data in enumerate(resource.items(*spec, key)):
            route = (*spec, key, index)
            name = data.get("name")
            ports = tuple(_ports(resource, (*route, "ports")))
            yield Container(name if isinstance(name, str) else "", data, route, key == "initContainers", ports)


def _ports(resource: Resource, route: Route) -> Iterator[ContainerPort]:
    for data in resource.items(*route):
        number, name = data.get("containerPort"), data.get("name")
        yield ContainerPort(
            name if isinstance(name, str) else "",
            number if isinstance(number, int) and not isinstance(number, bool) else 0,
            data["protocol"] if isinstance(data.get("protocol"), str) else "TCP",
        )
