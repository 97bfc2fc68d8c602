"""`kustomize edit` for kubectl, which has no such command: the edits that Argo CD makes, and no others.

What would not be certain to give the same build raises CannotEdit. Kustomize's own refusals raise Refused.
"""

import glob
import re
from collections.abc import Sequence
from pathlib import Path

import yaml

from ringtrue.rendering.closure import KUSTOMIZATION_NAMES
from ringtrue.rendering.kustomization_text import CannotEdit, field, string, strings, with_field, with_items
from ringtrue.rendering.request import KUSTOMIZE_VERSION

_SCALARS = {"nameprefix": "namePrefix", "namesuffix": "nameSuffix", "namespace": "namespace"}
_IMAGE_PARTS = ("name", "newName", "tagSuffix", "newTag", "digest")
_KEPT = "*"
_IMAGE = re.compile(r"(?P<name>[^@:]*)(?::(?P<tag>[^@]*))?(?:@(?P<digest>.*))?", re.DOTALL)


class Refused(ValueError):
    """What Kustomize would refuse, in its words."""


def edit(arguments: Sequence[str], directory: Path) -> str:
    """Edit the kustomization in the directory; an error, or ""."""
    present = [directory / name for name in KUSTOMIZATION_NAMES if (directory / name).exists()]
    if not present:
        return "Missing kustomization file 'kustomization.yaml'."
    if len(present) > 1:
        return f"Found multiple kustomization file: [{' '.join(path.name for path in present)}]"
    try:
        text = present[0].read_text(encoding="utf-8-sig")
        present[0].write_text(_edited(text, arguments, directory), encoding="utf-8")
    except Refused as refused:
        return str(refused)
    except (CannotEdit, UnicodeDecodeError) as reason:
        return (
            f"kubectl cannot edit a kustomization, and ringtrue cannot do it alike ({reason}): "
            f"install kustomize {KUSTOMIZE_VERSION}"
        )
    return ""


def _edited(text: str, arguments: Sequence[str], directory: Path) -> str:
    match list(arguments):
        case ["set", ("nameprefix" | "namesuffix" | "namespace") as name, "--", value]:
            return with_field(text, _SCALARS[name], value)
        case ["set", "image", *images]:
            return _with_images(text, images)
        case ["set", "replicas", *replicas]:
            return _with_replicas(text, replicas)
        case ["add", "label", *words]:
            return _with_labels(text, words)
        case ["add", "annotation", *words]:
            return _with_pairs(text, "commonAnnotations", "annotation", *_flags_and_pairs(words))
        case ["add", "component", *components]:
            return _with_components(text, components, directory)
    raise CannotEdit(f"edit {' '.join(arguments[:2])}")


def _with_images(text: str, arguments: Sequence[str]) -> str:
    wanted: dict[str, dict[str, str]] = {}
    for argument in arguments:
        image = _image(argument)
        wanted[image["name"]] = image
    for node in (*_items(text, "images"), *_items(text, "imageTags")):
        given = strings(node)
        if not given.keys() <= set(_IMAGE_PARTS):
            raise CannotEdit("images of the kustomization have fields that are not known")
        own = wanted.setdefault(given.get("name", ""), given)
        for part in ("newName", "newTag", "digest"):
            if own.get(part) == _KEPT:
                own[part] = given.get(part, "")
    for image in wanted.values():
        image.update({part: "" for part in ("newName", "newTag", "digest") if image.get(part) == _KEPT})
    images = [{part: value for part, value in wanted[name].items() if value} for name in sorted(wanted)]
    if field(text, "imageTags") is not None:
        text = with_field(text, "imageTags", [])
    return with_field(text, "images", images)


def _image(argument: str) -> dict[str, str]:
    if argument.startswith("-"):
        raise Refused(f"unknown flag: {argument}")
    key, equals, value = argument.partition("=")
    value = value if equals else argument
    # A colon before the first slash is a port of the registry.
    slash = max(value.find("/"), 0)
    found = _IMAGE.match(value[slash:])
    assert found is not None
    name = value[:slash] + found["name"]
    if name == argument:
        raise Refused("invalid format of image")
    tag, digest = found["tag"] or "", found["digest"] or ""
    if not equals:
        return {"name": name, "newTag": tag, "digest": digest}
    return {"name": key, "newName": name, "newTag": tag, "digest": digest}


def _with_replicas(text: str, arguments: Sequence[str]) -> str:
    wanted: dict[str, int] = {}
    for argument in arguments:
        parts = argument.split("=")
        if len(parts) != 2 or not re.fullmatch(r"[+-]?[0-9]+", parts[1]):
            raise Refused("invalid format of replica, use the following format: <name>=<count>")
        wanted[parts[0]] = int(parts[1])
    for node in _items(text, "replicas"):
        given = {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}
        count = given.get("count")
        if given.keys() != {"name", "count"} or not re.fullmatch(r"0|[1-9][0-9]*", getattr(count, "value", "")):
            raise CannotEdit("replicas of the kustomization")
        wanted.setdefault(string(given["name"]), int(given["count"].value))
    return with_field(text, "replicas", [{"name": name, "count": wanted[name]} for name in sorted(wanted)])


def _with_labels(text: str, words: Sequence[str]) -> str:
    flags, pairs = _flags_and_pairs(words)
    templates = "--include-templates" in flags
    if "--without-selector" not in flags:
        if templates:
            raise Refused("--without-selector flag must be specified for --include-templates to work")
        return _with_pairs(text, "commonLabels", "label", flags, pairs)
    entries = [_label_entry(node) for node in _items(text, "labels")]
    same = next((own for own, settings in entries if settings == {"includeTemplates": templates}), {})
    for name in pairs:
        if name in same and "--force" not in flags:
            raise Refused(f"label {name} already in kustomization file. Use --force to override.")
        # A label set twice depends on the order; an entry of its own at the end is then not the same.
        if any(name in own for own, _ in entries if own is not same):
            raise CannotEdit(f"label {name} is there with other settings")
    return with_items(text, "labels", [{"pairs": pairs, "includeTemplates": templates}])


def _label_entry(node: yaml.Node) -> tuple[dict[str, str], dict[str, bool]]:
    """The pairs of an entry, and its settings: those that are on, and includeTemplates."""
    fields = {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}
    if not fields.keys() <= {"pairs", "includeSelectors", "includeTemplates"}:
        raise CannotEdit("labels of the kustomization have fields that are not known")
    settings = {"includeTemplates": False}
    for name in fields.keys() - {"pairs"}:
        if fields[name].value not in ("true", "false"):
            raise CannotEdit("labels of the kustomization")
        if name == "includeTemplates" or fields[name].value == "true":
            settings[name] = fields[name].value == "true"
    return strings(fields.get("pairs")), settings


def _with_pairs(text: str, name: str, kind: str, flags: Sequence[str], pairs: dict[str, str]) -> str:
    own = strings(field(text, name))
    for key in pairs:
        if key in own and "--force" not in flags:
            raise Refused(f"{kind} {key} already in kustomization file. Use --force to override.")
    return with_field(text, name, own | pairs)


def _flags_and_pairs(words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    flags = [word for word in words if word.startswith("--")]
    pairs = {}
    for word in words[len(flags) :]:
        key, _, value = word.partition(":")
        if not key or word.startswith("-"):
            raise CannotEdit(f"a name such as {word!r}")
        pairs[key] = value[1:-1] if len(value) >= 2 and value[0] == value[-1] == '"' else value
    return flags, pairs


def _with_components(text: str, components: Sequence[str], directory: Path) -> str:
    if any(glob.has_magic(component) or "\\" in component for component in components):
        raise CannotEdit("a component given as a pattern")
    for component in components:
        if not (directory / component).exists():
            raise Refused(f"{component} has no match")
    known = [string(node) for node in _items(text, "components")]
    added = [each for number, each in enumerate(components) if each not in (*known, *components[:number])]
    return with_items(text, "components", added) if added else text


def _items(text: str, name: str) -> list[yaml.Node]:
    node = field(text, name)
    if node is None:
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise CannotEdit(f"{name} of the kustomization is no list")
    return list(node.value)
