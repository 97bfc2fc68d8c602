"""A pod spec with what the API server fills in, so that what was left out and what was written can be compared."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

_PROBE = {"timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3}
_HTTP = {"path": "/", "scheme": "HTTP"}
_MODE = {"defaultMode": 0o644}
_FIELD = {"apiVersion": "v1"}
_HANDLERS = ("livenessProbe", "readinessProbe", "startupProbe")
_HOOKS = (("lifecycle", "postStart"), ("lifecycle", "preStop"))

_ZERO_MEANS_DEFAULT = frozenset(_PROBE)

_OF_CONTAINERS: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (
    ((), {"terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File"}),
    (("ports", "*"), {"protocol": "TCP"}),
    (("env", "*", "valueFrom", "fieldRef"), _FIELD),
    *(((probe,), _PROBE) for probe in _HANDLERS),
    *(((*handler, "httpGet"), _HTTP) for handler in (*((probe,) for probe in _HANDLERS), *_HOOKS)),
)
_OF_PODS: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (
    (
        (),
        {
            "dnsPolicy": "ClusterFirst",
            "restartPolicy": "Always",
            "terminationGracePeriodSeconds": 30,
            "schedulerName": "default-scheduler",
            "securityContext": {},
        },
    ),
    *(((kind, "*", *way), values) for kind in ("initContainers", "containers") for way, values in _OF_CONTAINERS),
    *((("volumes", "*", source), _MODE) for source in ("secret", "configMap", "downwardAPI", "projected")),
    (("volumes", "*", "hostPath"), {"type": ""}),
    (("volumes", "*", "downwardAPI", "items", "*", "fieldRef"), _FIELD),
    (("volumes", "*", "projected", "sources", "*", "downwardAPI", "items", "*", "fieldRef"), _FIELD),
    (("volumes", "*", "projected", "sources", "*", "serviceAccountToken"), {"expirationSeconds": 3600}),
    (("volumes", "*", "ephemeral", "volumeClaimTemplate", "spec"), {"volumeMode": "Filesystem"}),
    (("volumes", "*", "iscsi"), {"iscsiInterface": "default"}),
    (("volumes", "*", "rbd"), {"pool": "rbd", "user": "admin", "keyring": "/etc/ceph/keyring"}),
    (
        ("volumes", "*", "azureDisk"),
        {"cachingMode": "ReadWrite", "fsType": "ext4", "readOnly": False, "kind": "Shared"},
    ),
)


def template(found: Mapping[str, Any]) -> dict[str, Any]:
    """UPD-05: a pod template as it is stored."""
    return {**found, "spec": _filled(_mapping(found, "spec"))}


def whole(spec: Mapping[str, Any]) -> dict[str, Any]:
    """UPD-04: the spec of a Pod as it is stored, where more is filled in than in a template.

    Requests come from limits, host ports of pods on the host's network from their ports, the ServiceAccount is
    `default`.
    """
    made = _filled(spec)
    if made.get("enableServiceLinks") is None:
        made["enableServiceLinks"] = True
    for each in _all(made, "initContainers"), _all(made, "containers"):
        for container in each:
            _requests(container)
            for port in _all(container, "ports") if made.get("hostNetwork") is True else ():
                port["hostPort"] = port.get("hostPort") or port.get("containerPort")
    defaults = {"serviceAccountName": "default", "priority": 0, "preemptionPolicy": "PreemptLowerPriority"}
    return {**made, **{key: made[key] if made.get(key) else value for key, value in defaults.items()}}


def keep_pull_policies(old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """UPD-04, UPD-05: fills in `imagePullPolicy`, which follows from the first image; another image does not change it.

    Both are specs as `template` and `whole` make them, and are changed in place.
    """
    for kind in ("initContainers", "containers"):
        known = {}
        for container in _all(old, kind):
            written = container.get("imagePullPolicy")
            container["imagePullPolicy"] = written or _policy(container.get("image"))
            if not written:
                known[str(container.get("name"))] = container["imagePullPolicy"]
        for container in _all(new, kind):
            kept = known.get(str(container.get("name"))) or _policy(container.get("image"))
            container["imagePullPolicy"] = container.get("imagePullPolicy") or kept


def _filled(spec: Mapping[str, Any]) -> dict[str, Any]:
    made = copy.deepcopy(dict(spec))
    for way, values in _OF_PODS:
        for place in _places(made, way):
            for key, value in values.items():
                if place.get(key) in (None, "") or (place[key] == 0 and key in _ZERO_MEANS_DEFAULT):
                    place[key] = copy.copy(value)
    for volume in _all(made, "volumes"):
        if set(volume) <= {"name"}:
            volume["emptyDir"] = {}
    account = made.pop("serviceAccount", None)
    if account and not made.get("serviceAccountName"):
        made["serviceAccountName"] = account
    return made


def _places(value: Any, way: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The mappings at the end of a way, in which `*` is any entry of a list."""
    if not way:
        if isinstance(value, dict):
            yield value
    elif way[0] == "*":
        for each in value if isinstance(value, list) else ():
            yield from _places(each, way[1:])
    elif isinstance(value, dict):
        yield from _places(value.get(way[0]), way[1:])


def _requests(container: dict[str, Any]) -> None:
    resources = _mapping(container, "resources")
    limits = _mapping(resources, "limits")
    if limits:
        container["resources"] = {**resources, "requests": {**limits, **_mapping(resources, "requests")}}


def _policy(image: object) -> str:
    """`Always` for the tag `latest`, and where neither tag nor digest is written."""
    name, _, digest = str(image).partition("@")
    tag = name.rpartition("/")[2].partition(":")[2]
    return "Always" if tag == "latest" or not (tag or digest) else "IfNotPresent"


def _all(value: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    found = value.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _mapping(value: Any, key: str) -> Mapping[str, Any]:
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}
