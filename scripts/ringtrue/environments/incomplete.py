"""Manifests that Kustomize refuses because they are no objects, or because two are one."""

import re
from collections.abc import Iterator, Mapping, Sequence

from ringtrue.environments.causes import Cause
from ringtrue.environments.objects_of import Written, objects
from ringtrue.findings import Location
from ringtrue.repository.kustomization import Kustomization
from ringtrue.repository.tree import Tree

_RULE = "source-does-not-render"
_LACKING = re.compile(r"missing (?:kind|metadata\.name|Resource metadata|metadata)\b")
_TWICE = re.compile(r"already registered id: (?P<kind>[^.\s]+)\.\S*?/(?P<name>\S+?)\.(?P<namespace>\[noNs\]|[^\s'.]+)")


def incomplete(error: str, layers: Sequence[Kustomization], tree: Tree) -> tuple[Cause, ...]:
    """Each document without a kind or a name: Kustomize names only the first."""
    if not _LACKING.search(error):
        return ()
    return tuple(dict.fromkeys(cause for each in objects(layers, tree) for cause in _lacks(each)))


def twice(error: str, layers: Sequence[Kustomization], tree: Tree) -> tuple[Cause, ...]:
    """The later of two objects of one name, with the earlier one beside it."""
    said = _TWICE.search(error)
    if said is None:
        return ()
    found = [each for each in objects(layers, tree) if (each.kind, each.name) == (said["kind"], said["name"])]
    alike = [each for each in found if each.namespace in ("", said["namespace"])]
    if len(alike) < 2:
        return ()
    first, *_, last = alike
    shown = f"{last.kind} {last.name!r}"
    if first.path == last.path and first.entry is not last.entry:
        where, other = (_entry_place(each) for each in (last, first))
        return (
            Cause(
                _RULE,
                where,
                f"{last.entry.text!r} is named twice",
                "remove one of the lines",
                related=((other, "named here"),),
            ),
        )
    message = f"{shown} is defined twice: here and in {first.path!r}"
    return (
        Cause(
            _RULE,
            last.at("metadata", "name"),
            message,
            "rename or remove one of them",
            related=((first.at("metadata", "name"), f"{shown} too"),),
        ),
    )


def _entry_place(each: Written) -> Location:
    return Location(each.entry.file, each.entry.line, each.entry.column)


def _lacks(each: Written) -> Iterator[Cause]:
    value = each.document.value
    if not isinstance(value, Mapping):
        what = "a list" if isinstance(value, list) else "a single value"
        yield Cause(
            _RULE,
            each.at(),
            f"the file holds {what}, where an object should stand",
            "write an object with apiVersion, kind and metadata.name, or remove the file and its entry",
        )
    elif not each.kind:
        yield Cause(_RULE, each.at(), "the object has no kind", "write its kind, such as Service")
    elif not each.name and not each.kind.endswith("List"):
        yield Cause(_RULE, each.at("metadata"), f"{each.kind} has no metadata.name", "give it a name")
