"""Good objects of each kind, for mutations to spoil."""

import copy
from typing import Any

from frame.clusters import Document

_PROBE = {"httpGet": {"path": "/", "port": "http"}, "periodSeconds": 5}
_CONTAINER: dict[str, Any] = {
    "name": "web",
    "image": "httpd:2.4",
    "ports": [{"name": "http", "containerPort": 8080}, {"name": "metrics", "containerPort": 9090, "protocol": "TCP"}],
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


def good() -> list[Document]:
    """A fresh copy of each."""
    return copy.deepcopy(list(_GOOD))
