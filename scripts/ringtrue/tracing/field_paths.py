"""The fieldPaths of replacements: `spec.template.spec.containers.[name=curl].env.[name=HTTPD_HOST].value`."""

from collections.abc import Mapping
from typing import Any

from ringtrue.manifests.resource import follow
from ringtrue.tracing.steps import Step, Steps


def split(path: str) -> list[str]:
    """A fieldPath in parts: dots separate, but not inside brackets nor after a backslash."""
    parts, part, depth, escaped = [], "", 0, False
    for character in path:
        if escaped:
            part, escaped = part + character, False
        elif character == "\\":
            escaped = True
        elif character == "." and depth == 0:
            parts.append(part)
            part = ""
        else:
            depth += {"[": 1, "]": -1}.get(character, 0)
            part += character
    return [part if "=" in part else part.strip("[]") for part in (*parts, part)]


def leads_to(parts: list[str], steps: Steps) -> bool:
    """To the field, to something around it, or to something in it."""
    return all(_meets(part, step) for part, step in zip(parts, steps, strict=False))


def _meets(part: str, step: Step) -> bool:
    if part == "*" or isinstance(step, str):
        return part in ("*", step)
    if not part.startswith("["):
        return part == "-" or part == str(step.index)
    return _is_item(part, step.value)


def value_at(data: Any, path: str) -> Any:
    """The value that a source's fieldPath means; None where there is none."""
    for part in split(path):
        if isinstance(data, list) and part.startswith("["):
            data = next((item for item in data if _is_item(part, item)), None)
        else:
            data = follow(data, (int(part) if isinstance(data, list) and part.isdecimal() else part,))
    return data


def _is_item(part: str, item: Any) -> bool:
    """`[name=web]` for a mapping, `[=value]` for a scalar."""
    key, _, value = part[1:-1].partition("=")
    found = follow(item, (key,)) if key else item
    return not isinstance(found, (Mapping, list)) and str(found) == value
