"""Generators of an ApplicationSet: the sets of parameters that each of them gives."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ringtrue.argocd.git_generator import Repository, flattened, git_parameters
from ringtrue.argocd.templates import Fill, NotExpanded, Parameters
from ringtrue.cluster.labels import matches
from ringtrue.manifests.yaml_values import YamlFault, read

_UNSEEN = {
    "clusters": "asks Argo CD for its clusters",
    "clusterDecisionResource": "asks the cluster",
    "plugin": "asks a plugin",
    "pullRequest": "asks for pull requests",
    "scmProvider": "asks for the repositories of an organisation",
}
"""Generators whose answer no repository holds."""

_KNOWN = ("list", "git", "matrix", "merge", *_UNSEEN)


@dataclass(frozen=True, slots=True)
class Generating:
    """What generators ask: `repository` gives None for a URL that is not this one; `go` is `goTemplate`."""

    repository: Callable[[str, str], Repository | None]
    """(URL, revision) -> its folders and files."""
    fill: Fill
    go: bool

    def parameters(self, generator: Any) -> list[Parameters]:
        """The sets of one generator, in order. Raises NotExpanded."""
        kind, body = _kind(generator)
        if kind in _UNSEEN:
            raise NotExpanded(f"{_UNSEEN[kind]} (generator {kind!r})")
        made = {"list": self._list, "git": self._git, "matrix": self._matrix, "merge": self._merge}[kind](body)
        selector = generator.get("selector")
        if not isinstance(selector, Mapping):
            return made
        return [each for each in made if matches(selector, dict(flattened(each)))]

    def _list(self, body: Mapping[str, Any]) -> list[Parameters]:
        elements = [each for each in body.get("elements") or () if isinstance(each, Mapping)]
        if not self.go:
            elements = [_plain(each) for each in elements]
        text = body.get("elementsYaml")
        return [*elements, *(_elements(text) if isinstance(text, str) and text else ())]

    def _git(self, body: Mapping[str, Any]) -> list[Parameters]:
        url, revision = body.get("repoURL"), body.get("revision")
        named = revision if isinstance(revision, str) else ""
        repository = self.repository(url, named) if isinstance(url, str) else None
        if repository is None:
            raise NotExpanded("reads another repository (generator 'git')")
        return git_parameters(body, repository, self.go, self.fill)

    def _matrix(self, body: Mapping[str, Any]) -> list[Parameters]:
        """Every set of the first with every set of the second, which may use the parameters of the first."""
        first, second = self._two(body, "matrix")
        found: list[Parameters] = []
        for outer in self.parameters(first):
            for inner in self.parameters(self._interpolated(second, outer)):
                found.append(_deeply(inner, outer) if self.go else _combined(outer, inner))
        return found

    def _interpolated(self, generator: Mapping[str, Any], parameters: Parameters) -> Any:
        """Its `values` may need parameters of its own: those that cannot be filled yet stay as they are."""
        kind, body = _kind(generator)
        values = body.get("values")
        plain = {**generator, kind: {key: item for key, item in body.items() if key != "values"}}
        filled = self.fill(plain, [parameters])[0]
        if isinstance(values, Mapping):
            filled[kind]["values"] = {key: self._perhaps(value, parameters) for key, value in values.items()}
        return filled

    def _perhaps(self, value: Any, parameters: Parameters) -> Any:
        try:
            filled = self.fill(value, [parameters])[0]
        except NotExpanded:
            return value
        return value if self.go and "<no value>" in str(filled) else filled

    def _merge(self, body: Mapping[str, Any]) -> list[Parameters]:
        """The sets of the first, each overridden by those of the others with equal merge keys."""
        generators, keys = body.get("generators"), body.get("mergeKeys")
        if not isinstance(generators, list) or len(generators) < 2 or not isinstance(keys, list) or not keys:
            raise NotExpanded("has a merge generator without two generators and a merge key")
        base, *others = ({_key(each, keys): each for each in self._unique(one, keys)} for one in generators)
        for other in others:
            for key, override in other.items():
                if key in base:
                    base[key] = _deeply(base[key], override) if self.go else {**base[key], **override}
        return list(base.values())

    def _unique(self, generator: Any, keys: Sequence[str]) -> list[Parameters]:
        found = self.parameters(generator)
        if len({_key(each, keys) for each in found}) < len(found):
            raise NotExpanded(f"has a merge generator with two sets of one merge key {', '.join(map(str, keys))}")
        return found

    def _two(self, body: Mapping[str, Any], kind: str) -> Sequence[Any]:
        generators = body.get("generators")
        if not isinstance(generators, list) or len(generators) != 2:
            raise NotExpanded(f"has a {kind} generator that does not hold two generators")
        return generators


def _kind(generator: Any) -> tuple[str, Mapping[str, Any]]:
    kinds = [kind for kind in _KNOWN if isinstance(generator, Mapping) and generator.get(kind) is not None]
    if len(kinds) != 1 or not isinstance(generator[kinds[0]], Mapping):
        raise NotExpanded("has a generator of no known kind")
    return kinds[0], generator[kinds[0]]


def _plain(element: Mapping[str, Any]) -> Parameters:
    found: dict[str, str] = {}
    for key, value in element.items():
        nested = key == "values" and isinstance(value, Mapping)
        for name, text in ({f"values.{k}": v for k, v in value.items()} if nested else {key: value}).items():
            if not isinstance(text, str):
                raise NotExpanded(f"has a list element whose {name} is no text, which needs goTemplate")
            found[name] = text
    return found


def _elements(text: str) -> list[Parameters]:
    try:
        documents = read(text)
    except YamlFault as fault:
        raise NotExpanded(f"has elementsYaml that is no YAML: {fault.problem}") from fault
    value = documents[0].value if documents else []
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        raise NotExpanded("has elementsYaml that is no list of objects")
    return value


def _key(parameters: Parameters, keys: Sequence[str]) -> str:
    return json.dumps({str(key): parameters.get(key) for key in keys}, sort_keys=True, default=str)


def _combined(first: Parameters, second: Parameters) -> Parameters:
    clashing = sorted(key for key in first.keys() & second.keys() if first[key] != second[key])
    if clashing:
        raise NotExpanded(f"has a matrix generator whose two sides differ in {clashing[0]!r}")
    return {**first, **second}


def _deeply(base: Parameters, override: Parameters) -> Parameters:
    """Empty values override nothing."""
    result = dict(base)
    for key, value in override.items():
        below = result.get(key)
        if isinstance(below, Mapping) and isinstance(value, Mapping):
            result[key] = _deeply(below, value)
        elif value or key not in result:
            result[key] = value
    return result
