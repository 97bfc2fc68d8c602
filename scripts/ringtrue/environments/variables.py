"""The variables that Flux takes from ConfigMaps, as far as they are among what is rendered for the same cluster."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from ringtrue.environments.applications import Declared
from ringtrue.environments.instances import Instances
from ringtrue.environments.outputs import Output
from ringtrue.flux.kustomizations import Settings, wanted
from ringtrue.manifests.resource import follow, strings

_CONFIG_MAP = "ConfigMap"


def told(source: Declared) -> tuple[object, ...]:
    """What tells one source of an Application or Kustomization from another, however often it is met."""
    return source.kind, source.own_namespace, source.name, *source.content


class Variables:
    """What is known of the clusters and their ConfigMaps in one round, for the readings of the next."""

    def __init__(self, outputs: Iterable[Output] = (), instances: Instances | None = None) -> None:
        grouped = instances or Instances()
        self._instances = {told(source): names for source, names in grouped.of.items() if source.flux}
        named = {each.name for source in grouped.of if source.flux for each in wanted(source.parameters)}
        self.known: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        """(instance, name) -> namespace and data as JSON."""
        for output in outputs:
            for value in (document.value for document in output.documents if document.value.get("kind") == _CONFIG_MAP):
                name, namespace = (follow(value, ("metadata", key)) for key in ("name", "namespace"))
                if name in named:
                    data = json.dumps(strings(value.get("data")), sort_keys=True)
                    for instance in grouped.at(output.plan.path):
                        self.known[instance, str(name)].append((str(namespace or ""), data))

    def instances(self, source: Declared) -> tuple[str, ...]:
        return self._instances.get(told(source), ("",))

    def of(self, source: Declared, instance: str) -> Mapping[Settings, Mapping[str, str]]:
        """Those that can be told; a Secret's values stay unknown, so that none of them reaches a report."""
        found: dict[Settings, Mapping[str, str]] = {}
        for each in wanted(source.parameters):
            held = self.known.get((instance, each.name), []) if each.kind == _CONFIG_MAP else []
            texts = {data for namespace, data in held if namespace in ("", source.own_namespace)}
            if len(texts) == 1:
                found[each] = json.loads(texts.pop())
        return found
