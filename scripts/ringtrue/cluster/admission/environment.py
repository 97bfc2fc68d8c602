"""The environment variables of a container."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.cluster.admission import text
from ringtrue.cluster.admission.rejection import Rejection, invalid, required, unsupported
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.workloads import Container
from ringtrue.findings import Route

_SOURCES = ("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef")
_FIELDS = frozenset(
    [
        "metadata.name",
        "metadata.namespace",
        "metadata.uid",
        "spec.nodeName",
        "spec.serviceAccountName",
        "status.hostIP",
        "status.hostIPs",
        "status.podIP",
        "status.podIPs",
    ]
)
_SUBSCRIPTED = re.compile(r"metadata\.(labels|annotations)\['([^']+)'\]")
_RESOURCES = tuple(
    f"{side}.{name}" for side in ("limits", "requests") for name in ("cpu", "ephemeral-storage", "memory")
)
_HUGE = ("limits.hugepages-", "requests.hugepages-")


def environment(found: Container, profile: Profile) -> Iterator[Rejection]:
    """ADM-11: names, one source in `valueFrom` and no `value` beside it, fields that the downward API knows.

    A name may stand twice: the API server warns, and the last one wins.
    """
    listed = found.data.get("env")
    for index, entry in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(entry, Mapping):
            yield from _variable(entry, (*found.route, "env", index), profile)
    listed = found.data.get("envFrom")
    for index, entry in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(entry, Mapping):
            yield from _source(entry, (*found.route, "envFrom", index), profile)


def _variable(entry: Mapping[str, Any], route: Route, profile: Profile) -> Iterator[Rejection]:
    name, source = entry.get("name"), entry.get("valueFrom")
    if name == "":
        yield required("ADM-11", (*route, "name"))
    elif isinstance(name, str) and text.env_name(name, profile.version):
        yield invalid("ADM-11", (*route, "name"), name, text.env_name(name, profile.version))
    if not isinstance(source, Mapping):
        return
    at = (*route, "valueFrom")
    given = [each for each in _SOURCES if source.get(each) is not None]
    if not given:
        said = "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`"
        yield invalid("ADM-11", at, "", said)
    elif entry.get("value"):
        yield invalid("ADM-11", at, "", "may not be specified when `value` is not empty", f"variable {name!r} has both")
    elif len(given) > 1:
        yield invalid("ADM-11", at, "", "may not have more than one field specified at a time")
    yield from _field(source.get("fieldRef"), (*at, "fieldRef"))
    yield from _resource(source.get("resourceFieldRef"), (*at, "resourceFieldRef", "resource"))
    for kind in ("configMapKeyRef", "secretKeyRef"):
        yield from _key(source.get(kind), (*at, kind))


def _field(reference: object, route: Route) -> Iterator[Rejection]:
    wanted = reference.get("fieldPath") if isinstance(reference, Mapping) else None
    if not isinstance(wanted, str) or wanted in _FIELDS:
        return
    found = _SUBSCRIPTED.fullmatch(wanted)
    if found is None:
        said = "error converting fieldPath: field label not supported"
        yield invalid("ADM-11", (*route, "fieldPath"), wanted, said, f"supported: {', '.join(sorted(_FIELDS))}")
        return
    key = found[2].lower() if found[1] == "annotations" else found[2]
    if text.label_key(key):
        yield invalid("ADM-11", (*route, "fieldPath"), found[2], text.label_key(key))


def _resource(reference: object, route: Route) -> Iterator[Rejection]:
    wanted = reference.get("resource") if isinstance(reference, Mapping) else None
    if isinstance(wanted, str) and wanted not in _RESOURCES and not wanted.startswith(_HUGE):
        yield from unsupported("ADM-11", route, wanted, _RESOURCES)


def _key(reference: object, route: Route) -> Iterator[Rejection]:
    if not isinstance(reference, Mapping):
        return
    name, key = reference.get("name") or "", reference.get("key")
    if isinstance(name, str) and text.dns_subdomain(name):
        yield invalid("ADM-11", (*route, "name"), name, text.dns_subdomain(name))
    if key == "":
        yield required("ADM-11", (*route, "key"))
    elif isinstance(key, str) and text.config_key(key):
        yield invalid("ADM-11", (*route, "key"), key, text.config_key(key))


def _source(entry: Mapping[str, Any], route: Route, profile: Profile) -> Iterator[Rejection]:
    prefix = entry.get("prefix")
    if isinstance(prefix, str) and prefix and text.env_name(prefix, profile.version):
        yield invalid("ADM-11", (*route, "prefix"), prefix, text.env_name(prefix, profile.version))
    given = [each for each in ("configMapRef", "secretRef") if entry.get(each) is not None]
    if not given:
        yield invalid("ADM-11", route, "", "must specify one of: `configMapRef` or `secretRef`")
    elif len(given) > 1:
        yield invalid("ADM-11", route, "", "may not have more than one field specified at a time")
    for each in given:
        name = entry[each].get("name") or "" if isinstance(entry[each], Mapping) else None
        if name == "":
            yield required("ADM-11", (*route, each, "name"))
        elif isinstance(name, str) and text.dns_subdomain(name):
            yield invalid("ADM-11", (*route, each, "name"), name, text.dns_subdomain(name))
