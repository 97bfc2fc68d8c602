"""Section 2: what CoreDNS answers to full names, on world W0 of the semantics page and a StatefulSet."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.dns import Answer, Rcode, answer
from ringtrue.cluster.profile import Profile

MakeCluster = Callable[..., Cluster]
WORLDS = Path(__file__).with_name("worlds")
W0 = (WORLDS / "w0.yaml").read_text()
STATEFUL = (WORLDS / "stateful-set.yaml").read_text()
HOSTNAME = (WORLDS / "hostnames.yaml").read_text()


def shown(found: Answer) -> tuple[str, str]:
    """(rcode, what answers): the Service, the slices, the pods."""
    parts = [str(found.service or "")] if found.service and found.positive else []
    parts += [each.name for each in found.manual] + [each.name for each in found.workloads]
    return found.rcode.value, " ".join(parts)


@pytest.fixture(scope="module")
def w0(make_cluster: MakeCluster) -> Cluster:
    return make_cluster(W0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("api.prod.svc.cluster.local", ("ok", "prod/api"), id="DNS-01-full-name"),
        pytest.param("api.prod.svc.cluster.local.", ("ok", "prod/api"), id="DNS-01-final-dot"),
        pytest.param("API.Prod.SVC.Cluster.Local", ("ok", "prod/api"), id="DNS-01-case"),
        pytest.param("api.prod.cluster.local", ("nxdomain", ""), id="DNS-01-svc-forgotten"),
        pytest.param("api.svc.cluster.local", ("nxdomain", ""), id="DNS-01-read-as-namespace"),
        pytest.param("nosuch.prod.svc.cluster.local", ("nxdomain", ""), id="DNS-01-no-such-service"),
        pytest.param("api.nosuch.svc.cluster.local", ("nxdomain", ""), id="DNS-01-no-such-namespace"),
        pytest.param("api.prod", ("outside", ""), id="DNS-01-another-zone"),
        pytest.param("api.prod.svc.corp.local", ("outside", ""), id="DNS-04-another-domain"),
        pytest.param("nosuch", ("nxdomain", ""), id="DNS-01-single-label-at-the-root"),
        pytest.param("cluster.local", ("nodata", ""), id="DNS-07-zone"),
        pytest.param("svc.cluster.local", ("nodata", ""), id="DNS-07-svc"),
        pytest.param("argocd.svc.cluster.local", ("nodata", ""), id="DNS-07-namespace"),
        pytest.param("gone.svc.cluster.local", ("nxdomain", ""), id="DNS-07-absent-namespace"),
        pytest.param("hl.prod.svc.cluster.local", ("ok", "prod/hl hl-1"), id="DNS-10-headless"),
        pytest.param("hl0.prod.svc.cluster.local", ("nxdomain", ""), id="DNS-10-headless-without-endpoints"),
        pytest.param("empty.prod.svc.cluster.local", ("ok", "prod/empty"), id="DNS-10-no-endpoints-still-resolves"),
        pytest.param("pod-0.hl.prod.svc.cluster.local", ("ok", "prod/hl hl-1"), id="DNS-11-hostname"),
        pytest.param("pod-1.hl.prod.svc.cluster.local", ("nxdomain", ""), id="DNS-11-no-such-hostname"),
        pytest.param("172-16-0-6.hl.prod.svc.cluster.local", ("ok", "prod/hl hl-1"), id="DNS-11-dashed-IP"),
        pytest.param("172-16-0-5.hl.prod.svc.cluster.local", ("nxdomain", ""), id="DNS-11-hostname-instead-of-IP"),
        pytest.param("redis.shadow.web.svc.cluster.local", ("ok", "web/shadow shadow-1"), id="DNS-05-endpoint"),
        pytest.param("_http._tcp.api.prod.svc.cluster.local", ("ok", "prod/api"), id="DNS-14-named-port"),
        pytest.param("http.tcp.api.prod.svc.cluster.local", ("ok", "prod/api"), id="DNS-14-without-underscores"),
        pytest.param("_web._tcp.api.prod.svc.cluster.local", ("nxdomain", ""), id="DNS-14-no-such-port"),
        pytest.param("_http._udp.api.prod.svc.cluster.local", ("nxdomain", ""), id="DNS-14-other-protocol"),
        pytest.param("_http._tcp.hl.prod.svc.cluster.local", ("ok", "prod/hl hl-1"), id="DNS-14-headless"),
        pytest.param("_web._tcp.hl.prod.svc.cluster.local", ("nxdomain", ""), id="DNS-14-headless-no-such-port"),
        pytest.param("_http._tcp.empty.prod.svc.cluster.local", ("nxdomain", ""), id="DNS-14-unnamed-port"),
        pytest.param("a._http._tcp.api.prod.svc.cluster.local", ("nxdomain", ""), id="DNS-14-too-long"),
        pytest.param("172-16-0-5.prod.pod.cluster.local", ("ok", ""), id="DNS-15-pod-IP"),
        pytest.param("2001-db8--1.prod.pod.cluster.local", ("ok", ""), id="DNS-15-IPv6"),
        pytest.param("nonsense.prod.pod.cluster.local", ("nxdomain", ""), id="DNS-15-no-IP"),
        pytest.param("172-16-0-5.gone.pod.cluster.local", ("nxdomain", ""), id="DNS-15-absent-namespace"),
        pytest.param("prod.pod.cluster.local", ("nodata", ""), id="DNS-15-namespace-only"),
        pytest.param("ext-ok.prod.svc.cluster.local", ("ok", "prod/api"), id="DNS-16-full-name"),
        pytest.param("ext-short.prod.svc.cluster.local", ("outside", ""), id="DNS-16-short-name"),
        pytest.param("ext-gone.prod.svc.cluster.local", ("nodata", ""), id="DNS-16-dangling"),
        pytest.param("ext-ip.prod.svc.cluster.local", ("nxdomain", ""), id="DNS-16-IP"),
        pytest.param("x.ext-ok.prod.svc.cluster.local", ("nxdomain", ""), id="DNS-16-label-in-front"),
        pytest.param("*.prod.svc.cluster.local", ("nxdomain", ""), id="DNS-19-wildcard"),
        pytest.param("any.prod.svc.cluster.local", ("nxdomain", ""), id="DNS-19-any"),
        pytest.param("kubernetes.default.svc.cluster.local", ("ok", "default/kubernetes"), id="DNS-20-kubernetes"),
        pytest.param("kube-dns.kube-system.svc.cluster.local", ("ok", "kube-system/kube-dns"), id="DNS-20-kube-dns"),
        pytest.param(
            "_dns._udp.kube-dns.kube-system.svc.cluster.local", ("ok", "kube-system/kube-dns"), id="DNS-20-SRV"
        ),
    ],
)
def test_answer(name: str, expected: tuple[str, str], w0: Cluster) -> None:
    assert shown(answer(name, w0)) == expected


@pytest.mark.parametrize(
    ("name", "cname", "outside"),
    [
        pytest.param("ext-ok.prod.svc.cluster.local", ("api.prod.svc.cluster.local",), "", id="DNS-16-in-the-zone"),
        pytest.param("ext-short.prod.svc.cluster.local", ("api.prod",), "api.prod", id="DNS-16-never-searched"),
        pytest.param("ext-gone.prod.svc.cluster.local", ("gone.prod.svc.cluster.local",), "", id="DNS-16-dangling"),
    ],
)
def test_chain(name: str, cname: tuple[str, ...], outside: str, w0: Cluster) -> None:
    found = answer(name, w0)
    assert (found.cname, found.outside, [each.name for each in found.aliases]) == (cname, outside, [name.split(".")[0]])


def alias(name: str, target: str) -> str:
    spec = f"{{type: ExternalName, externalName: {target}}}"
    return f"{{apiVersion: v1, kind: Service, metadata: {{name: {name}}}, spec: {spec}}}\n---\n"


def chain(length: int) -> str:
    """Aliases a0 -> a1 -> ... -> api, `length` of them."""
    names = [f"a{number}" for number in range(length)] + ["api"]
    links = "".join(alias(one, f"{two}.web.svc.cluster.local") for one, two in pairwise(names))
    return links + "{apiVersion: v1, kind: Service, metadata: {name: api}, spec: {ports: [{port: 80}]}}"


@pytest.mark.parametrize(
    ("world", "name", "rcode"),
    [
        pytest.param(chain(3), "a0", Rcode.OK, id="DNS-16-chain-of-3"),
        pytest.param(chain(11), "a0", Rcode.OK, id="DNS-16-chain-of-11"),
        pytest.param(chain(12), "a0", Rcode.NODATA, id="DNS-16-chain-of-12"),
        pytest.param(alias("a", "a.web.svc.cluster.local"), "a", Rcode.NODATA, id="DNS-16-itself"),
        pytest.param(
            alias("a", "b.web.svc.cluster.local") + alias("b", "a.web.svc.cluster.local"),
            "a",
            Rcode.NODATA,
            id="DNS-16-loop",
        ),
        pytest.param(alias("a", "db"), "a", Rcode.NODATA, id="DNS-16-single-label"),
        pytest.param(alias("a", "www.example.com."), "a", Rcode.OUTSIDE, id="DNS-16-Internet"),
    ],
)
def test_aliases_end(world: str, name: str, rcode: Rcode, make_cluster: MakeCluster) -> None:
    assert answer(f"{name}.web.svc.cluster.local", make_cluster(world)).rcode is rcode


@pytest.mark.parametrize(
    ("name", "rcode"),
    [
        pytest.param("db-0.db-svc", Rcode.OK, id="DNS-12-first"),
        pytest.param("db-1.db-svc", Rcode.OK, id="DNS-12-last"),
        pytest.param("db-2.db-svc", Rcode.NXDOMAIN, id="DNS-12-beyond-replicas"),
        pytest.param("db-00.db-svc", Rcode.NXDOMAIN, id="DNS-12-leading-zero"),
        pytest.param("db-0.db", Rcode.NXDOMAIN, id="DNS-12-another-service"),
        pytest.param("db.db-svc", Rcode.NXDOMAIN, id="DNS-12-without-ordinal"),
        pytest.param("one.cache", Rcode.OK, id="DNS-11-Deployment-with-hostname"),
        pytest.param("one.other", Rcode.NXDOMAIN, id="DNS-11-other-subdomain"),
        pytest.param("cache.cache", Rcode.NXDOMAIN, id="DNS-11-name-of-the-Deployment"),
        pytest.param("bare.bare-svc", Rcode.NXDOMAIN, id="DNS-11-pod-name-is-not-enough"),
        pytest.param("10-244-0-7.cache", Rcode.UNKNOWN, id="DNS-11-pod-IP-is-not-known"),
        pytest.param("train-1.train-svc", Rcode.OK, id="DNS-11-Indexed-Job"),
        pytest.param("train-2.train-svc", Rcode.NXDOMAIN, id="DNS-11-Indexed-Job-beyond"),
        pytest.param("train-svc", Rcode.OK, id="DNS-10-Job-while-it-runs"),
    ],
)
def test_endpoint_names(name: str, rcode: Rcode, make_cluster: MakeCluster) -> None:
    assert answer(f"{name}.web.svc.cluster.local", make_cluster(STATEFUL, HOSTNAME)).rcode is rcode


def test_ordinals_start(make_cluster: MakeCluster) -> None:
    cluster = make_cluster(STATEFUL.replace("replicas: 2", "replicas: 2\n  ordinals: {start: 5}"))
    rcodes = [answer(f"db-{number}.db-svc.web.svc.cluster.local", cluster).rcode for number in (4, 5, 6, 7)]
    assert rcodes == [Rcode.NXDOMAIN, Rcode.OK, Rcode.OK, Rcode.NXDOMAIN]


@pytest.mark.parametrize(
    ("selector", "names"),
    [
        pytest.param("apps.kubernetes.io/pod-index: '1'", ["db-1"], id="DNS-12-index"),
        pytest.param("statefulset.kubernetes.io/pod-name: db-0", ["db-0"], id="DNS-12-name"),
        pytest.param("app: db", ["db-0", "db-1"], id="DNS-12-all"),
    ],
)
def test_a_service_of_one_pod(selector: str, names: list[str], make_cluster: MakeCluster) -> None:
    cluster = make_cluster(STATEFUL.replace("selector: {app: db}", f"selector: {{{selector}}}"))
    found = [n for n in ("db-0", "db-1", "db-2") if answer(f"{n}.db-svc.web.svc.cluster.local", cluster).positive]
    assert found == names


def test_headless_answers_though_the_named_port_is_missing(make_cluster: MakeCluster) -> None:
    world = STATEFUL.replace("ports: [{port: 5432}]", "ports: [{port: 5432, targetPort: nosuch}]")
    found = answer("db-svc.web.svc.cluster.local", make_cluster(world))
    assert (found.rcode, [each.name for each in found.workloads], found.headless) == (Rcode.OK, ["db"], True)


def test_headless_without_replicas_is_gone(make_cluster: MakeCluster) -> None:
    cluster = make_cluster(STATEFUL.replace("replicas: 2", "replicas: 0"))
    assert answer("db-svc.web.svc.cluster.local", cluster).rcode is Rcode.NXDOMAIN


def test_headless_of_an_operator_is_unknown(make_cluster: MakeCluster) -> None:
    cluster = make_cluster(STATEFUL.replace("selector: {app: db}", "selector: {cnpg.io/cluster: pg}"))
    assert answer("db-svc.web.svc.cluster.local", cluster).outside == "which pods CloudNativePG makes"


HEADLESS = """
kind: Service
apiVersion: v1
metadata: {name: hl}
spec: {clusterIP: None, selector: {app: hl}, ports: [{name: http, port: 80}]}
---
"""
TEMPLATE = "{metadata: {labels: {app: hl}}, spec: {containers: [{name: c}]}}"
CRON_JOB = f"""{HEADLESS}
kind: CronJob
apiVersion: batch/v1
metadata: {{name: night}}
spec: {{jobTemplate: {{spec: {{template: {TEMPLATE}}}}}}}
"""
POD_TEMPLATE = f"{HEADLESS}{{kind: PodTemplate, apiVersion: v1, metadata: {{name: t}}, template: {TEMPLATE}}}"
BY_HAND = f"""{HEADLESS}
kind: EndpointSlice
apiVersion: discovery.k8s.io/v1
metadata: {{name: hl-1, labels: {{kubernetes.io/service-name: hl}}}}
addressType: IPv4
ports: [{{name: grpc, port: 9090}}]
endpoints: [{{addresses: [172.16.0.1]}}]
"""


@pytest.mark.parametrize(
    ("world", "name", "rcode"),
    [
        pytest.param(POD_TEMPLATE, "hl", Rcode.NXDOMAIN, id="SEL-01-a-PodTemplate-makes-no-pods"),
        pytest.param(CRON_JOB, "hl", Rcode.OK, id="DNS-10-pods-of-a-CronJob-while-they-run"),
        pytest.param(CRON_JOB, "_http._tcp.hl", Rcode.OK, id="DNS-14-pods-of-a-CronJob-while-they-run"),
        pytest.param(BY_HAND, "_grpc._tcp.hl", Rcode.OK, id="DNS-14-port-of-a-slice-alone"),
        pytest.param(BY_HAND, "_http._tcp.hl", Rcode.NXDOMAIN, id="DNS-14-port-of-the-Service-alone"),
    ],
)
def test_ports_of_what_is_there(world: str, name: str, rcode: Rcode, make_cluster: MakeCluster) -> None:
    assert answer(f"{name}.web.svc.cluster.local", make_cluster(world)).rcode is rcode


@pytest.mark.parametrize(
    ("name", "rcode"),
    [("api.prod.svc.cluster.local", Rcode.OUTSIDE), ("api.prod.svc.corp.local", Rcode.OK)],
    ids=["DNS-04-default-zone", "DNS-04-own-zone"],
)
def test_another_cluster_domain(name: str, rcode: Rcode, make_cluster: MakeCluster) -> None:
    assert answer(name, make_cluster(W0, profile=Profile(domain="corp.local"))).rcode is rcode
