"""A Flux Kustomization (not Kustomize's file of that kind): what it reads, and what it changes before and after."""

import json
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.flux.substitution import Finish, Pairs
from ringtrue.manifests.resource import follow, mappings_at, text_at, texts_at
from ringtrue.manifests.yaml_values import YamlFault, read
from ringtrue.rendering.overrides import Overrides

KIND = "Kustomization"
_GROUP = "kustomize.toolkit.fluxcd.io/"

_TARGET = ("group", "version", "kind", "name", "namespace", "annotationSelector", "labelSelector")


@dataclass(frozen=True, slots=True)
class Settings:
    """A ConfigMap or Secret with variables, in the Kustomization's own namespace."""

    kind: str
    name: str


def is_kustomization(value: Mapping[str, Any]) -> bool:
    return value.get("kind") == KIND and str(value.get("apiVersion", "")).startswith(_GROUP)


def written_path(spec: Any) -> str:
    return text_at(spec, "path")


def inside(path: str) -> str:
    """A path in its source: `/` is the top, and nothing leads out of it, as the controller joins it."""
    return posixpath.normpath(f"/{path}").lstrip("/") or "."


def target_namespace(spec: Any) -> str:
    return text_at(spec, "targetNamespace")


def other_cluster(spec: Any) -> str:
    """What holds the access to the cluster that it writes to; "" for its own cluster."""
    references = (text_at(spec, "kubeConfig", key, "name") for key in ("secretRef", "configMapRef"))
    return next(filter(None, references), "")


def overrides(spec: Any) -> Overrides | None:
    """What it changes of the kustomization that it builds; None when nothing."""
    found = Overrides(
        namespace=target_namespace(spec),
        name_prefix=text_at(spec, "namePrefix"),
        name_suffix=text_at(spec, "nameSuffix"),
        images=tuple(_image(each) for each in mappings_at(spec, "images") if text_at(each, "name")),
        patches=tuple(_patches(spec)),
        components=texts_at(spec, "components"),
        ignore_missing="directory" if follow(spec, ("ignoreMissingComponents",)) is True else "",
    )
    return found if found != Overrides() else None


def finish(spec: Any, settings: Mapping[Settings, Mapping[str, str]]) -> Finish:
    """What it changes after the build. `settings` are those that are known, of `wanted`; inline variables win."""
    asked = wanted(spec)
    variables: dict[str, str] = {}
    for each in asked:
        variables |= settings.get(each, {})
    inline = follow(spec, ("postBuild", "substitute"))
    variables |= dict(_strings(inline))
    whole = all(each in settings for each in asked)
    always = follow(spec, ("postBuild", "substituteStrategy")) == "Always"
    return Finish(
        labels=_strings(follow(spec, ("commonMetadata", "labels"))),
        annotations=_strings(follow(spec, ("commonMetadata", "annotations"))),
        substitutes=bool(variables) or always or not whole,
        # A value that holds an expression itself was not known where it is written.
        variables=tuple(sorted((name, text.replace("\n", "")) for name, text in variables.items() if "${" not in text)),
        whole=whole and not any("${" in text for text in variables.values()),
    )


def wanted(spec: Any) -> tuple[Settings, ...]:
    """Where it takes variables from, the last one first in rank."""
    found = follow(spec, ("postBuild", "substituteFrom"))
    items = [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []
    return tuple(Settings(text_at(each, "kind"), text_at(each, "name")) for each in items)


def _patches(spec: Any) -> Iterator[str]:
    for each in mappings_at(spec, "patches"):
        text, target = text_at(each, "patch"), each.get("target")
        kept: dict[str, Any] = {"patch": text}
        if isinstance(target, Mapping):
            kept["target"] = {key: target[key] for key in _TARGET if text_at(target, key)}
        yield json.dumps(kept, sort_keys=True)


def aimed(patch: str) -> str:
    """The patch with a target, so that it changes nothing where that is missing."""
    value = json.loads(patch)
    if "target" not in value:
        documents = _documents(value["patch"])
        target = {"kind": follow(documents, (0, "kind")), "name": follow(documents, (0, "metadata", "name"))}
        value["target"] = {key: text for key, text in target.items() if text_at(text)}
    return json.dumps(value, sort_keys=True) if value["target"] else patch


def patched_kind(patch: str) -> str:
    """The kind of object that a patch is for; "" when it does not say."""
    value = json.loads(patch)
    if kind := text_at(value, "target", "kind"):
        return kind
    return text_at(_documents(value["patch"]), 0, "kind")


def _documents(text: str) -> list[Any]:
    try:
        return [each.value for each in read(text)]
    except YamlFault:
        return []


def _image(image: Mapping[str, Any]) -> str:
    """As `kustomize edit set image` takes it: `*` keeps what the kustomization says; tag and digest go together."""
    name, tag, digest = (text_at(image, key) for key in ("newName", "newTag", "digest"))
    version = (f":{tag}" if tag else "") + (f"@{digest}" if digest else "")
    return f"{image['name']}={name or '*'}{version or ':*@*'}"


def _strings(value: Any) -> Pairs:
    if not isinstance(value, Mapping):
        return ()
    return tuple(sorted((k, text) for k, text in value.items() if isinstance(k, str) and isinstance(text, str)))
