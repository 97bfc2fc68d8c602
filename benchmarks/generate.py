"""Writes a folder of rendered manifests whose every reference can be proved: what the speed figures are taken on.

    python -m benchmarks.generate DIR [APPS]

Each app is ten objects in one file: a Deployment that calls four other apps by name, its Service, ConfigMap, Secret,
ServiceAccount, HorizontalPodAutoscaler, PodDisruptionBudget, NetworkPolicy, Ingress and Role: 5,000 for 500 apps.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

APPS_IN_A_NAMESPACE = 20
CALLS = (1, 7, 31, 101)
"""How far from an app the apps that it calls are, in the order of their numbers."""

Manifest = dict[str, Any]


def main(argv: list[str]) -> int:
    """Write the folder; the number of apps defaults to 500."""
    folder, apps = Path(argv[0]), int(argv[1]) if len(argv) > 1 else 500
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(apps):
        text = yaml.dump_all(objects(number, apps), Dumper=yaml.CSafeDumper, sort_keys=False)
        (folder / f"{name_of(number)}.yaml").write_text(text, encoding="utf-8")
    return 0


def name_of(number: int) -> str:
    return f"app-{number:04d}"


def namespace_of(number: int) -> str:
    return f"team-{number // APPS_IN_A_NAMESPACE:03d}"


def objects(number: int, apps: int) -> Iterator[Manifest]:
    """The ten objects of one app."""
    name, namespace = name_of(number), namespace_of(number)
    labels = {"app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "benchmark"}

    def made(api_version: str, kind: str, **rest: Any) -> Manifest:
        metadata = {"name": name, "namespace": namespace, "labels": dict(labels)}
        return {"apiVersion": api_version, "kind": kind, "metadata": metadata, **rest}

    yield made("v1", "ServiceAccount", automountServiceAccountToken=False)
    yield made("v1", "ConfigMap", data={"LOG_LEVEL": "info", "app.properties": properties(number, apps)})
    yield made("v1", "Secret", stringData={"password": "not-a-secret"})
    yield made("apps/v1", "Deployment", spec=deployment(number, apps, labels))
    ports = [{"name": "http", "port": 80, "targetPort": "http"}]
    yield made("v1", "Service", spec={"selector": dict(labels), "ports": ports})
    target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": name}
    yield made("autoscaling/v2", "HorizontalPodAutoscaler", spec={"maxReplicas": 9, "scaleTargetRef": target})
    budget = {"maxUnavailable": 1, "selector": {"matchLabels": dict(labels)}}
    yield made("policy/v1", "PodDisruptionBudget", spec=budget)
    ingress = [{"ports": [{"port": "http"}]}]
    policy = {"podSelector": {"matchLabels": dict(labels)}, "policyTypes": ["Ingress"], "ingress": ingress}
    yield made("networking.k8s.io/v1", "NetworkPolicy", spec=policy)
    backend = {"service": {"name": name, "port": {"name": "http"}}}
    paths = [{"path": "/", "pathType": "Prefix", "backend": backend}]
    rule = {"host": f"{name}.example.com", "http": {"paths": paths}}
    yield made("networking.k8s.io/v1", "Ingress", spec={"rules": [rule]})
    yield made(
        "rbac.authorization.k8s.io/v1",
        "Role",
        rules=[{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get"]}],
    )


def deployment(number: int, apps: int, labels: dict[str, str]) -> Manifest:
    """Two containers; the first calls four other apps."""
    name = name_of(number)
    probe = {"httpGet": {"path": "/healthz", "port": "http"}, "periodSeconds": 10}
    server = {
        "name": "server",
        "image": f"registry.example.com/{name}:1.2.3",
        "args": [f"--upstream={url(number, CALLS[0], apps)}"],
        "env": [{"name": f"PEER_{far}_URL", "value": url(number, far, apps)} for far in CALLS[1:]],
        "envFrom": [{"configMapRef": {"name": name}}],
        "ports": [{"name": "http", "containerPort": 8080}],
        "readinessProbe": probe,
        "livenessProbe": probe,
        "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}},
        "securityContext": {"readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}},
    }
    proxy = {
        "name": "proxy",
        "image": "registry.example.com/proxy:1.0.0",
        "ports": [{"name": "metrics", "containerPort": 15090}],
        "volumeMounts": [{"name": "config", "mountPath": "/config"}],
    }
    spec = {
        "serviceAccountName": name,
        "containers": [server, proxy],
        "volumes": [{"name": "config", "configMap": {"name": name}}],
    }
    template = {"metadata": {"labels": dict(labels)}, "spec": spec}
    return {"replicas": 2, "selector": {"matchLabels": dict(labels)}, "template": template}


def url(number: int, far: int, apps: int) -> str:
    other = (number + far) % apps
    return f"http://{name_of(other)}.{namespace_of(other)}.svc.cluster.local"


def properties(number: int, apps: int) -> str:
    """Forty lines of configuration; the first names another app."""
    first = f"upstream.url={url(number, CALLS[0], apps)}\n"
    return first + "".join(f"cache.region-{line}.ttl={number * line % 3600}\n" for line in range(39))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
