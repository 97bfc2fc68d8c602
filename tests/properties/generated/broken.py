"""Manifests as nobody should write them: any JSON at any place."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from generated import words
from generated.worlds import worlds
from hypothesis import strategies as st

DEEP: Any = 0
for _ in range(100):
    DEEP = [{"a": DEEP}]
"""Nested as deeply as the reader lets pass, nearly."""

ODD = (
    *(None, True, False, 0, -1, 1, 65536, 2**63, 2**64 - 1, -(2**63), 1.5, 1e308),
    *(
        "",
        " ",
        ".",
        "..",
        "-",
        "x",
        "None",
        "true",
        "9" * 5000,
        "a." * 150,
        "db-" + "9" * 5000,
        "\x00",
        "é.web",
        "{{ x }}",
    ),
    *(
        "$(HOST)",
        "$(",
        "-1",
        "0x10",
        "1Gi",
        "::1",
        "10.0.0.1",
        "_http._tcp.api",
        "*",
        "a=b",
        "a/b/c",
        "http://",
        "line\nline",
    ),
    *([], [[]], {}, {"": {}}, [None], [{}], ["x", 5], {"x": None}, DEEP),
)
"""Numbers stay within 64 bits and finite: the reader of YAML lets no others pass."""

KINDS = (
    *(
        ("v1", kind)
        for kind in ("Service", "Endpoints", "Namespace", "ConfigMap", "Secret", "Pod", "List", "PersistentVolumeClaim")
    ),
    *(("apps/v1", kind) for kind in ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet")),
    *(("batch/v1", kind) for kind in ("Job", "CronJob")),
    *(("networking.k8s.io/v1", kind) for kind in ("NetworkPolicy", "Ingress")),
    ("discovery.k8s.io/v1", "EndpointSlice"),
    ("policy/v1", "PodDisruptionBudget"),
    ("autoscaling/v2", "HorizontalPodAutoscaler"),
    ("cilium.io/v2", "CiliumNetworkPolicy"),
    ("security.istio.io/v1", "AuthorizationPolicy"),
    ("gateway.networking.k8s.io/v1", "HTTPRoute"),
    ("gateway.networking.k8s.io/v1beta1", "ReferenceGrant"),
    ("monitoring.coreos.com/v1", "ServiceMonitor"),
    ("monitoring.coreos.com/v1", "PodMonitor"),
    ("networking.istio.io/v1", "VirtualService"),
    ("apiregistration.k8s.io/v1", "APIService"),
    ("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
    ("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"),
    ("argoproj.io/v1alpha1", "Application"),
    ("argoproj.io/v1alpha1", "Rollout"),
    ("apps.openshift.io/v1", "DeploymentConfig"),
    ("example.org/v1", "Widget"),
)

KEYS = """
    metadata spec template labels annotations selector matchLabels matchExpressions key operator values
    name namespace kind apiVersion ports port targetPort containerPort protocol endPort nodePort
    containers initContainers restartPolicy image env envFrom value valueFrom configMapKeyRef
    secretKeyRef configMapRef fieldRef command args readinessProbe httpGet tcpSocket exec host
    lifecycle postStart volumes volumeMounts configMap secret items path resources limits memory
    hostNetwork dnsPolicy dnsConfig nameservers searches options hostAliases ip hostnames hostname
    subdomain replicas ordinals start completions completionMode serviceName jobTemplate clusterIP type
    externalName endpoints addresses subsets conditions ready podSelector namespaceSelector policyTypes
    ingress egress from to ipBlock cidr except rules http paths backend service defaultBackend data
    stringData versions schema openAPIV3Schema group names scope scaleTargetRef parentRefs backendRefs
    webhooks clientConfig conversion webhook minAvailable maxUnavailable endpointSelector
    serviceAccountName persistentVolumeClaim claimName volumeClaimTemplates imagePullSecrets
""".split()

odd = st.sampled_from(ODD)
leaves = st.one_of(
    odd, words.values(), st.sampled_from((*words.NAMES, *words.NAMESPACES, *words.PORT_NAMES, *words.NUMBERS))
)
trees = st.recursive(
    leaves,
    lambda below: st.one_of(st.lists(below, max_size=3), st.dictionaries(st.sampled_from(KEYS), below, max_size=4)),
    max_leaves=12,
)


@st.composite
def wild(draw: st.DrawFn) -> dict[str, Any]:
    """The head of a known kind, and below it anything under the keys that the engine looks for."""
    api_version, kind = draw(st.sampled_from(KINDS))
    fields = draw(st.dictionaries(st.sampled_from(KEYS), trees, max_size=4))
    fields.setdefault("metadata", {"name": draw(words.names), "namespace": draw(words.namespaces)})
    return {**fields, "apiVersion": api_version, "kind": kind}


@st.composite
def damaged(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A world in which a few places were overwritten, cut out, wrapped, or given the value of another place."""
    manifests: list[Any] = [deepcopy(each) for each in draw(worlds(most=2)).manifests]
    for _ in range(draw(st.integers(1, 5))):
        found = [place for each in manifests for place in places(each)]
        container, key = draw(st.sampled_from(found))
        match draw(st.integers(0, 4)):
            case 0:
                del container[key]
            case 1:
                container[key] = [container[key]]
            case 2:
                other, at = draw(st.sampled_from(found))
                container[key] = deepcopy(other[at])
            case _:
                container[key] = deepcopy(draw(odd))
    return manifests


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in below:
        yield value, key
        if each is not DEEP:
            yield from places(each)
