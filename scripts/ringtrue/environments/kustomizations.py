"""Flux Kustomizations: what each of them reads, and the plans that this makes."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ringtrue.argocd.applications import IN_CLUSTER
from ringtrue.environments import plans
from ringtrue.environments.applications import Declared
from ringtrue.environments.outputs import Document
from ringtrue.environments.plans import Plan
from ringtrue.environments.readings import Reading, not_deployed
from ringtrue.environments.views import View, Views
from ringtrue.flux import kustomizations as flux
from ringtrue.flux.artifacts import Artifact
from ringtrue.flux.substitution import Finish
from ringtrue.manifests.resource import follow, text_at
from ringtrue.rendering.overrides import Overrides
from ringtrue.repository.deployed import NotDeployed
from ringtrue.repository.kustomization import NAMES
from ringtrue.repository.tree import Tree

Variables = Callable[[Declared, str], Mapping[flux.Settings, Mapping[str, str]]]
"""(Kustomization, instance) -> the ConfigMaps with variables that are known there."""

_NOT_FETCHED = (".git", ".github", ".circleci")
"""Flux's source-controller leaves them out of what it fetches."""


def declared(document: Document, artifact: Artifact) -> Declared:
    value = document.value
    spec, labels = value.get("spec"), follow(value, ("metadata", "labels"))
    name, namespace = (text_at(value, "metadata", key) for key in ("name", "namespace"))
    return Declared(
        document,
        name,
        namespace,
        "",
        labels if isinstance(labels, Mapping) else {},
        ("spec",),
        spec if isinstance(spec, Mapping) else {},
        artifact.url,
        artifact.path,
        flux.written_path(spec),
        artifact.revision,
        flux.other_cluster(spec) or IN_CLUSTER.name,
        flux.target_namespace(spec),
        flux.KIND,
        artifact.outside or ("" if artifact.url else f"is {artifact.name}, which is not seen here"),
    )


def readings(source: Declared, instances: Sequence[str], views: Views, variables: Variables) -> Iterator[Reading]:
    """What the Kustomization is built from: for each folder, and each cluster with variables of its own."""
    if "${" in source.text:
        yield Reading(source, None, skipped=f"has the path {source.text!r}, with a variable that is not known here")
        return
    try:
        view = views.named(source.revision)
    except NotDeployed as branch:
        yield not_deployed(source, branch)
        return
    if not view.tree.is_dir(source.path):
        what = "is a file, not a directory" if view.tree.is_file(source.path) else "does not exist"
        yield Reading(source, None, failed=what)
        return
    finishes: dict[Finish, list[str]] = {}
    for name in instances:
        finishes.setdefault(flux.finish(source.parameters, variables(source, name)), []).append(name)
    for finish, names in finishes.items():
        for reading in _parts(source, view, views.mark(view), finish):
            yield replace(reading, instances=tuple(names)) if len(finishes) > 1 else reading


def _parts(source: Declared, view: View, commit: str, finish: Finish) -> Iterator[Reading]:
    overrides = flux.overrides(source.parameters)
    if view.graph.get(source.path):
        yield Reading(source, plans.kustomization(source.path, overrides, commit, finish))
        return
    folders, files = _contents(source.path, view.tree)
    parts: list[Plan] = [plans.kustomization(each, _aimed(overrides), commit, finish) for each in folders]
    unapplied = _unapplied(overrides, files, view.tree)
    if unapplied and files:
        skipped = f"changes plain files by {unapplied}, which ringtrue does for kustomizations only"
        yield Reading(source, None, skipped=skipped)
    elif files or not folders:
        placed = replace(finish, namespace=source.namespace)
        parts.append(plans.directory(source.path, files, commit=commit, finish=placed))
    yield from (Reading(source, plan) for plan in parts)


def _contents(folder: str, tree: Tree) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of a folder without a kustomization: the topmost ones below it, and the files that are in none of those."""
    paths = [path for path in tree.below(folder) if not _is_left_out(path)]
    found = {posixpath.dirname(path) for path in paths if posixpath.basename(path) in NAMES}
    top = sorted(each for each in found if not any(each.startswith(f"{other}/") for other in found))
    files = (path for path in paths if path.endswith((".yaml", ".yml")))
    return tuple(top), tuple(path for path in files if not any(path.startswith(f"{each}/") for each in top))


def _is_left_out(path: str) -> bool:
    return any(part in _NOT_FETCHED for part in path.split("/")[:-1])


def _aimed(overrides: Overrides | None) -> Overrides | None:
    """A patch that says itself what it is for fails where that is missing; a part of the whole may lack it."""
    if overrides is None:
        return None
    return replace(overrides, patches=tuple(map(flux.aimed, overrides.patches)), components=())


def _unapplied(overrides: Overrides | None, files: Iterable[str], tree: Tree) -> str:
    """What of the overrides would change plain files; a namespace is no difficulty."""
    if overrides is None:
        return ""
    fields: dict[str, object] = {"components": overrides.components, "images": overrides.images}
    fields |= {"namePrefix": overrides.name_prefix, "nameSuffix": overrides.name_suffix}
    kinds = {flux.patched_kind(each) for each in overrides.patches}
    texts = [text for path in files if (text := _read(path, tree))] if kinds else []
    met = any(not kind or kind.encode() in text for kind in kinds for text in texts)
    fields["patches"] = met
    return next((field for field, given in fields.items() if given), "")


def _read(path: str, tree: Tree) -> bytes:
    try:
        return tree.read(path)
    except OSError:
        return b""
