"""Which fields of which kind are mutated, each with its pool of values; None takes the field away."""

from typing import Any

from apiserver.objects import named_only
from apiserver.pools import (
    ADDRESSES,
    CIDRS,
    DOMAINS,
    ENUMS,
    ENV_NAMES,
    FIELD_PATHS,
    HANDLER,
    KEYS,
    LONG,
    NAMES,
    NUMBERS,
    OPERATORS,
    PORT_NAMES,
    PROTOCOLS,
    QUANTITIES,
    SELECTORS,
    SPREADS,
    VALUES,
)

Route = tuple[str | int, ...]

METADATA: dict[Route, tuple[Any, ...]] = {
    ("metadata", "name"): NAMES,
    ("metadata", "labels", "app"): VALUES,
    ("metadata", "annotations"): ({"a b": "c"}, {"A.B/c": "d"}, {"a": "x" * 300_000}, {"a": ""}, {"/a": ""}, {"a": 1}),
}
SELECTOR: dict[Route, tuple[Any, ...]] = {
    ("matchLabels", "app"): VALUES,
    ("matchExpressions", 0, "key"): KEYS,
    ("matchExpressions", 0, "operator"): OPERATORS,
    ("matchExpressions", 0, "values"): ([], None, ["web"], ["bad value!"], ["a", "web"], [LONG + "a"], [1]),
    (): SELECTORS,
}
CONTAINER: dict[Route, tuple[Any, ...]] = {
    ("name",): (*NAMES, "side", "init"),
    ("ports", 0, "name"): (*PORT_NAMES, "metrics"),
    ("ports", 0, "containerPort"): (*NUMBERS, 9090),
    ("ports", 0, "protocol"): PROTOCOLS,
    ("ports", 0, "hostPort"): (0, 80, 8080, 65536, -1),
    ("ports", 1, "name"): ("http", "metrics", None),
    ("env", 0, "name"): (*ENV_NAMES, "POD"),
    ("env", 0, "value"): (8080, True, None, "", "x"),
    ("env", 1, "value"): ("both", ""),
    ("env", 1, "valueFrom"): (
        {},
        None,
        {"fieldRef": {"fieldPath": "metadata.name"}, "secretKeyRef": {"name": "a", "key": "b"}},
        {"configMapKeyRef": {"name": "a", "key": "b"}},
        {"resourceFieldRef": {"resource": "limits.cpu"}},
        {"resourceFieldRef": {"resource": "limits.bogus"}},
        {"secretKeyRef": {"name": "a"}},
        {"secretKeyRef": {"key": "b"}},
        {"configMapKeyRef": {"name": "a", "key": "bad key!"}},
    ),
    ("env", 1, "valueFrom", "fieldRef", "fieldPath"): FIELD_PATHS,
    ("envFrom", 0): (
        {},
        {"configMapRef": {"name": "a"}, "secretRef": {"name": "b"}},
        {"secretRef": {"name": "b"}},
        {"prefix": "A_", "configMapRef": {"name": "a"}},
        {"prefix": "a=b", "configMapRef": {"name": "a"}},
        {"prefix": "1 ", "secretRef": {"name": "a"}},
        {"configMapRef": {}},
    ),
    ("volumeMounts", 0, "name"): ("data", "tmp", "gone", "", "Data"),
    ("volumeMounts", 0, "mountPath"): ("/data", "/tmp", "", "data", "/data:ro", "/tmp/"),
    ("volumeMounts", 0, "subPath"): ("a", "/a", "../a", "a/../b"),
    ("resources", "limits", "memory"): QUANTITIES,
    ("resources", "limits", "cpu"): QUANTITIES,
    ("resources", "requests", "memory"): QUANTITIES,
    ("resources", "requests", "cpu"): QUANTITIES,
    ("readinessProbe",): (*HANDLER, {}, {"periodSeconds": 1}, {**HANDLER[0], **HANDLER[1]}, None),
    ("readinessProbe", "httpGet", "port"): (*PORT_NAMES, *NUMBERS),
    ("readinessProbe", "periodSeconds"): (-1, 0, 1, "1"),
    ("readinessProbe", "successThreshold"): (0, 1, 2, -1),
    ("livenessProbe", "successThreshold"): (0, 1, 2),
    ("livenessProbe", "tcpSocket", "port"): (*PORT_NAMES, *NUMBERS),
    ("startupProbe",): (*HANDLER, {}, {**HANDLER[2], **HANDLER[3]}),
    ("image",): ("", "A B", "Httpd:1", " httpd", None),
    ("imagePullPolicy",): ("Always", "IfNotPresent", "always", ""),
    ("terminationMessagePolicy",): ("File", "file"),
    ("imagePullPolicyy",): ("Always",),
}
POD: dict[Route, tuple[Any, ...]] = {
    ("hostname",): NAMES,
    ("subdomain",): NAMES,
    ("hostNetwork",): (True, False, "true"),
    ("dnsPolicy",): ENUMS["dnsPolicy"],
    ("restartPolicy",): ENUMS["restartPolicy"],
    ("dnsConfig",): (None, {}, {"nameservers": ["10.0.0.1"]}),
    ("dnsConfig", "nameservers"): (["10.0.0.1"] * 4, ["10.0.0.1"] * 3, *([each] for each in ADDRESSES), []),
    ("dnsConfig", "searches"): (
        ["a.b"] * 32,
        [f"a{n}.b" for n in range(33)],
        ["a" * 250] * 9,
        *([each] for each in DOMAINS),
    ),
    ("dnsConfig", "options"): ([{"name": "ndots", "value": "x"}], [{"value": "1"}], [{"name": ""}], []),
    ("volumes", 0, "name"): (*NAMES, "tmp"),
    ("volumes", 0): (
        {"name": "data"},
        {"name": "data", "emptyDir": {}, "configMap": {"name": "a"}},
        {"name": "data", "configMap": {"name": "a"}},
        {"name": "data", "configMap": {}},
    ),
    ("containers",): ([], None),
    ("containers", 1, "name"): ("web", "init", "side"),
    ("containers", 1, "ports"): (
        [{"containerPort": 8080}],
        [{"name": "http", "containerPort": 8081}],
        [{"containerPort": 9090, "hostPort": 9090}],
        [{"containerPort": 9091, "hostPort": 9090, "hostIP": "10.0.0.1"}],
        [{"containerPort": 8081, "hostPort": 8080}, {"containerPort": 8081, "hostPort": 8080, "protocol": "UDP"}],
        [{"containerPort": 8081, "hostPort": 80}, {"containerPort": 8082, "hostPort": 80}],
        [{"containerPort": 81, "hostPort": 80, "hostIP": "10.0.0.1"}, {"containerPort": 82, "hostPort": 80}],
    ),
    ("initContainers", 0, "name"): ("web", "init", *NAMES),
    ("initContainers", 0, "ports"): (
        [{"containerPort": 9090, "hostPort": 9090}],
        [{"containerPort": 81, "hostPort": 80}, {"containerPort": 82, "hostPort": 80}],
    ),
    ("initContainers", 0, "restartPolicy"): ("Always", "Never", ""),
    ("initContainers", 0, "readinessProbe"): HANDLER,
    ("serviceAccountName",): NAMES,
    ("hostAliases",): (
        [{"ip": each, "hostnames": ["a"]} for each in ADDRESSES],
        [{"ip": "10.1.2.3", "hostnames": ["A_b"]}],
    ),
    ("terminationGracePeriodSeconds",): (-1, 0, 30),
    ("activeDeadlineSeconds",): (0, 1, -1),
    ("topologySpreadConstraints",): SPREADS,
    ("nodeSelector",): ({"a": "b"}, {"a": "bad value!"}, {"a b": "c"}),
}
SERVICE: dict[Route, tuple[Any, ...]] = {
    ("ports",): (
        [],
        None,
        [{"port": 80}],
        [{"port": 80}, {"port": 81}],
        [{"name": "a", "port": 80}, {"name": "b", "port": 80}],
        [{"name": "a", "port": 53}, {"name": "b", "port": 53, "protocol": "UDP"}],
    ),
    ("ports", 0, "name"): (*NAMES, "dns", None),
    ("ports", 0, "port"): (*NUMBERS, 53),
    ("ports", 0, "protocol"): PROTOCOLS,
    ("ports", 0, "targetPort"): (*PORT_NAMES, *NUMBERS),
    ("ports", 0, "nodePort"): (30080, 0),
    ("ports", 1, "nodePort"): (30080,),
    ("ports", 0, "appProtocol"): ("http", "kubernetes.io/h2c", "bad value!", "", "a/b/c"),
    ("ports", 1, "port"): (80, 53),
    ("selector",): (None, {}, {"a b": "c"}),
    ("selector", "app"): VALUES,
    ("type",): ENUMS["type"],
    ("clusterIP",): ("None", "", "10.96.0.99", "none", "a"),
    ("clusterIPs",): (["None"], ["10.96.0.98"], []),
    ("externalName",): (*DOMAINS, None),
    ("ipFamilyPolicy",): ("SingleStack", "PreferDualStack", "RequireDualStack", "singleStack"),
    ("ipFamilies",): (["IPv4"], ["IPv6"], ["ipv4"], ["IPv4", "IPv6"], ["IPv4", "IPv4"]),
    ("externalTrafficPolicy",): ENUMS["externalTrafficPolicy"],
    ("internalTrafficPolicy",): ENUMS["internalTrafficPolicy"],
    ("sessionAffinity",): ENUMS["sessionAffinity"],
    ("sessionAffinityConfig",): ({"clientIP": {"timeoutSeconds": 60}}, {"clientIP": {"timeoutSeconds": 0}}, {}),
    ("trafficDistribution",): ENUMS["trafficDistribution"],
    ("loadBalancerClass",): ("example.com/a", "bad value!"),
    ("allocateLoadBalancerNodePorts",): (True, False),
    ("loadBalancerSourceRanges",): (["10.0.0.0/8"], ["a"], []),
    ("externalIPs",): (["10.1.2.3"], ["a"], ["127.0.0.1"]),
    ("publishNotReadyAddresses",): (True, "true"),
    ("healthCheckNodePort",): (30999,),
}
CONTROLLER: dict[Route, tuple[Any, ...]] = {
    ("replicas",): (0, 1, -1, "2", None),
    ("template", "metadata", "labels"): (
        {},
        None,
        {"app": "other"},
        {"app": "web", "tier": "a"},
        {"app": "web", "a b": "c"},
    ),
    ("template", "metadata", "labels", "app"): VALUES,
    ("minReadySeconds",): (-1, 0, 5),
}
STATEFUL: dict[Route, tuple[Any, ...]] = {
    ("serviceName",): (*NAMES, None),
    ("podManagementPolicy",): ("Parallel", "OrderedReady", "parallel"),
    ("volumeClaimTemplates",): (
        [
            {
                "metadata": {"name": "data"},
                "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
            }
        ],
    ),
}
POLICY: dict[Route, tuple[Any, ...]] = {
    ("policyTypes",): ENUMS["policyTypes"],
    ("ingress", 0, "ports", 0, "port"): (*PORT_NAMES, *NUMBERS),
    ("ingress", 0, "ports", 0, "protocol"): PROTOCOLS,
    ("ingress", 0, "ports", 0, "endPort"): (90, 80),
    ("egress", 1, "ports", 1, "endPort"): (7999, 8000, 65536, 70000, 0, -1, "8080"),
    ("egress", 1, "ports", 1, "port"): (None, "http", 0, 8000, 9000),
    ("ingress", 0, "from", 0): (
        {},
        {"podSelector": {}, "ipBlock": {"cidr": "10.0.0.0/8"}},
        {"namespaceSelector": None},
        {"podSelector": {}, "namespaceSelector": {}},
        {"podSelector": {"app": "web"}},
    ),
    ("ingress", 0, "from"): ([], None),
    ("ingress",): ([], None, [{}]),
    ("egress", 0, "to", 0, "ipBlock", "cidr"): CIDRS,
    ("egress", 0, "to", 0, "ipBlock", "except"): (*([each] for each in CIDRS), ["11.0.0.0/16"]),
}
BUDGET: dict[Route, tuple[Any, ...]] = {
    ("minAvailable",): (0, 1, -1, "50%", "101%", "half", "1", None, 1.5),
    ("maxUnavailable",): (0, 1, "50%", "101%"),
}
JOB: dict[Route, tuple[Any, ...]] = {
    ("completions",): (0, 1, -1),
    ("parallelism",): (0, 1, -1),
    ("backoffLimit",): (0, -1),
    ("completionMode",): ("Indexed", "NonIndexed", "indexed"),
    ("selector",): ({}, {"matchLabels": {"app": "web"}}),
    ("manualSelector",): (False,),
}
_CONTROLLERS = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController")


def fields(kind: str) -> dict[Route, tuple[Any, ...]]:
    """Every field of a kind that is mutated, with its pool."""
    found = dict(METADATA)
    if kind in ("Namespace", "ConfigMap") or named_only(kind):
        return found
    own = {
        "Service": SERVICE,
        "NetworkPolicy": POLICY,
        "PodDisruptionBudget": BUDGET,
        "StatefulSet": CONTROLLER | STATEFUL,
        "Job": JOB,
    }
    if kind == "CronJob":
        found |= _below(("spec", "jobTemplate", "spec"), JOB)
    found |= _below(("spec",), own.get(kind, CONTROLLER if kind in _CONTROLLERS else {}))
    selectors: dict[str, list[Route]] = {
        "NetworkPolicy": [("spec", "podSelector"), ("spec", "ingress", 0, "from", 0, "podSelector")],
        "PodDisruptionBudget": [("spec", "selector")],
        "ReplicationController": [],
    }
    for route in selectors.get(kind, [("spec", "selector")] if kind in _CONTROLLERS else []):
        found |= _below(route, SELECTOR)
    template = _template(kind)
    if template is not None:
        found |= _below((*template, "spec"), POD) | _below((*template, "spec", "containers", 0), CONTAINER)
    return found


def _template(kind: str) -> Route | None:
    if kind == "Pod":
        return ()
    if kind == "CronJob":
        return ("spec", "jobTemplate", "spec", "template")
    return ("spec", "template") if kind in (*_CONTROLLERS, "Job") else None


def _below(route: Route, pools: dict[Route, tuple[Any, ...]]) -> dict[Route, tuple[Any, ...]]:
    return {(*route, *each): pool for each, pool in pools.items()}
