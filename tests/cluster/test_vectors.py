"""Worlds that somebody may write, where a change of one sign in the code would judge them otherwise."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.dns import Rcode, answer
from ringtrue.cluster.hostnames import may_carry, own_hostname
from ringtrue.cluster.libc import askable
from ringtrue.cluster.manual import addresses
from ringtrue.cluster.near import alike
from ringtrue.cluster.overlaps import overlap
from ringtrue.cluster.policies import unmodelled
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.resolver import resolver
from ringtrue.cluster.workloads import Workload

MakeCluster = Callable[..., Cluster]
APIS = {
    "AuthorizationPolicy": "security.istio.io/v1",
    "CiliumNetworkPolicy": "cilium.io/v2",
    "Deployment": "apps/v1",
    "EndpointSlice": "discovery.k8s.io/v1",
    "StatefulSet": "apps/v1",
    "CronJob": "batch/v1",
    "Job": "batch/v1",
}


def made(kind: str, name: str, spec: dict[str, Any] | None = None, space: str = "web", **rest: Any) -> str:
    metadata = {"name": name, "namespace": space, "labels": rest.pop("labels", {})}
    body = {"spec": spec} if spec is not None else {}
    return "---\n" + yaml.safe_dump(
        {"apiVersion": APIS.get(kind, "v1"), "kind": kind, "metadata": metadata} | body | rest
    )


def template(**labels: str) -> dict[str, Any]:
    return {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "c", "image": "i"}]}}


def first(cluster: Cluster, name: str = "web") -> Workload:
    return next(each for each in cluster.workloads if each.name == name)


WEB = made("Deployment", "web", {"template": template(app="web")})
SELECTS_OTHERS = {"selector": {"matchLabels": {"app": "api"}}}
OTHER_KINDS = {
    "NET-08-mesh-here": (made("AuthorizationPolicy", "p", {}), ["AuthorizationPolicy 'p'"]),
    "NET-08-mesh-of-other-pods": (made("AuthorizationPolicy", "p", SELECTS_OTHERS), []),
    "NET-08-mesh-elsewhere": (made("AuthorizationPolicy", "p", {}, "data"), []),
    "NET-08-mesh-of-the-root": (made("AuthorizationPolicy", "p", {}, "istio-system"), ["AuthorizationPolicy 'p'"]),
    "NET-08-mesh-of-other-pods-in-the-root": (made("AuthorizationPolicy", "p", SELECTS_OTHERS, "istio-system"), []),
    "NET-08-cilium-source-of-a-label": (
        made("CiliumNetworkPolicy", "p", {"endpointSelector": {"matchLabels": {"k8s:app": "api"}}}),
        ["CiliumNetworkPolicy 'p'"],
    ),
    "NET-08-cilium-other-pods": (
        made("CiliumNetworkPolicy", "p", {"endpointSelector": {"matchLabels": {"app": "api"}}}),
        [],
    ),
}


@pytest.mark.parametrize(("text", "expected"), OTHER_KINDS.values(), ids=OTHER_KINDS)
def test_policies_of_other_kinds(text: str, expected: list[str], make_cluster: MakeCluster) -> None:
    cluster = make_cluster(WEB, text)
    assert [each.called for each in unmodelled(first(cluster), cluster)] == expected


LONG = "a" * 70
HOSTNAMES = {
    "DNS-18-only-pod": (made("StatefulSet", "web", {"replicas": 1, "template": template()}), "web-0"),
    "DNS-18-two-pods": (made("StatefulSet", "web", {"replicas": 2, "template": template()}), ""),
    "DNS-18-no-pod": (made("StatefulSet", "web", {"replicas": 0, "template": template()}), ""),
    "DNS-18-first-number": (
        made("StatefulSet", "web", {"replicas": 1, "ordinals": {"start": 5}, "template": template()}),
        "web-5",
    ),
    "DNS-18-number-zero": (
        made("StatefulSet", "web", {"replicas": 1, "ordinals": {"start": 0}, "template": template()}),
        "web-0",
    ),
    "DNS-18-no-pod-of-a-name": (
        made("StatefulSet", "web", {"replicas": 0, "template": {"spec": template()["spec"] | {"hostname": "h"}}}),
        "",
    ),
    "DNS-18-no-completion": (
        made("Job", "web", {"completionMode": "Indexed", "completions": 0, "template": template()}),
        "",
    ),
    "DNS-18-one-completion": (
        made("Job", "web", {"completionMode": "Indexed", "completions": 1, "template": template()}),
        "web-0",
    ),
    "DNS-18-Deployment": (WEB, ""),
}


@pytest.mark.parametrize(("text", "expected"), HOSTNAMES.values(), ids=HOSTNAMES)
def test_hostname_of_all_pods(text: str, expected: str, make_cluster: MakeCluster) -> None:
    assert own_hostname(first(make_cluster(text))) == expected


def test_a_long_hostname_is_cut(make_cluster: MakeCluster) -> None:
    """DNS-18."""
    text = made("StatefulSet", LONG, {"replicas": 1, "template": template()})
    assert own_hostname(first(make_cluster(text), LONG)) == "a" * 63


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("job-name", "web-28", True),
        ("job-name", "api-28", False),
        ("job-name", "web", False),
        ("controller-uid", "9d6c", True),
    ],
    ids=["SEL-01-own", "SEL-01-another", "SEL-01-without-number", "SEL-01-any-uid"],
)
def test_labels_of_the_jobs_of_a_cron_job(key: str, value: str, expected: bool, make_cluster: MakeCluster) -> None:
    cron = made("CronJob", "web", {"jobTemplate": {"spec": {"template": template()}}})
    assert may_carry(first(make_cluster(cron)), key, value) is expected


def test_names_that_a_query_can_hold() -> None:
    """1c."""
    fits, longer = f"{'a' * 61}.{'a' * 63}.{'a' * 63}.{'a' * 63}", f"{'a' * 62}.{'a' * 63}.{'a' * 63}.{'a' * 63}"
    assert (len(fits), len(longer)) == (253, 254)
    assert askable([fits, longer, fits, "a..b", "a" * 64]) == (fits,)


def test_addresses_of_a_slice_have_their_places(make_cluster: MakeCluster) -> None:
    """SEL-02."""
    endpoints = [
        {"addresses": ["192.0.2.1"], "conditions": {"ready": False}},
        {"addresses": ["192.0.2.2", "192.0.2.3"]},
    ]
    cluster = make_cluster(made("EndpointSlice", "web-1", endpoints=endpoints))
    found = addresses(cluster.of_kind("EndpointSlice", "discovery.k8s.io"))
    assert [(each.address, each.spot.route if each.spot else ()) for each in found] == [
        ("192.0.2.2", ("endpoints", 1, "addresses", 0)),
        ("192.0.2.3", ("endpoints", 1, "addresses", 1)),
    ]


def test_a_name_of_two_aliases_has_both_addresses(make_cluster: MakeCluster) -> None:
    """DNS-18."""
    aliases = [{"ip": "192.0.2.1", "hostnames": ["DB"]}, {"ip": "192.0.2.2", "hostnames": ["db", "one"]}]
    spec = template()["spec"] | {"hostAliases": aliases}
    cluster = make_cluster(made("Pod", "web", spec))
    hosts = resolver(first(cluster), cluster.profile).hosts
    assert (hosts["db"], hosts["one"]) == ("192.0.2.1 and 192.0.2.2", "192.0.2.2")


def test_a_plain_selector_claims_pods(make_cluster: MakeCluster) -> None:
    """SEL-06: a ReplicationController's selector is a map of labels, and by default its template's labels."""
    controller = {"template": template(app="web")}
    cluster = make_cluster(made("ReplicationController", "rc", controller), WEB)
    [found] = [each for workload in cluster.workloads if (each := overlap(workload, cluster))]
    assert (found.claimant.name, found.selector, [each.name for each in found.claimed]) == (
        "rc",
        {"matchLabels": {"app": "web"}},
        ["web"],
    )


def test_no_pods_are_like_nothing() -> None:
    assert alike({"app": "web"}, "web", ()) is None


@dataclass(frozen=True)
class Answered:
    """An answer in short: names of workloads and of slices."""

    rcode: Rcode
    workloads: tuple[str, ...] = ()
    manual: tuple[str, ...] = ()
    headless: bool = False
    outside: str = ""


HEADLESS = made(
    "Service", "db", {"clusterIP": "None", "selector": {"app": "db"}, "ports": [{"name": "sql", "port": 5432}]}
)
SET = made("StatefulSet", "db", {"replicas": 2, "serviceName": "db", "template": template(app="db")})
ADDRESSES = [{"addresses": ["FD00::A"]}, {"addresses": ["192.0.2.7"], "hostname": "one"}]
MANUAL = made("Service", "far", {"clusterIP": "None", "ports": [{"name": "sql", "port": 5432}]}) + made(
    "EndpointSlice",
    "far-1",
    labels={"kubernetes.io/service-name": "far"},
    addressType="IPv6",
    endpoints=ADDRESSES,
    ports=[{"name": "sql", "port": 5432}],
)
ALIASES = made("Service", "ext", {"type": "ExternalName", "externalName": "a.ext.web.svc.cluster.local"}) + made(
    "Service", "loop", {"type": "ExternalName", "externalName": "loop.web.svc.cluster.local"}
)
BUILTIN = "the endpoints of default/kubernetes are not in the manifests"
ANSWERS = {
    "DNS-11-endpoint": ("db-1.db.web.svc", Answered(Rcode.OK, ("db",), (), True)),
    "DNS-11-no-such-endpoint": ("db-2.db.web.svc", Answered(Rcode.NXDOMAIN)),
    "DNS-14-port": ("_sql._tcp.db.web.svc", Answered(Rcode.OK, ("db",), (), True)),
    "DNS-14-another-port": ("_http._tcp.db.web.svc", Answered(Rcode.NXDOMAIN)),
    "DNS-14-port-of-a-slice": ("_sql._tcp.far.web.svc", Answered(Rcode.OK, (), ("far-1",), True)),
    "DNS-11-address-of-a-slice": ("fd00--a.far.web.svc", Answered(Rcode.OK, (), ("far-1",), True)),
    "DNS-11-hostname-of-a-slice": ("one.far.web.svc", Answered(Rcode.OK, (), ("far-1",), True)),
    "DNS-11-address-that-has-a-hostname": ("192-0-2-7.far.web.svc", Answered(Rcode.NXDOMAIN)),
    "DNS-16-alias-of-a-name-below-itself": ("ext.web.svc", Answered(Rcode.NODATA)),
    "DNS-16-alias-of-itself": ("loop.web.svc", Answered(Rcode.NODATA)),
    "DNS-10-endpoint-of-the-control-plane": ("x.kubernetes.default.svc", Answered(Rcode.UNKNOWN, outside=BUILTIN)),
    "DNS-14-port-of-the-control-plane": ("_https._tcp.kubernetes.default.svc", Answered(Rcode.OK)),
    "DNS-15-port-of-a-pod-name": ("_sql._tcp.db.web.pod", Answered(Rcode.NXDOMAIN)),
}


@pytest.mark.parametrize(("name", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_answer(name: str, expected: Answered, make_cluster: MakeCluster) -> None:
    found = answer(f"{name}.cluster.local", make_cluster(HEADLESS, SET, MANUAL, ALIASES))
    assert expected == Answered(
        found.rcode,
        tuple(each.name for each in found.workloads),
        tuple(each.name for each in found.manual),
        found.headless,
        found.outside,
    )


def test_the_port_of_a_sidecar_is_named_since_it_counts(make_cluster: MakeCluster) -> None:
    """EP-02, DNS-14."""
    sidecar = {"name": "s", "image": "i", "restartPolicy": "Always", "ports": [{"name": "sql", "containerPort": 5432}]}
    named = HEADLESS.replace("port: 5432", "port: 5432\n    targetPort: sql")
    pods = template(app="db")
    pods["spec"]["initContainers"] = [sidecar]
    texts = (named, made("Deployment", "db", {"template": pods}))
    found = [
        answer("_sql._tcp.db.web.svc.cluster.local", make_cluster(*texts, profile=Profile(version=(1, minor)))).rcode
        for minor in (30, 35)
    ]
    assert found == [Rcode.NXDOMAIN, Rcode.OK]
