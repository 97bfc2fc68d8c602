"""UPD-03: the addresses of a Service."""

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]


def spec(text: str) -> str:
    return f"spec: {{ports: [{{port: 80}}], {text}}}"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            "",
            "clusterIP: None",
            'spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set; it has an address',
            id="UPD-03-headless-afterwards",
        ),
        pytest.param(
            "clusterIP: None",
            "clusterIP: 10.96.7.7",
            'spec.clusterIPs[0]: Invalid value: ["10.96.7.7"]: may not change once set; it is None',
            id="UPD-03-headless-no-more",
        ),
        pytest.param(
            "clusterIP: None",
            "type: LoadBalancer",
            "spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for LoadBalancer services; "
            "it stays so when it is left out",
            id="UPD-03-None-that-stays-beside-another-type",
        ),
        pytest.param(
            "clusterIP: 10.96.7.7",
            "clusterIP: 10.96.7.8",
            'spec.clusterIPs[0]: Invalid value: ["10.96.7.8"]: may not change once set; it is 10.96.7.7',
            id="UPD-03-another-address",
        ),
        pytest.param(
            "ipFamilies: [IPv4]",
            "ipFamilies: [IPv6]",
            'spec.ipFamilies[0]: Invalid value: ["IPv6"]: may not change once set; it is IPv4',
            id="UPD-03-first-family",
        ),
        pytest.param(
            "type: LoadBalancer, loadBalancerClass: a/b",
            "type: LoadBalancer, loadBalancerClass: a/c",
            'spec.loadBalancerClass: Invalid value: "a/c": may not change once set; it is "a/b"',
            id="UPD-03-class",
        ),
        pytest.param(
            "type: LoadBalancer, loadBalancerClass: a/b",
            "type: LoadBalancer",
            'spec.loadBalancerClass: Invalid value: null: may not change once set; it is "a/b"',
            id="UPD-03-class-left-out",
        ),
        pytest.param(
            "type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30001",
            "type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30002",
            "spec.healthCheckNodePort: Forbidden: field is immutable; it is 30001",
            id="UPD-03-port-of-the-health-check",
        ),
    ],
)
def test_fixed(said: Said, old: str, new: str, message: str) -> None:
    assert said("Service", spec(old), spec(new)) == [f"UPD-03 {message}"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("clusterIP: None", "", id="UPD-03-None-left-out-stays"),
        pytest.param("clusterIP: None", "clusterIP: ''", id="UPD-03-empty-stays"),
        pytest.param("clusterIP: None", "clusterIP: None, clusterIPs: [None]", id="UPD-03-headless-both-times"),
        pytest.param("clusterIP: 10.96.7.7", "", id="UPD-03-address-left-out-stays"),
        pytest.param("", "clusterIP: 10.96.7.7", id="UPD-03-the-address-that-was-given-may-be-written"),
        pytest.param("clusterIP: None", "type: ExternalName, externalName: a.b", id="UPD-03-to-ExternalName"),
        pytest.param("type: ExternalName, externalName: a.b", "clusterIP: None", id="UPD-03-from-ExternalName"),
        pytest.param(
            "clusterIP: None, ipFamilies: [IPv4]",
            "clusterIP: None, ipFamilies: [IPv6]",
            id="UPD-03-families-of-a-headless-Service",
        ),
        pytest.param("", "type: NodePort", id="UPD-03-type"),
        pytest.param("selector: {app: a}", "selector: {app: b}", id="UPD-03-selector"),
        pytest.param(
            "type: LoadBalancer, loadBalancerClass: a/b", "type: ClusterIP", id="UPD-03-class-goes-with-the-type"
        ),
        pytest.param(
            "type: LoadBalancer", "type: LoadBalancer, loadBalancerClass: a/b", id="UPD-03-class-of-a-webhook"
        ),
    ],
)
def test_free(said: Said, old: str, new: str) -> None:
    assert said("Service", spec(old), spec(new)) == []
