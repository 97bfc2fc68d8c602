"""Section 5: objects on which kube-apiserver 1.35.4 taught us better, each as small as it gets."""

from typing import Any

import pytest
import yaml

from ringtrue.cluster.admission import rejections
from ringtrue.cluster.profile import Profile
from ringtrue.manifests.resource import Resource


def refused(text: str, minor: int = 35) -> list[str]:
    """The rule and field of each rejection."""
    found = rejections(Resource(yaml.safe_load(text), "shop"), Profile(version=(1, minor)))
    return [f"{each.id} {each.message.partition(': ')[0]}" for each in found]


def service(**spec: Any) -> str:
    made = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "web"},
        "spec": {"ports": [{"port": 80}]} | spec,
    }
    return yaml.safe_dump(made)


def pod(kind: str = "Pod", api: str = "v1", **spec: Any) -> str:
    """A Pod, or a workload of the kind with that pod."""
    inner = {"containers": [{"name": "c", "image": "i"}]} | spec
    outer = inner if kind == "Pod" else {"template": {"spec": inner}}
    return yaml.safe_dump({"apiVersion": api, "kind": kind, "metadata": {"name": "web"}, "spec": outer})


def container(**fields: Any) -> str:
    return pod(containers=[{"name": "c", "image": "i"} | fields], volumes=[{"name": "v", "emptyDir": {}}])


NODE_PORT = {"nodePort": 30080}


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        pytest.param({"clusterIP": "none"}, ["ADM-08 spec.clusterIP"], id="ADM-08-no-address"),
        pytest.param(
            {"clusterIP": "10.96.0.9", "ipFamilies": ["IPv6"]}, ["ADM-08 spec.clusterIP"], id="ADM-08-other-family"
        ),
        pytest.param(
            {"clusterIP": "None", "clusterIPs": ["None", "None"]}, ["ADM-08 spec.clusterIPs"], id="ADM-08-None-twice"
        ),
        pytest.param(
            {
                "type": "NodePort",
                "ports": [
                    NODE_PORT | {"name": "a", "port": 80},
                    NODE_PORT | {"name": "b", "port": 53, "protocol": "UDP"},
                ],
            },
            ["ADM-08 spec.ports[1].nodePort"],
            id="ADM-08-nodePort-of-two-ports",
        ),
        pytest.param(
            {
                "type": "NodePort",
                "ports": [
                    NODE_PORT | {"name": "a", "port": 53},
                    NODE_PORT | {"name": "b", "port": 53, "protocol": "UDP"},
                ],
            },
            [],
            id="ADM-08-nodePort-of-two-protocols",
        ),
        pytest.param({"clusterIPs": ["10.96.0.9"]}, ["ADM-08 spec.clusterIPs"], id="ADM-08-list-without-first"),
        pytest.param(
            {"clusterIP": "None", "clusterIPs": ["10.96.0.9"]}, ["ADM-08 spec.clusterIPs"], id="ADM-08-other-first"
        ),
        pytest.param({"ipFamilies": ["ipv4"]}, ["ADM-08 spec.ipFamilies[0]"], id="ADM-08-family"),
        pytest.param(
            {"ipFamilies": ["IPv4", "IPv4"], "ipFamilyPolicy": "PreferDualStack"},
            ["ADM-08 spec.ipFamilies[1]"],
            id="ADM-08-family-twice",
        ),
        pytest.param({"ipFamilies": ["IPv4", "IPv6"]}, ["ADM-08 spec.ipFamilyPolicy"], id="ADM-08-two-families"),
        pytest.param({"clusterIP": "None", "ipFamilies": ["IPv4", "IPv6"]}, [], id="ADM-08-families-of-nobody"),
        pytest.param({"ipFamilyPolicy": "singleStack"}, ["ADM-08 spec.ipFamilyPolicy"], id="ADM-08-family-policy"),
        pytest.param({"externalIPs": ["a"]}, ["ADM-08 spec.externalIPs[0]"], id="ADM-08-external-no-address"),
        pytest.param({"externalIPs": ["127.0.0.1"]}, ["ADM-08 spec.externalIPs[0]"], id="ADM-08-external-loopback"),
        pytest.param({"externalIPs": ["ff02::1"]}, ["ADM-08 spec.externalIPs[0]"], id="ADM-08-external-multicast"),
        pytest.param({"externalIPs": ["169.254.1.1"]}, ["ADM-08 spec.externalIPs[0]"], id="ADM-08-external-link-local"),
        pytest.param({"externalIPs": ["0.0.0.0"]}, ["ADM-08 spec.externalIPs[0]"], id="ADM-08-external-unspecified"),
        pytest.param(
            {"externalIPs": ["::ffff:127.0.0.1"]}, ["ADM-08 spec.externalIPs[0]"], id="ADM-08-external-loopback-in-IPv6"
        ),
        pytest.param({"externalIPs": ["10.1.2.3"]}, [], id="ADM-08-external-good"),
        pytest.param({"internalTrafficPolicy": "local"}, ["ADM-08 spec.internalTrafficPolicy"], id="ADM-08-internal"),
        pytest.param(
            {"type": "NodePort", "externalTrafficPolicy": "local"},
            ["ADM-08 spec.externalTrafficPolicy"],
            id="ADM-08-external-policy",
        ),
        pytest.param({"healthCheckNodePort": 30999}, ["ADM-08 spec.healthCheckNodePort"], id="ADM-08-health-check"),
        pytest.param(
            {"type": "LoadBalancer", "externalTrafficPolicy": "Local", "healthCheckNodePort": 30999},
            [],
            id="ADM-08-health-check-good",
        ),
        pytest.param(
            {"type": "ExternalName", "externalName": "a.b", "loadBalancerClass": "a/b"},
            ["ADM-08 spec.loadBalancerClass"],
            id="ADM-08-class-of-an-alias",
        ),
        pytest.param(
            {"type": "LoadBalancer", "loadBalancerClass": "bad value!"},
            ["ADM-08 spec.loadBalancerClass"],
            id="ADM-08-class-syntax",
        ),
        pytest.param(
            {"type": "LoadBalancer", "loadBalancerSourceRanges": ["a", " 010.0.0.0/8 "]},
            ["ADM-08 spec.loadBalancerSourceRanges[0]"],
            id="ADM-08-source-ranges",
        ),
        pytest.param(
            {"sessionAffinity": "ClientIP", "sessionAffinityConfig": {"clientIP": {"timeoutSeconds": 0}}},
            ["ADM-10 spec.sessionAffinityConfig.clientIP.timeoutSeconds"],
            id="ADM-10-timeout",
        ),
    ],
)
def test_service(spec: dict[str, Any], expected: list[str]) -> None:
    assert refused(service(**spec)) == expected


def test_an_unknown_type_is_not_all_that_is_said_of_a_service() -> None:
    found = service(type="clusterIP", ports=[{"port": 80, "targetPort": "80"}], loadBalancerClass="a/b")
    assert refused(found) == [
        "ADM-08 spec.type",
        "ADM-06 spec.ports[0].targetPort",
        "ADM-08 spec.loadBalancerClass",
    ]


C0 = "spec.containers[0]"


def at(*ports: dict[str, Any]) -> dict[str, Any]:
    return {"name": "c", "image": "i", "ports": list(ports)}


HOST_80 = {"containerPort": 80, "hostPort": 80}
HOST_80_TOO = {"containerPort": 81, "hostPort": 80}
NET_80 = {"containerPort": 80}


@pytest.mark.parametrize(
    ("kind", "spec", "expected"),
    [
        pytest.param(
            "Pod",
            {"containers": [at(HOST_80), at(HOST_80_TOO) | {"name": "d"}]},
            ['spec.containers[1].ports[0].hostPort: Duplicate value: "TCP//80"'],
            id="two-containers",
        ),
        pytest.param(
            "Pod",
            {"containers": [at(HOST_80, HOST_80_TOO)]},
            ['spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//80"'],
            id="one-container",
        ),
        pytest.param(
            "ReplicationController",
            {"containers": [at(HOST_80, HOST_80_TOO)]},
            ['spec.template.spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//80"'],
            id="template",
        ),
        pytest.param("Pod", {"containers": [at(HOST_80, HOST_80_TOO | {"protocol": "UDP"})]}, [], id="two-protocols"),
        pytest.param(
            "Pod", {"containers": [at(HOST_80, HOST_80_TOO | {"hostIP": "10.0.0.1"})]}, [], id="two-addresses"
        ),
        pytest.param(
            "Pod",
            {"containers": [at(HOST_80)], "initContainers": [at(HOST_80) | {"name": "d"}]},
            [],
            id="init-containers-run-before",
        ),
        pytest.param(
            "Pod",
            {"containers": [at(NET_80), at(NET_80) | {"name": "d"}], "hostNetwork": True},
            ['spec.containers[1].ports[0].hostPort: Duplicate value: "TCP//80"'],
            id="host-network-takes-containerPorts",
        ),
        pytest.param(
            "ReplicationController",
            {"containers": [at(NET_80), at(NET_80) | {"name": "d"}], "hostNetwork": True},
            [],
            id="host-network-of-a-template",
        ),
    ],
)
def test_host_ports(kind: str, spec: dict[str, Any], expected: list[str]) -> None:
    document = yaml.safe_load(pod(kind, **spec))
    found = rejections(Resource(document, "shop"), Profile(version=(1, 35)))
    assert [each.message for each in found if each.id == "ADM-16"] == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"image": ""}, [f"ADM-22 {C0}.image"], id="ADM-22-image"),
        pytest.param({"image": None}, [f"ADM-22 {C0}.image"], id="ADM-22-no-image"),
        pytest.param({"image": " i"}, [f"ADM-22 {C0}.image"], id="ADM-22-space-before-the-image"),
        pytest.param({"image": "a b"}, [], id="ADM-22-the-kubelet-refuses-that-image"),
        pytest.param({"name": ""}, [f"ADM-22 {C0}.name"], id="ADM-22-name"),
        pytest.param({"imagePullPolicy": "always"}, [f"ADM-22 {C0}.imagePullPolicy"], id="ADM-22-pull-policy"),
        pytest.param({"imagePullPolicy": ""}, [], id="ADM-22-empty-is-unset"),
        pytest.param(
            {"terminationMessagePolicy": "file"}, [f"ADM-22 {C0}.terminationMessagePolicy"], id="ADM-22-message-policy"
        ),
        pytest.param(
            {"ports": [{"containerPort": 80, "hostPort": 65536}]}, [f"ADM-07 {C0}.ports[0].hostPort"], id="ADM-07-host"
        ),
        pytest.param(
            {"volumeMounts": [{"name": "v", "mountPath": ""}]},
            [f"ADM-12 {C0}.volumeMounts[0].mountPath"],
            id="ADM-12-no-path",
        ),
        pytest.param(
            {"volumeMounts": [{"name": "v", "mountPath": "/v", "subPath": "/a"}]},
            [f"ADM-12 {C0}.volumeMounts[0].subPath"],
            id="ADM-12-absolute-subPath",
        ),
        pytest.param(
            {"volumeMounts": [{"name": "v", "mountPath": "/v", "subPath": "a/../b"}]},
            [f"ADM-12 {C0}.volumeMounts[0].subPath"],
            id="ADM-12-subPath-upwards",
        ),
        pytest.param(
            {"livenessProbe": {"exec": {}, "periodSeconds": -1}},
            [f"ADM-15 {C0}.livenessProbe.periodSeconds"],
            id="ADM-15-negative-period",
        ),
        pytest.param(
            {"resources": {"limits": {"memory": "-1"}}},
            [f"ADM-13 {C0}.resources.limits.memory"],
            id="ADM-13-negative",
        ),
        pytest.param({"resources": {"limits": {"memory": "Gi"}}}, [], id="ADM-13-no-digits-is-none"),
        pytest.param({"resources": {"limits": {"memory": " 1Gi"}}}, [], id="ADM-13-spaces-are-dropped"),
        pytest.param({"resources": {"limits": {"cpu": "1e1000"}}}, [], id="ADM-13-any-exponent"),
        pytest.param(
            {"resources": {"limits": {"memory": ""}}}, [f"ADM-13 {C0}.resources.limits.memory"], id="ADM-13-empty"
        ),
        pytest.param(
            {"env": [{"name": "A", "valueFrom": {"configMapKeyRef": {"key": "bad key!"}}}]},
            [
                f"ADM-11 {C0}.env[0].valueFrom.configMapKeyRef.name",
                f"ADM-11 {C0}.env[0].valueFrom.configMapKeyRef.key",
            ],
            id="ADM-11-key",
        ),
        pytest.param(
            {"env": [{"name": "A", "valueFrom": {"resourceFieldRef": {"resource": "limits.bogus"}}}]},
            [f"ADM-11 {C0}.env[0].valueFrom.resourceFieldRef.resource"],
            id="ADM-11-resource",
        ),
        pytest.param(
            {"env": [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels['bad key!']"}}}]},
            [f"ADM-11 {C0}.env[0].valueFrom.fieldRef.fieldPath"],
            id="ADM-11-label-key",
        ),
        pytest.param(
            {"envFrom": [{"configMapRef": {}}]}, [f"ADM-11 {C0}.envFrom[0].configMapRef.name"], id="ADM-11-no-name"
        ),
    ],
)
def test_container(fields: dict[str, Any], expected: list[str]) -> None:
    assert refused(container(**fields)) == expected


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        pytest.param({"containers": []}, ["ADM-22 spec.containers"], id="ADM-22-no-container"),
        pytest.param({"serviceAccountName": "my_ns"}, ["ADM-22 spec.serviceAccountName"], id="ADM-22-account"),
        pytest.param({"nodeSelector": {"a": "bad value!"}}, ["ADM-03 spec.nodeSelector.a"], id="ADM-03-nodeSelector"),
        pytest.param(
            {"hostAliases": [{"ip": "10.1.2", "hostnames": ["A_b"]}]},
            ["ADM-22 spec.hostAliases[0].ip", "ADM-22 spec.hostAliases[0].hostnames[0]"],
            id="ADM-22-hostAliases",
        ),
        pytest.param(
            {"initContainers": [{"name": "i", "image": "i", "restartPolicy": ""}]},
            ["ADM-22 spec.initContainers[0].restartPolicy"],
            id="ADM-22-restartPolicy-of-an-init-container",
        ),
        pytest.param({"restartPolicy": "always"}, ["ADM-19 spec.restartPolicy"], id="ADM-19-Pod"),
        pytest.param({"activeDeadlineSeconds": 0}, ["ADM-21 spec.activeDeadlineSeconds"], id="ADM-21-deadline"),
        pytest.param(
            {"dnsConfig": {"nameservers": ["fe80::1%eth0"]}},
            ["ADM-14 spec.dnsConfig.nameservers[0]"],
            id="ADM-14-zone",
        ),
        pytest.param({"dnsConfig": {"nameservers": ["010.1.2.3"]}}, [], id="ADM-14-zeros-first"),
        pytest.param(
            {"dnsConfig": {"searches": ["_a.b", "a.b.", ".", "A"]}},
            ["ADM-14 spec.dnsConfig.searches[3]"],
            id="ADM-14-searches",
        ),
        pytest.param(
            {"dnsConfig": {"options": [{"value": "1"}]}}, ["ADM-14 spec.dnsConfig.options[0]"], id="ADM-14-option"
        ),
        pytest.param(
            {"volumes": [{"name": "v", "configMap": {}}]}, ["ADM-12 spec.volumes[0].configMap.name"], id="ADM-12-source"
        ),
        pytest.param(
            {"volumes": [{"name": "v", "emptyDir": {}, "configMap": {"name": "a"}}]},
            ["ADM-12 spec.volumes[0].emptyDir"],
            id="ADM-12-two-sources",
        ),
    ],
)
def test_pod(spec: dict[str, Any], expected: list[str]) -> None:
    assert refused(pod(**spec)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            pod("StatefulSet", "apps/v1", hostname="A_b", subdomain="A_b"), [], id="ADM-02-hosts-of-a-StatefulSet"
        ),
        pytest.param(
            pod("Deployment", "apps/v1", activeDeadlineSeconds=1),
            ["ADM-21 spec.template.spec.activeDeadlineSeconds"],
            id="ADM-21-deadline-of-a-Deployment",
        ),
        pytest.param(pod("Job", "batch/v1", activeDeadlineSeconds=1, restartPolicy="Never"), [], id="ADM-21-Job"),
        pytest.param(pod("Deployment", "apps/v1", containers=[{"name": "c", "image": " i"}]), [], id="ADM-22-template"),
        pytest.param(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a},"
            " spec: {replicas: -1, template: {spec: {a: b}}}}",
            ["ADM-21 spec.replicas"],
            id="ADM-21-replicas",
        ),
        pytest.param(
            "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {jobTemplate: {spec: {backoffLimit: -1,"
            " completionMode: indexed, template: {spec: {restartPolicy: Never}}}}}}",
            ["ADM-21 spec.jobTemplate.spec.backoffLimit", "ADM-21 spec.jobTemplate.spec.completionMode"],
            id="ADM-21-Job-counts",
        ),
        *(
            pytest.param(
                f"{{apiVersion: batch/v1, kind: Job, metadata: {{name: a}}, spec: {{completionMode: {mode}, {counts}"
                " template: {spec: {restartPolicy: Never}}}}",
                expected,
                id=f"ADM-21-{mode}-Job-{counts or 'without-counts'}",
            )
            for mode, counts, expected in (
                ("Indexed", "", []),
                ("Indexed", "parallelism: 2,", ["ADM-21 spec.completions"]),
                ("Indexed", "parallelism: 2, completions: 2,", []),
                ("NonIndexed", "parallelism: 2,", []),
            )
        ),
        *(
            pytest.param(
                "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {jobTemplate: {spec: {"
                f"completionMode: {mode}, {counts} template: {{spec: {{restartPolicy: Never}}}}}}}}}}}}",
                expected,
                id=f"ADM-21-{mode}-CronJob-{counts or 'without-counts'}",
            )
            for mode, counts, expected in (
                ("Indexed", "", ["ADM-21 spec.jobTemplate.spec.completions"]),
                ("Indexed", "completions: 1,", []),
                ("NonIndexed", "", []),
            )
        ),
        pytest.param(
            "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a.b}, spec: {serviceName: c.d,"
            " podManagementPolicy: parallel, template: {spec: {a: b}}}}",
            ["ADM-01 metadata.name", "ADM-21 spec.podManagementPolicy", "ADM-21 spec.serviceName"],
            id="ADM-21-StatefulSet",
        ),
        pytest.param(
            f"{{apiVersion: batch/v1, kind: Job, metadata: {{name: {'a' * 64}}}}}",
            ["ADM-01 metadata.name"],
            id="ADM-01-Job",
        ),
        pytest.param(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: ''}}", ["ADM-01 metadata.name"], id="ADM-01-empty"
        ),
        pytest.param(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: '', generateName: a}}", [], id="ADM-01-generated"
        ),
        pytest.param(
            "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: A_b}}", [], id="ADM-01-budget"
        ),
    ],
)
def test_other_kinds(text: str, expected: list[str]) -> None:
    assert refused(text) == expected


def test_a_claim_replaces_a_volume_of_its_name() -> None:
    """ADM-12."""
    volumes = [{"name": "data"}, {"name": "data", "configMap": {}}, {"name": "x"}, {"name": "x"}]
    made = yaml.safe_load(pod("StatefulSet", "apps/v1", volumes=volumes))
    made["spec"]["volumeClaimTemplates"] = [{"metadata": {"name": "data"}}]
    assert refused(yaml.safe_dump(made)) == ["ADM-12 spec.template.spec.volumes[3].name"]


BUDGET = "{{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {{name: a}}, spec: {{minAvailable: {}}}}}"


@pytest.mark.parametrize(
    ("written", "good"),
    [("-1", False), ("'1'", False), ("half", False), ("101%", False), ("100%", True), ("0", True)],
    ids=lambda value: str(value),
)
def test_share_of_a_budget(written: str, good: bool) -> None:
    """ADM-20."""
    assert refused(BUDGET.format(written)) == ([] if good else ["ADM-20 spec.minAvailable"])


def policy(**egress: Any) -> str:
    spec = {"podSelector": {}, "egress": [egress]}
    made = {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "a"}, "spec": spec}
    return yaml.safe_dump(made)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param({"cidr": "010.0.0.0/08"}, [], id="ADM-20-zeros-first"),
        pytest.param({"cidr": "10.0.0.0/33"}, ["cidr"], id="ADM-20-prefix"),
        pytest.param({"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}, [], id="ADM-20-within"),
        pytest.param({"cidr": "10.0.0.0/8", "except": ["10.0.0.0/8"]}, ["except[0]"], id="ADM-20-all-of-it"),
        pytest.param({"cidr": "10.0.0.0/8", "except": ["fd00::/8"]}, ["except[0]"], id="ADM-20-another-family"),
        pytest.param({"cidr": "10.0.0.0/8", "except": ["10.0.0.1"]}, ["except[0]"], id="ADM-20-no-prefix"),
    ],
)
def test_block_of_a_policy(block: dict[str, Any], expected: list[str]) -> None:
    fields = [f"ADM-20 spec.egress[0].to[0].ipBlock.{each}" for each in expected]
    assert refused(policy(to=[{"ipBlock": block}])) == fields


def test_end_of_a_range_is_a_port() -> None:
    """ADM-20."""
    assert refused(policy(ports=[{"port": 80, "endPort": 65536}])) == ["ADM-20 spec.egress[0].ports[0].endPort"]


def test_a_policy_has_two_types_at_most() -> None:
    """ADM-20."""
    text = policy().replace("podSelector", "policyTypes: [Ingress, Egress, Egress]\n  podSelector")
    assert refused(text) == ["ADM-20 spec.policyTypes"]


def test_names_of_stateful_sets_before_1_35() -> None:
    """ADM-01: dots were right."""
    assert refused("{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a.b}}", 34) == []


SPREAD = {"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule"}
SELECTED = {"labelSelector": {"matchLabels": {"app": "web"}}}
KEYED = {
    "labelSelector": {"matchExpressions": [{"key": "app", "operator": "Exists"}]},
    "matchLabelKeys": ["tier", "app"],
}


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        pytest.param({}, [], id="ADM-23-without-labelSelector"),
        pytest.param({"maxSkew": 0}, ["ADM-23 maxSkew"], id="ADM-23-no-skew"),
        pytest.param({"minDomains": 2}, [], id="ADM-23-domains"),
        pytest.param({"minDomains": 0}, ["ADM-23 minDomains"], id="ADM-23-no-domains"),
        pytest.param(
            {"minDomains": 2, "whenUnsatisfiable": "ScheduleAnyway"}, ["ADM-23 minDomains"], id="ADM-23-domains-anyway"
        ),
        pytest.param({"whenUnsatisfiable": "doNotSchedule"}, ["ADM-23 whenUnsatisfiable"], id="ADM-23-action"),
        pytest.param({"topologyKey": ""}, ["ADM-23 topologyKey"], id="ADM-23-no-key"),
        pytest.param({"nodeAffinityPolicy": "honor"}, ["ADM-23 nodeAffinityPolicy"], id="ADM-23-affinity-policy"),
        pytest.param({"nodeTaintsPolicy": "Ignore"}, [], id="ADM-23-taints-policy"),
        pytest.param({"nodeTaintsPolicy": "None"}, ["ADM-23 nodeTaintsPolicy"], id="ADM-23-taints-policy-unknown"),
        pytest.param({"matchLabelKeys": ["tier"]}, ["ADM-23 matchLabelKeys"], id="ADM-23-keys-without-selector"),
        pytest.param({"matchLabelKeys": []}, [], id="ADM-23-no-keys-without-selector"),
        pytest.param(SELECTED | {"matchLabelKeys": ["tier"]}, [], id="ADM-23-keys"),
        pytest.param(SELECTED | {"matchLabelKeys": ["a b"]}, ["ADM-03 matchLabelKeys[0]"], id="ADM-03-key"),
        pytest.param(
            {"labelSelector": {"matchLabels": {"app": "bad value!"}}},
            ["ADM-03 labelSelector.matchLabels.app"],
            id="ADM-03-value",
        ),
    ],
)
def test_constraint_of_a_spread(constraint: dict[str, Any], expected: list[str]) -> None:
    found = refused(pod(topologySpreadConstraints=[SPREAD | constraint]))
    assert [each.replace("spec.topologySpreadConstraints[0].", "") for each in found] == expected


def test_constraints_that_say_the_same() -> None:
    """ADM-23: the last of them is not the one that is named."""
    text = pod("Deployment", "apps/v1", topologySpreadConstraints=[SPREAD, SPREAD | {"maxSkew": 2}])
    field = "spec.template.spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}"
    assert refused(text) == [f"ADM-23 {field}"]
    spread = [SPREAD, SPREAD | {"whenUnsatisfiable": "ScheduleAnyway"}, SPREAD | {"topologyKey": "node"}]
    assert refused(pod(topologySpreadConstraints=spread)) == []


@pytest.mark.parametrize(
    ("labels", "minor", "expected"),
    [
        pytest.param({}, 33, ["ADM-23 spec.topologySpreadConstraints[0].matchLabelKeys[1]"], id="1.33"),
        pytest.param({"app": "web"}, 34, ["ADM-23 spec.topologySpreadConstraints[0][1]"], id="1.34-a-label-of-the-pod"),
        pytest.param({"tier": "a"}, 34, [], id="1.34-no-label-of-the-pod"),
    ],
)
def test_key_of_a_spread_that_its_selector_asks_for(labels: dict[str, str], minor: int, expected: list[str]) -> None:
    """ADM-23: since 1.34 the keys are put into the selector of a Pod that has them as labels."""
    made = yaml.safe_load(pod(topologySpreadConstraints=[SPREAD | KEYED]))
    made["metadata"]["labels"] = labels
    assert refused(yaml.safe_dump(made), minor) == expected


@pytest.mark.parametrize(
    ("text", "refused_fields"),
    [
        pytest.param("{apiVersion: v1, kind: ConfigMap}", ["ADM-01 metadata.name"], id="ADM-01-no-metadata"),
        pytest.param(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: }}", ["ADM-01 metadata.name"], id="ADM-01-null"
        ),
        pytest.param("{apiVersion: v1, kind: ConfigMap, metadata: {generateName: a-}}", [], id="ADM-01-generated"),
        pytest.param("{apiVersion: example.org/v1, kind: Settings}", [], id="ADM-01-unknown-kind"),
        pytest.param("{apiVersion: authentication.k8s.io/v1, kind: TokenReview}", [], id="ADM-01-review"),
        pytest.param("{apiVersion: v1, kind: List}", [], id="ADM-01-list"),
    ],
)
def test_object_without_a_name(text: str, refused_fields: list[str]) -> None:
    assert refused(text) == refused_fields


def test_template_without_a_spec() -> None:
    """ADM-22: what is written as `spec: {}` is JSON Schema's to refuse."""
    made = yaml.safe_load(pod("Deployment", "apps/v1"))
    made["spec"]["template"] = {"metadata": {"labels": {"app": "web"}}}
    assert refused(yaml.safe_dump(made)) == ["ADM-22 spec.template.spec.containers"]
