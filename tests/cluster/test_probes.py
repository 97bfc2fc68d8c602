"""EP-06: named ports of probes and hooks, looked up in their own container."""

import pytest

from ringtrue.cluster.probes import unresolved_ports
from ringtrue.cluster.workloads import workload

POD = """
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  containers:
    - {name: other, image: i, ports: [{name: admin, containerPort: 9}]}
    - name: c
      image: i
      ports: [{name: http, containerPort: 80}]
      %s
"""


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        pytest.param("readinessProbe: {httpGet: {port: http}}", [], id="declared"),
        pytest.param("readinessProbe: {httpGet: {port: web}}", [("readinessProbe", "web", True)], id="not declared"),
        pytest.param("startupProbe: {tcpSocket: {port: admin}}", [("startupProbe", "admin", True)], id="of another"),
        pytest.param("livenessProbe: {httpGet: {port: web}}", [("livenessProbe", "web", False)], id="liveness"),
        pytest.param("lifecycle: {preStop: {httpGet: {port: x}}}", [("preStop hook", "x", False)], id="preStop"),
        pytest.param("lifecycle: {postStart: {httpGet: {port: x}}}", [("postStart hook", "x", True)], id="postStart"),
        pytest.param("readinessProbe: {httpGet: {port: 81}}", [], id="a number"),
        pytest.param("readinessProbe: {httpGet: {port: '81'}}", [], id="a number as a name is refused elsewhere"),
        pytest.param("readinessProbe: {exec: {command: [a]}}", [], id="no port"),
        pytest.param("readinessProbe: broken", [], id="no mapping"),
    ],
)
def test_ep_06_named_ports_that_the_container_lacks(make_resource, fields, found):
    container = workload(make_resource(POD % fields)).containers[1]

    assert [(each.what, each.port, each.keeps_from_ready) for each in unresolved_ports(container)] == found
