"""Pods and the workloads that make them, of every kind."""

from typing import Any

from generated import words
from hypothesis import strategies as st

Manifest = dict[str, Any]

KINDS = {
    "Pod": "v1",
    "PodTemplate": "v1",
    "ReplicationController": "v1",
    "Deployment": "apps/v1",
    "StatefulSet": "apps/v1",
    "DaemonSet": "apps/v1",
    "ReplicaSet": "apps/v1",
    "Job": "batch/v1",
    "CronJob": "batch/v1",
}


VARIABLES = ("HOST", "API_URL", "DB_HOST", "PORT")


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Manifest]:
    return st.fixed_dictionaries({}, optional=fields)


def rarely(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Manifest]:
    """Mostly nothing, else one or two of the fields."""
    one = st.one_of(*(st.fixed_dictionaries({name: value}) for name, value in fields.items()))
    return st.one_of(st.just({}), st.just({}), st.just({}), one, st.builds(lambda a, b: a | b, one, one))


container_ports = st.lists(
    st.fixed_dictionaries({"containerPort": words.numbers}, optional={"protocol": words.protocols}), max_size=2
)


@st.composite
def named_ports(draw: st.DrawFn) -> list[Manifest]:
    """No name twice in one container."""
    names = draw(st.permutations((*words.PORT_NAMES, "")))
    return [{**port, "name": name} if name else port for port, name in zip(draw(container_ports), names, strict=False)]


variables = st.lists(
    st.one_of(
        st.fixed_dictionaries({"name": st.sampled_from(VARIABLES), "value": words.values()}),
        st.fixed_dictionaries(
            {
                "name": st.just("HOST"),
                "valueFrom": st.fixed_dictionaries(
                    {
                        "configMapKeyRef": st.fixed_dictionaries(
                            {"name": words.names, "key": st.sampled_from(("HOST", "app.properties"))}
                        )
                    }
                ),
            }
        ),
    ),
    max_size=2,
)
probes = st.builds(
    lambda got: {"httpGet": got},
    st.fixed_dictionaries({"port": st.sampled_from((80, "http", "grpc"))}, optional={"host": words.hosts()}),
)


@st.composite
def containers(draw: st.DrawFn) -> list[Manifest]:
    made = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "image": st.sampled_from(("api:1", "db", "example.org/web:2")),
                    "ports": named_ports(),
                    "env": variables,
                },
                optional={
                    "args": st.builds(lambda text: ["sh", "-c", text], words.scripts()),
                    "envFrom": st.builds(lambda name: [{"configMapRef": {"name": name}}], words.names),
                    "readinessProbe": probes,
                },
            ),
            min_size=1,
            max_size=2,
        )
    )
    return [{"name": f"c{index}", **each} for index, each in enumerate(made)]


sidecars = st.builds(
    lambda ports, policy: [{"name": "init", "image": "init", "ports": ports, **policy}],
    named_ports(),
    st.sampled_from(({}, {"restartPolicy": "Always"})),
)
pod_specs = st.builds(
    lambda listed, rest: {"containers": listed, **rest},
    containers(),
    rarely(
        initContainers=sidecars,
        hostNetwork=st.booleans(),
        dnsPolicy=st.sampled_from(("ClusterFirst", "ClusterFirstWithHostNet", "Default")),
        dnsConfig=optional(
            searches=st.just(["example.org"]),
            options=st.builds(lambda text: [{"name": "ndots", "value": text}], st.sampled_from(("0", "1", "2", "5"))),
        ),
        hostname=words.names,
        subdomain=words.names,
        hostAliases=st.builds(lambda name: [{"ip": "10.1.1.1", "hostnames": [name]}], words.hosts()),
        volumes=st.builds(lambda name: [{"name": "v", "configMap": {"name": name}}], words.names),
    ),
)
templates = st.builds(lambda labels, spec: {"metadata": {"labels": labels}, "spec": spec}, words.labels, pod_specs)


@st.composite
def workloads(draw: st.DrawFn, kinds: tuple[str, ...] = tuple(KINDS)) -> Manifest:
    kind = draw(st.sampled_from(kinds))
    template, name = draw(templates), draw(words.names)
    head = {"apiVersion": KINDS[kind], "kind": kind}
    metadata = {"name": name, "namespace": draw(words.namespaces)}
    if kind == "Pod":
        return {**head, "metadata": {**metadata, **template["metadata"]}, "spec": template["spec"]}
    if kind == "PodTemplate":
        return {**head, "metadata": metadata, "template": template}
    if kind in ("Job", "CronJob"):
        template["spec"]["restartPolicy"] = "Never"
        job = {"template": template}
        return {
            **head,
            "metadata": metadata,
            "spec": job if kind == "Job" else {"schedule": "* * * * *", "jobTemplate": {"spec": job}},
        }
    labels = template["metadata"]["labels"]
    spec: Manifest = {
        "template": template,
        "selector": labels if kind == "ReplicationController" else {"matchLabels": labels},
    }
    if kind != "DaemonSet":
        spec["replicas"] = draw(st.sampled_from((1, 1, 1, 3, 0)))
    if kind == "StatefulSet":
        spec |= {"serviceName": draw(words.names), **draw(rarely(ordinals=st.just({"start": 1})))}
    return {**head, "metadata": metadata, "spec": spec}
