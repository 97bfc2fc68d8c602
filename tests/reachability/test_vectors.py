"""Vectors of the behaviours that only a whole chain shows: the port that is called, the pods behind it."""

import pytest

POLICY = """
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: shut-{0}, namespace: shop}}
spec: {{podSelector: {{matchLabels: {{app: {0}}}}}, policyTypes: [Ingress]}}
"""
TWO_KINDS = """
apiVersion: v1
kind: Service
metadata: {name: both, namespace: shop}
spec: {selector: {tier: back}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Pod
metadata: {name: one, namespace: shop, labels: {app: one, tier: back}}
spec: {containers: [{name: c, image: c, ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: two, namespace: shop, labels: {app: two, tier: back}}
spec: {containers: [{name: c, image: c, ports: [{containerPort: 8080}]}]}
"""


@pytest.mark.parametrize(
    ("host", "port", "protocol", "reason"),
    [
        pytest.param("api", 80, "TCP", "ok", id="PORT-01-the-Service's-port"),
        pytest.param("api", 8080, "TCP", "port-undeclared", id="PORT-01-the-pod's-port"),
        pytest.param("api", 443, "TCP", "port-undeclared", id="PORT-01-another-port"),
        pytest.param("api", 80, "UDP", "port-undeclared", id="PORT-01-another-protocol"),
        pytest.param("pods", 80, "TCP", "port-undeclared", id="EP-04-headless-the-Service's-port"),
        pytest.param("pods", 8080, "TCP", "ok", id="EP-04-headless-the-pod's-port"),
    ],
)
def test_the_port_that_is_called(ask, host: str, port: int, protocol: str, reason: str) -> None:
    assert ask(host, port=port, protocol=protocol).reason.value == reason


@pytest.mark.parametrize(
    ("shut", "reason"),
    [
        pytest.param((), "ok", id="NET-04-all"),
        pytest.param(("one",), "partial", id="NET-04-some"),
        pytest.param(("one", "two"), "blocked", id="NET-04-none"),
    ],
)
def test_the_pods_that_may_be_reached(ask, shut: tuple[str, ...], reason: str) -> None:
    policies = "---".join(POLICY.format(name) for name in shut)
    assert ask("both", port=80, add=f"{TWO_KINDS}---{policies}").reason.value == reason


NAMESPACE_SVC = """
apiVersion: v1
kind: Service
metadata: {name: db, namespace: svc}
spec: {selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: svc, labels: {app: db}}
spec: {containers: [{name: c, image: c}]}
"""


@pytest.mark.parametrize("host", ["db.svc", "db.svc.svc", "db.svc.svc.cluster.local"], ids="DNS-06-{}".format)
def test_a_namespace_may_be_called_svc(ask, host: str) -> None:
    proof = ask(host, port=5432, add=NAMESPACE_SVC)
    assert (proof.reason.value, proof.target.namespace, proof.target.service) == ("ok", "svc", "db")
