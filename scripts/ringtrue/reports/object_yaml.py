"""An object as YAML for people: keys as kubectl sorts them, texts of several lines as such, no Secret's values."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

_BREAKS = re.compile("[\x85\u2028\u2029]")

HIDDEN = "***"
CHANGED = "*** (changed)"
_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
"""An annotation that holds the whole object once more."""


class _Dumper(yaml.SafeDumper):
    """A class of its own, so that what it represents otherwise stays here."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    # To YAML these break a line as well: written out they would, and lines could not be counted.
    style = '"' if _BREAKS.search(value) else "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def as_yaml(data: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> str:
    """The values of a Secret are hidden; one that differs from the Secret `before` says so."""
    shown = _plain(data)
    if data.get("kind") == "Secret":
        shown = _hidden(shown, _plain(before) if before else {})
    return yaml.dump(shown, Dumper=_Dumper, sort_keys=False, width=2**31, allow_unicode=True)


def _plain(value: Any) -> Any:
    """A copy that shares nothing with itself, so that it is written without anchors."""
    if isinstance(value, Mapping):
        return {_scalar(key): _plain(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    return value if value is None or type(value) in (bool, int, float) else str(value)


def _hidden(secret: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    for field in ("data", "stringData"):
        if field in secret:
            secret[field] = _values(secret[field], before.get(field))
    metadata, old = secret.get("metadata"), before.get("metadata")
    annotations = metadata.get("annotations") if isinstance(metadata, dict) else None
    if isinstance(annotations, dict) and _APPLIED in annotations:
        was = old.get("annotations") if isinstance(old, dict) else None
        annotations[_APPLIED] = _values(annotations, was)[_APPLIED]
    return secret


def _values(values: Any, before: Any) -> Any:
    if not isinstance(values, dict):
        return HIDDEN if before is None or before == values else CHANGED
    old = before if isinstance(before, dict) else {}
    return {key: HIDDEN if old.get(key, value) == value else CHANGED for key, value in values.items()}
