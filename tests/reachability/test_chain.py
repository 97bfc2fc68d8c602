"""Stages two to four: port, endpoints, policy."""

import pytest

from ringtrue.cluster.providers import Opening
from ringtrue.findings import Severity
from ringtrue.reachability.proof import Result, Stage
from ringtrue.reachability.reasons import Reason, Verdict

HOST = "api.shop.svc.cluster.local"


def chain(proof):
    return [(step.stage.value, step.evidence) for step in proof.steps]


def test_the_whole_chain_is_printed_with_its_evidence(ask):
    proof = ask(HOST, port=80)

    assert chain(proof) == [
        ("name", "4 dots < ndots 5: search list first, 3 x NXDOMAIN, then as is -> Service shop/api"),
        ("port", '80/TCP -> targetPort "http"'),
        ("endpoints", "3 pods of Deployment api (app=api), container api, port 8080"),
        ("policy", "no policy selects either end"),
    ]
    assert {step.result for step in proof.steps} == {Result.PASSED}


def test_port_01_the_pod_s_port_is_not_the_service_s(ask):
    proof = ask("api", port=8080)

    assert proof.reason is Reason.PORT_UNDECLARED
    assert proof.message == (
        "Deployment 'client' calls 'api', but Service 'shop/api' has no port 8080/TCP: it has 80/TCP 'web'"
    )
    assert proof.hint == "call port 80"


def test_port_01_a_numeric_target_is_named_in_the_hint(ask):
    service = """
apiVersion: v1
kind: Service
metadata: {name: plain, namespace: shop}
spec: {selector: {app: api}, ports: [{port: 80, targetPort: 8080}]}
"""
    assert ask("plain", add=service, port=8080).hint == "8080 is the pods' port: call the Service's port 80"


def test_no_port_given_takes_the_service_s(ask):
    proof = ask("api")

    assert proof.verdict is Verdict.PROVED
    assert chain(proof)[1] == ("port", 'no port given; the Service has 80/TCP -> targetPort "http"')


def test_udp_is_another_port(ask):
    assert ask("api", port=80, protocol="UDP").reason is Reason.PORT_UNDECLARED


def test_udp_without_a_port_needs_a_udp_port(ask):
    proof = ask("api", protocol="UDP")

    assert proof.reason is Reason.PORT_UNDECLARED
    assert proof.message == (
        "Deployment 'client' calls 'api', but Service 'shop/api' has no port for UDP: it has 80/TCP 'web'"
    )


def test_no_protocol_given_takes_the_service_s(ask):
    dns = service("dns", "{selector: {app: client}, ports: [{port: 53, protocol: UDP}]}")

    assert ask("dns", add=dns).verdict is Verdict.PROVED


def test_ep_04_a_headless_service_translates_nothing(ask):
    proof = ask("pods", port=80)

    assert proof.reason is Reason.PORT_UNDECLARED
    assert proof.message == (
        "Deployment 'client' calls 'pods:80', but Service 'shop/pods' is headless: its pods listen on 8080, "
        "and nothing translates 80"
    )
    assert proof.hint == "call the pods' port 8080"


def test_ep_04_the_pods_own_port_is_right_on_a_headless_service(ask):
    assert ask("pods", port=8080).verdict is Verdict.PROVED


def service(name, spec):
    return f"{{apiVersion: v1, kind: Service, metadata: {{name: {name}, namespace: shop}}, spec: {spec}}}"


def test_sel_01_nothing_selected_blames_the_selector(ask):
    proof = ask("typo", add=service("typo", "{selector: {app: apii}, ports: [{port: 80}]}"), port=80)

    assert proof.reason is Reason.NO_ENDPOINTS
    assert proof.message == (
        "Deployment 'client' calls 'typo', but no pod carries app=apii, which Service 'shop/typo' selects"
    )
    assert (proof.blame.resource.name, proof.blame.route) == ("typo", ("spec", "selector"))


def test_an_open_namespace_may_hold_pods_that_are_not_seen(ask):
    proof = ask(
        "typo",
        add=service("typo", "{selector: {app: apii}, ports: [{port: 80}]}"),
        port=80,
        scope={"open": {"shop": (Opening("holds HelmRelease shop/x"),)}},
    )

    assert (proof.verdict, proof.reason) == (Verdict.UNKNOWN, Reason.OPEN_NAMESPACE)


def test_ep_01_a_named_port_that_no_pod_has_blames_the_service_port(ask):
    proof = ask("bad", add=service("bad", "{selector: {app: api}, ports: [{port: 80, targetPort: web}]}"), port=80)

    assert proof.reason is Reason.NO_ENDPOINTS
    assert proof.blame.route == ("spec", "ports", 0, "targetPort")


def test_ep_01_pods_without_the_named_port_get_no_call_through_a_cluster_ip(ask):
    proof = ask(
        "mixed",
        add=service("mixed", "{selector: {tier: web}, ports: [{port: 80, targetPort: http}]}") + TWO_KINDS,
        port=80,
    )

    assert proof.verdict is Verdict.PROVED
    assert chain(proof)[2] == ("endpoints", "1 pod of Pod one (tier=web), container c, port 80")


def test_ep_01_a_headless_name_leads_to_pods_without_the_named_port_too(ask):
    headless = "{clusterIP: None, selector: {tier: web}, ports: [{port: 80, targetPort: http}]}"
    proof = ask("mixed", add=service("mixed", headless) + TWO_KINDS)

    assert (proof.reason, proof.severity) == (Reason.PARTIAL, Severity.WARNING)
    assert proof.message == (
        "Deployment 'client' calls 'mixed', but of the pods that Service 'shop/mixed' selects, "
        "those of Pod 'two' have no port 'http'"
    )
    assert (proof.blame.resource.name, proof.blame.route) == ("mixed", ("spec", "selector"))


TWO_KINDS = """
---
apiVersion: v1
kind: Pod
metadata: {name: one, namespace: shop, labels: {tier: web}}
spec: {containers: [{name: c, image: i, ports: [{name: http, containerPort: 80}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: two, namespace: shop, labels: {tier: web}}
spec: {containers: [{name: c, image: i}]}
"""


def test_ep_03_a_number_needs_no_declaration(ask):
    assert ask("num", add=service("num", "{selector: {app: client}, ports: [{port: 80}]}"), port=80).verdict is (
        Verdict.PROVED
    )


def test_sel_07_replicas_zero_is_a_warning(ask):
    idle = """
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: idle, namespace: shop}
spec:
  replicas: 0
  selector: {matchLabels: {app: idle}}
  template: {metadata: {labels: {app: idle}}, spec: {containers: [{name: c, image: i}]}}
"""
    proof = ask("idle", add=service("idle", "{selector: {app: idle}, ports: [{port: 80}]}") + idle, port=80)

    assert (proof.reason, proof.severity) == (Reason.NO_ENDPOINTS, Severity.WARNING)


def test_sel_02_a_slice_serves_a_service_without_selector(ask):
    slice_ = """
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: old-db, namespace: shop, labels: {kubernetes.io/service-name: db}}
addressType: IPv4
ports: [{name: "", port: 5432, protocol: TCP}]
endpoints: [{addresses: [192.0.2.7]}]
"""
    proof = ask("db", add=service("db", "{ports: [{port: 5432}]}") + slice_, port=5432)

    assert proof.verdict is Verdict.PROVED
    assert chain(proof)[2:] == [
        ("endpoints", "addresses of EndpointSlice 'old-db', port 5432"),
        ("policy", "no policy selects either end"),
    ]


@pytest.mark.parametrize(("complete", "severity"), [(False, Severity.WARNING), (True, None)])
def test_sel_02_no_selector_and_no_slice(ask, complete, severity):
    proof = ask("db", add=service("db", "{ports: [{port: 5432}]}"), port=5432, profile={"complete": complete})

    assert (proof.reason, proof.severity) == (Reason.NO_ENDPOINTS, severity)


def test_dns_20_the_api_server_is_always_there(ask):
    proof = ask("kubernetes.default.svc", port=443)

    assert proof.verdict is Verdict.PROVED
    assert chain(proof)[2] == ("endpoints", "every cluster has this Service and its endpoints")


DENY = """
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
"""
DNS = """
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: allow-dns, namespace: shop}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
          podSelector: {matchLabels: {k8s-app: kube-dns}}
      ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
"""


def allow(port):
    return f"""
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: client-to-api, namespace: shop}}
spec:
  podSelector: {{matchLabels: {{app: client}}}}
  policyTypes: [Egress]
  egress: [{{to: [{{podSelector: {{matchLabels: {{app: api}}}}}}], ports: [{{port: {port}}}]}}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: api-from-client, namespace: shop}}
spec:
  podSelector: {{matchLabels: {{app: api}}}}
  policyTypes: [Ingress]
  ingress: [{{from: [{{podSelector: {{matchLabels: {{app: client}}}}}}], ports: [{{port: http}}]}}]
"""


def test_net_01_both_ends_and_dns_are_told(ask):
    proof = ask(HOST, add=DENY + DNS + allow(8080), port=80)

    assert proof.verdict is Verdict.PROVED
    assert chain(proof)[3] == (
        "policy",
        (
            "egress client-to-api allows 8080; ingress api-from-client allows 8080; "
            "DNS egress allow-dns allows 53/UDP and 53/TCP"
        ),
    )


def test_net_01_default_deny_without_an_allow(ask):
    proof = ask(HOST, add=DENY + DNS, port=80)

    assert proof.reason is Reason.BLOCKED
    assert proof.message == (
        f"Deployment 'client' calls '{HOST}', but NetworkPolicies 'allow-dns', 'default-deny' isolate "
        "egress of Deployment 'client', and no policy allows 8080/TCP to Deployment 'api'"
    )
    assert proof.hint == ("add a NetworkPolicy that allows egress of pods app=client to pods app=api on 8080/TCP")
    assert [spot.resource.name for spot, _ in proof.related] == ["allow-dns", "default-deny"]


def test_net_02_the_service_port_in_a_policy_is_the_place_to_edit(ask):
    proof = ask(HOST, add=DENY + DNS + allow(80), port=80)

    assert proof.reason is Reason.BLOCKED
    assert (proof.spot.resource.name, proof.spot.route) == ("client-to-api", ("spec", "egress", 0, "ports"))
    assert proof.hint == "a policy sees the pod's port, not the Service's: 'client-to-api' must allow 8080/TCP"


def test_net_03_no_dns_egress(ask):
    proof = ask(HOST, add=DENY + allow(8080), port=80)

    assert proof.reason is Reason.DNS_BLOCKED
    assert proof.hint == "allow egress to pods k8s-app=kube-dns in namespace 'kube-system', ports 53/UDP and 53/TCP"


def test_net_06_an_isolated_client_and_the_control_plane_s_addresses_are_undecided(ask):
    proof = ask("kubernetes.default.svc", add=DENY + DNS, port=443)

    assert (proof.verdict, proof.reason) == (Verdict.UNKNOWN, Reason.POLICY_NOT_MODELLED)
    assert proof.steps[-1].stage is Stage.POLICY


def test_net_06_the_address_of_a_slice_is_held_against_an_ip_block(ask):
    db = (
        service("db", "{ports: [{port: 5432}]}")
        + """
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: old-db, namespace: shop, labels: {kubernetes.io/service-name: db}}
addressType: IPv4
ports: [{name: "", port: 5432, protocol: TCP}]
endpoints: [{addresses: [192.0.2.7]}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: client-to-db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: client}}
  policyTypes: [Egress]
  egress: [{to: [{ipBlock: {cidr: 192.0.2.0/24}}], ports: [{port: 5432}]}]
"""
    )
    assert ask("db", add=db + DNS, port=5432).verdict is Verdict.PROVED
    elsewhere = ask("db", add=db.replace("192.0.2.0/24", "198.51.100.0/24") + DNS, port=5432)
    assert elsewhere.reason is Reason.BLOCKED
    assert elsewhere.message == (
        "Deployment 'client' calls 'db', but NetworkPolicies 'allow-dns', 'client-to-db' isolate egress of "
        "Deployment 'client', and no policy allows 5432/TCP to 192.0.2.7"
    )


def test_net_08_a_policy_of_another_kind_leaves_it_unknown(ask):
    cilium = """
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: api-from-web, namespace: shop}
spec: {endpointSelector: {matchLabels: {app: api}}}
"""
    proof = ask("api", add=cilium, port=80)

    assert proof.reason is Reason.POLICY_NOT_MODELLED
    assert proof.message == (
        "Deployment 'client' calls 'api': whether policies allow it is not known: "
        "CiliumNetworkPolicy 'api-from-web' may select the pods of Deployment 'api'"
    )


@pytest.mark.parametrize(
    ("wrong", "route"),
    [
        ("{app: clinet}", ("spec", "ingress", 0, "from", 0, "podSelector", "matchLabels")),
        ("{apps: client}", ("spec", "ingress", 0, "from", 0, "podSelector", "matchLabels")),
    ],
    ids=["value", "key"],
)
def test_net_01_a_slip_in_a_peer_is_the_place_to_edit(ask, wrong, route):
    policies = (
        DENY
        + DNS
        + allow(8080).replace(
            "[{podSelector: {matchLabels: {app: client}}}], ports: [{port: http}]",
            f"[{{podSelector: {{matchLabels: {wrong}}}}}], ports: [{{port: http}}]",
        )
    )

    proof = ask(HOST, add=policies, port=80)

    assert proof.reason is Reason.BLOCKED
    assert (proof.spot.resource.name, proof.spot.route) == ("api-from-client", route)
    assert proof.hint == "did you mean app=client, the labels of the pods of Deployment 'client'?"


def test_net_01_a_peer_for_other_pods_is_no_slip(ask):
    policies = (
        DENY
        + DNS
        + allow(8080).replace(
            "[{podSelector: {matchLabels: {app: client}}}], ports: [{port: http}]",
            "[{podSelector: {matchLabels: {app: billing}}}], ports: [{port: http}]",
        )
    )

    proof = ask(HOST, add=policies, port=80)

    assert (proof.reason, proof.spot) == (Reason.BLOCKED, None)
