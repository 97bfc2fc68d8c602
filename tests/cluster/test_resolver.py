"""1c, DNS-01, DNS-05, DNS-07 to DNS-09, DNS-18: what a pod asks for a host, in which order, and where it stops."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.dns import Rcode
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.resolver import OWN_ADDRESS, Lookup, Resolver, candidates, lookup, resolver
from ringtrue.cluster.workloads import Workload

MakeCluster = Callable[..., Cluster]
W0 = (Path(__file__).with_name("worlds") / "w0.yaml").read_text()
ZONE = "cluster.local"
SEARCH = (f"web.svc.{ZONE}", f"svc.{ZONE}", ZONE)


def client(name: str = "client", kind: str = "Deployment", **spec: Any) -> str:
    pod = {"containers": [{"name": "curl"}]} | spec
    template = {"metadata": {"labels": {"app": "client"}}, "spec": pod}
    group, body = ("v1", {"spec": pod}) if kind == "Pod" else ("apps/v1", {"spec": {"template": template}})
    return "---\n" + yaml.safe_dump({"apiVersion": group, "kind": kind, "metadata": {"name": name}} | body)


@pytest.fixture(scope="module")
def w0(make_cluster: MakeCluster) -> Cluster:
    return make_cluster(W0, client())


def pod_of(cluster: Cluster) -> Workload:
    [found] = cluster.workloads
    return found


def asked(seen: Lookup) -> list[str]:
    """Each query with its rcode, the zone shortened to `~`."""
    return [f"{each.name.replace(ZONE, '~')} {each.answer.rcode}" for each in seen.tries]


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        pytest.param({}, (SEARCH, 5, True), id="1c-ClusterFirst"),
        pytest.param({"hostNetwork": True}, ((), 1, False), id="DNS-09-hostNetwork"),
        pytest.param(
            {"hostNetwork": True, "dnsPolicy": "ClusterFirstWithHostNet"}, (SEARCH, 5, True), id="DNS-09-WithHostNet"
        ),
        pytest.param({"dnsPolicy": "Default"}, ((), 1, False), id="DNS-09-Default"),
        pytest.param({"dnsPolicy": "None"}, ((), 1, False), id="DNS-09-None"),
        pytest.param(
            {"dnsConfig": {"searches": ["corp.example.", f"svc.{ZONE}"]}},
            ((*SEARCH, "corp.example"), 5, True),
            id="1c-searches-are-appended-once",
        ),
        pytest.param(
            {"dnsConfig": {"options": [{"name": "ndots", "value": "2"}]}}, (SEARCH, 2, True), id="DNS-08-ndots"
        ),
        pytest.param(
            {"dnsConfig": {"options": [{"name": "ndots", "value": "010"}]}}, (SEARCH, 10, True), id="DNS-08-ndots-10"
        ),
        pytest.param(
            {"dnsConfig": {"options": [{"name": "ndots"}]}}, (SEARCH, 1, True), id="DNS-08-ndots-without-value"
        ),
        pytest.param(
            {"dnsConfig": {"options": [{"name": "ndots", "value": "99"}]}}, (SEARCH, 15, True), id="DNS-08-ndots-limit"
        ),
        pytest.param(
            {"dnsPolicy": "None", "dnsConfig": {"searches": ["a.b"], "options": [{"name": "ndots", "value": "3"}]}},
            (("a.b",), 3, False),
            id="1c-None-with-dnsConfig",
        ),
    ],
)
def test_resolver(spec: dict[str, Any], expected: tuple[tuple[str, ...], int, bool], make_cluster: MakeCluster) -> None:
    found = resolver(pod_of(make_cluster(client(**spec))), Profile())
    assert (found.search, found.ndots, found.cluster_dns) == expected


def test_resolver_says_why_cluster_dns_is_not_asked(make_cluster: MakeCluster) -> None:
    found = resolver(pod_of(make_cluster(client(hostNetwork=True))), Profile())
    assert found.reason == "hostNetwork: true without dnsPolicy: ClusterFirstWithHostNet"


@pytest.mark.parametrize(
    ("value", "glibc", "musl"),
    [
        pytest.param("3x", 3, 3, id="DNS-08-digits-first"),
        pytest.param("07", 7, 7, id="DNS-08-zero-first"),
        pytest.param("", 1, 1, id="DNS-08-empty"),
        pytest.param("x", 0, 1, id="DNS-08-word"),
        pytest.param("-1", 15, 1, id="DNS-08-negative"),
    ],
)
def test_odd_ndots(value: str, glibc: int, musl: int, make_cluster: MakeCluster) -> None:
    pod = pod_of(make_cluster(client(dnsConfig={"options": [{"name": "ndots", "value": value}]})))
    assert [resolver(pod, Profile(libc=libc)).ndots for libc in ("glibc", "musl")] == [glibc, musl]


def test_search_list_is_cut_at_32_entries(make_cluster: MakeCluster) -> None:
    searches = [f"s{number}.example" for number in range(40)]
    found = resolver(pod_of(make_cluster(client(dnsConfig={"searches": searches}))), Profile())
    assert found.search == (*SEARCH, *searches[:29])


def test_search_list_is_cut_at_2048_characters(make_cluster: MakeCluster) -> None:
    searches = [f"{letter * 60}.example" for letter in "abcdefghijklmnopqrstuvwxyz"] + [f"{'z' * 200}.{'y' * 200}"]
    found = resolver(pod_of(make_cluster(client(dnsConfig={"searches": searches}))), Profile())
    assert found.search == (*SEARCH, *searches[:26])


@pytest.mark.parametrize(
    ("libc", "length", "expected"),
    [
        pytest.param("musl", 247, 4, id="1c-musl-247"),
        pytest.param("musl", 248, 0, id="1c-musl-skips-a-line-of-256"),
        pytest.param("glibc", 248, 4, id="1c-glibc-248"),
    ],
)
def test_long_search_list(libc: str, length: int, expected: int, make_cluster: MakeCluster) -> None:
    last = "x" * (length - len(" ".join(SEARCH)) - 1)
    found = resolver(pod_of(make_cluster(client(dnsConfig={"searches": [last]}))), Profile(libc=libc))
    assert len(found.search) == expected


@pytest.mark.parametrize(
    ("host", "address"),
    [
        pytest.param("10.1", "10.0.0.1", id="1c-two-numbers"),
        pytest.param("10", "0.0.0.10", id="1c-one-number"),
        pytest.param("1.2.65535", "1.2.255.255", id="1c-last-number-fills-up"),
        pytest.param("0x7f.1", "127.0.0.1", id="1c-hexadecimal"),
        pytest.param("010.1.2.3", "8.1.2.3", id="1c-octal"),
        pytest.param("1.2.65536", "", id="1c-last-number-too-large"),
        pytest.param("256.1.1.1", "", id="1c-first-number-too-large"),
        pytest.param("08.1", "", id="1c-no-octal-digit"),
        pytest.param("0x", "", id="1c-no-digit"),
        pytest.param("1.2.3.4.5", "", id="1c-five-numbers"),
        pytest.param("1.2.3.4.0", "", id="1c-five-numbers-that-would-fit"),
        pytest.param("9" * 5000, "", id="1c-thousands-of-digits"),
    ],
)
def test_old_spellings_of_an_address(host: str, address: str, w0: Cluster) -> None:
    assert lookup(host, resolver(pod_of(w0), Profile()), w0).answer.address == address


@pytest.mark.parametrize(
    ("libc", "expected"), [pytest.param("glibc", "10.7.7.7", id="glibc"), pytest.param("musl", "", id="musl")]
)
def test_hosts_file_and_capitals(libc: str, expected: str, w0: Cluster) -> None:
    """DNS-18: musl compares names of the hosts file letter by letter."""
    settings = Resolver((), 5, True, libc, {"db": "10.7.7.7"})
    assert lookup("DB", settings, w0).answer.address == expected


@pytest.mark.parametrize(
    ("host", "ndots", "libc", "expected"),
    [
        pytest.param("api", 5, "glibc", ["api.a.b", "api.b", "api"], id="1c-search-then-as-is"),
        pytest.param("api.prod", 5, "musl", ["api.prod.a.b", "api.prod.b", "api.prod"], id="1c-musl-search-then-as-is"),
        pytest.param("api.prod", 1, "glibc", ["api.prod", "api.prod.a.b", "api.prod.b"], id="DNS-08-glibc-as-is-first"),
        pytest.param("api.prod", 1, "musl", ["api.prod"], id="DNS-08-musl-as-is-only"),
        pytest.param("api.prod.", 5, "glibc", ["api.prod"], id="DNS-01-final-dot"),
        pytest.param("API.Prod.", 5, "glibc", ["api.prod"], id="DNS-01-case"),
        pytest.param("api", 0, "glibc", ["api", "api.a.b", "api.b"], id="1c-ndots-0"),
        pytest.param("a..b", 5, "glibc", [], id="1c-empty-label-is-not-asked"),
        pytest.param("api..", 5, "musl", [], id="1c-two-final-dots"),
        pytest.param("x" * 63, 0, "musl", ["x" * 63], id="1c-label-of-63"),
        pytest.param(f"{'x' * 64}.api", 5, "glibc", [], id="1c-label-of-64-is-not-asked"),
        pytest.param(".".join(["y" * 63] * 4), 5, "musl", [], id="1c-name-of-255-is-not-asked"),
    ],
)
def test_candidates(host: str, ndots: int, libc: str, expected: list[str]) -> None:
    assert list(candidates(host, Resolver(("a.b", "b"), ndots, True, libc))) == expected


@pytest.mark.parametrize("libc", ["glibc", "musl"])
@pytest.mark.parametrize(
    ("host", "expected"),
    [
        pytest.param("api", ["api.web.svc.~ ok"], id="DNS-01-svc"),
        pytest.param("api.prod", ["api.prod.web.svc.~ nxdomain", "api.prod.svc.~ ok"], id="DNS-01-svc.ns"),
        pytest.param(
            "api.prod.svc",
            ["api.prod.svc.web.svc.~ nxdomain", "api.prod.svc.svc.~ nxdomain", "api.prod.svc.~ ok"],
            id="DNS-01-svc.ns.svc",
        ),
        pytest.param(
            f"api.prod.svc.{ZONE}",
            [
                "api.prod.svc.~.web.svc.~ nxdomain",
                "api.prod.svc.~.svc.~ nxdomain",
                "api.prod.svc.~.~ nxdomain",
                "api.prod.svc.~ ok",
            ],
            id="DNS-01-full-name-4-dots",
        ),
        pytest.param(f"api.prod.svc.{ZONE}.", ["api.prod.svc.~ ok"], id="DNS-01-full-name-final-dot"),
        pytest.param(
            "nosuch",
            ["nosuch.web.svc.~ nxdomain", "nosuch.svc.~ nxdomain", "nosuch.~ nxdomain", "nosuch nxdomain"],
            id="DNS-01-nosuch-4-queries",
        ),
        pytest.param("redis.shadow", ["redis.shadow.web.svc.~ ok"], id="DNS-05-captured-by-an-endpoint"),
        pytest.param("ext-ok.prod", ["ext-ok.prod.web.svc.~ nxdomain", "ext-ok.prod.svc.~ ok"], id="DNS-16-alias"),
    ],
)
def test_walk(host: str, expected: list[str], libc: str, w0: Cluster) -> None:
    seen = lookup(host, resolver(pod_of(w0), Profile(libc=libc)), w0)
    assert asked(seen) == expected


@pytest.mark.parametrize(
    ("host", "rcode"),
    [
        pytest.param("api.prod.", Rcode.OUTSIDE, id="DNS-01-final-dot-forbids-the-search"),
        pytest.param(f"api.prod.{ZONE}", Rcode.NXDOMAIN, id="DNS-01-svc-forgotten"),
        pytest.param(f"api.svc.{ZONE}", Rcode.NXDOMAIN, id="DNS-01-read-as-namespace"),
        pytest.param(f"api.prod.svc.{ZONE}.prod", Rcode.OUTSIDE, id="DNS-01-5-dots-leave-the-cluster"),
        pytest.param("www.example.com", Rcode.OUTSIDE, id="DNS-21-Internet"),
        pytest.param("ext-gone.prod", Rcode.OUTSIDE, id="DNS-16-glibc-goes-on-after-NODATA"),
    ],
)
def test_outcome(host: str, rcode: Rcode, w0: Cluster) -> None:
    assert lookup(host, resolver(pod_of(w0), Profile()), w0).answer.rcode is rcode


@pytest.mark.parametrize(
    ("host", "libc", "queries", "rcode"),
    [
        pytest.param("argocd", "glibc", 4, Rcode.NODATA, id="DNS-07-glibc"),
        pytest.param("argocd", "musl", 2, Rcode.NODATA, id="DNS-07-musl"),
        pytest.param("ext-gone.prod", "musl", 2, Rcode.NODATA, id="DNS-16-musl"),
    ],
)
def test_nodata(host: str, libc: str, queries: int, rcode: Rcode, w0: Cluster) -> None:
    seen = lookup(host, resolver(pod_of(w0), Profile(libc=libc)), w0)
    assert (len(seen.tries), seen.answer.rcode) == (queries, rcode)


@pytest.mark.parametrize(
    ("ndots", "host", "glibc", "musl"),
    [
        pytest.param("1", "api", "ok", "ok", id="DNS-08-1-api"),
        pytest.param("1", "api.prod", "ok", "outside", id="DNS-08-1-api.prod"),
        pytest.param("1", "api.prod.svc", "ok", "outside", id="DNS-08-1-api.prod.svc"),
        pytest.param("1", f"api.prod.svc.{ZONE}", "ok", "ok", id="DNS-08-1-full"),
        pytest.param("2", "api.prod", "ok", "ok", id="DNS-08-2-api.prod"),
        pytest.param("2", "api.prod.svc", "ok", "outside", id="DNS-08-2-api.prod.svc"),
    ],
)
def test_lowered_ndots(ndots: str, host: str, glibc: str, musl: str, make_cluster: MakeCluster) -> None:
    cluster = make_cluster(W0, client(dnsConfig={"options": [{"name": "ndots", "value": ndots}]}))
    pod = pod_of(cluster)
    seen = [lookup(host, resolver(pod, Profile(libc=libc)), cluster).answer.rcode.value for libc in ("glibc", "musl")]
    assert seen == [glibc, musl]


@pytest.mark.parametrize(
    ("spec", "host", "rcode"),
    [
        pytest.param({"hostNetwork": True}, f"api.prod.svc.{ZONE}", Rcode.NXDOMAIN, id="DNS-09-hostNetwork-full-name"),
        pytest.param({"hostNetwork": True}, "api", Rcode.NXDOMAIN, id="DNS-09-hostNetwork-short-name"),
        pytest.param({"hostNetwork": True}, "www.example.com", Rcode.OUTSIDE, id="DNS-09-hostNetwork-Internet"),
        pytest.param({"dnsPolicy": "Default"}, f"api.prod.svc.{ZONE}", Rcode.NXDOMAIN, id="DNS-09-Default"),
        pytest.param(
            {"dnsPolicy": "None", "dnsConfig": {"nameservers": ["10.96.0.10"]}},
            f"api.prod.svc.{ZONE}",
            Rcode.UNKNOWN,
            id="DNS-09-None-full-name",
        ),
        pytest.param(
            {"dnsPolicy": "None", "dnsConfig": {"nameservers": ["10.96.0.10"]}},
            "api",
            Rcode.NXDOMAIN,
            id="DNS-09-None-short-name",
        ),
        pytest.param(
            {"dnsPolicy": "None", "dnsConfig": {"nameservers": ["10.96.0.10"], "searches": [SEARCH[0]]}},
            "api",
            Rcode.UNKNOWN,
            id="DNS-09-None-with-searches",
        ),
    ],
)
def test_without_cluster_dns(spec: dict[str, Any], host: str, rcode: Rcode, make_cluster: MakeCluster) -> None:
    cluster = make_cluster(W0, client(**spec))
    assert lookup(host, resolver(pod_of(cluster), Profile()), cluster).answer.rcode is rcode


ALIASES: dict[str, Any] = {"hostAliases": [{"ip": "192.0.2.1", "hostnames": ["api", "old.example.com"]}]}


@pytest.mark.parametrize(
    ("pod", "host", "address"),
    [
        pytest.param(client("api", "Pod"), "api", OWN_ADDRESS, id="DNS-18-bare-pod"),
        pytest.param(client("api", "Pod"), "API", OWN_ADDRESS, id="DNS-18-case"),
        pytest.param(client("api", "Pod"), "api.web", "", id="DNS-18-longer-name-asks-DNS"),
        pytest.param(client(hostname="api"), "api", OWN_ADDRESS, id="DNS-18-hostname"),
        pytest.param(client("api"), "api", "", id="DNS-18-Deployment-name-is-no-hostname"),
        pytest.param(client("x", "Pod", hostname="y"), "x", "", id="DNS-18-hostname-replaces-the-name"),
        pytest.param(client("api", "Pod", hostNetwork=True), "api", "", id="DNS-18-hostNetwork"),
        pytest.param(client("api", "StatefulSet"), "api-0", OWN_ADDRESS, id="DNS-18-only-pod-of-a-StatefulSet"),
        pytest.param(
            client(hostname="h", subdomain="api"), f"h.api.web.svc.{ZONE}", OWN_ADDRESS, id="DNS-18-subdomain"
        ),
        pytest.param(client(**ALIASES), "api", "192.0.2.1", id="DNS-18-hostAliases"),
        pytest.param(client(**ALIASES), "old.example.com", "192.0.2.1", id="DNS-18-hostAliases-second"),
        pytest.param(
            client("api", "Pod", **ALIASES),
            "api",
            f"{OWN_ADDRESS} and 192.0.2.1",
            id="DNS-18-hostAliases-beside-own-name",
        ),
        pytest.param(
            client(hostAliases=[{"ip": ip, "hostnames": ["db"]} for ip in ("192.0.2.1", "192.0.2.2", "192.0.2.1")]),
            "db",
            "192.0.2.1 and 192.0.2.2",
            id="DNS-18-hostAliases-of-one-name",
        ),
        pytest.param(client(), "localhost", "127.0.0.1 and ::1", id="DNS-17-localhost"),
        pytest.param(client(), "10.0.0.1", "10.0.0.1", id="DNS-17-IPv4"),
        pytest.param(client(), "::1", "::1", id="DNS-17-IPv6"),
    ],
)
def test_hosts_file_comes_first(pod: str, host: str, address: str, make_cluster: MakeCluster) -> None:
    cluster = make_cluster(W0, pod)
    seen = lookup(host, resolver(pod_of(cluster), Profile()), cluster)
    assert (seen.answer.address, seen.tries == ()) == (address, bool(address))
