"""Stage three: pods that never become ready are no endpoints (EP-05, EP-06)."""

from collections.abc import Callable

import pytest

from ringtrue.reachability.proof import Proof
from ringtrue.reachability.reasons import Reason, Verdict

PODS = """
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: db, ports: [{name: sql, containerPort: 5432}], PROBE}]}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {clusterIP: None, PUBLISH selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: v1
kind: Service
metadata: {name: db-vip, namespace: shop}
spec: {PUBLISH selector: {app: db}, ports: [{port: 5432, targetPort: sql}]}
"""
READINESS = "readinessProbe: {tcpSocket: {port: gone}}"
OTHERS = {
    "a liveness probe counts as passed": "livenessProbe: {tcpSocket: {port: gone}}",
    "a number needs no declaration": "readinessProbe: {tcpSocket: {port: 9999}}",
    "the name is declared": "readinessProbe: {tcpSocket: {port: sql}}",
}
START = "startupProbe: {tcpSocket: {port: gone}}"
HOOK = "lifecycle: {postStart: {httpGet: {port: gone}}}"
SPARE = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: spare, namespace: shop}
spec:
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: db, ports: [{name: sql, containerPort: 5432}]}]}
---
"""

HOSTS = ["db", "db-0.db", "db-vip"]


def world(probe: str, publish: bool = False) -> str:
    return PODS.replace("PROBE", probe).replace("PUBLISH", "publishNotReadyAddresses: true," if publish else "")


@pytest.mark.parametrize("probe", [READINESS, START, HOOK], ids=["readiness", "startup", "postStart"])
@pytest.mark.parametrize("host", HOSTS)
def test_pods_that_never_become_ready_are_no_endpoints(host: str, probe: str, ask: Callable[..., Proof]) -> None:
    assert ask(host, port=5432, add=world(probe)).reason is Reason.NO_ENDPOINTS


@pytest.mark.parametrize("probe", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("host", HOSTS)
def test_other_probes_keep_no_pod_from_ready(host: str, probe: str, ask: Callable[..., Proof]) -> None:
    assert ask(host, port=5432, add=world(probe)).verdict is Verdict.PROVED


@pytest.mark.parametrize("host", HOSTS)
def test_peers_are_reached_before_they_are_ready(host: str, ask: Callable[..., Proof]) -> None:
    assert ask(host, port=5432, add=world(READINESS, publish=True)).verdict is Verdict.PROVED


def test_a_killed_container_is_reached_by_nobody(ask: Callable[..., Proof]) -> None:
    assert ask("db", port=5432, add=world(HOOK, publish=True)).reason is Reason.NO_ENDPOINTS


@pytest.mark.parametrize("host", ["db", "db-vip"])
def test_the_pods_that_become_ready_serve(host: str, ask: Callable[..., Proof]) -> None:
    proof = ask(host, port=5432, add=SPARE + world(READINESS))

    assert proof.verdict is Verdict.PROVED
    assert proof.steps[2].evidence.startswith("1 pod of Deployment spare (app=db)")


def test_the_probe_is_named(ask: Callable[..., Proof]) -> None:
    proof = ask("db-vip", port=5432, add=world(READINESS))

    assert proof.message == (
        "Deployment 'client' calls 'db-vip', but no pod of Service 'shop/db-vip' becomes ready: the "
        "readinessProbe of container 'db' in StatefulSet 'db' asks for port 'gone', "
        "which the container does not declare"
    )
    assert proof.blame is not None
    assert proof.blame.route[-3:] == ("readinessProbe", "tcpSocket", "port")
