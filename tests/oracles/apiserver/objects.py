"""Good objects of each kind, for mutations to spoil."""

import copy
from typing import Any

from frame.clusters import Document

_PROBE = {"httpGet": {"path": "/", "port": "http"}, "periodSeconds": 5}
_CONTAINER: dict[str, Any] = {
    "name": "web",
    "image": "httpd:2.4",
    "ports": [{"name": "http", "containerPort": 8080}, {"name": "metrics", "containerPort": 9090, "hostPort": 9090}],
    "env": [
        {"name": "MODE", "value": "fast"},
        {"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
        {"name": "KEY", "valueFrom": {"secretKeyRef": {"name": "keys", "key": "one"}}},
    ],
    "envFrom": [{"configMapRef": {"name": "settings"}}],
    "volumeMounts": [{"name": "data", "mountPath": "/data"}, {"name": "tmp", "mountPath": "/tmp"}],
    "resources": {"requests": {"cpu": "100m", "memory": "64Mi"}, "limits": {"cpu": "1", "memory": "128Mi"}},
    "readinessProbe": _PROBE,
    "livenessProbe": {"tcpSocket": {"port": 8080}},
}
_POD: dict[str, Any] = {
    "containers": [_CONTAINER, {"name": "side", "image": "busybox", "command": ["sleep", "1"]}],
    "initContainers": [{"name": "init", "image": "busybox"}],
    "volumes": [{"name": "data", "emptyDir": {}}, {"name": "tmp", "emptyDir": {}}],
    "dnsConfig": {"searches": ["example.com"], "options": [{"name": "ndots", "value": "2"}]},
    "hostname": "web",
    "subdomain": "web",
}
_LABELS = {"app": "web", "app.kubernetes.io/name": "web"}
_SELECTOR = {"matchLabels": {"app": "web"}, "matchExpressions": [{"key": "app", "operator": "In", "values": ["web"]}]}
_TEMPLATE = {"metadata": {"labels": _LABELS}, "spec": _POD}
_ENDS = {"metadata": {"labels": _LABELS}, "spec": _POD | {"restartPolicy": "Never"}}
_PORTS = [{"name": "http", "port": 80, "targetPort": "http"}, {"name": "dns", "port": 53, "protocol": "UDP"}]


def _object(api: str, kind: str, spec: dict[str, Any]) -> Document:
    return {"apiVersion": api, "kind": kind, "metadata": {"name": "web", "labels": _LABELS}, "spec": spec}


_GOOD = (
    _object("v1", "Service", {"selector": {"app": "web"}, "ports": _PORTS}),
    _object("v1", "Service", {"selector": {"app": "web"}, "ports": _PORTS, "clusterIP": "None"}),
    _object("v1", "Service", {"selector": {"app": "web"}, "ports": _PORTS, "type": "NodePort"}),
    _object("v1", "Service", {"selector": {"app": "web"}, "ports": _PORTS, "type": "LoadBalancer"}),
    _object("v1", "Service", {"type": "ExternalName", "externalName": "db.example.com"}),
    _object("v1", "Pod", _POD),
    _object("v1", "ReplicationController", {"selector": {"app": "web"}, "template": _TEMPLATE}),
    _object("apps/v1", "Deployment", {"replicas": 2, "selector": _SELECTOR, "template": _TEMPLATE}),
    _object("apps/v1", "DaemonSet", {"selector": _SELECTOR, "template": _TEMPLATE}),
    _object("apps/v1", "ReplicaSet", {"selector": _SELECTOR, "template": _TEMPLATE}),
    _object("apps/v1", "StatefulSet", {"serviceName": "web", "selector": _SELECTOR, "template": _TEMPLATE}),
    _object("batch/v1", "Job", {"template": _ENDS}),
    _object("batch/v1", "CronJob", {"schedule": "0 * * * *", "jobTemplate": {"spec": {"template": _ENDS}}}),
    _object(
        "networking.k8s.io/v1",
        "NetworkPolicy",
        {
            "podSelector": _SELECTOR,
            "policyTypes": ["Ingress", "Egress"],
            "ingress": [{"from": [{"podSelector": _SELECTOR}, {"namespaceSelector": {}}], "ports": [{"port": "http"}]}],
            "egress": [
                {"to": [{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}}]},
                {"ports": [{"port": 53, "protocol": "UDP"}, {"port": 8000, "endPort": 8080}]},
            ],
        },
    ),
    _object("policy/v1", "PodDisruptionBudget", {"minAvailable": 1, "selector": _SELECTOR}),
    {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "web", "labels": _LABELS}, "data": {"a": "b"}},
    {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "web", "labels": _LABELS}},
)

CLUSTER_SCOPED = frozenset(
    "Namespace ClusterRole ClusterRoleBinding PriorityClass StorageClass IngressClass RuntimeClass CSIDriver "
    "VolumeAttributesClass PersistentVolume".split()
)


_RULES = [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]
_RBAC = "rbac.authorization.k8s.io/v1"
_NAMED = (
    ("v1", "Secret", {"stringData": {"a": "b"}}),
    ("v1", "ServiceAccount", {}),
    ("v1", "ResourceQuota", {"spec": {"hard": {"pods": "1"}}}),
    (
        "v1",
        "PersistentVolumeClaim",
        {"spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}},
    ),
    ("v1", "Endpoints", {"subsets": [{"addresses": [{"ip": "10.1.2.3"}], "ports": [{"port": 80}]}]}),
    (
        "discovery.k8s.io/v1",
        "EndpointSlice",
        {"addressType": "IPv4", "endpoints": [{"addresses": ["10.1.2.3"]}], "ports": [{"port": 80}]},
    ),
    (
        "networking.k8s.io/v1",
        "Ingress",
        {"spec": {"defaultBackend": {"service": {"name": "a", "port": {"number": 80}}}}},
    ),
    ("networking.k8s.io/v1", "IngressClass", {"spec": {"controller": "example.com/a"}}),
    (
        "autoscaling/v2",
        "HorizontalPodAutoscaler",
        {"spec": {"maxReplicas": 2, "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "a"}}},
    ),
    (_RBAC, "Role", {"rules": _RULES}),
    (_RBAC, "ClusterRole", {"rules": _RULES}),
    (_RBAC, "RoleBinding", {"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "a"}}),
    (
        _RBAC,
        "ClusterRoleBinding",
        {"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "system:a"}},
    ),
    ("scheduling.k8s.io/v1", "PriorityClass", {"value": 1}),
    ("storage.k8s.io/v1", "StorageClass", {"provisioner": "example.com/a"}),
)
"""Kinds of which only names, labels and annotations are looked at (ADM-01, ADM-03)."""


def good() -> list[Document]:
    """A fresh copy of each."""
    named = [
        {"apiVersion": api, "kind": kind, "metadata": {"name": "web", "labels": _LABELS}, **rest}
        for api, kind, rest in _NAMED
    ]
    return copy.deepcopy([*_GOOD, *named])


def named_only(kind: str) -> bool:
    """Whether only an object's metadata is for mutations."""
    return any(kind == each for _, each, _ in _NAMED)
