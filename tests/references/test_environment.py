"""kubelet's rules for a container's environment (REF-01), and what becomes of what is not known."""

from typing import Any

import pytest

from ringtrue.references.environment import variables

REF_01: list[tuple[list[dict[str, Any]], dict[str, str]]] = [
    (
        [{"name": "A", "value": "bar"}, {"name": "B", "value": "$(A)-1"}, {"name": "C", "value": "$(B)-2"}],
        {"C": "bar-1-2"},
    ),
    ([{"name": "B", "value": "$(A)"}, {"name": "A", "value": "x"}], {"B": "$(A)", "A": "x"}),
    ([{"name": "A", "value": "x"}, {"name": "B", "value": "$$(A)"}], {"B": "$(A)"}),
    ([{"name": "A", "value": "x"}, {"name": "B", "value": "${A}"}], {"B": "${A}"}),
    ([{"name": "B", "value": "$(DNE)"}], {"B": "$(DNE)"}),
    ([{"name": "A", "value": "bar"}, {"name": "B", "value": "$$$$$$$(A)"}], {"B": "$$$bar"}),
    ([{"name": "A", "value": "$$(X)"}, {"name": "B", "value": "$(A)"}], {"B": "$(X)"}),
    ([{"name": "A", "value": "1"}, {"name": "A", "value": "2"}], {"A": "2"}),
    ([{"name": "A"}], {"A": ""}),
    ([{"name": "ALL", "value": "$(PREFIX_KEY)"}], {"ALL": "from-map", "PREFIX_KEY": "from-map"}),
    ([{"name": "PREFIX_KEY", "value": "own"}], {"PREFIX_KEY": "own"}),
    ([{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "app", "key": "RAW"}}}], {"A": "$(X)"}),
    ([{"name": "N", "valueFrom": {"fieldRef": {"fieldPath": "metadata.namespace"}}}], {"N": "shop"}),
    ([{"name": "N", "valueFrom": {"fieldRef": {"fieldPath": "spec.serviceAccountName"}}}], {"N": "default"}),
    ([{"name": "N", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels['app']"}}}], {"N": "web"}),
]


@pytest.mark.parametrize(("env", "expected"), REF_01, ids=[str(env[-1].get("value", env[-1])) for env, _ in REF_01])
def test_value(env: list[dict[str, Any]], expected: dict[str, str], world: Any, deployment: Any, made: Any) -> None:
    config = made("ConfigMap", "app", data={"KEY": "from-map", "RAW": "$(X)"})
    web = deployment(labels={"app": "web"}, env=env, envFrom=[{"prefix": "PREFIX_", "configMapRef": {"name": "app"}}])
    cluster = world(web, config)
    found = variables(cluster.workloads[0], cluster.workloads[0].containers[0], cluster)
    assert {name: found[name].text for name in expected} == expected


OPEN: list[tuple[dict[str, Any], str | None]] = [
    ({"fieldRef": {"fieldPath": "metadata.name"}}, "metadata.name is only known when the pod runs"),
    ({"fieldRef": {"fieldPath": "status.podIP"}}, "status.podIP is only known when the pod runs"),
    ({"resourceFieldRef": {"resource": "limits.cpu"}}, "'A' is only known when the pod runs"),
    (
        {"configMapKeyRef": {"name": "gone", "key": "k"}},
        "ConfigMap 'gone' of namespace 'shop' is not among the manifests",
    ),
    ({"configMapKeyRef": {"name": "app", "key": "gone"}}, "ConfigMap 'app' has no key 'gone'"),
    ({"secretKeyRef": {"name": "gone", "key": "k"}}, "Secret 'gone' of namespace 'shop' is not among the manifests"),
    ({"configMapKeyRef": {"name": "gone", "key": "k", "optional": True}}, None),
    ({"secretKeyRef": {"name": "gone", "key": "k", "optional": True}}, None),
]


@pytest.mark.parametrize(("source", "reason"), OPEN, ids=[str(source) for source, _ in OPEN])
def test_what_is_not_known(source: dict[str, Any], reason: str | None, world: Any, deployment: Any, made: Any) -> None:
    cluster = world(deployment(env=[{"name": "A", "valueFrom": source}]), made("ConfigMap", "app", data={"KEY": "x"}))
    found = variables(cluster.workloads[0], cluster.workloads[0].containers[0], cluster)
    assert {name: variable.open for name, variable in found.items()} == ({} if reason is None else {"A": reason})


def test_bare_pod_knows_its_name(world: Any, made: Any) -> None:
    env = [{"name": "N", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}]
    cluster = world(made("Pod", "pod-centos", spec={"containers": [{"name": "c", "env": env}]}))
    assert variables(cluster.workloads[0], cluster.workloads[0].containers[0], cluster)["N"].text == "pod-centos"


def test_field_behind_each_value(world: Any, deployment: Any, made: Any) -> None:
    config = made("ConfigMap", "app", data={"KEY": "x"})
    secret = made("Secret", "cred", data={"PASSWORD": "cw=="}, stringData={"USER": "u"})
    web = deployment(
        env=[{"name": "A", "value": "x"}], envFrom=[{"configMapRef": {"name": "app"}}, {"secretRef": {"name": "cred"}}]
    )
    cluster = world(web, config, secret)
    found = variables(cluster.workloads[0], cluster.workloads[0].containers[0], cluster)
    assert {name: (v.spot.resource.kind, v.spot.route[-2:], v.via, v.text, v.secret) for name, v in found.items()} == {
        "KEY": ("ConfigMap", ("data", "KEY"), "envFrom", "x", False),
        "PASSWORD": ("Secret", ("data", "PASSWORD"), "envFrom", "s", True),
        "USER": ("Secret", ("stringData", "USER"), "envFrom", "u", True),
        "A": ("Deployment", (0, "value"), "env", "x", False),
    }


NAMESPACE = {"name": "POD_NAMESPACE", "valueFrom": {"fieldRef": {"fieldPath": "metadata.namespace"}}}


def test_pod_namespace_makes_a_whole_host(hosts: Any) -> None:
    env = [NAMESPACE, {"name": "API_URL", "value": "http://api.$(POD_NAMESPACE).svc:8080"}]
    assert hosts(env=env) == ["http api.shop.svc:8080"]


def test_pod_namespace_declared_too_late_stays_open(search: Any, deployment: Any) -> None:
    env = [{"name": "API_URL", "value": "http://api.$(POD_NAMESPACE).svc:8080"}, NAMESPACE]
    assert [(r.host, r.unresolved) for r in search(deployment(env=env))] == [
        ("", "$(POD_NAMESPACE) is declared after 'API_URL', so it stays as it is written")
    ]


def test_own_address_is_no_reference(hosts: Any) -> None:
    env = [
        {"name": "POD_IP", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}},
        {"name": "SELF_URL", "value": "http://$(POD_IP):8080"},
    ]
    assert hosts(env=env, command=["sh", "-c", "curl http://$POD_IP:8080"], args=[]) == []


def test_secret_that_is_not_in_git_leaves_the_host_open(search: Any, deployment: Any) -> None:
    env = [{"name": "DB_HOST", "valueFrom": {"secretKeyRef": {"name": "db", "key": "host"}}}]
    web = deployment(env=env, command=["sh", "-c", "psql -h $DB_HOST"])
    assert [(r.field, r.text, r.host, r.unresolved) for r in search(web)] == [
        ("env DB_HOST", "$(DB_HOST)", "", "Secret 'db' of namespace 'shop' is not among the manifests")
    ]


def test_unset_variable_may_come_from_a_source_that_is_not_here(search: Any, deployment: Any) -> None:
    web = deployment(envFrom=[{"secretRef": {"name": "db"}}], command=["sh", "-c", "curl http://$API"])
    assert [r.unresolved for r in search(web)] == ["Secret 'db' of namespace 'shop' is not among the manifests"]


POD_NAME = {"name": "NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}
PEERS = [
    ("first-pod", {"replicas": 3}, "--self=$(NAME).db.shop.svc:5432", ["db-0.db.shop.svc:5432"]),
    ("start", {"ordinals": {"start": 5}}, "--self=$(NAME).db.shop.svc:5432", ["db-5.db.shop.svc:5432"]),
    ("no-pod", {"replicas": 0}, "--self=$(NAME).db.shop.svc:5432", ["?:5432 open"]),
    ("own-name", {"replicas": 3}, "--advertise-host=$(NAME)", []),
    ("own-name-and-port", {"replicas": 3}, "--self=$(NAME):5432", []),
]


@pytest.mark.parametrize(("spec", "arg", "expected"), [p[1:] for p in PEERS], ids=[p[0] for p in PEERS])
def test_name_of_a_stateful_pod(search: Any, made: Any, spec: dict[str, Any], arg: str, expected: list[str]) -> None:
    pod = {"containers": [{"name": "db", "image": "example.org/db:1", "env": [POD_NAME], "args": [arg]}]}
    db = made("StatefulSet", "db", "apps/v1", spec={**spec, "template": {"spec": pod}})
    found = [f"{r.host or '?'}:{r.port}{' open' if r.unresolved else ''}" for r in search(db)]
    assert found == expected
