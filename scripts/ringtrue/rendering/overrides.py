"""Argo CD's Kustomize overrides (KUS-12): what `spec.source.kustomize` of an Application changes before the build."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ringtrue.rendering.substitution import expand

Pairs = tuple[tuple[str, str], ...]

_STOPS_AT_FIRST = (3, 6)
"""From this Argo CD on, `ignoreMissingComponents` takes the first component that is there and stops."""

_TARGET = ("group", "version", "kind", "name", "namespace", "annotationSelector", "labelSelector")


@dataclass(frozen=True, slots=True)
class Overrides:
    """The fields of `spec.source.kustomize` that change what is rendered, variables already put in.

    `patches` are JSON texts. `ignore_missing` says which components count: "" all, "directory" those that exist,
    "first" the first that holds a kustomization, and no other.
    """

    name_prefix: str = ""
    name_suffix: str = ""
    images: tuple[str, ...] = ()
    replicas: Pairs = ()
    labels: Pairs = ()
    force_labels: bool = False
    labels_without_selector: bool = False
    labels_in_templates: bool = False
    annotations: Pairs = ()
    force_annotations: bool = False
    namespace: str = ""
    patches: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    ignore_missing: Literal["", "directory", "first"] = ""

    def edits(self) -> tuple[tuple[str, ...], ...]:
        """The arguments of each `kustomize edit` before the patches, in Argo CD's order."""
        label_flags = _flags(
            force=self.force_labels,
            without_selector=self.labels_without_selector,
            include_templates=self.labels_in_templates,
        )
        annotation_flags = _flags(force=self.force_annotations)
        wanted: tuple[tuple[object, tuple[str, ...]], ...] = (
            (self.name_prefix, ("set", "nameprefix", "--", self.name_prefix)),
            (self.name_suffix, ("set", "namesuffix", "--", self.name_suffix)),
            (self.images, ("set", "image", *self.images)),
            (self.replicas, ("set", "replicas", *(f"{name}={count}" for name, count in self.replicas))),
            (self.labels, ("add", "label", *label_flags, *_joined(self.labels))),
            (self.annotations, ("add", "annotation", *annotation_flags, *_joined(self.annotations))),
            (self.namespace, ("set", "namespace", "--", self.namespace)),
        )
        return tuple(arguments for given, arguments in wanted if given)

    def wire(self) -> dict[str, Any]:
        """What the built-in renderer reads."""
        return {
            "edits": self.edits(),
            "patches": [json.loads(patch) for patch in self.patches],
            "components": self.components,
            "ignoreMissing": self.ignore_missing,
        }


def overrides_of(
    kustomize: Any, variables: Mapping[str, str], argocd_version: tuple[int, int] = _STOPS_AT_FIRST
) -> Overrides | None:
    """Read `spec.source.kustomize`; None when nothing in it changes the build.

    Images and labels may hold variables, annotations with `commonAnnotationsEnvsubst` (see `application_variables`).
    `version`, `kubeVersion` and `apiVersions` are not read: they choose a binary, and what Helm is told. A value of a
    wrong type is left out: Argo CD's API does not take such an Application.
    """
    if not isinstance(kustomize, Mapping):
        return None
    annotation_variables = variables if kustomize.get("commonAnnotationsEnvsubst") is True else None
    found = Overrides(
        name_prefix=_text(kustomize.get("namePrefix")),
        name_suffix=_text(kustomize.get("nameSuffix")),
        images=tuple(expand(image, variables) for image in _texts(kustomize.get("images"))),
        replicas=_replicas(kustomize.get("replicas")),
        labels=_pairs(kustomize.get("commonLabels"), variables),
        force_labels=kustomize.get("forceCommonLabels") is True,
        labels_without_selector=kustomize.get("labelWithoutSelector") is True,
        labels_in_templates=kustomize.get("labelIncludeTemplates") is True,
        annotations=_pairs(kustomize.get("commonAnnotations"), annotation_variables),
        force_annotations=kustomize.get("forceCommonAnnotations") is True,
        namespace=_text(kustomize.get("namespace")),
        patches=tuple(_patch(patch) for patch in _items(kustomize.get("patches"))),
        components=_texts(kustomize.get("components")),
        ignore_missing=_ignoring(kustomize.get("ignoreMissingComponents") is True, argocd_version),
    )
    return found if found.edits() or found.patches or found.components else None


def _ignoring(wanted: bool, argocd_version: tuple[int, int]) -> Literal["", "directory", "first"]:
    if not wanted:
        return ""
    return "first" if argocd_version >= _STOPS_AT_FIRST else "directory"


def _flags(**flags: bool) -> tuple[str, ...]:
    return tuple(f"--{name.replace('_', '-')}" for name, given in flags.items() if given)


def _joined(pairs: Pairs) -> tuple[str, ...]:
    return tuple(f"{name}:{value}" for name, value in pairs)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(text for text in value if isinstance(text, str)) if isinstance(value, list | tuple) else ()


def _items(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list | tuple) else []


def _pairs(value: Any, variables: Mapping[str, str] | None) -> Pairs:
    if not isinstance(value, Mapping):
        return ()
    texts = {name: text for name, text in value.items() if isinstance(name, str) and isinstance(text, str)}
    return tuple((name, text if variables is None else expand(text, variables)) for name, text in sorted(texts.items()))


def _replicas(value: Any) -> Pairs:
    return tuple((_text(item.get("name")), str(item.get("count", 0))) for item in _items(value))


def _patch(patch: Mapping[str, Any]) -> str:
    """The patch as Argo CD's type holds it: unknown fields and empty ones do not reach the kustomization."""
    kept: dict[str, Any] = {key: patch[key] for key in ("path", "patch") if _text(patch.get(key))}
    target, options = patch.get("target"), patch.get("options")
    if isinstance(target, Mapping):
        kept["target"] = {key: target[key] for key in _TARGET if _text(target.get(key))}
    if isinstance(options, Mapping) and options:
        kept["options"] = {key: value for key, value in options.items() if isinstance(value, bool)}
    return json.dumps(kept, sort_keys=True)
