"""What stands between the pods: Services, slices, policies, settings, Ingresses, namespaces."""

from typing import Any

from generated import words
from generated.pods import Manifest, optional
from hypothesis import strategies as st


def named(api_version: str, kind: str, **rest: st.SearchStrategy[Any]) -> st.SearchStrategy[Manifest]:
    head = {"apiVersion": st.just(api_version), "kind": st.just(kind)}
    metadata = st.fixed_dictionaries({"name": words.names, "namespace": words.namespaces})
    return st.fixed_dictionaries({**head, "metadata": metadata, **rest})


@st.composite
def service_ports(draw: st.DrawFn, least: int = 1) -> list[Manifest]:
    """Accepted by the API server: each named when there are two, no port twice."""
    numbers = draw(st.lists(words.numbers, min_size=least, max_size=2, unique=True))
    made = []
    for number, name in zip(numbers, words.PORT_NAMES, strict=False):
        port = {
            "port": number,
            **draw(optional(protocol=words.protocols, targetPort=st.sampled_from((80, 8080, "http", "grpc")))),
        }
        made.append({"name": name, **port} if len(numbers) > 1 or draw(st.booleans()) else port)
    return made


service_specs = st.one_of(
    st.fixed_dictionaries(
        {"ports": service_ports()}, optional={"selector": words.few_labels, "type": st.just("NodePort")}
    ),
    st.fixed_dictionaries({"selector": words.labels, "ports": service_ports()}),
    st.fixed_dictionaries(
        {"clusterIP": st.just("None"), "selector": words.few_labels},
        optional={"ports": service_ports(), "publishNotReadyAddresses": st.booleans()},
    ),
    st.fixed_dictionaries(
        {
            "type": st.just("ExternalName"),
            "externalName": words.hosts().map(lambda host: host.lower().replace("_", "-")),
        }
    ),
)
services = named("v1", "Service", spec=service_specs)

slice_ports = st.lists(
    st.fixed_dictionaries(
        {"port": words.numbers},
        optional={"name": st.sampled_from(("", *words.PORT_NAMES)), "protocol": words.protocols},
    ),
    max_size=2,
)
addresses = st.sampled_from((["10.9.9.9"], []))
slices = st.builds(
    lambda made, name: {**made, "metadata": {**made["metadata"], "labels": {"kubernetes.io/service-name": name}}},
    named(
        "discovery.k8s.io/v1",
        "EndpointSlice",
        addressType=st.just("IPv4"),
        ports=slice_ports,
        endpoints=st.lists(
            st.fixed_dictionaries({"addresses": addresses}, optional={"hostname": words.names}), max_size=2
        ),
    ),
    words.names,
)
endpoints = named(
    "v1",
    "Endpoints",
    subsets=st.builds(
        lambda ports, listed: [{"ports": ports, "addresses": [{"ip": ip} for ip in listed]}], slice_ports, addresses
    ),
)

requirements = st.fixed_dictionaries(
    {
        "key": st.sampled_from(("app", "tier", "pod-template-hash")),
        "operator": st.sampled_from(("In", "NotIn")),
        "values": st.just(["api", "a"]),
    }
)
selectors = st.one_of(
    st.just({}),
    st.builds(lambda labels: {"matchLabels": labels}, words.labels),
    st.builds(lambda each: {"matchExpressions": [each]}, requirements),
)
namespace_selectors = st.one_of(
    st.just({}),
    st.builds(lambda name: {"matchLabels": {"kubernetes.io/metadata.name": name}}, words.namespaces),
    st.just({"matchLabels": {"team": "a"}}),
)
peers = st.one_of(
    st.fixed_dictionaries({"podSelector": selectors}, optional={"namespaceSelector": namespace_selectors}),
    st.fixed_dictionaries({"namespaceSelector": namespace_selectors}),
    st.just({"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.9.0.0/16"]}}),
)
policy_ports = st.lists(
    st.one_of(
        optional(port=st.sampled_from((53, 80, 8080, "http", "grpc")), protocol=words.protocols),
        st.just({"port": 1, "endPort": 9000}),
    ),
    max_size=2,
)


def rules(peer_field: str) -> st.SearchStrategy[Manifest]:
    return optional(ports=policy_ports, **{peer_field: st.lists(peers, max_size=2)})


policy_specs = st.fixed_dictionaries(
    {
        "podSelector": selectors,
        "policyTypes": st.sampled_from((["Ingress"], ["Egress"], ["Ingress", "Egress"])),
        "ingress": st.lists(rules("from"), max_size=2),
        "egress": st.lists(rules("to"), max_size=2),
    }
)
policies = named("networking.k8s.io/v1", "NetworkPolicy", spec=policy_specs)

config_maps = named(
    "v1",
    "ConfigMap",
    data=optional(HOST=words.values(), **{"app.properties": st.builds("url={}".format, words.values())}),
)
ingresses = named(
    "networking.k8s.io/v1",
    "Ingress",
    spec=st.builds(
        lambda name, port: {"defaultBackend": {"service": {"name": name, "port": port}}},
        words.names,
        st.sampled_from(({"number": 80}, {"number": 8080}, {"name": "http"})),
    ),
)
budgets = named("policy/v1", "PodDisruptionBudget", spec=st.builds(lambda selector: {"selector": selector}, selectors))
strangers = st.one_of(
    named("cilium.io/v2", "CiliumNetworkPolicy", spec=st.builds(lambda found: {"endpointSelector": found}, selectors)),
    named("helm.toolkit.fluxcd.io/v2", "HelmRelease"),
)


@st.composite
def namespaces(draw: st.DrawFn) -> Manifest:
    name = draw(words.namespaces)
    labels = draw(st.sampled_from(({}, {"team": "a"})))
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}
