"""Services whose full name the resolver does not come to: final dots, ndots, and where musl stops."""

from typing import Any

import pytest

from ringtrue.findings import Severity
from ringtrue.reachability.proof import Target
from ringtrue.reachability.reasons import Reason, Verdict

FULL = "api.back.svc.cluster.local"


def caller(image: str, **dns: Any) -> str:
    """A world: a client in namespace tools, Service `api` and StatefulSet `db` in back, and a namespace `api`."""
    return f"""
apiVersion: apps/v1
kind: Deployment
metadata: {{name: api, namespace: back}}
spec:
  selector: {{matchLabels: {{app: api}}}}
  template:
    metadata: {{labels: {{app: api}}}}
    spec: {{containers: [{{name: api, image: api, ports: [{{containerPort: 80}}]}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: api, namespace: back}}
spec: {{selector: {{app: api}}, ports: [{{port: 80}}]}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: db, namespace: back}}
spec:
  serviceName: db
  selector: {{matchLabels: {{app: db}}}}
  template:
    metadata: {{labels: {{app: db}}}}
    spec: {{containers: [{{name: db, image: db, ports: [{{containerPort: 80}}]}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: db, namespace: back}}
spec: {{clusterIP: None, selector: {{app: db}}, ports: [{{port: 80}}]}}
---
apiVersion: v1
kind: Namespace
metadata: {{name: api}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: client, namespace: tools}}
spec:
  selector: {{matchLabels: {{app: client}}}}
  template:
    metadata: {{labels: {{app: client}}}}
    spec: {{dnsConfig: {dns}, containers: [{{name: curl, image: {image}}}, {{name: side, image: alpine}}]}}
"""


ONE: dict[str, Any] = {"options": [{"name": "ndots", "value": "1"}]}
BACK: dict[str, Any] = {"searches": ["back.svc.cluster.local"]}
LONG: dict[str, Any] = {"searches": ["a" * 60 + ".example", "b" * 60 + ".example", "c" * 60 + ".example"]}
MUSL = {"libc": "musl"}
STANDS = "looks up as it stands, for"
ONLY = "only the full name is found"
IMAGE = "musl, the libc of image 'node:22-alpine',"
STOPS = f"stops its search at 'api.svc.cluster.local', a name without an address, before it comes to '{FULL}'"

MISSES = {
    "DNS-01 final dot": (
        ("api.back.", "debian", {}, {}),
        Reason.NXDOMAIN,
        None,
        f"'api.back.', which is looked up as it stands, for the final dot says that it is whole: {ONLY}",
        f"write '{FULL}'",
    ),
    "DNS-01 final dot after a pod's name": (
        ("db-0.db.back.", "debian", {}, {}),
        Reason.NXDOMAIN,
        None,
        f"'db-0.db.back.', which is looked up as it stands, for the final dot says that it is whole: {ONLY}",
        "write 'db-0.db.back.svc.cluster.local'",
    ),
    "DNS-08 ndots, musl declared": (
        ("api.back", "debian", ONE, MUSL),
        Reason.NXDOMAIN,
        None,
        f"'api.back', which musl {STANDS} ndots is 1: {ONLY}",
        f"write '{FULL}'",
    ),
    "DNS-08 ndots, an image that says musl": (
        ("api.back", "node:22-alpine", ONE, {}),
        Reason.NXDOMAIN,
        Severity.WARNING,
        f"'api.back', which {IMAGE} {STANDS} ndots is 1: {ONLY}",
        f"write '{FULL}'",
    ),
    "DNS-08 ndots and a pod's name": (
        ("db-0.db.back", "node:22-alpine", ONE, {}),
        Reason.NXDOMAIN,
        Severity.WARNING,
        f"'db-0.db.back', which {IMAGE} {STANDS} ndots is 1: {ONLY}",
        "write 'db-0.db.back.svc.cluster.local'",
    ),
    "DNS-07 stops at a namespace, musl declared": (
        ("api", "debian", BACK, MUSL),
        Reason.NODATA,
        None,
        f"'api', but musl {STOPS}",
        f"write '{FULL}'",
    ),
    "DNS-07 stops at a namespace, an image that says musl": (
        ("api", "node:22-alpine", BACK, {}),
        Reason.NODATA,
        Severity.WARNING,
        f"'api', but {IMAGE} {STOPS}",
        f"write '{FULL}'",
    ),
    "1c search list too long for musl": (
        ("api.back", "node:22-alpine", LONG, {}),
        Reason.NXDOMAIN,
        Severity.WARNING,
        f"'api.back', which {IMAGE} {STANDS} no entry of its search list leads there: {ONLY}",
        f"write '{FULL}'",
    ),
}


@pytest.mark.parametrize("case", MISSES)
def test_a_name_that_is_not_searched_for(ask, case):
    (host, image, dns, profile), reason, severity, message, hint = MISSES[case]

    proof = ask(host, client="tools", world=caller(image, **dns), profile=profile)

    assert (proof.reason, proof.severity, proof.message, proof.hint) == (
        reason,
        severity,
        f"Deployment 'client' calls {message}",
        hint,
    )
    assert (proof.target.namespace, proof.target.service) == ("back", "db" if "db" in host else "api")


FOUND = {
    "full name with a final dot": (f"{FULL}.", "debian", {}, {}),
    "full name, musl": (FULL, "node:22-alpine", ONE, MUSL),
    "fewer dots than ndots, musl": ("api.back", "node:22-alpine", {}, MUSL),
    "an image that says musl": ("api.back", "node:22-alpine", {}, {}),
    "full name in an image that says musl": (FULL, "node:22-alpine", ONE, {}),
    "ndots, glibc": ("api.back", "debian", ONE, {}),
    "search goes on, glibc": ("api", "debian", BACK, {}),
}


@pytest.mark.parametrize("case", FOUND)
def test_a_name_that_is_found(ask, case):
    host, image, dns, profile = FOUND[case]

    proof = ask(host, client="tools", port=80, world=caller(image, **dns), profile=profile)

    assert (proof.verdict, proof.target) == (Verdict.PROVED, Target("back", "api", 80))


def test_a_final_dot_after_a_public_domain_is_outside(ask):
    world = caller("debian").replace("namespace: back", "namespace: dev")

    assert ask("api.dev.", client="tools", world=world).reason is Reason.EXTERNAL


def test_nginx_is_not_asked_for_its_libc(ask):
    proof = ask(FULL, client="tools", port=80, world=caller("nginx:alpine", **ONE), literal=True)

    assert proof.verdict is Verdict.PROVED


def test_a_full_name_without_pods_is_not_blamed_on_the_search(ask):
    world = caller("debian").replace("labels: {app: db}", "labels: {app: other}")

    proof = ask("db.back.svc.cluster.local", client="tools", port=80, world=world, literal=True)

    assert proof.reason is Reason.NO_ENDPOINTS


def test_a_port_that_is_a_url_is_refuted(ask):
    why = "$API_PORT, which kubelet sets for Service 'api', is a URL, no port number"

    proof = ask("api", wrong_port=why)

    assert (proof.reason, proof.severity, proof.hint) == (Reason.PORT_UNDECLARED, None, "set it to the number in env")
    assert proof.message == f"Deployment 'client': the address in env API_HOST has no port that works: {why}"
