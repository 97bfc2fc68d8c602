"""What stopped the sources of each environment, and the files that nobody could read."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from ringtrue.environments.assembly import Group, Member
from ringtrue.environments.causes import Cause
from ringtrue.environments.environment import Source, Status
from ringtrue.environments.expansions import Expansion
from ringtrue.environments.failures import NOT_RENDERED, UNREADABLE, causes
from ringtrue.environments.outputs import Output
from ringtrue.environments.plain import SUFFIXES, Plain
from ringtrue.environments.plans import Plan
from ringtrue.environments.views import View, Views
from ringtrue.environments.wording import sentence
from ringtrue.findings import Location, Severity
from ringtrue.manifests.resource import Spot
from ringtrue.repository.graph import Graph
from ringtrue.repository.tree import Tree


def hits(
    groups: Sequence[Group], outputs: Mapping[Plan, Output], views: Views, unknown: Severity
) -> Iterator[tuple[Cause, str]]:
    """Each cause with the environment that met it; "" for a source that is no environment.

    `unknown` is how grave it is that a source cannot be judged here.
    """
    taken = {member.source.path for group in groups for member in group.members if member.declared and member.plan}
    free = [folder for folder in views.start.graph.kustomizations if folder not in taken]
    for group in groups:
        name = group.name if group.listed else ""
        for member in group.members:
            if member.plan is None:
                yield from ((cause, name) for cause in _unread(member, free, unknown))
            else:
                found = _causes(member, outputs[member.plan], views.at(member.plan.commit))
                yield from ((_raised(cause, unknown), name) for cause in found)


def unexpanded(sets: Iterable[Expansion], groups: Sequence[Group], unknown: Severity) -> Iterator[tuple[Cause, str]]:
    """ApplicationSets whose Applications cannot be told from here."""
    resources = {id(resource.data): resource for group in groups for resource in group.resources}
    for each in sets:
        resource = resources.get(id(each.document.value))
        if resource is not None:
            message = f"the Applications of {resource.kind} {resource.name!r} are not checked: it {each.why_not}"
            yield Cause(NOT_RENDERED, resource.at("spec", "generators"), message, severity=unknown), ""


def unreadable(
    tree: Tree, graph: Graph, found: Iterable[Plain], skip: Callable[[str], bool]
) -> Iterator[tuple[Cause, str]]:
    """Folders and manifest files that cannot be read. What a kustomization names is said of that kustomization."""
    named = {entry.path for layer in graph.kustomizations.values() for entry in layer.entries}
    for each in tree.unreadable():
        if skip(each.path) or each.path in named or not (each.folder or each.path.endswith(SUFFIXES)):
            continue
        what = "folder" if each.folder else "file"
        # Argo CD and kubectl may read such a name: it is only our reports that cannot hold it.
        severity = Severity.WARNING if "UTF-8" in each.problem else None
        message = f"{what} {each.path!r} {each.problem}, so it was not checked"
        yield Cause(UNREADABLE, Location(each.path), message, severity=severity), ""
    for path, problem in (item for each in found for item in each.unreadable.items()):
        yield Cause(UNREADABLE, Location(path), f"file {path!r} cannot be read: {problem}"), ""


def _raised(cause: Cause, unknown: Severity) -> Cause:
    """What cannot be judged is an error where the settings say that nothing may stay unknown."""
    return replace(cause, severity=None) if cause.severity and unknown is Severity.ERROR else cause


def _causes(member: Member, output: Output, view: View) -> Iterator[Cause]:
    source = member.source
    if output.error and output.plan.chart and source.application:
        # Another version of helm, or other APIs on the cluster, may make a difference.
        said = f"chart {source.path!r} does not render for {source.application}: {sentence(output.error)[0]}"
        yield Cause(NOT_RENDERED, source.application.at(*source.route, "path"), said, severity=Severity.WARNING)
    elif output.error:
        overrides = _overrides(source) if source.overrides else None
        yield from causes(output.plan.path, output.error, view.tree, view.graph, overrides)
    for fault in output.faults:
        yield Cause(UNREADABLE, Location(fault.path, fault.line, fault.column), fault.problem)


def _overrides(source: Source) -> Spot | None:
    if source.application:
        return source.application.at(*source.route, "kustomize")
    return source.kustomization.at(*source.route) if source.kustomization else None


def _unread(member: Member, free: Sequence[str], unknown: Severity) -> Iterator[Cause]:
    """A source that Argo CD's repo-server refuses (C1), or that cannot be rendered here.

    `free` are the kustomizations that no Application reads: another environment's path is never suggested.
    """
    declared, application = member.declared, member.source.declared_by
    if declared is None or application is None:
        return
    if member.source.status is Status.SKIPPED:
        message = f"{declared.called} is not checked: its source {member.source.reason}"
        grave = Severity.NOTE if member.source.absent else unknown
        yield Cause(NOT_RENDERED, Spot(application, declared.route), message, severity=grave)
        return
    near = get_close_matches(declared.path, free, n=1)
    yield Cause(
        NOT_RENDERED,
        Spot(application, (*declared.route, "path")),
        f"{declared.called} reads path {declared.text!r}, which {member.source.reason}",
        f"did you mean {near[0]!r}?" if near else f"restore the folder, or remove the {declared.kind}",
        value=declared.text,
    )
