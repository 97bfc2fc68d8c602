"""An Application and its AppProject, where that is in the tree."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ringtrue.argocd.applications import project_name
from ringtrue.argocd.global_projects import may_be_extended, whole
from ringtrue.argocd.hooks import phases
from ringtrue.argocd.projects import Project, named
from ringtrue.cluster.cluster import NAMESPACES
from ringtrue.environments.environment import Environment, Source, Status
from ringtrue.findings import Severity
from ringtrue.manifests.resource import Resource
from ringtrue.manifests.schema import known_kind


@dataclass(frozen=True, slots=True)
class Projects:
    """The AppProjects that an Application may mean: none where they are kept elsewhere."""

    found: tuple[Project, ...]

    def refusing(self, permits: Callable[[Project], bool]) -> Project | None:
        """The first of them, when none of them permits it."""
        return self.found[0] if self.found and not any(map(permits, self.found)) else None


def projects(application: Resource, environment: Environment) -> Projects:
    """Those of its project's name, with what global projects add; none where that is not known.

    None either for the copy of a live Application (it has a uid): that ran somewhere else.
    """
    instance = environment.instance
    own = named(instance.projects, project_name(application), instance.version)
    if not own or application.get("metadata", "uid"):
        return Projects(())
    if instance.settings is None:
        used = {project_name(each) for each in instance.applications}
        return Projects(() if any(may_be_extended(each, instance.projects, used) for each in own) else own)
    made = [whole(each, instance.settings, instance.projects, instance.version) for each in own]
    return Projects(() if None in made else tuple(filter(None, made)))


def severity(listed: bool, environment: Environment) -> Severity | None:
    """A warning where the project lists nothing: repositories and clusters that are scoped to it may bring rights."""
    return None if listed or environment.cluster.profile.complete else Severity.WARNING


def applied(sources: Sequence[Source], environment: Environment) -> Iterator[Resource]:
    """The objects that Argo CD would apply, of the sources that were rendered."""
    for source in sources:
        if source.status is Status.RENDERED:
            yield from (each for each in source.resources if phases(each.annotations, environment.instance.version))


def exists(namespace: str, environment: Environment) -> bool:
    """Whether a namespace is there for certain: of every cluster, Argo CD's own, or some source brings it."""
    return namespace in (*NAMESPACES, environment.instance.namespace) or environment.cluster.declares(namespace)


def scoped(resource: Resource, environment: Environment) -> bool:
    """Whether it is known if objects of its kind have a namespace."""
    cluster = environment.cluster
    return known_kind(resource.api_version, resource.kind, cluster.profile.version) or any(
        (crd.get("spec", "group"), crd.get("spec", "names", "kind")) == (resource.group, resource.kind)
        for crd in cluster.of_kind("CustomResourceDefinition", "apiextensions.k8s.io")
    )
