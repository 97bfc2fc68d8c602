"""The environment a container starts with, as kubelet makes it (REF-01), each value with the field behind it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.expansion import named
from ringtrue.cluster.hostnames import ordinals
from ringtrue.cluster.workloads import Container, Workload
from ringtrue.manifests.resource import Spot, strings
from ringtrue.references.config_data import ConfigData, Entry, Kind, config_data
from ringtrue.references.reference import Via
from ringtrue.references.service_variables import ServiceVariables
from ringtrue.references.written import Field, Written, expanded, opened, stood_for, verbatim

_OWN_ADDRESSES = ("status.podIP", "status.podIPs", "status.hostIP", "status.hostIPs")
_BY_KEY = re.compile(r"metadata\.(?P<map>labels|annotations)\['(?P<key>[^']+)'\]")
_SOURCES: tuple[tuple[str, Kind], ...] = (("configMapRef", "ConfigMap"), ("secretRef", "Secret"))
_KEY_SOURCES: tuple[tuple[str, Kind], ...] = (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret"))


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a container's final environment; the last of two with one name."""

    name: str
    written: Written

    @property
    def text(self) -> str:
        """The value after expansion; "" when it is open."""
        return "" if self.written.reason else self.written.show(0, len(self.written.text))

    @property
    def spot(self) -> Spot:
        """Where the value stands: the ConfigMap's or Secret's data key for one that comes from there."""
        return self.written.field.spot

    @property
    def via(self) -> Via:
        return self.written.field.via

    @property
    def open(self) -> str:
        """Why the value is not known; "" when it is."""
        return self.written.reason

    @property
    def secret(self) -> bool:
        return self.written.field.secret


@dataclass(slots=True)
class Environment:
    """The variables in the order in which they are set, and why others may be set too."""

    values: dict[str, Written] = field(default_factory=dict)
    literal: dict[str, Written] = field(default_factory=dict)
    """Those with a literal `value`: all that kubelet expands in an exec probe."""
    incomplete: str = ""
    """An envFrom source that is not among the manifests."""


def variables(
    workload: Workload, container: Container, cluster: Cluster, data: ConfigData | None = None
) -> Mapping[str, Variable]:
    """REF-01: envFrom, then env in order, each `$(VAR)` seeing what was declared before it; the last duplicate wins."""
    services = ServiceVariables(cluster)
    made = environment(workload, container, services, data or config_data(cluster))
    return {name: Variable(name, written) for name, written in made.values.items()}


def environment(workload: Workload, container: Container, services: ServiceVariables, data: ConfigData) -> Environment:
    """The container's environment, without the Service variables (REF-02): those are asked for by name."""
    made = Environment()
    made.values.update(_from_sources(workload, container, data, made))
    for index, entry in enumerate(_mappings(container.data.get("env"))):
        name, value = entry.get("name"), entry.get("value")
        if not isinstance(name, str) or not name:
            continue
        if isinstance(value, str) or "valueFrom" not in entry:
            spot = workload.resource.at(*container.route, "env", index, *(("value",) if "value" in entry else ()))
            text = value if isinstance(value, str) else ""
            here = Field(Via.ENV, spot, f"env {name}")
            found: Written | None = expanded(text, here, with_services(text, here, made, workload, services))
        else:
            found = _value_from(workload, container, index, name, entry["valueFrom"], data)
        if found is not None:
            made.values[name] = found
            made.literal.pop(name, None)
            if isinstance(value, str):
                made.literal[name] = found
    return made


def with_services(
    text: str, field_: Field, made: Environment, workload: Workload, services: ServiceVariables
) -> Mapping[str, Written]:
    """REF-02: the variables that a text may name, with the Service variables among them.

    A `FOO_SERVICE_HOST` that nothing sets stands for the Service that is missing.
    """
    known = made.values
    if "$(" not in text or not ("_SERVICE_" in text or "_PORT" in text):
        return known
    found = dict(known)
    for name in named(text):
        if name not in known:
            given = services.value(name, workload)
            if given is None and not made.incomplete:
                given = services.lacking(name, workload)
            if given is not None:
                found[name] = stood_for(field_, f"$({name})", given)
    return found


def _from_sources(
    workload: Workload, container: Container, data: ConfigData, made: Environment
) -> Iterator[tuple[str, Written]]:
    for source in _mappings(container.data.get("envFrom")):
        prefix = source.get("prefix")
        for key, kind in _SOURCES:
            ref = source.get(key)
            if not isinstance(ref, Mapping) or not isinstance(ref.get("name"), str):
                continue
            found = data.get(kind, workload.namespace, ref["name"])
            if found is None and ref.get("optional") is not True:
                made.incomplete = _absent(kind, workload.namespace, ref["name"])
            for name, entry in (found or {}).items():
                name = f"{prefix}{name}" if isinstance(prefix, str) else name
                label = f"envFrom {name} ({kind} {ref['name']})"
                yield name, verbatim(entry.text, Field(Via.ENV_FROM, entry.spot, label, kind == "Secret"))


def _value_from(
    workload: Workload, container: Container, index: int, name: str, source: Any, data: ConfigData
) -> Written | None:
    """A variable's `valueFrom`; None when it is optional and its source is not there: then it is not set."""
    here = Field(Via.ENV, workload.resource.at(*container.route, "env", index, "valueFrom"), f"env {name}")
    if not isinstance(source, Mapping):
        return opened(here, f"$({name})", f"{name!r} has no source that can be read")
    for key, kind in _KEY_SOURCES:
        ref = source.get(key)
        if isinstance(ref, Mapping) and isinstance(ref.get("name"), str) and isinstance(ref.get("key"), str):
            return _from_key(workload, here, name, kind, ref, data)
    path = source["fieldRef"].get("fieldPath") if isinstance(source.get("fieldRef"), Mapping) else None
    if not isinstance(path, str):
        return opened(here, f"$({name})", f"{name!r} is only known when the pod runs")
    known = _field_value(workload, path)
    if known is not None:
        spot = workload.resource.at(*here.spot.route, "fieldRef", "fieldPath")
        return Written(known, replace(here, spot=spot), own=path == "metadata.name")
    return opened(here, f"$({name})", f"{path} is only known when the pod runs", own=path in _OWN_ADDRESSES)


def _from_key(
    workload: Workload, here: Field, name: str, kind: Kind, ref: Mapping[str, Any], data: ConfigData
) -> Written | None:
    found = data.get(kind, workload.namespace, ref["name"])
    entry: Entry | None = (found or {}).get(ref["key"])
    if entry is not None:
        label = f"env {name} ({kind} {ref['name']} key {ref['key']})"
        return verbatim(entry.text, Field(Via.ENV, entry.spot, label, kind == "Secret"))
    if ref.get("optional") is True:
        return None
    absent = _absent(kind, workload.namespace, ref["name"])
    return opened(here, f"$({name})", absent if found is None else f"{kind} {ref['name']!r} has no key {ref['key']!r}")


def _field_value(workload: Workload, path: str) -> str | None:
    """What the downward API gives that the manifests can tell: namespace, names, labels, account.

    Of a StatefulSet's pods the first stands for all: what holds for its name holds for theirs (DNS-12).
    """
    if path == "metadata.namespace":
        return workload.namespace
    if path == "metadata.name":
        numbers = ordinals(workload) if workload.kind == "StatefulSet" else range(0)
        return f"{workload.name}-{numbers[0]}" if numbers else workload.name if workload.kind == "Pod" else None
    if path == "spec.serviceAccountName":
        named = workload.spec.get("serviceAccountName") or workload.spec.get("serviceAccount")
        return named if isinstance(named, str) else "default"
    if found := _BY_KEY.fullmatch(path):
        if found["map"] == "labels":
            return workload.labels.get(found["key"])
        return strings(workload.resource.get(*workload.route, "metadata", "annotations")).get(found["key"])
    return None


def _absent(kind: Kind, namespace: str, name: str) -> str:
    return f"{kind} {name!r} of namespace {namespace!r} is not among the manifests"


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, list):
        return []
    return [entry if isinstance(entry, Mapping) else {} for entry in value]
