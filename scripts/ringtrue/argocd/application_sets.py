"""An ApplicationSet as the Applications that its controller would make of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.argocd.generators import Generating
from ringtrue.argocd.templates import NotExpanded, Parameters
from ringtrue.manifests.resource import follow
from ringtrue.manifests.yaml_values import YamlFault, read


def expanded(application_set: Mapping[str, Any], generating: Generating) -> list[Mapping[str, Any]]:
    """The Applications in the order of the generators. Raises NotExpanded: one fault and the controller makes none."""
    generators = follow(application_set, ("spec", "generators"))
    template = follow(application_set, ("spec", "template"))
    if not isinstance(generators, list) or not isinstance(template, Mapping):
        raise NotExpanded("has no generators, or no template")
    namespace = follow(application_set, ("metadata", "namespace"))
    patch = follow(application_set, ("spec", "templatePatch"))
    if patch and not generating.go:
        raise NotExpanded("has a templatePatch, which needs goTemplate")
    found = []
    for generator in generators:
        sets = generating.parameters(generator)
        value = {"template": _overridden(template, generator), "patch": patch if isinstance(patch, str) else ""}
        for filled in generating.fill(value, sets) if sets else ():
            found.append(_application(filled["template"], filled["patch"], namespace))
    _distinct(found)
    return found


def urls(application_set: Mapping[str, Any]) -> Iterator[str]:
    """The repositories that it reads: those of its git generators and of its template, where they are no templates."""
    yield from _urls(follow(application_set, ("spec", "generators")))
    yield from _urls(follow(application_set, ("spec", "template", "spec")))


def _urls(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _urls(item)
    elif isinstance(value, Mapping):
        url = value.get("repoURL")
        if isinstance(url, str) and "{{" not in url and not value.get("chart"):
            yield url
        for key, item in value.items():
            if key != "repoURL":
                yield from _urls(item)


def _overridden(template: Mapping[str, Any], generator: Any) -> Mapping[str, Any]:
    """A generator may have a template of its own, whose fields win."""
    kinds = generator.values() if isinstance(generator, Mapping) else ()
    own = next((found for each in kinds if isinstance(found := follow(each, ("template",)), Mapping)), {})
    merged: Mapping[str, Any] = _merged(template, own)
    return merged


def _application(template: Parameters, patch: str, namespace: Any) -> Mapping[str, Any]:
    application: Mapping[str, Any] = {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": template.get("metadata") or {},
        "spec": template.get("spec") or {},
    }
    if patch.strip():
        application = _merged(application, _patch(patch))
    metadata = dict(application["metadata"])
    metadata.pop("namespace", None)
    # Always that of the set: it must not reach into other teams' namespaces.
    return {**application, "metadata": metadata | ({"namespace": namespace} if namespace else {})}


def _patch(text: str) -> Mapping[str, Any]:
    try:
        documents = read(text)
    except YamlFault as fault:
        raise NotExpanded(f"has a templatePatch that gives no YAML: {fault.problem}") from fault
    value = documents[0].value if documents else {}
    if not isinstance(value, Mapping):
        raise NotExpanded("has a templatePatch that gives no object")
    return value


def _merged(base: Any, override: Any) -> Any:
    """Mappings are merged, anything else is replaced; null takes a field away."""
    if not isinstance(base, Mapping) or not isinstance(override, Mapping):
        return override
    kept = {key: value for key, value in base.items() if override.get(key, value) is not None}
    return kept | {
        key: _merged(base.get(key), value) for key, value in override.items() if value is not None and value != ""
    }


def _distinct(applications: list[Mapping[str, Any]]) -> None:
    seen: set[str] = set()
    for application in applications:
        name = str(follow(application, ("metadata", "name")))
        if name in seen:
            raise NotExpanded(f"makes two Applications called {name!r}")
        seen.add(name)
