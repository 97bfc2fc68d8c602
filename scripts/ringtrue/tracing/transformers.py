"""The built-in transformers as writers: namespace, names, labels, annotations, replicas, images (KUS-01 to KUS-05)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.findings import Route
from ringtrue.manifests.resource import follow, text_at
from ringtrue.tracing.trail import Stage
from ringtrue.tracing.writing import UNKNOWN, Field, Writing

_METADATA_LABELS = ("metadata", "labels")
_ANNOTATIONS = ("metadata", "annotations")
_SCALED = frozenset({"Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"})
_BINDINGS = frozenset({"RoleBinding", "ClusterRoleBinding"})
_WEBHOOKS = frozenset({"ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"})
_SERVICE_NAMESPACES = {
    "APIService": ("spec", "service", "namespace"),
    "CustomResourceDefinition": ("spec", "conversion", "webhook", "clientConfig", "service", "namespace"),
    **dict.fromkeys(_WEBHOOKS, ("webhooks", "[]", "clientConfig", "service", "namespace")),
    **dict.fromkeys(_BINDINGS, ("subjects", "[]", "namespace")),
}
_IMAGES = {("containers", "[]", "image"), ("initContainers", "[]", "image"), ("image", "reference")}
_TAGGED = re.compile(r"(?P<name>.+?)(?::(?P<tag>[^:/@]+))?(?:@(?P<digest>[^@]+))?")


def renamed(stage: Stage, field: Field) -> Iterator[Writing]:
    """`namespace`, then `namePrefix` and `nameSuffix`."""
    is_namespace = field.resource.kind == "Namespace" and field.resource.group == ""
    moved = ("metadata", "name") if is_namespace else ("metadata", "namespace")
    if stage.text("namespace") and field.shape in (moved, _SERVICE_NAMESPACES.get(field.resource.kind)):
        yield Writing(stage.passage.place(("namespace",)), stage.text("namespace"), by="namespace")
    if field.shape == ("metadata", "name") and not is_namespace:
        for affix in ("namePrefix", "nameSuffix"):
            if stage.text(affix):
                yield Writing(stage.passage.place((affix,)), stage.name, by=affix)


def labelled(stage: Stage, field: Field) -> Iterator[Writing]:
    """`commonLabels` and `labels`; without includeSelectors or includeTemplates only the object's own labels."""
    yield from _pairs(stage, field, ("commonLabels",), _is_any_label(field.shape))
    for index, entry in enumerate(stage.entries("labels")):
        selectors = follow(entry, ("includeSelectors",)) is True
        templates = selectors or follow(entry, ("includeTemplates",)) is True
        reached = (
            _is_label(field.shape, _METADATA_LABELS, exact=not templates)
            or (selectors and _is_any_label(field.shape))
            or _is_named(field.shape, follow(entry, ("fields",)))
        )
        yield from _pairs(stage, field, ("labels", index, "pairs"), reached)
    yield from _pairs(stage, field, ("commonAnnotations",), _is_label(field.shape, _ANNOTATIONS))


def scaled(stage: Stage, field: Field) -> Iterator[Writing]:
    """`replicas`, by any name the object has had."""
    if field.shape != ("spec", "replicas") or field.resource.kind not in _SCALED:
        return
    for index, entry in enumerate(stage.entries("replicas")):
        if text_at(entry, "name") in stage.later_names:
            yield Writing(stage.passage.place(("replicas", index, "count")), follow(entry, ("count",)))


def pinned(stage: Stage, field: Field, before: Any) -> Iterator[Writing]:
    """`images`: `before` is what the field held, since an entry acts only on the image that it names."""
    if not {field.shape[-3:], field.shape[-2:]} & _IMAGES:
        return
    for index, entry in enumerate(stage.entries("images")):
        after = _with_image(before, entry)
        if after is not None:
            written = next((part for part in ("newTag", "digest", "newName") if follow(entry, (part,))), "name")
            yield Writing(stage.passage.place(("images", index, written)), after)
            before = after


def _pairs(stage: Stage, field: Field, route: Route, reached: bool) -> Iterator[Writing]:
    pairs = follow(stage.passage.value, route)
    if not reached or not isinstance(pairs, Mapping):
        return
    key = field.steps[-1]
    if _is_selector(field.shape):
        yield Writing(stage.passage.place(route), pairs if pairs == field.value else UNKNOWN)
    elif isinstance(key, str) and key in pairs:
        yield Writing(stage.passage.place((*route, key)), pairs[key])


def _is_label(shape: tuple[str, ...], where: tuple[str, ...], exact: bool = False) -> bool:
    """One of the labels under `where`; not exact: of pod templates and volume claims too."""
    return shape[:-1] == where or (not exact and shape[-3:-1] == where)


def _is_any_label(shape: tuple[str, ...]) -> bool:
    return _is_label(shape, _METADATA_LABELS) or any(
        parent == ("spec", "selector") or parent[-1:] == ("matchLabels",) for parent in (shape, shape[:-1])
    )


def _is_selector(shape: tuple[str, ...]) -> bool:
    """A selector as a whole, which these labels narrow. Labels as a whole are not: those they only add to."""
    return shape == ("spec", "selector") or shape[-1:] == ("matchLabels",)


def _is_named(shape: tuple[str, ...], fields: Any) -> bool:
    """The further `fields` of a labels entry."""
    names = tuple(step for step in shape if step != "[]")
    paths = [text_at(each, "path") for each in fields] if isinstance(fields, list) else []
    return any(tuple(path.replace("[]", "").split("/")) in (names, names[:-1]) for path in paths)


def _with_image(image: Any, entry: Any) -> str | None:
    """The image after an `images` entry, as Kustomize sets name, tag and digest; None when it names another."""
    parts = _TAGGED.fullmatch(image) if isinstance(image, str) else None
    if parts is None or parts["name"] != text_at(entry, "name"):
        return None
    name = text_at(entry, "newName") or parts["name"]
    tag, digest = parts["tag"] or "", parts["digest"] or ""
    new_tag, new_digest = (str(follow(entry, (part,)) or "") for part in ("newTag", "digest"))
    suffix = text_at(entry, "tagSuffix")
    if new_tag or new_digest:
        tag, digest = new_tag, new_digest
    elif suffix:
        tag, digest = tag + suffix, ""
    return name + (f":{tag}" if tag else "") + (f"@{digest}" if digest else "")
