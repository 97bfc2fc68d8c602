"""What a Flux Kustomization does to objects after the build: variables, common metadata, a namespace for all.

The controller puts variables into the YAML text of each object, not into its values. A text that YAML writes without
quotes is therefore read again: `port: ${PORT}` becomes a number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from ringtrue.findings import Route
from ringtrue.flux.expressions import BadExpression, Lookup, filled
from ringtrue.manifests.resource import follow
from ringtrue.manifests.scopes import is_cluster_scoped
from ringtrue.manifests.yaml_values import YamlFault, read

Pairs = tuple[tuple[str, str], ...]

_SWITCH = "kustomize.toolkit.fluxcd.io/substitute"

_FREE_BELOW = ("data", "stringData", "binaryData")
_FREE_KEYS = frozenset({"annotations", "args", "command"})


@dataclass(frozen=True, slots=True)
class Finish:
    """`namespace` is set on plain files, which no kustomization gives one; `whole` says that no variable is missing."""

    namespace: str = ""
    labels: Pairs = ()
    annotations: Pairs = ()
    substitutes: bool = False
    variables: Pairs = ()
    whole: bool = True

    def __bool__(self) -> bool:
        return self != NOTHING


NOTHING = Finish()


@dataclass(frozen=True, slots=True)
class Finished:
    """`open` is an expression that stays as written where it matters; "" for none."""

    value: Mapping[str, Any]
    open: str = ""


def finished(value: Mapping[str, Any], finish: Finish) -> Finished:
    """An object as the controller would apply it."""
    left: list[tuple[Route, str]] = []
    if finish.substitutes and not _is_disabled(value):
        value = _Substitution(finish).mapping(value, (), left)
    if finish.namespace:
        value = _placed(value, finish.namespace)
    for key, pairs in (("labels", finish.labels), ("annotations", finish.annotations)):
        if pairs:
            value = _with(value, key, pairs)
    return Finished(value, next((text for route, text in left if not _is_free(route, value)), ""))


def _is_disabled(value: Mapping[str, Any]) -> bool:
    return any(follow(value, ("metadata", key, _SWITCH)) == "disabled" for key in ("labels", "annotations"))


def _with(value: Mapping[str, Any], key: str, pairs: Pairs) -> Mapping[str, Any]:
    metadata = value.get("metadata")
    if not isinstance(metadata, Mapping):
        return value
    present = metadata.get(key)
    joined = {**(present if isinstance(present, Mapping) else {}), **dict(pairs)}
    return {**value, "metadata": {**metadata, key: joined}}


def _placed(value: Mapping[str, Any], namespace: str) -> Mapping[str, Any]:
    """As Kustomize sets a namespace, and calls a Namespace."""
    metadata, kind = value.get("metadata"), str(value.get("kind"))
    group = str(value.get("apiVersion", "")).rpartition("/")[0]
    key = "name" if (group, kind) == ("", "Namespace") else "namespace"
    if not isinstance(metadata, Mapping) or (key == "namespace" and is_cluster_scoped(group, kind)):
        return value
    return {**value, "metadata": {**metadata, key: namespace}}


class _Substitution:
    def __init__(self, finish: Finish) -> None:
        known, missing = dict(finish.variables), "" if finish.whole else None
        self._lookup: Lookup = lambda name: known.get(name, missing)

    def mapping(self, value: Mapping[str, Any], route: Route, left: list[tuple[Route, str]]) -> Mapping[str, Any]:
        made = {}
        for key, each in value.items():
            name = self._text(key, route, left) if isinstance(key, str) else key
            made[name] = self._any(each, (*route, key), left)
        return made

    def _any(self, value: Any, route: Route, left: list[tuple[Route, str]]) -> Any:
        if isinstance(value, Mapping):
            return self.mapping(value, route, left)
        if isinstance(value, list):
            return [self._any(each, (*route, index), left) for index, each in enumerate(value)]
        if not isinstance(value, str) or "$" not in value:
            return value
        text = self._text(value, route, left)
        return _read_again(text) if text != value and _is_plain(value) else text

    def _text(self, text: str, route: Route, left: list[tuple[Route, str]]) -> str:
        try:
            made = filled(text, self._lookup)
        except BadExpression:
            left.append((route, text))
            return text
        left += [(route, each) for each in made.left]
        return made.text


@cache
def _is_plain(text: str) -> bool:
    """Whether YAML writes it without quotes, and on one line."""
    written = yaml.safe_dump(text, width=2**31)
    return not written.startswith(("'", '"', "|", ">")) and "\n" not in text


def _read_again(text: str) -> Any:
    try:
        documents = read(f"value: {text}\n")
    except YamlFault:
        return text
    return documents[0].value["value"] if documents and isinstance(documents[0].value, Mapping) else text


def _is_free(route: Route, value: Mapping[str, Any]) -> bool:
    """Whether any text will do there, so that an unknown one makes the rest no less certain."""
    if route[:1] and route[0] in _FREE_BELOW and len(route) > 1:
        return True
    if _FREE_KEYS & set(route) or _is_variable(route):
        return True
    return _is_custom(value) and route[0] == "spec"


def _is_variable(route: Route) -> bool:
    return route[-1:] == ("value",) and "env" in route


def _is_custom(value: Mapping[str, Any]) -> bool:
    group, slash, _ = str(value.get("apiVersion", "")).partition("/")
    custom = bool(slash) and "." in group and not group.endswith(".k8s.io")
    return custom and not (value.get("kind") == "Kustomization" or group == "argoproj.io")
