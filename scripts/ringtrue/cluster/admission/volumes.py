"""The volumes of a pod, and where its containers mount them."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ringtrue.cluster.admission import text
from ringtrue.cluster.admission.rejection import Rejection, duplicate, forbidden, invalid, path, required
from ringtrue.cluster.workloads import Container, Workload
from ringtrue.findings import Route
from ringtrue.manifests.resource import follow

_NAMED = {"configMap": "name", "secret": "secretName", "persistentVolumeClaim": "claimName"}
"""What a volume of this type must name."""


def volumes(workload: Workload) -> Iterator[Rejection]:
    """ADM-12: names are unique labels, and each volume has one source, which says what it takes.

    A StatefulSet's claim takes the place of a volume of its name, which is not looked at.
    """
    seen: set[str] = set()
    replaced = _claims(workload)
    listed = workload.spec.get("volumes")
    for index, each in enumerate(listed if isinstance(listed, list) else []):
        route: Route = (*workload.route, "spec", "volumes", index)
        name = each.get("name") if isinstance(each, Mapping) else None
        if not isinstance(name, str) or name in replaced:
            continue
        if text.dns_label(name):
            yield invalid("ADM-12", (*route, "name"), name, text.dns_label(name))
        elif name in seen:
            yield duplicate("ADM-12", (*route, "name"), name)
        seen.add(name)
        yield from _source(each, route)


def _source(volume: Mapping[str, Any], route: Route) -> Iterator[Rejection]:
    given = [key for key, value in volume.items() if key != "name" and isinstance(value, Mapping)]
    for extra in given[1:]:
        yield forbidden("ADM-12", (*route, extra), "may not specify more than 1 volume type")
    for key in given[:1]:
        field = _NAMED.get(key)
        if field and not volume[key].get(field):
            yield required("ADM-12", (*route, key, field))


def volume_names(workload: Workload) -> frozenset[str]:
    """ADM-12: what a container may mount; a StatefulSet's claims too."""
    listed = workload.resource.items(*workload.route, "spec", "volumes")
    named = (each.get("name") for each in listed)
    return _claims(workload).union(name for name in named if isinstance(name, str))


def _claims(workload: Workload) -> frozenset[str]:
    claims = workload.resource.items("spec", "volumeClaimTemplates") if workload.kind == "StatefulSet" else []
    named = (follow(claim, ("metadata", "name")) for claim in claims)
    return frozenset(name for name in named if isinstance(name, str))


def mounts(found: Container, names: Collection[str]) -> Iterator[Rejection]:
    """ADM-12: each mount names a volume and has a path of its own; `subPath` stays inside the volume."""
    paths: set[str] = set()
    listed = found.data.get("volumeMounts")
    for index, entry in enumerate(listed if isinstance(listed, list) else []):
        if not isinstance(entry, Mapping):
            continue
        route: Route = (*found.route, "volumeMounts", index)
        name, mounted, inner = entry.get("name"), entry.get("mountPath"), entry.get("subPath")
        if isinstance(name, str) and name not in names:
            exist = ", ".join(sorted(names)) or "none"
            message = f'{path((*route, "name"))}: Not found: "{name}"'
            yield Rejection("ADM-12", (*route, "name"), message, f"volumes of this pod: {exist}")
        if mounted == "":
            yield required("ADM-12", (*route, "mountPath"))
        elif isinstance(mounted, str) and mounted in paths:
            yield invalid("ADM-12", (*route, "mountPath"), mounted, "must be unique")
        paths.add(str(mounted))
        if isinstance(inner, str) and inner.startswith("/"):
            yield invalid("ADM-12", (*route, "subPath"), inner, "must be a relative path")
        elif isinstance(inner, str) and ".." in inner.split("/"):
            yield invalid("ADM-12", (*route, "subPath"), inner, "must not contain '..'")
