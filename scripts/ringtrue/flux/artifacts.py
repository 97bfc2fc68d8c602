"""Where a Flux Kustomization reads: its source among the objects that are seen, and the place of its path there."""

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.flux.kustomizations import inside
from ringtrue.manifests.resource import follow, text_at

GIT = "GitRepository"

_SOURCE = "source.toolkit.fluxcd.io/"
_GENERATOR = "source.extensions.fluxcd.io/"

_OUTSIDE = {
    "OCIRepository": "an OCI artifact",
    "Bucket": "a bucket",
    "ExternalArtifact": "an artifact that another controller makes",
}
_REVISIONS = ("commit", "name", "semver", "tag", "branch")


@dataclass(frozen=True, slots=True)
class Artifact:
    """`url` is "" where no GitRepository is seen: then its name is all that is known.

    `outside` ends the sentence "its source ..." for what no git repository holds.
    """

    name: str
    path: str
    url: str = ""
    revision: str = ""
    outside: str = ""


class Artifacts:
    """The sources among some objects, by kind, namespace and name; each with the place that it was met at."""

    def __init__(self, objects: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        self._found: dict[tuple[str, str, str], list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
        for place, value in objects:
            version, kind = str(value.get("apiVersion", "")), value.get("kind")
            if not version.startswith((_SOURCE, _GENERATOR)):
                continue
            name, namespace = (text_at(value, "metadata", key) for key in ("name", "namespace"))
            if kind == GIT and version.startswith(_SOURCE):
                self._found[GIT, namespace, name].append((place, value))
            elif kind == "ArtifactGenerator" and version.startswith(_GENERATOR):
                for made in _list(follow(value, ("spec", "artifacts"))):
                    key = ("ExternalArtifact", namespace, text_at(made, "name"))
                    self._found[key].append((place, {"made": made, "generator": value}))

    def of(self, kustomization: Mapping[str, Any], place: str) -> Artifact:
        """What it reads; of several objects of one name those count that are met nearest to `place`."""
        spec = kustomization.get("spec")
        own = text_at(kustomization, "metadata", "namespace")
        kind, name, other = (text_at(spec, "sourceRef", key) for key in ("kind", "name", "namespace"))
        return self._artifact(kind, other or own, name, inside(text_at(spec, "path")), place)

    def _artifact(self, kind: str, namespace: str, name: str, path: str, place: str) -> Artifact:
        shown = f"{kind} {name!r}"
        found = self._one((kind, namespace, name), place)
        if kind == GIT:
            reference = follow(found, ("spec", "ref"))
            revision = next(filter(None, (text_at(reference, key) for key in _REVISIONS)), "")
            return Artifact(shown, path, text_at(found, "spec", "url"), revision)
        if kind == "ExternalArtifact" and found:
            copied = _copied(found["made"], path)
            if copied is not None:
                alias, path = copied
                sources = _list(follow(found["generator"], ("spec", "sources")))
                source = next((each for each in sources if follow(each, ("alias",)) == alias), None)
                kind, name, other = (text_at(source, key) for key in ("kind", "name", "namespace"))
                if kind == GIT:
                    return self._artifact(GIT, other or namespace, name, path, place)
        return Artifact(shown, path, outside=f"is {_OUTSIDE.get(kind, 'an artifact')}, {shown}")

    def _one(self, key: tuple[str, str, str], place: str) -> Mapping[str, Any] | None:
        found = self._found.get(key, [])
        nearness = max((_shared(where, place) for where, _ in found), default=0)
        near = [value for where, value in found if _shared(where, place) == nearness]
        return near[0] if near and all(each == near[0] for each in near) else None


def _shared(one: str, other: str) -> int:
    return len(posixpath.commonpath((one, other)))


def _copied(made: Mapping[str, Any], path: str) -> tuple[str, str] | None:
    """Alias and path in that source, where all that is copied keeps its place below one folder; else None."""
    tops = set()
    for copy in _list(follow(made, ("copy",))):
        source, target = (text_at(copy, key) for key in ("from", "to"))
        alias, _, folder = source.removeprefix("@").partition("/")
        if not source.startswith("@") or not folder.endswith("/**") or not target.startswith("@artifact/"):
            return None
        placed = inside(target.removeprefix("@artifact"))
        kept = inside(folder.removesuffix("/**"))
        if placed != "." and kept != placed and not kept.endswith(f"/{placed}"):
            return None
        tops.add((alias, kept if placed == "." else kept[: -len(placed)]))
    if len(tops) != 1:
        return None
    ((alias, top),) = tops
    return alias, inside(posixpath.join(top, path))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
