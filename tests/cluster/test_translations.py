"""NET-02: ports of policies that are a Service's and not the pods'."""

import pytest

from ringtrue.cluster.translations import mistaken_ports, translated

WORLD = """
{apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}}, spec: {containers: [{name: c, image: i}]}}
---
apiVersion: v1
kind: Pod
metadata: {name: api, labels: {app: api}}
spec: {containers: [{name: c, image: i, ports: [{name: http, containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: api}
spec: {selector: {app: api}, ports: [{port: 80, targetPort: http}, {name: same, port: 8443}]}
"""
POLICY = "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: n}, spec: %s}"
TO_API = "{podSelector: {}, egress: [{to: [{podSelector: {matchLabels: {app: api}}}], ports: [PORTS]}]}"


def to_api(ports):
    return TO_API.replace("PORTS", ports)


def test_net_02_the_numbers_that_a_service_translates(make_cluster):
    assert translated(make_cluster(WORLD)) == {80}


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        pytest.param(
            "{podSelector: {matchLabels: {app: api}}, ingress: [{ports: [{port: 80}]}]}",
            [(("spec", "ingress", 0, "ports", 0, "port"), 80, 8080, ["api"], "api")],
            id="ingress",
        ),
        pytest.param(
            to_api("{port: 53}, {port: 80}"),
            [(("spec", "egress", 0, "ports", 1, "port"), 80, 8080, ["api"], "api")],
            id="egress",
        ),
        pytest.param("{podSelector: {}, egress: [{ports: [{port: 80}]}]}", [], id="to everybody"),
        pytest.param(to_api("{port: 8080}"), [], id="the pods' port"),
        pytest.param(to_api("{port: 80}, {port: http}"), [], id="both"),
        pytest.param(to_api("{port: 80, endPort: 9000}"), [], id="range"),
        pytest.param(to_api("{port: 80, protocol: UDP}"), [], id="UDP"),
        pytest.param(
            "{podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 80}]}]}", [], id="no Service in front"
        ),
    ],
)
def test_net_02_ports_that_only_a_service_has(make_cluster, make_resource, spec, found):
    cluster = make_cluster(WORLD)
    mistaken = mistaken_ports(make_resource(POLICY % spec), cluster, translated(cluster))

    assert [(m.route, m.number, m.behind, [p.name for p in m.pods], m.service.name) for m in mistaken] == found
