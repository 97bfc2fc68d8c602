"""From the groups of sources to the environments that rules look at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ringtrue.argocd import settings as argo_cd
from ringtrue.cluster.cluster import Cluster, build
from ringtrue.cluster.profile import Profile
from ringtrue.config import Config
from ringtrue.environments.assembly import Group
from ringtrue.environments.clusters import Clusters
from ringtrue.environments.discovery import Discovery
from ringtrue.environments.effects import Effect, Effects, effects
from ringtrue.environments.environment import Environment, Instance, Source
from ringtrue.environments.instances import Instances
from ringtrue.environments.openness import ARGO_CD
from ringtrue.environments.plain import Plain
from ringtrue.environments.plans import Form
from ringtrue.environments.schema_files import schema_documents
from ringtrue.environments.scoping import Scoping
from ringtrue.environments.views import View, Views
from ringtrue.manifests.resource import Resource, strings
from ringtrue.manifests.schema import ExtraSchemas, extra_schemas


def made(
    groups: Sequence[Group],
    chosen: Sequence[Group],
    discovery: Discovery,
    clusters: Clusters,
    found: Plain,
    config: Config,
    views: Views,
) -> tuple[Environment, ...]:
    """The environments of the chosen groups in report order; each sees what all groups put on its cluster."""
    profile = Profile(config.version, config.domain, config.complete, config.libc)
    scoping = Scoping(groups, discovery, clusters, config)
    landing: dict[tuple[bool, str], list[Resource]] = defaultdict(list)
    for each in groups:
        landing[each.where] += each.resources
    built: dict[tuple[bool, str], tuple[Cluster, ExtraSchemas]] = {}
    common = extra_schemas((), schema_documents(config.schema_paths, views.start.tree))
    instances = _instances(groups, config, discovery.instances)
    done = _effects(groups)
    environments = []
    for group in sorted(chosen, key=lambda group: _report_order(group, config.order)):
        if group.where not in built:
            resources = landing[group.where]
            built[group.where] = (build(group.cluster, resources, profile), _schemas(common, resources))
        cluster, schemas = built[group.where]
        environments.append(
            Environment(
                group.name,
                cluster,
                scoping.scope(group, cluster),
                group.sources,
                group.resources,
                applications=tuple(filter(None, (source.application for source in group.sources))),
                instance=instances[group.landing.instance],
                schemas=schemas,
                idle=tuple(each for found in _of_layers(done, group) for each in found.idle),
                relabelled=tuple(each for found in _of_layers(done, group) for each in found.relabelled),
                unnamed=_unnamed(group, found, discovery, views.start),
                leaving=views.start.tree.leaving() if any(map(_is_own, group.sources)) else (),
                listed=group.listed,
            )
        )
    return tuple(environments)


def _is_own(source: Source) -> bool:
    """Whether an Application reads it from this repository."""
    return source.application is not None and not source.foreign


def _effects(groups: Iterable[Group]) -> Mapping[View, Effects]:
    """By the view that the kustomizations are read in."""
    built: dict[View, set[str]] = defaultdict(set)
    for member in (member for group in groups for member in group.members):
        if member.plan and member.plan.form is Form.KUSTOMIZATION and member.source.view:
            built[member.source.view].add(member.plan.path)
    return {view: effects(view.tree, view.graph, paths) for view, paths in built.items()}


def _instances(groups: Sequence[Group], config: Config, known: Instances) -> Mapping[str, Instance]:
    """Each with what its own trees hold."""
    held: dict[str, list[Source]] = {group.landing.instance: [] for group in groups}
    for source in (source for group in groups for source in group.sources):
        for name in known.at(source.path):
            held.setdefault(name, []).append(source)
    everything = (resource for group in groups for resource in group.resources)
    namespaces = frozenset(each.name for each in everything if (each.group, each.kind) == ("", "Namespace"))
    return {name: replace(_instance(sources, config), namespaces=namespaces) for name, sources in held.items()}


def _instance(sources: Iterable[Source], config: Config) -> Instance:
    """Each object once: one file may be rendered by several sources."""
    found: dict[str, dict[int, Resource]] = {"AppProject": {}, "Application": {}}
    written: dict[str, list[Mapping[str, str]]] = {"argocd-cm": [], "argocd-cmd-params-cm": []}
    for resource in (resource for source in sources for resource in source.resources):
        if resource.group == ARGO_CD and resource.kind in found:
            found[resource.kind][id(resource.data)] = resource
        elif (resource.group, resource.kind) == ("", "ConfigMap") and resource.name in written:
            written[resource.name].append(strings(resource.get("data")))
    projects, applications = (tuple(each.values()) for each in found.values())
    settings, parameters = written.values()
    one = settings[0] if settings and all(each == settings[0] for each in settings) else None
    version = argo_cd.version(config.argocd_version)
    return Instance(
        version=version,
        namespace=config.argocd_namespace,
        tracking=argo_cd.tracking(one or {}, version),
        label=argo_cd.instance_label(one or {}),
        projects=projects,
        applications=applications,
        settings=one,
        links_may_leave=any(each.get("reposerver.allow.oob.symlinks") == "true" for each in parameters),
    )


def _of_layers(done: Mapping[View, Effects], group: Group) -> Iterator[Effect]:
    """Of each kustomization that the group is built from, once."""
    for view, found in done.items():
        if found.by_file:
            mine = (source for source in group.sources if source.view is view)
            files = {layer.file for source in mine for layer in view.graph.layers(source.path)}
            yield from (found.by_file[file] for file in sorted(files & found.by_file.keys()))


def _unnamed(group: Group, found: Plain, discovery: Discovery, start: View) -> tuple[str, ...]:
    read = {path for reading in discovery.readings if reading.plan for path in reading.plan.files}
    here = [source for source in group.sources if source.view is start]
    folders = {layer.folder for source in here for layer in source.graph.layers(source.path)}
    return tuple(path for folder in sorted(folders) for path in found.unnamed.get(folder, ()) if path not in read)


def _schemas(common: ExtraSchemas, resources: Sequence[Resource]) -> ExtraSchemas:
    """Those of the settings and of the CRDs on a cluster; one object for all clusters without any."""
    own = extra_schemas(resources)
    return ExtraSchemas({**common.raw, **own.raw}) if own.raw else common


def _report_order(group: Group, order: Sequence[str]) -> tuple[bool, bool, int, str, str]:
    """Environments in the configured order, then by name; then undeclared ones; what is no environment last."""
    rank = order.index(group.name) if group.name in order else len(order)
    return not group.listed, group.leaf, rank, group.name, group.cluster
