"""Sources and the resources they put on a cluster, grouped into environments."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from ringtrue.config import Config
from ringtrue.environments.applications import Declared
from ringtrue.environments.clusters import Clusters, Landing
from ringtrue.environments.environment import Source, Status
from ringtrue.environments.naming import environment_name, folder_name
from ringtrue.environments.openness import is_gitops
from ringtrue.environments.outputs import Output
from ringtrue.environments.placing import Scoped, place, scopes
from ringtrue.environments.plans import Plan
from ringtrue.environments.readings import Reading
from ringtrue.environments.views import Views
from ringtrue.environments.wording import sentence
from ringtrue.manifests.resource import Resource


@dataclass(frozen=True, slots=True)
class Member:
    """A source, what it was rendered by (None: it was not), and the Application's source that declares it."""

    source: Source
    plan: Plan | None
    declared: Declared | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The sources of one environment, before there is a cluster around it."""

    name: str
    landing: Landing
    members: tuple[Member, ...]
    leaf: bool = False
    listed: bool = True
    anonymous: bool = False
    """Nothing says what it is called: the only one has no name, several have those of their clusters."""

    @property
    def named(self) -> bool:
        """Whether it is an environment that others may not call into."""
        return not (self.anonymous or self.leaf) and self.listed

    @property
    def cluster(self) -> str:
        return self.landing.cluster

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(member.source for member in self.members)

    @property
    def resources(self) -> tuple[Resource, ...]:
        return tuple(resource for member in self.members for resource in member.source.resources)

    @property
    def where(self) -> tuple[bool, str]:
        """Tells clusters apart: a leaf has one of its own."""
        return self.leaf, self.cluster


def assemble(
    readings: Sequence[Reading],
    outputs: Mapping[Plan, Output],
    config: Config,
    undeclared: Sequence[Plan],
    clusters: Clusters,
    views: Views,
) -> tuple[Group, ...]:
    """Environments of Applications and of configured folders, then one for each other undeclared plan."""
    scoped = scopes(document for output in outputs.values() for document in output.documents)
    grouped: dict[tuple[str, str], list[tuple[Landing, Member]]] = defaultdict(list)
    for reading in readings:
        for landing in reading.on(clusters.of(reading.source)):
            key = (landing.cluster, environment_name(reading.source, config))
            grouped[key].append((landing, _member(reading, outputs, scoped, views)))
    alone: list[Group] = []
    for plan in undeclared:
        member = Member(_rendered(Source(plan.path, view=views.start), outputs[plan], "", scoped), plan)
        where = None if _gitops_only(member.source) else clusters.of_path(plan.path)
        if where is not None:
            grouped[where.cluster, folder_name(plan.path)].append((where, member))
        else:
            alone.append(_leaf(member, clusters))
    alike = sum(not name for _, name in grouped)
    groups = [
        each
        for (cluster, name), made in sorted(grouped.items(), key=itemgetter(0))
        for each in _split(name or (cluster if alike > 1 else ""), made, anonymous=not name)
    ]
    return tuple(_with_applications([*groups, *alone]))


def _leaf(member: Member, clusters: Clusters) -> Group:
    path = member.source.path
    landing = Landing(path, clusters.instances.at(path)[0])
    return Group(path, landing, (member,), leaf=True, listed=not _gitops_only(member.source))


def _member(reading: Reading, outputs: Mapping[Plan, Output], scoped: Scoped, views: Views) -> Member:
    source = reading.source
    made = Source(
        reading.plan.path if reading.plan else source.path,
        route=source.route,
        overrides=reading.plan.overrides if reading.plan else None,
        chart=reading.plan.chart if reading.plan else None,
        revision=source.revision,
        namespace=source.namespace,
        absent=reading.absent,
        foreign=reading.foreign,
        view=views.at(reading.plan.commit) if reading.plan else views.start,
    )
    if reading.plan is None:
        status = Status.FAILED if reading.failed else Status.SKIPPED
        return Member(replace(made, status=status, reason=reading.failed or reading.skipped), None, source)
    return Member(_rendered(made, outputs[reading.plan], source.namespace, scoped), reading.plan, source)


def _rendered(source: Source, output: Output, destination: str, scoped: Scoped) -> Source:
    resources = tuple(place(document, destination, scoped) for document in output.documents)
    lost = tuple((place(document, destination, scoped), written) for document, written in output.lost)
    source = replace(source, lost=lost)
    if not output.failed:
        return replace(source, resources=resources)
    reason = sentence(output.error)[0] or "; ".join(f"{f.path}:{f.line}: {f.problem}" for f in output.faults)
    return replace(source, resources=resources, status=Status.FAILED, reason=reason)


def _split(name: str, made: Sequence[tuple[Landing, Member]], anonymous: bool) -> Iterator[Group]:
    """Sources that hold only objects of Argo CD or Flux are set apart from the environment."""
    landing = made[0][0]
    kept = tuple(member for _, member in made if not _gitops_only(member.source))
    if kept:
        yield Group(name, landing, kept, anonymous=anonymous)
    for _, member in made:
        if _gitops_only(member.source):
            yield Group(member.source.path, landing, (member,), listed=False)


def _gitops_only(source: Source) -> bool:
    return bool(source.resources) and all(map(is_gitops, source.resources))


def _with_applications(groups: Sequence[Group]) -> Iterator[Group]:
    """Puts the Application that declares it into each source, now that Applications are resources."""
    by_value = {id(resource.data): resource for group in reversed(groups) for resource in group.resources}
    for group in groups:
        yield replace(group, members=tuple(_declared_by(member, by_value) for member in group.members))


def _declared_by(member: Member, by_value: Mapping[int, Resource]) -> Member:
    if member.declared is None:
        return member
    document = member.declared.document
    if member.declared.flux:
        return replace(member, source=replace(member.source, kustomization=by_value.get(id(document.value))))
    if document.made_by is None:
        return replace(member, source=replace(member.source, application=by_value.get(id(document.value))))
    made_by = by_value.get(id(document.made_by.value))
    namespace = made_by.namespace if made_by else ""
    application = Resource(document.value, namespace, document.source, document.index, document.within)
    return replace(member, source=replace(member.source, application=application, application_set=made_by))
