"""PersistentVolumes: where the data lie does not change."""

from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.cluster.admission import Rejection
from ringtrue.cluster.admission.rejection import path
from ringtrue.cluster.updates.comparing import difference, without
from ringtrue.cluster.updates.selectors import IMMUTABLE
from ringtrue.manifests.resource import Resource

_SOURCES = ("csi", "nfs", "hostPath", "local", "cephfs", "glusterfs", "fc", "flexVolume")
"""Kinds of storage of which the API server fills in nothing but an empty type."""


def volume(old: Resource, new: Resource) -> Iterator[Rejection]:
    """UPD-05: source and mode of a PersistentVolume; a secret for growing may be added to a CSI source."""
    before, after = _source(old), _source(new)
    if "csi" in before and "csi" in after and not before["csi"].get("controllerExpandSecretRef"):
        after = {**after, "csi": without(after["csi"], "controllerExpandSecretRef")}
    found = difference(before, after, ("spec",)) if before and after else None
    if found is not None:
        said = "spec.persistentvolumesource is immutable after creation"
        yield Rejection("UPD-05", found, f"spec.persistentvolumesource: Forbidden: {said}; {path(found)} differs")
    if _mode(old) != _mode(new):
        yield Rejection("UPD-05", ("spec", "volumeMode"), f"volumeMode: {IMMUTABLE}")


def _source(resource: Resource) -> dict[str, Mapping[str, Any]]:
    return {key: value for key in _SOURCES if (value := resource.mapping("spec", key))}


def _mode(resource: Resource) -> object:
    return resource.get("spec", "volumeMode") or "Filesystem"
