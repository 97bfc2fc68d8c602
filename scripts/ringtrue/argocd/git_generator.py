"""The git generator of an ApplicationSet: parameters from the folders or the files of a repository."""

import fnmatch
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from ringtrue.argocd.globs import path_matches
from ringtrue.argocd.templates import Fill, NotExpanded, Parameters
from ringtrue.manifests.resource import text_at
from ringtrue.manifests.yaml_values import YamlFault, decode, read

_OUTSIDE_NAMES = re.compile("[^-a-z0-9.]")
_LONGEST_NAME = 253


class Repository(Protocol):
    """What a git generator sees of the repository that it names."""

    def folders(self) -> Sequence[str]:
        """Root-relative, sorted, hidden ones left out."""

    def files(self) -> Sequence[str]:
        """Root-relative and sorted."""

    def read(self, path: str) -> bytes:
        """Raises OSError."""


def git_parameters(generator: Mapping[str, Any], repository: Repository, go: bool, fill: Fill) -> list[Parameters]:
    """One set for each matching folder, or for each object in each matching file. `go`: as `goTemplate` nests them."""
    prefix = text_at(generator, "pathParamPrefix")
    if generator.get("directories"):
        chosen = _folders(_patterns(generator["directories"]), repository)
        found: list[Parameters] = [_of_path(path, "", prefix, go) for path in chosen]
    elif generator.get("files"):
        found = list(_of_files(_patterns(generator["files"]), repository, prefix, go))
    else:
        raise NotExpanded("has a git generator with neither directories nor files")
    values = generator.get("values")
    return [_with_values(each, values, go, fill) for each in found] if isinstance(values, Mapping) else found


def flattened(value: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Nested parameters by dotted names, as texts."""
    items = enumerate(value) if isinstance(value, list) else value.items()
    for key, item in items:
        name = f"{prefix}{key}"
        if isinstance(item, Mapping | list) and item:
            yield from flattened(item, f"{name}.")
        else:
            yield name, _printed(item)


def _patterns(items: Any) -> list[tuple[str, bool]]:
    listed = items if isinstance(items, list) else []
    return [(text_at(item, "path"), item.get("exclude") is True) for item in listed if isinstance(item, Mapping)]


def _folders(patterns: Sequence[tuple[str, bool]], repository: Repository) -> list[str]:
    """A pattern's `*` stops at a slash; one exclusion outweighs all else."""
    return [
        folder
        for folder in repository.folders()
        if (hits := [exclude for pattern, exclude in patterns if path_matches(pattern, folder)]) and not any(hits)
    ]


def _of_files(
    patterns: Sequence[tuple[str, bool]], repository: Repository, prefix: str, go: bool
) -> Iterator[Parameters]:
    for path in repository.files():
        hits = [exclude for pattern, exclude in patterns if _names(pattern, path)]
        if not hits or any(hits):
            continue
        for value in _objects(path, repository):
            own = value if go else dict(flattened(value))
            yield {**own, **_of_path(posixpath.dirname(path) or ".", posixpath.basename(path), prefix, go)}


def _names(pattern: str, path: str) -> bool:
    """As git's own pathspecs: `*` crosses slashes, and a folder means all below it."""
    return path.startswith(pattern.rstrip("/") + "/") or fnmatch.fnmatchcase(path, pattern)


def _objects(path: str, repository: Repository) -> list[Mapping[str, Any]]:
    try:
        documents = read(decode(repository.read(path)))
    except OSError as error:
        raise NotExpanded(f"reads {path!r}, which cannot be read: {error.strerror or error}") from error
    except YamlFault as fault:
        raise NotExpanded(f"reads {path!r}, which is no YAML: line {fault.line}: {fault.problem}") from fault
    value = documents[0].value if documents else {}
    items = value if isinstance(value, list) else [value or {}]
    if not all(isinstance(item, Mapping) for item in items):
        raise NotExpanded(f"reads {path!r}, which holds no object")
    return items


def _of_path(path: str, file: str, prefix: str, go: bool) -> dict[str, Any]:
    base = posixpath.basename(path)
    found: dict[str, Any] = {"path": path, "basename": base, "basenameNormalized": _normalized(base)}
    if file:
        found |= {"filename": file, "filenameNormalized": _normalized(file)}
    if go:
        nested = {"path": {**found, "segments": path.split("/")}}
        return {prefix: nested} if prefix else nested
    name = f"{prefix}.path" if prefix else "path"
    own = {name if key == "path" else f"{name}.{key}": value for key, value in found.items()}
    return own | {f"{name}[{number}]": part for number, part in enumerate(path.split("/")) if part}


def _with_values(parameters: Parameters, values: Mapping[str, Any], go: bool, fill: Fill) -> Parameters:
    filled = fill({str(key): value for key, value in values.items()}, [parameters])[0]
    return {**parameters, "values": filled} if go else {**parameters, **{f"values.{k}": v for k, v in filled.items()}}


def _normalized(name: str) -> str:
    return _OUTSIDE_NAMES.sub("-", name.lower())[:_LONGEST_NAME].strip("-.")


def _printed(value: Any) -> str:
    """As Go prints it with %v."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "<nil>"
    return {"[]": "[]", "{}": "map[]"}.get(str(value), str(value))
