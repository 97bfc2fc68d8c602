"""Objects that can be changed in ways that the API server does and does not allow, and the fields to change."""

import copy
from typing import Any

from frame.clusters import Document

Route = tuple[str | int, ...]
Pool = dict[Route, tuple[Any, ...]]
"""Values by field; None takes the field away."""

_LABELS = {"app": "web", "tier": "front"}
_RBAC = "rbac.authorization.k8s.io"
_CONTAINER = {
    "name": "web",
    "image": "httpd:2.4",
    "ports": [{"name": "http", "containerPort": 8080}],
    "env": [{"name": "MODE", "value": "fast"}, {"name": "URL", "value": "http://api"}],
    "volumeMounts": [{"name": "data", "mountPath": "/data"}],
    "readinessProbe": {"httpGet": {"port": 8080}},
}
_SPEC = {
    "containers": [_CONTAINER, {"name": "side", "image": "busybox", "command": ["sleep", "1"]}],
    "initContainers": [{"name": "init", "image": "busybox:1"}],
    "volumes": [{"name": "data", "emptyDir": {}}, {"name": "conf", "configMap": {"name": "conf"}}],
    "tolerations": [{"key": "a", "operator": "Exists"}],
}
_TEMPLATE = {"metadata": {"labels": _LABELS}, "spec": _SPEC}
_ENDS = {"metadata": {"labels": {"app": "web"}}, "spec": {**_SPEC, "restartPolicy": "Never"}}
_CLAIM = {
    "metadata": {"name": "data"},
    "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
}
_SELECTOR = {"matchLabels": {"app": "web"}}
_PORTS = [{"name": "http", "port": 80, "targetPort": "http"}]

_SELECTORS: Pool = {
    ("spec", "selector"): (
        {"matchLabels": {"app": "web", "tier": "front"}},
        {"matchLabels": {"tier": "front"}},
        {"matchLabels": {"app": "web"}, "matchExpressions": []},
        {"matchExpressions": [{"key": "app", "operator": "In", "values": ["web", "other"]}]},
        {"matchExpressions": [{"key": "app", "operator": "In", "values": ["other", "web"]}]},
        {"matchLabels": {"app": "web"}, "matchExpressions": [{"key": "tier", "operator": "Exists"}]},
    ),
    ("spec", "template", "metadata", "labels", "more"): ("yes", None),
    ("spec", "template", "spec", "containers", 0, "image"): ("httpd:2.5",),
    ("metadata", "labels", "app"): ("other", None),
}
_OF_CONTAINERS: Pool = {
    ("image",): ("httpd:2.5", "httpd", "httpd:latest"),
    ("imagePullPolicy",): ("Always", "IfNotPresent", None),
    ("env",): (
        [{"name": "MODE", "value": "slow"}, {"name": "URL", "value": "http://api"}],
        [{"name": "URL", "value": "http://api"}, {"name": "MODE", "value": "fast"}],
        [{"name": "MODE", "value": "fast"}],
        [{"name": "MODE"}, {"name": "URL", "value": ""}],
        None,
    ),
    ("ports", 0, "protocol"): ("TCP", "UDP", None),
    ("ports", 0, "containerPort"): (8081,),
    ("ports", 0, "hostPort"): (0, None),
    ("args",): (["-v"], [], None),
    ("resources",): (
        {},
        {"limits": {"cpu": "1"}},
        {"limits": {"cpu": "1000m"}},
        {"limits": {"cpu": 1}, "requests": {"cpu": "1"}},
        {"limits": {"cpu": "1"}, "requests": {"cpu": "500m"}},
        None,
    ),
    ("readinessProbe", "timeoutSeconds"): (1, 0, 5, None),
    ("readinessProbe", "initialDelaySeconds"): (0, 3, None),
    ("readinessProbe", "httpGet", "path"): ("/", "/ready", None),
    ("readinessProbe", "httpGet", "scheme"): ("HTTP", "HTTPS", None),
    ("securityContext",): ({}, {"runAsNonRoot": True}, {"privileged": False}, None),
    ("terminationMessagePolicy",): ("File", "FallbackToLogsOnError", None),
    ("volumeMounts", 0, "readOnly"): (True, False, None),
    ("stdin",): (True, False, None),
}
_OF_PODS: Pool = {
    **{("containers", 0, *route): pool for route, pool in _OF_CONTAINERS.items()},
    ("initContainers", 0, "image"): ("busybox:2", "busybox"),
    ("containers", 1, "name"): ("other",),
    ("containers", 1): ({"name": "side", "image": "busybox", "command": ["sleep", "2"]},),
    ("initContainers",): ([{"name": "init", "image": "busybox:1"}, {"name": "more", "image": "busybox:1"}], None),
    ("restartPolicy",): ("Never", "OnFailure"),
    ("dnsPolicy",): ("ClusterFirst", "Default", None),
    ("dnsConfig",): ({}, {"searches": ["a.b"]}, None),
    ("terminationGracePeriodSeconds",): (30, 0, 5, None),
    ("activeDeadlineSeconds",): (100, 50, 200, None),
    ("schedulerName",): ("default-scheduler", "other", None),
    ("securityContext",): ({}, {"runAsUser": 0}, {"fsGroup": 1}, None),
    ("affinity",): (
        {},
        {
            "nodeAffinity": {
                "requiredDuringSchedulingIgnoredDuringExecution": {
                    "nodeSelectorTerms": [{"matchExpressions": [{"key": "a", "operator": "Exists"}]}]
                }
            }
        },
        {
            "podAntiAffinity": {
                "requiredDuringSchedulingIgnoredDuringExecution": [
                    {"topologyKey": "zone", "labelSelector": {"matchLabels": {"app": "web"}}}
                ]
            }
        },
        None,
    ),
    ("nodeSelector",): ({}, {"disk": "ssd"}, {"disk": "hdd"}, None),
    ("tolerations",): (
        [{"key": "a", "operator": "Exists"}, {"key": "b", "operator": "Exists"}],
        [{"key": "a", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 5}],
        [{"key": "a", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 50}],
        [{"key": "b", "operator": "Exists"}],
        [],
        None,
    ),
    ("volumes", 0): (
        {"name": "data"},
        {"name": "data", "emptyDir": {"medium": "Memory"}},
        {"name": "data", "hostPath": {"path": "/a"}},
        {"name": "data", "hostPath": {"path": "/a", "type": ""}},
    ),
    ("volumes", 1, "configMap", "defaultMode"): (420, 256, None),
    ("volumes", 1, "configMap", "optional"): (True, False, None),
    ("hostNetwork",): (False, None),
    ("automountServiceAccountToken",): (True, False, None),
    ("serviceAccountName",): ("runner", "other"),
    ("priorityClassName",): ("system-node-critical", None),
    ("enableServiceLinks",): (True, False, None),
    ("shareProcessNamespace",): (True, False, None),
    ("hostAliases",): ([{"ip": "10.0.0.1", "hostnames": ["a"]}], [], None),
    ("topologySpreadConstraints",): (
        [{"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "ScheduleAnyway", "labelSelector": _SELECTOR}],
        None,
    ),
}
_IN_TEMPLATES = {("spec", "template", "spec", *route): pool for route, pool in _OF_PODS.items()}
_CLAIM_AT: Route = ("spec", "volumeClaimTemplates", 0)

POOLS: dict[str, Pool] = {
    "Deployment": {
        **_SELECTORS,
        ("spec", "strategy"): (
            {"type": "Recreate"}, {"type": "RollingUpdate"}, {"rollingUpdate": {"maxSurge": 2}}, None,
        ),
    },
    "ReplicaSet": _SELECTORS,
    "DaemonSet": {
        **_SELECTORS,
        ("spec", "updateStrategy"): ({"type": "OnDelete"}, {"rollingUpdate": {"maxUnavailable": 2}}, None),
    },
    "StatefulSet": {
        **_SELECTORS,
        ("spec", "serviceName"): ("web", "other", "", None),
        ("spec", "podManagementPolicy"): ("OrderedReady", "Parallel", None),
        ("spec", "replicas"): (0, 3, None),
        ("spec", "minReadySeconds"): (5, None),
        ("spec", "updateStrategy"): (
            {"type": "OnDelete"}, {"type": "RollingUpdate"}, {"rollingUpdate": {"partition": 1}}, None,
        ),
        ("spec", "revisionHistoryLimit"): (3, 10, None),
        ("spec", "ordinals"): ({"start": 1}, None),
        ("spec", "persistentVolumeClaimRetentionPolicy"): ({"whenDeleted": "Delete"}, None),
        (*_CLAIM_AT, "apiVersion"): ("v1", None),
        (*_CLAIM_AT, "kind"): ("PersistentVolumeClaim", None),
        (*_CLAIM_AT, "metadata", "labels"): ({"app": "web"}, {}, None),
        (*_CLAIM_AT, "spec", "volumeMode"): ("Filesystem", "Block", None),
        (*_CLAIM_AT, "spec", "storageClassName"): ("fast", "", None),
        (*_CLAIM_AT, "spec", "resources", "requests", "storage"): ("2Gi", "1024Mi", "1Gi"),
    },
    "Service": {
        ("spec", "clusterIP"): ("None", "None", "10.96.7.7", "10.96.7.8", "", None),
        ("spec", "type"): ("NodePort", "LoadBalancer", "ClusterIP", "ExternalName", None),
        ("spec", "selector"): ({"app": "other"}, {"app": "web", "tier": "front"}, None),
        ("spec", "ports", 0, "port"): (8080,),
        ("spec", "sessionAffinity"): ("ClientIP", "None", None),
        ("spec", "externalName"): ("a.example.com", None),
        ("spec", "ipFamilies"): (["IPv4"], ["IPv6"], ["IPv4", "IPv6"], ["IPv6", "IPv4"], None),
        ("spec", "ipFamilyPolicy"): ("SingleStack", "PreferDualStack", None),
        ("spec", "publishNotReadyAddresses"): (True, None),
    },
    "Pod": {("spec", *route): pool for route, pool in _OF_PODS.items()}
    | {("metadata", "labels", "app"): ("other", None)},
    "Job": {
        **_IN_TEMPLATES,
        ("spec", "template", "spec", "restartPolicy"): ("Never", "OnFailure"),
        ("spec", "template", "metadata", "labels"): ({"app": "other"}, {"app": "web", "more": "yes"}, None),
        ("spec", "template", "metadata", "annotations"): ({"a": "b"}, {}, None),
        ("spec", "completions"): (1, 2, 3, None),
        ("spec", "parallelism"): (1, 2, 3, None),
        ("spec", "completionMode"): ("NonIndexed", "Indexed", None),
        ("spec", "backoffLimit"): (1, 6, None),
        ("spec", "activeDeadlineSeconds"): (10, None),
        ("spec", "ttlSecondsAfterFinished"): (10, None),
        ("spec", "suspend"): (True, False, None),
        ("spec", "podReplacementPolicy"): ("Failed", "TerminatingOrFailed", None),
        ("spec", "podFailurePolicy"): (
            {"rules": [{"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}]},
            None,
        ),
        ("spec", "managedBy"): ("example.com/other", None),
    },
    "PersistentVolumeClaim": {
        ("spec", "resources", "requests", "storage"): ("1Gi", "1024Mi", "2Gi", "500Mi"),
        ("spec", "accessModes"): (["ReadWriteOnce"], ["ReadWriteMany"], ["ReadWriteOnce", "ReadOnlyMany"]),
        ("spec", "storageClassName"): ("fast", "slow", "", None),
        ("spec", "volumeMode"): ("Filesystem", "Block", None),
        ("spec", "selector"): ({"matchLabels": {"a": "b"}}, None),
        ("spec", "dataSource"): ({"kind": "PersistentVolumeClaim", "name": "a"}, None),
        ("spec", "volumeAttributesClassName"): ("gold", "silver", None),
        ("metadata", "labels", "app"): ("other", None),
    },
    "PersistentVolume": {
        ("spec", "hostPath", "path"): ("/a", "/b"),
        ("spec", "hostPath", "type"): ("", "Directory", None),
        ("spec", "capacity", "storage"): ("1Gi", "2Gi"),
        ("spec", "volumeMode"): ("Filesystem", "Block", None),
        ("spec", "accessModes"): (["ReadWriteOnce"], ["ReadWriteMany"]),
        ("spec", "persistentVolumeReclaimPolicy"): ("Delete", "Retain", None),
        ("spec", "storageClassName"): ("fast", None),
    },
    "ConfigMap": {
        ("immutable",): (True, True, False, None),
        ("data", "a"): ("b", "c", "", None),
        ("data", "more"): ("d", None),
        ("binaryData",): ({"x": "YQ=="}, {"x": "Yg=="}, None),
        ("metadata", "labels", "app"): ("other", None),
    },
    "Secret": {
        ("immutable",): (True, True, False, None),
        ("data",): ({"a": "YQ=="}, {"a": "Yg=="}, {"a": "YQ==", "b": "Yg=="}, None),
        ("stringData",): ({"a": "a"}, {"a": "b"}, {"c": "d"}, None),
        ("type",): ("Opaque", "example.com/a", None),
    },
    "RoleBinding": {
        ("roleRef", "name"): ("a", "b"),
        ("roleRef", "kind"): ("Role", "ClusterRole"),
        ("roleRef", "apiGroup"): (_RBAC, None),
        ("subjects",): ([{"kind": "ServiceAccount", "name": "a", "namespace": "shop"}], None),
    },
    "ClusterRoleBinding": {("roleRef", "name"): ("a", "b"), ("roleRef", "apiGroup"): (_RBAC, None)},
    "StorageClass": {
        ("provisioner",): ("example.com/a", "example.com/b"),
        ("parameters",): ({"a": "b"}, {"a": "c"}, {}, None),
        ("reclaimPolicy",): ("Delete", "Retain", None),
        ("volumeBindingMode",): ("Immediate", "WaitForFirstConsumer", None),
        ("allowVolumeExpansion",): (True, False, None),
        ("mountOptions",): (["ro"], None),
    },
    "PriorityClass": {
        ("value",): (1, 2),
        ("preemptionPolicy",): ("Never", "PreemptLowerPriority", None),
        ("description",): ("a", None),
    },
    "IngressClass": {("spec", "controller"): ("example.com/a", "example.com/b")},
    "RuntimeClass": {("handler",): ("runc", "kata")},
    "EndpointSlice": {
        ("addressType",): ("IPv4", "FQDN"),
        ("endpoints",): ([{"addresses": ["10.1.2.3"]}], [{"addresses": ["10.1.2.4"]}]),
        ("ports",): ([{"port": 80}], [{"port": 81}]),
    },
    "ResourceQuota": {
        ("spec", "scopes"): (["NotTerminating"], ["Terminating"], ["NotTerminating", "BestEffort"],
                             ["BestEffort", "NotTerminating"], [], None),
        ("spec", "hard"): ({"pods": "1"}, {"pods": "2"}),
    },
    "CSIDriver": {
        ("spec", "attachRequired"): (True, False, None),
        ("spec", "volumeLifecycleModes"): (["Persistent"], ["Ephemeral"], None),
        ("spec", "podInfoOnMount"): (True, False, None),
    },
    "VolumeAttributesClass": {
        ("driverName",): ("example.com/a", "example.com/b"),
        ("parameters",): ({"a": "b"}, {"a": "c"}),
    },
}  # fmt: skip


def _object(api: str, kind: str, **fields: Any) -> Document:
    return {"apiVersion": api, "kind": kind, "metadata": {"name": "web", "labels": {"app": "web"}}, **fields}


_GOOD = (
    _object("apps/v1", "Deployment", spec={"selector": _SELECTOR, "template": _TEMPLATE}),
    _object("apps/v1", "ReplicaSet", spec={"selector": _SELECTOR, "template": _TEMPLATE}),
    _object("apps/v1", "DaemonSet", spec={"selector": _SELECTOR, "template": _TEMPLATE}),
    _object(
        "apps/v1",
        "StatefulSet",
        spec={"serviceName": "web", "selector": _SELECTOR, "template": _TEMPLATE, "volumeClaimTemplates": [_CLAIM]},
    ),
    _object("v1", "Service", spec={"selector": {"app": "web"}, "ports": _PORTS}),
    _object("v1", "Service", spec={"selector": {"app": "web"}, "ports": _PORTS, "clusterIP": "None"}),
    _object("v1", "Service", spec={"ports": _PORTS, "type": "ExternalName", "externalName": "a.example.com"}),
    _object("v1", "Pod", spec=_SPEC),
    _object("batch/v1", "Job", spec={"template": _ENDS}),
    _object("batch/v1", "Job", spec={"template": _ENDS, "suspend": True}),
    _object(
        "batch/v1", "Job", spec={"template": _ENDS, "completionMode": "Indexed", "completions": 2, "parallelism": 2}
    ),
    _object("v1", "PersistentVolumeClaim", spec=_CLAIM["spec"]),
    _object(
        "v1",
        "PersistentVolume",
        spec={"capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "hostPath": {"path": "/a"}},
    ),
    _object("v1", "ConfigMap", data={"a": "b"}, immutable=True),
    _object("v1", "Secret", data={"a": "YQ=="}, immutable=True),
    _object(f"{_RBAC}/v1", "RoleBinding", roleRef={"kind": "Role", "name": "a", "apiGroup": _RBAC}),
    _object(f"{_RBAC}/v1", "ClusterRoleBinding", roleRef={"kind": "ClusterRole", "name": "a", "apiGroup": _RBAC}),
    _object("storage.k8s.io/v1", "StorageClass", provisioner="example.com/a"),
    _object("storage.k8s.io/v1", "VolumeAttributesClass", driverName="example.com/a", parameters={"a": "b"}),
    _object("storage.k8s.io/v1", "CSIDriver", spec={}),
    _object("scheduling.k8s.io/v1", "PriorityClass", value=1),
    _object("networking.k8s.io/v1", "IngressClass", spec={"controller": "example.com/a"}),
    _object("node.k8s.io/v1", "RuntimeClass", handler="runc"),
    _object("discovery.k8s.io/v1", "EndpointSlice", addressType="IPv4", endpoints=[{"addresses": ["10.1.2.3"]}]),
    _object("v1", "ResourceQuota", spec={"hard": {"pods": "1"}, "scopes": ["NotTerminating"]}),
)


def good() -> list[Document]:
    """A fresh copy of each."""
    return copy.deepcopy(list(_GOOD))
