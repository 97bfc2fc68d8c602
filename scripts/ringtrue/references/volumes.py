"""The files that a container gets from ConfigMaps and Secrets through its volumes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.cluster.workloads import Container, Workload
from ringtrue.references.config_data import ConfigData, Kind
from ringtrue.references.reference import Via
from ringtrue.references.written import Field, Written, verbatim


@dataclass(frozen=True, slots=True)
class Source:
    """A ConfigMap or Secret that a volume names; `route` leads to the mapping that names it, below the pod spec."""

    kind: Kind
    name: str
    data: Mapping[str, Any]
    route: tuple[str | int, ...]
    name_key: str

    @property
    def items(self) -> list[Mapping[str, Any]]:
        listed = self.data.get("items")
        return [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []

    @property
    def optional(self) -> bool:
        return self.data.get("optional") is True


def sources(volume: Mapping[str, Any], index: int) -> Iterator[Source]:
    """The ConfigMaps and Secrets of a volume, those of a projected one included."""
    here: tuple[str | int, ...] = ("volumes", index)
    yield from _source(volume, here, "secretName")
    projected = volume.get("projected")
    listed = projected.get("sources") if isinstance(projected, Mapping) else None
    for place, entry in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(entry, Mapping):
            yield from _source(entry, (*here, "projected", "sources", place), "name")


def _source(holder: Mapping[str, Any], route: tuple[str | int, ...], secret_name: str) -> Iterator[Source]:
    kinds: tuple[tuple[str, Kind, str], ...] = (("configMap", "ConfigMap", "name"), ("secret", "Secret", secret_name))
    for key, kind, name_key in kinds:
        data = holder.get(key)
        if isinstance(data, Mapping) and isinstance(data.get(name_key), str):
            yield Source(kind, data[name_key], data, (*route, key), name_key)


def files(workload: Workload, container: Container, data: ConfigData) -> Iterator[tuple[str, Written]]:
    """Each file's path in its volume and its text. A `subPath` mounts that one file; `items` choose and rename keys."""
    volumes = workload.spec.get("volumes")
    by_name = {
        volume["name"]: (volume, index)
        for index, volume in enumerate(volumes if isinstance(volumes, list) else [])
        if isinstance(volume, Mapping) and isinstance(volume.get("name"), str)
    }
    mounts = container.data.get("volumeMounts")
    for mount in mounts if isinstance(mounts, list) else []:
        name = mount.get("name") if isinstance(mount, Mapping) else None
        if not isinstance(name, str) or name not in by_name:
            continue
        sub_path = mount.get("subPath")
        for source in sources(*by_name[name]):
            for path, written in _files(source, workload.namespace, data):
                if not isinstance(sub_path, str) or path == sub_path or path.startswith(sub_path.rstrip("/") + "/"):
                    yield path, written


def _files(source: Source, namespace: str, data: ConfigData) -> Iterator[tuple[str, Written]]:
    found = data.get(source.kind, namespace, source.name)
    if not found:
        return
    chosen = {item["key"]: item.get("path") for item in source.items if isinstance(item.get("key"), str)}
    for key, path in (chosen if source.items else {key: key for key in found}).items():
        if key not in found:
            continue
        entry = found[key]
        via = Via.SECRET if source.kind == "Secret" else Via.CONFIG_MAP
        label = f"{via.value} {source.name} key {key}"
        yield (
            path if isinstance(path, str) else key,
            verbatim(entry.text, Field(via, entry.spot, label, source.kind == "Secret")),
        )
