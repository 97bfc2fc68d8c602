"""Objects without a name: every report says so, and none prints an empty name."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

OBJECTS = """\
apiVersion: apps/v1
kind: Deployment
metadata: {namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "registry.example/web:1", env: [{name: CART_URL, value: "http://cart"}]}]}
---
apiVersion: batch/v1
kind: Job
metadata: {namespace: shop, generateName: smoke-}
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
      - {name: curl, image: "registry.example/curl:1", env: [{name: PAY_URL, value: "http://pay"}]}
"""

CHAIN = """\
the one environment
Deployment without a name in namespace shop [web]  env CART_URL = http://cart   all.yaml:8
  name      0 dots < ndots 5: search list first, 3 x NXDOMAIN, then as is: NXDOMAIN; its own namespace 'shop' has no \
Service 'cart'
  refuted (nxdomain): Deployment without a name calls 'cart', but its own namespace 'shop' has no Service 'cart'
Job with generateName 'smoke-' in namespace shop [curl]  env PAY_URL = http://pay   all.yaml:18
  name      0 dots < ndots 5: search list first, 3 x NXDOMAIN, then as is: NXDOMAIN; its own namespace 'shop' has no \
Service 'pay'
  refuted (nxdomain): Job with generateName 'smoke-' calls 'pay', but its own namespace 'shop' has no Service 'pay'
"""


@pytest.fixture(autouse=True)
def tree(write: Callable[..., Path]) -> None:
    write({"all.yaml": OBJECTS})


def test_the_text_report(run: Any) -> None:
    assert run("check", "-v").stdout.partition("\nall.yaml:")[0] == CHAIN


def test_sarif(run: Any) -> None:
    results = json.loads(run("check", "--format", "sarif").stdout)["runs"][0]["results"]

    assert [each["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] for each in results] == [
        "Deployment without a name in namespace shop",
        "Deployment without a name in namespace shop",
        "Job without a name in namespace shop",
    ]


def test_json_keeps_the_name_empty(run: Any) -> None:
    findings = json.loads(run("check", "--format", "json").stdout)["findings"]

    assert [each["object"] for each in findings] == [
        {"kind": "Deployment", "namespace": "shop", "name": ""},
        {"kind": "Deployment", "namespace": "shop", "name": ""},
        {"kind": "Job", "namespace": "shop", "name": ""},
    ]


FAULTY = """\
apiVersion: apps/v1
kind: Deployment
metadata: {namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: web
        readinessProbe: {httpGet: {port: http}}
"""


def test_the_rules(write: Any, run: Any) -> None:
    write({"all.yaml": FAULTY, "ringtrue.toml": "[rules]\npolicy = true\n"})

    assert [line.partition("error: ")[2] for line in run("check", "-q").stdout.splitlines() if "error: " in line] == [
        (
            "the API server would refuse Deployment without a name: metadata.name: Required value: name or "
            "generateName is required [object-rejected]"
        ),
        (
            "container 'web' of Deployment without a name runs image 'web', which has no tag and no digest "
            "[image-unpinned]"
        ),
        (
            "the readinessProbe of container 'web' in Deployment without a name asks for port 'http', "
            "which the container does not declare [probe-port-missing]"
        ),
    ]
