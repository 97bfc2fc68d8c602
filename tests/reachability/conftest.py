"""Small worlds written as YAML, and references from one of their workloads."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import yaml

from ringtrue.cluster.cluster import build
from ringtrue.cluster.profile import Profile
from ringtrue.manifests.resource import Resource
from ringtrue.reachability.facts import Facts
from ringtrue.reachability.proof import Proof
from ringtrue.reachability.prove import prove
from ringtrue.reachability.scope import Scope
from ringtrue.references.reference import Reference, Via

WORLD = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec: {containers: [{name: api, image: api, ports: [{name: http, containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}, ports: [{name: web, port: 80, targetPort: http}]}
---
apiVersion: v1
kind: Service
metadata: {name: pods, namespace: shop}
spec: {clusterIP: None, selector: {app: api}, ports: [{name: web, port: 80, targetPort: http}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: client, namespace: shop}
spec:
  selector: {matchLabels: {app: client}}
  template:
    metadata: {labels: {app: client}}
    spec: {containers: [{name: curl, image: curl}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: client, namespace: tools}
spec:
  selector: {matchLabels: {app: client}}
  template:
    metadata: {labels: {app: client}}
    spec: {containers: [{name: curl, image: curl}]}
"""
"""Service `api` (80 -> http, 8080) and headless `pods` in namespace shop; a client there and one in namespace tools."""


def resources(text: str) -> tuple[Resource, ...]:
    documents = [document for document in yaml.safe_load_all(text) if document]
    return tuple(Resource(each, each["metadata"].get("namespace", "")) for each in documents)


Ask = Callable[..., Proof]


@pytest.fixture
def ask() -> Ask:
    """Proves what a client of a world makes of a host: `ask("api", port=80, add=YAML, scope={...})`.

    Without `by_pod` an object's field names the Service; `port_in` is the field of `spec` that says the port.
    """

    def asked(
        host: str,
        *,
        client: str = "shop",
        add: str = "",
        world: str = WORLD,
        profile: Mapping[str, Any] | None = None,
        scope: Mapping[str, Any] | None = None,
        by_pod: bool = True,
        port_in: str = "",
        **reference: Any,
    ) -> Proof:
        objects = resources(world + "\n---\n" + add)
        cluster = build("here", objects, Profile(**(profile or {})))
        workload = next(each for each in cluster.workloads if each.name == "client" and each.namespace == client)
        filled = frozenset(each.namespace for each in objects if each.namespace)
        fields: dict[str, Any] = {
            "environment": "prod",
            "named": True,
            "own": filled,
            "filled": filled,
            **(scope or {}),
        }
        spot = workload.at("spec", "containers", 0, "env", 0, "value")
        if port_in:
            reference["port_spot"] = workload.at("spec", port_in)
        caller, container = (workload, "curl") if by_pod else (None, None)
        made = Reference(workload.resource, caller, container, Via.ENV, spot, "env API_HOST", host, host, **reference)
        return prove(made, Facts(Scope(cluster, **fields)))

    return asked
