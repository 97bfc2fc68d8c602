"""Section 5: what the API server refuses, with the rule and the field; good twins stay silent."""

from typing import Any

import pytest
import yaml

from ringtrue.cluster.admission import Rejection, rejections, selector_mismatch
from ringtrue.cluster.admission.rejection import path
from ringtrue.cluster.profile import Profile
from ringtrue.manifests.resource import Resource

V1_35, V1_36 = Profile(version=(1, 35)), Profile(version=(1, 36))
LONG = "a" * 64
SECRET_KEY = {"name": "s", "key": "k"}


def made(
    kind: str, spec: dict[str, Any] | None = None, name: str = "web", api: str = "v1", **metadata: Any
) -> Resource:
    data = {"apiVersion": api, "kind": kind, "metadata": {"name": name, **metadata}, "spec": spec or {}}
    return Resource(data, "" if kind == "Namespace" else "shop")


def service(name: str = "web", **spec: Any) -> Resource:
    return made("Service", {"ports": [{"port": 80}]} | spec, name)


def pod(*containers: dict[str, Any], **spec: Any) -> Resource:
    return made(
        "Pod",
        {"containers": [{"name": f"c{n}", "image": "i"} | each for n, each in enumerate(containers or ({},))]} | spec,
    )


def said(resource: Resource, profile: Profile = V1_35) -> list[tuple[str, str]]:
    """(rule, the field that the message begins with)."""
    found = rejections(resource, profile)
    for each in found:
        assert_words(resource, each)
    return [(each.id, each.message.partition(": ")[0]) for each in found]


QUOTING = ("Invalid value", "Duplicate value", "Unsupported value", "Not found")
SAYING = (*QUOTING, "Required value", "Forbidden", "Too long")


def assert_words(resource: Resource, rejection: Rejection) -> None:
    """Whatever is refused: the message names the field, quotes the text or number there, and says what is wrong."""
    field, said, *rest = rejection.message.split(": ", 2)
    detail = rest[0] if rest else ""
    assert path(rejection.route).startswith(field)
    assert said in SAYING
    value, key = resource.get(*rejection.route), rejection.route[-1]
    whole = field == path(rejection.route)
    if said in QUOTING and whole and not isinstance(value, list | dict):
        shown = [f'"{value}"', str(value), f'"{key}"', '""', f'"{str(value).removesuffix(".")}"']
        quoted = [each for each in shown if detail == each or detail.startswith(f"{each}: ")]
        assert quoted
        detail = detail.removeprefix(quoted[0]).removeprefix(": ")
    assert detail != "None"
    assert detail or said in ("Duplicate value", "Not found", "Required value")


@pytest.mark.parametrize(
    ("name", "profile", "rejected"),
    [
        pytest.param("web", V1_35, False, id="ADM-01-good"),
        pytest.param("web.v1", V1_35, True, id="ADM-01-dot"),
        pytest.param("Web", V1_35, True, id="ADM-01-capital"),
        pytest.param("-a", V1_35, True, id="ADM-01-hyphen-first"),
        pytest.param("1web", V1_35, True, id="ADM-01-digit-first-1.35"),
        pytest.param("1web", V1_36, False, id="ADM-01-digit-first-1.36"),
        pytest.param("Web", V1_36, True, id="ADM-01-capital-1.36"),
        pytest.param(LONG, V1_35, True, id="ADM-01-64-characters"),
        pytest.param(LONG[1:], V1_35, False, id="ADM-01-63-characters"),
    ],
)
def test_service_name(name: str, profile: Profile, rejected: bool) -> None:
    assert said(service(name), profile) == ([("ADM-01", "metadata.name")] if rejected else [])


@pytest.mark.parametrize(
    ("kind", "api", "name", "rule"),
    [
        pytest.param("Namespace", "v1", "my_ns", "ADM-02", id="ADM-02-namespace-underscore"),
        pytest.param("Namespace", "v1", "a.b", "ADM-02", id="ADM-02-namespace-dot"),
        pytest.param("Namespace", "v1", "1-ns", "", id="ADM-02-namespace-good"),
        pytest.param("ConfigMap", "v1", "a.b", "", id="ADM-01-ConfigMap-dot"),
        pytest.param("ConfigMap", "v1", "a_b", "ADM-01", id="ADM-01-ConfigMap-underscore"),
        pytest.param("CronJob", "batch/v1", "a" * 53, "ADM-01", id="ADM-01-CronJob-53-characters"),
        pytest.param("CronJob", "batch/v1", "a" * 52, "", id="ADM-01-CronJob-52-characters"),
        pytest.param("ClusterRole", "rbac.authorization.k8s.io/v1", "system:node", "", id="ADM-01-role-with-colon"),
        pytest.param("Role", "rbac.authorization.k8s.io/v1", "a/b", "ADM-01", id="ADM-01-role-with-slash"),
        pytest.param("RoleBinding", "rbac.authorization.k8s.io/v1", "a%b", "ADM-01", id="ADM-01-binding-with-percent"),
        pytest.param("PodDisruptionBudget", "policy/v1", "Web", "", id="ADM-01-budget-with-capital"),
        pytest.param("PodDisruptionBudget", "policy/v1", "..", "ADM-01", id="ADM-01-budget-of-dots"),
        pytest.param("StorageClass", "storage.k8s.io/v1", "Fast", "ADM-01", id="ADM-01-StorageClass-capital"),
        pytest.param("PriorityClass", "scheduling.k8s.io/v1", "a b", "ADM-01", id="ADM-01-PriorityClass-space"),
        pytest.param("IngressClass", "networking.k8s.io/v1", "a_b", "ADM-01", id="ADM-01-IngressClass-underscore"),
        pytest.param("ResourceQuota", "v1", "a-", "ADM-01", id="ADM-01-ResourceQuota-edge"),
        pytest.param("Widget", "example.com/v1", "Any_Name", "", id="ADM-01-custom-resource"),
    ],
)
def test_names_of_other_kinds(kind: str, api: str, name: str, rule: str) -> None:
    assert said(made(kind, name=name, api=api)) == ([(rule, "metadata.name")] if rule else [])


@pytest.mark.parametrize(
    ("key", "value", "rejected"),
    [
        pytest.param("app", "bad value!", True, id="ADM-03-value-with-space"),
        pytest.param("app", LONG, True, id="ADM-03-value-of-64"),
        pytest.param("app", "", False, id="ADM-03-empty-value"),
        pytest.param("app", "a.b_c", False, id="ADM-03-dots-and-underscores"),
        pytest.param("app", "-a", True, id="ADM-03-value-edge"),
        pytest.param("app.kubernetes.io/name", "web", False, id="ADM-03-prefix"),
        pytest.param("App.Kubernetes.io/name", "web", True, id="ADM-03-prefix-capital"),
        pytest.param("a/b/c", "web", True, id="ADM-03-two-slashes"),
        pytest.param("/name", "web", True, id="ADM-03-empty-prefix"),
        pytest.param("app/", "web", True, id="ADM-03-empty-name"),
        pytest.param(LONG, "web", True, id="ADM-03-name-of-64"),
        pytest.param("under_score", "web", False, id="ADM-03-name-underscore"),
    ],
)
def test_labels(key: str, value: str, rejected: bool) -> None:
    on_metadata, in_selector = made("ConfigMap", labels={key: value}), service(selector={key: value})
    assert said(on_metadata) == ([("ADM-03", f"metadata.labels.{key}")] if rejected else [])
    assert said(in_selector) == ([("ADM-03", f"spec.selector.{key}")] if rejected else [])


def test_annotation_keys_may_have_capitals() -> None:
    assert said(made("ConfigMap", annotations={"Example.com/Key": "v"})) == []
    assert said(made("ConfigMap", annotations={"bad key": "v"})) == [("ADM-03", "metadata.annotations.bad key")]


def test_annotations_have_a_limit() -> None:
    assert said(made("ConfigMap", annotations={"key": "v" * (256 * 1024)})) == [("ADM-03", "metadata.annotations")]


DNS_BOTH = [{"name": "udp", "port": 53, "protocol": "UDP"}, {"name": "tcp", "port": 53}]


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        pytest.param({}, [], id="ADM-05-one-unnamed"),
        pytest.param({"ports": []}, [("ADM-05", "spec.ports")], id="ADM-05-no-ports"),
        pytest.param({"ports": [], "clusterIP": "None"}, [], id="ADM-05-headless-without-ports"),
        pytest.param(
            {"ports": [{"port": 80}, {"port": 81}]},
            [("ADM-05", "spec.ports[0].name"), ("ADM-05", "spec.ports[1].name")],
            id="ADM-05-two-unnamed",
        ),
        pytest.param(
            {"ports": [{"name": "http", "port": 80}, {"name": "http", "port": 8080}]},
            [("ADM-05", "spec.ports[1].name")],
            id="ADM-05-one-name-twice",
        ),
        pytest.param(
            {"ports": [{"name": "a", "port": 80}, {"name": "b", "port": 80, "protocol": "TCP"}]},
            [("ADM-05", "spec.ports[1]")],
            id="ADM-05-80-TCP-twice",
        ),
        pytest.param({"ports": DNS_BOTH}, [], id="ADM-05-53-TCP-and-UDP"),
        pytest.param({"ports": [{"port": 0}]}, [("ADM-05", "spec.ports[0].port")], id="ADM-05-zero"),
        pytest.param({"ports": [{"port": 65536}]}, [("ADM-05", "spec.ports[0].port")], id="ADM-05-65536"),
        pytest.param(
            {"ports": [{"port": 80, "protocol": "tcp"}]}, [("ADM-05", "spec.ports[0].protocol")], id="ADM-05-tcp"
        ),
        pytest.param(
            {"ports": [{"port": 80, "name": "a.b"}]}, [("ADM-02", "spec.ports[0].name")], id="ADM-02-port-name"
        ),
        pytest.param({"ports": [{"port": 80, "name": LONG[1:]}]}, [], id="ADM-06-service-port-name-of-63"),
        pytest.param({"ports": [{"port": 80, "targetPort": 0}]}, [], id="ADM-06-targetPort-0"),
        pytest.param({"ports": [{"port": 80, "targetPort": ""}]}, [], id="ADM-06-targetPort-empty"),
        pytest.param({"ports": [{"port": 80, "appProtocol": "http"}]}, [], id="ADM-10-appProtocol"),
        pytest.param({"ports": [{"port": 80, "appProtocol": "kubernetes.io/h2c"}]}, [], id="ADM-10-appProtocol-prefix"),
        pytest.param(
            {"ports": [{"port": 80, "appProtocol": "a b"}]},
            [("ADM-10", "spec.ports[0].appProtocol")],
            id="ADM-10-space",
        ),
        pytest.param(
            {"type": "NodePort", "clusterIP": "None"}, [("ADM-08", "spec.clusterIP")], id="ADM-08-headless-NodePort"
        ),
        pytest.param(
            {"ports": [{"port": 80, "nodePort": 30080}]}, [("ADM-08", "spec.ports[0].nodePort")], id="ADM-08-nodePort"
        ),
        pytest.param(
            {"type": "NodePort", "ports": [{"name": n, "port": p, "nodePort": 30080} for n, p in (("a", 1), ("b", 2))]},
            [("ADM-08", "spec.ports[1].nodePort")],
            id="ADM-08-nodePort-twice",
        ),
        pytest.param(
            {"externalTrafficPolicy": "Local"}, [("ADM-08", "spec.externalTrafficPolicy")], id="ADM-08-traffic-policy"
        ),
        pytest.param({"externalTrafficPolicy": "Local", "externalIPs": ["192.0.2.1"]}, [], id="ADM-08-externalIPs"),
        pytest.param({"type": "NodePort", "externalTrafficPolicy": "Local"}, [], id="ADM-08-NodePort-traffic-policy"),
        pytest.param({"loadBalancerClass": "x"}, [("ADM-08", "spec.loadBalancerClass")], id="ADM-08-loadBalancerClass"),
        pytest.param({"type": "LoadBalancer", "loadBalancerClass": "x"}, [], id="ADM-08-LoadBalancer"),
        pytest.param(
            {"allocateLoadBalancerNodePorts": False},
            [("ADM-08", "spec.allocateLoadBalancerNodePorts")],
            id="ADM-08-allocate",
        ),
        pytest.param({"type": "Clusterip"}, [("ADM-08", "spec.type")], id="ADM-08-type"),
        pytest.param({"trafficDistribution": "PreferClose"}, [], id="ADM-10-PreferClose"),
        pytest.param(
            {"trafficDistribution": "Close"}, [("ADM-10", "spec.trafficDistribution")], id="ADM-10-distribution"
        ),
        pytest.param(
            {"sessionAffinityConfig": {"clientIP": {"timeoutSeconds": 0}}},
            [],
            id="ADM-10-dropped-without-affinity",
        ),
        pytest.param(
            {"sessionAffinity": "ClientIP", "sessionAffinityConfig": {"clientIP": {}}}, [], id="ADM-10-ClientIP"
        ),
    ],
)
def test_service(spec: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(service(**spec)) == expected


@pytest.mark.parametrize(
    ("port", "rejected"),
    [
        pytest.param("80", True, id="ADM-06-quoted-number"),
        pytest.param("longerthan15characters", True, id="ADM-06-too-long"),
        pytest.param("12345", True, id="ADM-06-digits"),
        pytest.param("two--hyphens", True, id="ADM-06-two-hyphens"),
        pytest.param("-a", True, id="ADM-06-edge"),
        pytest.param("HTTP", True, id="ADM-06-capitals"),
        pytest.param("my_port", True, id="ADM-06-underscore"),
        pytest.param("1-a", False, id="ADM-06-digit-first"),
        pytest.param("a", False, id="ADM-06-one-letter"),
        pytest.param("exactly15-chars", False, id="ADM-06-15-characters"),
        pytest.param(65535, False, id="ADM-06-number"),
        pytest.param(65536, True, id="ADM-06-number-too-large"),
    ],
)
def test_port_names(port: str | int, rejected: bool) -> None:
    probe = pod({"readinessProbe": {"httpGet": {"port": port}}})
    policy = made("NetworkPolicy", {"ingress": [{"ports": [{"port": port}]}]}, api="networking.k8s.io/v1")
    target = service(ports=[{"port": 80, "targetPort": port}])
    found = [said(each) for each in (target, probe, policy)]
    assert found == (
        [
            [("ADM-06", "spec.ports[0].targetPort")],
            [("ADM-06", "spec.containers[0].readinessProbe.httpGet.port")],
            [("ADM-06", "spec.ingress[0].ports[0].port")],
        ]
        if rejected
        else [[], [], []]
    )


EXTERNAL = {"type": "ExternalName", "ports": None}


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        pytest.param({"externalName": "a.b."}, [], id="ADM-09-final-dot"),
        pytest.param({"externalName": "10.1.2.3"}, [], id="ADM-09-IP"),
        pytest.param({"externalName": "a.b", "selector": {"app": "x"}}, [], id="ADM-09-selector-is-ignored"),
        pytest.param({"externalName": "UPPER"}, [("ADM-09", "spec.externalName")], id="ADM-09-capitals"),
        pytest.param({"externalName": "a_b"}, [("ADM-09", "spec.externalName")], id="ADM-09-underscore"),
        pytest.param({}, [("ADM-09", "spec.externalName")], id="ADM-09-missing"),
        pytest.param(
            {"externalName": "a.b", "clusterIP": "None"}, [("ADM-09", "spec.clusterIP")], id="ADM-09-clusterIP"
        ),
        pytest.param({"externalName": "a.b", "clusterIP": ""}, [], id="ADM-09-empty-clusterIP"),
        pytest.param(
            {"externalName": "a.b", "ipFamilyPolicy": "SingleStack"},
            [("ADM-09", "spec.ipFamilyPolicy")],
            id="ADM-09-family",
        ),
    ],
)
def test_external_name(spec: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(service(**EXTERNAL | spec)) == expected


C0 = "spec.containers[0]"
RESOURCES = f"{C0}.resources"
PORT = {"name": "http", "containerPort": 8080}


@pytest.mark.parametrize(
    ("container", "expected"),
    [
        pytest.param(
            {"ports": [PORT, PORT | {"containerPort": 9090}]},
            [("ADM-07", f"{C0}.ports[1].name")],
            id="ADM-07-name-twice",
        ),
        pytest.param(
            {"ports": [PORT, {"name": "web", "containerPort": 8080}]}, [], id="ADM-07-number-twice-is-a-warning"
        ),
        pytest.param({"ports": [{"containerPort": 0}]}, [("ADM-07", f"{C0}.ports[0].containerPort")], id="ADM-07-zero"),
        pytest.param(
            {"ports": [PORT | {"protocol": "tcp"}]}, [("ADM-07", f"{C0}.ports[0].protocol")], id="ADM-07-protocol"
        ),
        pytest.param(
            {"ports": [PORT | {"name": "12345"}]}, [("ADM-06", f"{C0}.ports[0].name")], id="ADM-06-container-port"
        ),
        pytest.param({"name": "My_App"}, [("ADM-02", f"{C0}.name")], id="ADM-02-container-name"),
        pytest.param(
            {"env": [{"name": "A", "value": "1"}, {"name": "A", "value": "2"}]}, [], id="ADM-11-name-twice-is-a-warning"
        ),
        pytest.param({"env": [{"name": "1 a", "value": ""}]}, [], id="ADM-11-printable"),
        pytest.param(
            {"env": [{"name": "A=B", "value": ""}]}, [("ADM-11", f"{C0}.env[0].name")], id="ADM-11-equals-sign"
        ),
        pytest.param({"env": [{"name": "", "value": ""}]}, [("ADM-11", f"{C0}.env[0].name")], id="ADM-11-empty-name"),
        pytest.param(
            {"env": [{"name": "A", "valueFrom": {}}]}, [("ADM-11", f"{C0}.env[0].valueFrom")], id="ADM-11-no-source"
        ),
        pytest.param(
            {"env": [{"name": "A", "value": "x", "valueFrom": {"secretKeyRef": SECRET_KEY}}]},
            [("ADM-11", f"{C0}.env[0].valueFrom")],
            id="ADM-11-value-and-source",
        ),
        pytest.param(
            {"env": [{"name": "A", "valueFrom": {"secretKeyRef": SECRET_KEY, "configMapKeyRef": SECRET_KEY}}]},
            [("ADM-11", f"{C0}.env[0].valueFrom")],
            id="ADM-11-two-sources",
        ),
        pytest.param(
            {"env": [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "status.phase"}}}]},
            [("ADM-11", f"{C0}.env[0].valueFrom.fieldRef.fieldPath")],
            id="ADM-11-field-not-allowed",
        ),
        pytest.param(
            {"env": [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels['app']"}}}]},
            [],
            id="ADM-11-label",
        ),
        pytest.param(
            {"env": [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}}]}, [], id="ADM-11-podIP"
        ),
        pytest.param(
            {"envFrom": [{"prefix": "A_"}]}, [("ADM-11", f"{C0}.envFrom[0]")], id="ADM-11-envFrom-without-source"
        ),
        pytest.param(
            {"volumeMounts": [{"name": "nosuch", "mountPath": "/a"}]},
            [("ADM-12", f"{C0}.volumeMounts[0].name")],
            id="ADM-12-no-volume",
        ),
        pytest.param(
            {"volumeMounts": [{"name": "v", "mountPath": "/a"}, {"name": "v", "mountPath": "/a"}]},
            [("ADM-12", f"{C0}.volumeMounts[1].mountPath")],
            id="ADM-12-path-twice",
        ),
        pytest.param(
            {"volumeMounts": [{"name": "v", "mountPath": "/a"}, {"name": "v", "mountPath": "/b"}]},
            [],
            id="ADM-12-volume-twice",
        ),
        pytest.param(
            {"resources": {"limits": {"memory": "1Gb"}}}, [("ADM-13", f"{RESOURCES}.limits.memory")], id="ADM-13-Gb"
        ),
        pytest.param(
            {"resources": {"requests": {"cpu": "500 m"}}}, [("ADM-13", f"{RESOURCES}.requests.cpu")], id="ADM-13-space"
        ),
        pytest.param(
            {"resources": {"requests": {"cpu": "500m"}, "limits": {"cpu": 1, "memory": "1Gi"}}}, [], id="ADM-13-good"
        ),
        pytest.param(
            {"resources": {"requests": {"memory": "1Gi"}, "limits": {"memory": "1G"}}},
            [("ADM-13", f"{RESOURCES}.requests.memory")],
            id="ADM-13-request-above-limit",
        ),
        pytest.param(
            {"resources": {"requests": {"cpu": "0.5"}, "limits": {"cpu": "500m"}}}, [], id="ADM-13-request-equals-limit"
        ),
        pytest.param(
            {"resources": {"requests": {"memory": "1e9"}, "limits": {"memory": "1G"}}}, [], id="ADM-13-exponent"
        ),
        pytest.param({"livenessProbe": {}}, [("ADM-15", f"{C0}.livenessProbe")], id="ADM-15-no-handler"),
        pytest.param(
            {"livenessProbe": {"httpGet": {"port": 80}, "tcpSocket": {"port": 80}}},
            [("ADM-15", f"{C0}.livenessProbe.tcpSocket")],
            id="ADM-15-two-handlers",
        ),
        pytest.param(
            {"livenessProbe": {"httpGet": {"port": 80}, "successThreshold": 2}},
            [("ADM-15", f"{C0}.livenessProbe.successThreshold")],
            id="ADM-15-successThreshold",
        ),
        pytest.param(
            {"readinessProbe": {"httpGet": {"port": 80}, "successThreshold": 2}}, [], id="ADM-15-readiness-threshold"
        ),
        pytest.param({"readinessProbe": {"httpGet": {"port": "nosuch"}}}, [], id="EP-06-unknown-port-is-accepted"),
        pytest.param({"ports": [PORT | {"hostPort": 80}]}, [], id="ADM-16-hostPort"),
    ],
)
def test_container(container: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(pod(container, volumes=[{"name": "v", "emptyDir": {}}])) == expected


def test_environment_names_were_strict_before_1_32() -> None:
    resource = pod({"env": [{"name": "1 a", "value": ""}]})
    assert said(resource, Profile(version=(1, 31))) == [("ADM-11", f"{C0}.env[0].name")]


NONE = {"dnsPolicy": "None"}


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        pytest.param({"hostname": "a.b"}, [("ADM-02", "spec.hostname")], id="ADM-02-hostname"),
        pytest.param({"subdomain": "my_ns"}, [("ADM-02", "spec.subdomain")], id="ADM-02-subdomain"),
        pytest.param(
            {"initContainers": [{"name": "c0", "image": "i"}]},
            [("ADM-12", "spec.initContainers[0].name")],
            id="ADM-12-init-name",
        ),
        pytest.param(
            {"volumes": [{"name": "v"}, {"name": "v"}]}, [("ADM-12", "spec.volumes[1].name")], id="ADM-12-volumes"
        ),
        pytest.param({"volumes": [{"name": "V_1"}]}, [("ADM-12", "spec.volumes[0].name")], id="ADM-12-volume-name"),
        pytest.param(NONE, [("ADM-14", "spec.dnsConfig")], id="ADM-14-None-without-config"),
        pytest.param(
            NONE | {"dnsConfig": {"searches": ["a"]}}, [("ADM-14", "spec.dnsConfig.nameservers")], id="ADM-14-no-server"
        ),
        pytest.param(NONE | {"dnsConfig": {"nameservers": ["10.0.0.1"]}}, [], id="ADM-14-good"),
        pytest.param(
            {"dnsConfig": {"nameservers": [f"10.0.0.{n}" for n in range(4)]}},
            [("ADM-14", "spec.dnsConfig.nameservers")],
            id="ADM-14-4-servers",
        ),
        pytest.param(
            {"dnsConfig": {"nameservers": ["dns.example"]}},
            [("ADM-14", "spec.dnsConfig.nameservers[0]")],
            id="ADM-14-no-IP",
        ),
        pytest.param(
            {"dnsConfig": {"searches": [f"s{n}" for n in range(33)]}},
            [("ADM-14", "spec.dnsConfig.searches")],
            id="ADM-14-33-searches",
        ),
        pytest.param({"dnsPolicy": "clusterFirst"}, [("ADM-14", "spec.dnsPolicy")], id="ADM-14-policy"),
        pytest.param(
            {
                "hostNetwork": True,
                "containers": [{"name": "c", "image": "i", "ports": [{"containerPort": 80, "hostPort": 81}]}],
            },
            [("ADM-16", "spec.containers[0].ports[0].hostPort")],
            id="ADM-16-hostPort-differs",
        ),
        pytest.param(
            {"hostNetwork": True, "containers": [{"name": "c", "image": "i", "ports": [{"containerPort": 80}]}]},
            [],
            id="ADM-16-no-hostPort",
        ),
        pytest.param({"restartPolicy": "Never"}, [], id="ADM-19-bare-Pod"),
        pytest.param(
            {"initContainers": [{"name": "i", "image": "i", "readinessProbe": {"exec": {}}}]},
            [("ADM-15", "spec.initContainers[0].readinessProbe")],
            id="ADM-15-init-probe",
        ),
        pytest.param(
            {
                "initContainers": [
                    {"name": "i", "image": "i", "restartPolicy": "Always", "readinessProbe": {"exec": {}}}
                ]
            },
            [],
            id="ADM-15-sidecar-probe",
        ),
    ],
)
def test_pod(spec: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(pod(**spec)) == expected


def test_containers_of_one_name() -> None:
    assert said(pod({"name": "a"}, {"name": "a"})) == [("ADM-12", "spec.containers[1].name")]


def workload(kind: str, pod_spec: dict[str, Any] | None = None, **spec: Any) -> Resource:
    api = "batch/v1" if kind == "Job" else "apps/v1"
    template = {
        "metadata": {"labels": {"app": "web"}},
        "spec": {"containers": [{"name": "c", "image": "i"}]} | (pod_spec or {}),
    }
    return made(kind, {"template": template} | spec, api=api)


@pytest.mark.parametrize(
    ("kind", "policy", "expected"),
    [
        pytest.param("Deployment", None, [], id="ADM-19-Deployment-default"),
        pytest.param(
            "Deployment", "Never", [("ADM-19", "spec.template.spec.restartPolicy")], id="ADM-19-Deployment-Never"
        ),
        pytest.param("Job", None, [("ADM-19", "spec.template.spec.restartPolicy")], id="ADM-19-Job-default"),
        pytest.param("Job", "OnFailure", [], id="ADM-19-Job-OnFailure"),
    ],
)
def test_restart_policy(kind: str, policy: str | None, expected: list[tuple[str, str]]) -> None:
    assert said(workload(kind, {"restartPolicy": policy})) == expected


def test_claims_of_a_stateful_set_are_volumes() -> None:
    mounts = {"containers": [{"name": "c", "image": "i", "volumeMounts": [{"name": "data", "mountPath": "/data"}]}]}
    assert said(workload("StatefulSet", mounts, volumeClaimTemplates=[{"metadata": {"name": "data"}}])) == []


def test_labels_of_a_template() -> None:
    resource = made(
        "Deployment",
        {"template": {"metadata": {"labels": {"app": "a b"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}}},
        api="apps/v1",
    )
    assert said(resource) == [("ADM-03", "spec.template.metadata.labels.app")]


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        pytest.param({"operator": "In", "values": []}, [("ADM-15", "values")], id="SEL-03-In-without-values"),
        pytest.param({"operator": "Exists", "values": ["a"]}, [("ADM-15", "values")], id="SEL-03-Exists-with-values"),
        pytest.param({"operator": "in", "values": ["a"]}, [("ADM-15", "operator")], id="SEL-03-operator"),
        pytest.param({"operator": "In", "values": ["a b"]}, [("ADM-03", "values[0]")], id="ADM-03-value-in-expression"),
        pytest.param({"operator": "NotIn", "values": ["a"]}, [], id="SEL-03-good"),
    ],
)
def test_selector_syntax(requirement: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    selector = {"matchExpressions": [{"key": "tier"} | requirement]}
    policy = made("NetworkPolicy", {"podSelector": selector}, api="networking.k8s.io/v1")
    assert said(policy) == [(rule, f"spec.podSelector.matchExpressions[0].{field}") for rule, field in expected]


RULE = "spec.ingress[0]"


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        pytest.param({"policyTypes": ["ingress"]}, [("ADM-20", "spec.policyTypes[0]")], id="ADM-20-policyTypes"),
        pytest.param({"ingress": [{"from": [{}]}]}, [("ADM-20", f"{RULE}.from[0]")], id="ADM-20-empty-peer"),
        pytest.param(
            {"ingress": [{"from": [{"podSelector": {}, "ipBlock": {"cidr": "10.0.0.0/8"}}]}]},
            [("ADM-20", f"{RULE}.from[0]")],
            id="ADM-20-ipBlock-and-podSelector",
        ),
        pytest.param(
            {"ingress": [{"from": [{"ipBlock": {"cidr": "10.0.0.1"}}]}]},
            [("ADM-20", f"{RULE}.from[0].ipBlock.cidr")],
            id="ADM-20-no-CIDR",
        ),
        pytest.param(
            {"ingress": [{"ports": [{"protocol": "tcp"}]}]},
            [("ADM-20", f"{RULE}.ports[0].protocol")],
            id="ADM-20-protocol",
        ),
        pytest.param(
            {"ingress": [{"ports": [{"port": 90, "endPort": 80}]}]},
            [("ADM-20", f"{RULE}.ports[0].endPort")],
            id="ADM-20-endPort",
        ),
        pytest.param(
            {"ingress": [{"ports": [{"port": "a", "endPort": 80}]}]},
            [("ADM-20", f"{RULE}.ports[0].endPort")],
            id="ADM-20-endPort-of-a-name",
        ),
        pytest.param({"ingress": [{"ports": [{"port": "unknown"}]}]}, [], id="ADM-20-unknown-name-is-accepted"),
        pytest.param(
            {"ingress": [{"from": [{"podSelector": {}, "namespaceSelector": {}}]}]}, [], id="ADM-20-both-selectors"
        ),
    ],
)
def test_network_policy(spec: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(made("NetworkPolicy", spec, api="networking.k8s.io/v1")) == expected


def test_a_bad_selector_of_a_workload_is_named_by_its_place() -> None:
    requirement = {"key": "tier", "operator": "In"}
    deployment = made("Deployment", {"selector": {"matchExpressions": [requirement]}}, api="apps/v1")
    (refused,) = rejections(deployment, V1_35)
    assert refused.message == (
        "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'"
    )


def test_an_end_port_of_another_type_is_left_to_the_schema() -> None:
    ports = [{"port": 80, "endPort": "90"}]
    assert (
        said(made("NetworkPolicy", {"podSelector": {}, "ingress": [{"ports": ports}]}, api="networking.k8s.io/v1"))
        == []
    )


def test_disruption_budget_counts_one_way() -> None:
    both = made("PodDisruptionBudget", {"minAvailable": 1, "maxUnavailable": 1}, api="policy/v1")
    assert said(both) == [("ADM-20", "spec")]


def selected(kind: str, **spec: Any) -> list[Rejection]:
    """What is said of the selector of a Job, or of those of a CronJob."""
    template = {"spec": {"restartPolicy": "Never", "containers": [{"name": "c", "image": "i"}]}}
    own = {"template": template, **spec}
    return list(rejections(made(kind, own if kind == "Job" else {"jobTemplate": {"spec": own}}, api="batch/v1"), V1_35))


APP = {"matchLabels": {"app": "api"}}
NOT_MADE = Rejection(
    "ADM-21",
    ("spec", "selector"),
    "spec.selector: Invalid value: app=api: `selector` not auto-generated",
    "leave it out: the API server makes it",
)
WILL_BE_MADE = Rejection(
    "ADM-21",
    ("spec", "jobTemplate", "spec", "selector"),
    "spec.jobTemplate.spec.selector: Invalid value: app=api: `selector` will be auto-generated",
    "leave it out: the API server makes it",
)
BY_HAND = Rejection(
    "ADM-21",
    ("spec", "jobTemplate", "spec", "manualSelector"),
    'spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: "nil", "false"',
    "leave it out: the API server makes it",
)


@pytest.mark.parametrize(
    ("kind", "spec", "expected"),
    [
        pytest.param("Job", {}, [], id="ADM-21-Job-without"),
        pytest.param("Job", {"selector": APP}, [NOT_MADE], id="ADM-21-Job"),
        pytest.param("Job", {"selector": APP, "manualSelector": False}, [NOT_MADE], id="ADM-21-Job-not-by-hand"),
        pytest.param("Job", {"selector": APP, "manualSelector": True}, [], id="ADM-21-Job-by-hand"),
        pytest.param("Job", {"selector": {}}, [], id="ADM-21-Job-of-everything"),
        pytest.param(
            "Job",
            {"selector": {"matchExpressions": [{"key": "app", "operator": "Exists"}]}},
            [Rejection("ADM-21", NOT_MADE.route, NOT_MADE.message.replace("app=api", "app"), NOT_MADE.hint)],
            id="ADM-21-Job-expressions",
        ),
        pytest.param(
            "Job",
            {"selector": {"matchLabels": {"batch.kubernetes.io/controller-uid": "9d6c"}}},
            [],
            id="ADM-21-Job-read-from-a-cluster",
        ),
        pytest.param(
            "Job", {"selector": {"matchLabels": {"controller-uid": "9d6c"}}}, [], id="ADM-21-Job-read-from-an-old-one"
        ),
        pytest.param(
            "Job",
            {"manualSelector": True},
            [Rejection("ADM-21", ("spec", "selector"), "spec.selector: Required value")],
            id="ADM-21-Job-by-hand-without",
        ),
        pytest.param("CronJob", {}, [], id="ADM-21-CronJob-without"),
        pytest.param("CronJob", {"selector": APP}, [WILL_BE_MADE], id="ADM-21-CronJob"),
        pytest.param(
            "CronJob",
            {"selector": {}},
            [Rejection("ADM-21", WILL_BE_MADE.route, WILL_BE_MADE.message.replace("app=api", "{}"), WILL_BE_MADE.hint)],
            id="ADM-21-CronJob-of-everything",
        ),
        pytest.param(
            "CronJob", {"selector": APP, "manualSelector": True}, [WILL_BE_MADE, BY_HAND], id="ADM-21-CronJob-by-hand"
        ),
        pytest.param("CronJob", {"manualSelector": False}, [], id="ADM-21-CronJob-not-by-hand"),
    ],
)
def test_selector_of_a_job(kind: str, spec: dict[str, Any], expected: list[Rejection]) -> None:
    assert selected(kind, **spec) == expected


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        pytest.param(workload("Deployment", selector={"matchLabels": {"app": "web"}}), [], id="SEL-04-match"),
        pytest.param(
            workload("Deployment", selector={"matchLabels": {"app": "api"}}),
            [
                Rejection(
                    "SEL-04",
                    ("spec", "template", "metadata", "labels"),
                    "spec.template.metadata.labels: Invalid value: app=web: "
                    "`selector` does not match template `labels`",
                    "the selector asks for app=api",
                )
            ],
            id="SEL-04-mismatch",
        ),
        pytest.param(
            workload("StatefulSet", selector={}),
            [
                Rejection(
                    "SEL-04",
                    ("spec", "selector"),
                    "spec.selector: Invalid value: empty selector is invalid for statefulset",
                )
            ],
            id="SEL-04-empty",
        ),
        pytest.param(workload("Deployment"), [], id="SEL-04-missing-is-for-the-schema"),
        pytest.param(workload("Job", selector={"matchLabels": {"app": "api"}}), [], id="SEL-04-Job"),
        pytest.param(
            workload("Job", selector={"matchLabels": {"app": "api"}}, manualSelector=True),
            [
                Rejection(
                    "SEL-04",
                    ("spec", "template", "metadata", "labels"),
                    "spec.template.metadata.labels: Invalid value: app=web: "
                    "`selector` does not match template `labels`",
                    "the selector asks for app=api",
                )
            ],
            id="SEL-04-Job-by-hand",
        ),
        pytest.param(workload("Job", selector={}, manualSelector=True), [], id="SEL-04-Job-by-hand-of-everything"),
        pytest.param(workload("Job", manualSelector=True), [], id="SEL-04-Job-by-hand-without"),
        pytest.param(
            made("ReplicationController", {"template": {"metadata": {"labels": {"a": "b"}}}}),
            [],
            id="SEL-04-controller-default",
        ),
        pytest.param(
            workload("Deployment", selector={"matchExpressions": [{"key": "app", "operator": "In", "values": []}]}),
            [],
            id="SEL-04-selector-that-is-refused-anyway",
        ),
    ],
)
def test_selector_mismatch(resource: Resource, expected: list[Rejection]) -> None:
    assert list(selector_mismatch(resource)) == expected


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        pytest.param(
            service(ports=[{"port": 80, "targetPort": "80"}]),
            Rejection(
                "ADM-06",
                ("spec", "ports", 0, "targetPort"),
                'spec.ports[0].targetPort: Invalid value: "80": must contain at least one letter (a-z)',
                "write the name of a container port, or its number without quotes",
            ),
            id="ADM-06-invalid",
        ),
        pytest.param(
            service(ports=[{"name": "a", "port": 80}, {"name": "b", "port": 80}]),
            Rejection("ADM-05", ("spec", "ports", 1), "spec.ports[1]: Duplicate value: 80/TCP"),
            id="ADM-05-duplicate",
        ),
        pytest.param(
            service(ports=[{"port": 80, "protocol": "tcp"}]),
            Rejection(
                "ADM-05",
                ("spec", "ports", 0, "protocol"),
                'spec.ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"',
                "write TCP",
            ),
            id="ADM-05-unsupported",
        ),
        pytest.param(
            pod({"volumeMounts": [{"name": "dat", "mountPath": "/a"}]}, volumes=[{"name": "data"}]),
            Rejection(
                "ADM-12",
                ("spec", "containers", 0, "volumeMounts", 0, "name"),
                'spec.containers[0].volumeMounts[0].name: Not found: "dat"',
                "volumes of this pod: data",
            ),
            id="ADM-12-not-found",
        ),
        pytest.param(
            service(type="NodePort", clusterIP="None"),
            Rejection(
                "ADM-08",
                ("spec", "clusterIP"),
                "spec.clusterIP: Invalid value: \"None\": may not be set to 'None' for NodePort services",
            ),
            id="ADM-08-invalid",
        ),
    ],
)
def test_words(resource: Resource, expected: Rejection) -> None:
    assert list(rejections(resource, V1_35)) == [expected]


def test_values_of_the_environment_are_not_quoted() -> None:
    resource = pod({"env": [{"name": "A", "value": "s3cret", "valueFrom": {"secretKeyRef": {}}}]})
    assert "s3cret" not in repr(rejections(resource, V1_35))


BROKEN = """
- {apiVersion: v1, kind: Service, metadata: {name: web, labels: [a]}, spec: {ports: {port: 80}, selector: text}}
- {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: text, name: 1, protocol: [a]}]}}
- {apiVersion: v1, kind: Pod, metadata: {name: a},
   spec: {containers: [text, {name: 1, ports: [1], env: [a], envFrom: 3}]}}
- {apiVersion: v1, kind: Pod, metadata: {name: a},
   spec: {containers: [{resources: {limits: [1]}, livenessProbe: text}]}}
- {apiVersion: v1, kind: Pod, metadata: {name: a},
   spec: {containers: {a: b}, volumes: text, dnsConfig: [], hostname: 3}}
- {apiVersion: v1, kind: Pod, metadata: {name: a},
   spec: {containers: [{name: c, image: i}], restartPolicy: [a], dnsPolicy: 3}}
- {apiVersion: apps/v1, kind: Deployment, metadata: {name: w}, spec: {selector: {matchExpressions: [a, {values: 3}]}}}
- {apiVersion: apps/v1, kind: Deployment, metadata: {name: w}, spec: {selector: {matchLabels: {version: 1}}}}
- {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: w}, spec: {ingress: [text], egress: {a: b}}}
- {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: web}, spec: {ingress: [{from: 3, ports: a}]}}
"""


@pytest.mark.parametrize("data", yaml.safe_load(BROKEN), ids=lambda data: f"ADM-04-{data['kind']}")
def test_other_types_are_left_to_the_schema(data: dict[str, Any]) -> None:
    resource = Resource(data, "shop")
    assert selector_mismatch(resource) == ()
    assert rejections(resource, V1_35) == ()


GOOD = """
- {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{name: http, port: 80, targetPort: http}]}}
- {apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web}, spec: {maxUnavailable: 1, selector: {}}}
- {apiVersion: v1, kind: Secret, metadata: {name: web, annotations: {a: b}}, data: {key: dmFsdWU=}}
"""


@pytest.mark.parametrize("data", yaml.safe_load(GOOD), ids=lambda data: f"good-{data['kind']}")
def test_good_objects_are_silent(data: dict[str, Any]) -> None:
    assert rejections(Resource(data, "shop"), V1_35) == ()
