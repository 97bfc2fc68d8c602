"""From a tree to its environments."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ringtrue.argocd import settings as argo_cd
from ringtrue.config import FILE, Config
from ringtrue.environments.ambiguous import Ambiguous
from ringtrue.environments.assembly import Group, assemble
from ringtrue.environments.causes import faults
from ringtrue.environments.clusters import Clusters
from ringtrue.environments.discovery import Discovery, discover
from ringtrue.environments.environment import Environment, Status, Survey
from ringtrue.environments.expansions import Expansions
from ringtrue.environments.hits import hits, unexpanded, unreadable
from ringtrue.environments.making import made
from ringtrue.environments.outputs import Output, Progress, Rendering
from ringtrue.environments.plain import Plain
from ringtrue.environments.plans import Form, Plan
from ringtrue.environments.readings import Readings
from ringtrue.environments.selection import Selection
from ringtrue.environments.starting import skipping, starting
from ringtrue.environments.views import Revisions, View, Views
from ringtrue.errors import ConfigError, NothingToCheck
from ringtrue.rendering.request import Renderer
from ringtrue.repository.graph import graph
from ringtrue.repository.remotes import remotes
from ringtrue.repository.tree import Tree


def survey(
    tree: Tree,
    config: Config,
    renderer: Renderer,
    paths: Sequence[str] = (),
    progress: Progress | None = None,
    revisions: Revisions | None = None,
) -> Survey:
    """Environments in report order, with what was wrong on the way; proofs are left empty.

    `paths` are root-relative; with any, only they are environments, under the names that Applications give them. With
    `revisions` each source is read as it is deployed, and what no Application reads is no environment.
    Raises UsageError for a path that does not exist, NothingToCheck where there is no manifest at all, and GitError for
    a revision that is not there.
    """
    # What a PATH means depends on everything around it.
    skip = skipping(() if paths else config.skip)
    views = Views(View(tree, graph(tree, paths, skip)), revisions)
    start = starting(views.start, config, paths)
    rendering = Rendering(views, renderer, progress)
    reader = Readings(
        views,
        argo_cd.version(config.argocd_version),
        config.argocd_namespace,
        config.version,
        renderer.renders_charts,
    )
    known = tuple(filter(None, (*remotes(tree.origin), config.repository)))
    discovery = discover(start.plans, known, reader, rendering, Expansions(views, renderer))
    undeclared = _undeclared(start.plans, discovery)
    outputs = {**discovery.outputs, **{output.plan: output for output in rendering.outputs(undeclared)}}
    clusters = Clusters(config.clusters, discovery.instances, discovery.holders)
    _all_used(clusters, discovery, undeclared)
    groups = assemble(discovery.readings, outputs, config, undeclared, clusters, views)
    chosen = [group for group in groups if _is_chosen(group, start.selection, views)]
    environments = _ambiguous(made(groups, chosen, discovery, clusters, start.found, config, views))
    met = hits(chosen, outputs, views, config.unknown)
    sets = unexpanded(discovery.unexpanded, chosen, config.unknown)
    unread = unreadable(tree, views.start.graph, start.looked_at, start.aside)
    wrong = faults((*met, *sets, *unread), [each.name for each in environments])
    if not environments and not wrong:
        raise NothingToCheck(start.nothing)
    counted = groups if start.selection is None else chosen
    rendered = [outputs[member.plan] for group in counted for member in group.members if member.plan]
    return Survey(
        environments, wrong, _assumptions(tree, discovery, config, views), _skipped(start.looked_at, rendered)
    )


def _ambiguous(environments: Iterable[Environment]) -> tuple[Environment, ...]:
    found = Ambiguous()
    return tuple(replace(each, ambiguous=found.of(each.sources)) for each in environments)


def _assumptions(tree: Tree, discovery: Discovery, config: Config, views: Views) -> tuple[str, ...]:
    deployed = (f"{name or 'HEAD'!r} is deployed at {view.commit[:12]}" for name, view in sorted(views.names.items()))
    return tuple(filter(None, (*tree.notes, discovery.ownership.assumption, _parted(discovery, config), *deployed)))


def _all_used(clusters: Clusters, discovery: Discovery, undeclared: Iterable[Plan]) -> None:
    for entry in clusters.idle(discovery.holders, (plan.path for plan in undeclared)):
        where = f"{FILE}:{entry.line}: [[clusters]] {entry.name!r} matches nothing"
        raise ConfigError(f"{where}: see to its applications, destinations and paths")


def _parted(discovery: Discovery, config: Config) -> str:
    """Nothing is assumed where the settings name the clusters."""
    return "" if config.clusters else discovery.instances.assumption


def _undeclared(first: Sequence[Plan], discovery: Discovery) -> list[Plan]:
    """Plans that no Application declares; of a plain directory the files that none does."""
    read = {reading.plan.path if reading.plan else reading.source.path for reading in discovery.readings}
    used = {path for reading in discovery.readings if reading.plan for path in reading.plan.files}
    undeclared: list[Plan] = []
    for plan in first:
        if plan.form is Form.DIRECTORY:
            files = tuple(path for path in plan.files if path not in used)
            undeclared += [replace(plan, files=files)] if files else []
        elif plan.form is Form.FILE or plan.path not in read:
            undeclared.append(plan)
    return undeclared


def _is_chosen(group: Group, selection: Selection | None, views: Views) -> bool:
    if group.leaf and not group.resources and group.sources[0].status is Status.RENDERED:
        return False
    if group.leaf and group.listed and views.deployed:
        return False
    if selection is None:
        return True
    if group.leaf:
        meant = {(plan.path, plan.form) for plan in selection.plans}
        return any(member.plan and (member.plan.path, member.plan.form) in meant for member in group.members)
    return any(selection.covers(source.path) for source in group.sources)


def _skipped(found: Iterable[Plain], outputs: Iterable[Output]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for each in found:
        counts.update(each.skipped)
    for output in outputs:
        counts["template"] += output.templates
    return dict(sorted((+counts).items()))
