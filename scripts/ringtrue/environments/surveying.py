"""From a tree to its environments."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ringtrue.argocd import settings as argo_cd
from ringtrue.config import FILE, Config
from ringtrue.environments import plans
from ringtrue.environments.ambiguous import Ambiguous
from ringtrue.environments.assembly import Group, assemble
from ringtrue.environments.bombs import bombs
from ringtrue.environments.causes import faults
from ringtrue.environments.clusters import Clusters
from ringtrue.environments.discovery import Discovery, discover
from ringtrue.environments.environment import Status, Survey
from ringtrue.environments.expansions import Expansions
from ringtrue.environments.hits import hits, unexpanded, unreadable
from ringtrue.environments.making import made
from ringtrue.environments.outputs import Output, Progress, Rendering
from ringtrue.environments.plain import Plain, plain
from ringtrue.environments.plans import Form, Plan
from ringtrue.environments.readings import Readings
from ringtrue.environments.selection import Selection, select
from ringtrue.errors import ConfigError, NothingToCheck
from ringtrue.rendering.request import Renderer
from ringtrue.repository.graph import Graph, graph
from ringtrue.repository.remotes import remotes
from ringtrue.repository.tree import Tree


def survey(
    tree: Tree, config: Config, renderer: Renderer, paths: Sequence[str] = (), progress: Progress | None = None
) -> Survey:
    """Environments in report order, with what was wrong on the way; proofs are left empty.

    `paths` are root-relative; with any, only they are environments, under the names that Applications give them.
    Raises UsageError for a path that does not exist, and NothingToCheck where there is no manifest at all.
    """
    kustomizations = graph(tree, paths)
    selection = select(paths, tree, kustomizations)
    skip = _skip(config.skip)
    found = plain(tree, kustomizations, tree.files(), skip)
    leaves = [plans.kustomization(leaf) for leaf in kustomizations.leaves(skip)]
    folders = [plans.directory(folder, files, declared=False) for folder, files in found.folders.items()]
    first = list(dict.fromkeys((*leaves, *folders, *(selection.plans if selection else ()))))
    known = tuple(filter(None, (*remotes(tree.origin), config.repository)))
    reader = Readings(tree, kustomizations, argo_cd.version(config.argocd_version), config.argocd_namespace)
    rendering = Rendering(tree, renderer, progress, _refusal(tree, kustomizations))
    discovery = discover(first, known, reader, rendering, Expansions(tree, renderer))
    undeclared = _undeclared(first, discovery)
    outputs = {**discovery.outputs, **{output.plan: output for output in rendering.outputs(undeclared)}}
    clusters = Clusters(config.clusters, discovery.instances, discovery.holders)
    _all_used(clusters, discovery, undeclared)
    groups = assemble(discovery.readings, outputs, config, undeclared, clusters)
    chosen = [group for group in groups if _is_chosen(group, selection)]
    ambiguous = Ambiguous(tree, kustomizations)
    environments = tuple(
        replace(each, ambiguous=ambiguous.of(each.sources))
        for each in made(groups, chosen, discovery, clusters, found, config, kustomizations, tree)
    )
    looked_at = selection.plain if selection else (found,)
    aside = _negated(selection.covers) if selection else skip
    unread = unreadable(tree, kustomizations, looked_at, aside)
    met = hits(chosen, outputs, tree, kustomizations, config.unknown)
    sets = unexpanded(discovery.unexpanded, chosen, config.unknown)
    wrong = faults((*met, *sets, *unread), [each.name for each in environments])
    if not environments and not wrong:
        raise NothingToCheck(_nothing(selection))
    assumptions = tuple(filter(None, (*tree.notes, discovery.ownership.assumption, _parted(discovery, config))))
    counted = groups if selection is None else chosen
    rendered = [outputs[member.plan] for group in counted for member in group.members if member.plan]
    return Survey(environments, wrong, assumptions, _skipped(looked_at, rendered))


def _refusal(tree: Tree, graph: Graph) -> Callable[[Plan], str]:
    found = bombs(tree, graph)

    def refused(plan: Plan) -> str:
        reached = found.intersection(graph.closure(plan.path)) if found and plan.form is Form.KUSTOMIZATION else ()
        return f"{min(reached)!r} holds an alias bomb" if reached else ""

    return refused


def _all_used(clusters: Clusters, discovery: Discovery, undeclared: Iterable[Plan]) -> None:
    for entry in clusters.idle(discovery.holders, (plan.path for plan in undeclared)):
        where = f"{FILE}:{entry.line}: [[clusters]] {entry.name!r} matches nothing"
        raise ConfigError(f"{where}: see to its applications, destinations and paths")


def _parted(discovery: Discovery, config: Config) -> str:
    """Nothing is assumed where the settings name the clusters."""
    return "" if config.clusters else discovery.instances.assumption


def _undeclared(first: Sequence[Plan], discovery: Discovery) -> list[Plan]:
    """Plans that no Application declares; of a plain directory the files that none does."""
    read = {reading.source.path for reading in discovery.readings}
    used = {path for reading in discovery.readings if reading.plan for path in reading.plan.files}
    undeclared: list[Plan] = []
    for plan in first:
        if plan.form is Form.DIRECTORY:
            files = tuple(path for path in plan.files if path not in used)
            undeclared += [replace(plan, files=files)] if files else []
        elif plan.form is Form.FILE or plan.path not in read:
            undeclared.append(plan)
    return undeclared


def _is_chosen(group: Group, selection: Selection | None) -> bool:
    if group.leaf and not group.resources and group.sources[0].status is Status.RENDERED:
        return False
    if selection is None:
        return True
    if group.leaf:
        meant = {(plan.path, plan.form) for plan in selection.plans}
        return any(member.plan and (member.plan.path, member.plan.form) in meant for member in group.members)
    return any(selection.covers(source.path) for source in group.sources)


def _skip(folders: Sequence[str]) -> Callable[[str], bool]:
    named = tuple(folder.strip("/") for folder in folders)
    return lambda path: any(path == folder or path.startswith(folder + "/") for folder in named)


def _negated(test: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda path: not test(path)


def _nothing(selection: Selection | None) -> str:
    where = f" in {', '.join(map(repr, selection.paths))}" if selection else ""
    return f"nothing to check{where}: no kustomization, and no YAML or JSON file with apiVersion and kind"


def _skipped(found: Iterable[Plain], outputs: Iterable[Output]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for each in found:
        counts.update(each.skipped)
    for output in outputs:
        counts["template"] += output.templates
    return dict(sorted((+counts).items()))
