"""Each fault of tests/properties/breaks.yaml on the real cluster: it fails in the way that ringtrue says.

All at once, each in a namespace of its own. Refused by the API server, in the words that ringtrue quotes; or told by
an event; or curl in the client's pod ends with the status and the words that `checking/curl.py` predicts.
"""

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from properties.test_healthy_broken import BREAKS

from cluster.running import Cluster, ClusterFailed
from conftest import Say
from faults import CALLED, CLIENT, ELSEWHERE, LIVE, NEIGHBOUR, NOT_LIVE, REFUSED, SAID, SHARED, Judged, judge, moved
from reasons import BY_FAULTS
from standing import Call, apply, curl, forget
from waiting import until

_SETTLE_SECONDS = 3
"""What kube-proxy, DNS and the enforcer of policies take to follow the last pod."""
_TIMES, _MANY_TIMES = 2, 16
_IMPATIENT = 0.9
"""Seconds: the caller's kernel tries again after one, and then kube-proxy picks again."""
_NEVER_UP = {
    ("probe-port-missing", "dep-httpd"),
    ("serviceaccount-missing", "dep-httpd"),
    ("claim-missing", "dep-httpd"),
    ("config-key-missing", CLIENT),
}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Judged]:
    return {name: judge(name, tmp_path_factory.mktemp(name)) for name in ("healthy", *LIVE)}


@pytest.fixture(scope="module")
def refusals(cluster: Cluster, judged: Mapping[str, Judged], say: Say) -> Iterator[Mapping[str, str]]:
    """What the API server says of each; everything that it takes runs afterwards."""
    neighbour = [
        json.loads(json.dumps(each).replace("httpd-healthy", NEIGHBOUR)) for each in judged["healthy"].documents
    ]
    apply(cluster, neighbour)
    with ThreadPoolExecutor(3) as pool:
        found = dict(zip(judged, pool.map(lambda name: _refusal(cluster, judged[name]), judged), strict=True))
    spaces = {NEIGHBOUR, *(each.namespace for each in judged.values())}
    until("every pod that can runs", lambda: not _missing(cluster, spaces), 240, lambda: _missing(cluster, spaces))
    sleep(_SETTLE_SECONDS)
    say(f"{len(spaces)} namespaces")
    yield {name: said for name, said in found.items() if said}
    forget(cluster, spaces)


def _refusal(cluster: Cluster, judged: Judged) -> str:
    try:
        apply(cluster, judged.documents)
    except ClusterFailed as refused:
        return str(refused)
    return ""


def _missing(cluster: Cluster, spaces: Set[str]) -> list[str]:
    """Deployments that are not up, apart from those that never will be."""
    expected = {(f"httpd-{fault}", name) for fault, name in _NEVER_UP}
    return [
        f"{place[0]}/{place[1]}"
        for each in cluster.get("deployments", "-A")["items"]
        if each["metadata"]["namespace"] in spaces
        and (place := (each["metadata"]["namespace"], each["metadata"]["name"])) not in expected
        and each["status"].get("readyReplicas", 0) < each["spec"]["replicas"]
    ]


def test_each_fault_is_shown_or_said_why_not() -> None:
    shown = {*REFUSED, *CALLED, *SHARED, *SAID, *ELSEWHERE}
    assert shown | set(NOT_LIVE) == set(BREAKS)
    assert shown & set(NOT_LIVE) == set()


def test_faults_show_the_reasons_that_worlds_do_not(judged: Mapping[str, Judged], say: Say) -> None:
    shown = {name: judged[name].trace.proof.reason for name in (*sorted(CALLED), *SHARED)}
    for reason in sorted(BY_FAULTS):
        say(f"{reason.value}: {', '.join(name for name, each in shown.items() if each is reason)}")
    assert set(shown.values()) >= BY_FAULTS


def test_the_api_server_refuses_what_ringtrue_says(refusals: Mapping[str, str]) -> None:
    assert set(refusals) == set(REFUSED)


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_in_the_words_of_the_finding(
    judged: Mapping[str, Judged], refusals: Mapping[str, str], say: Say, name: str
) -> None:
    say(f"{name}: {refusals[name].splitlines()[-1][-220:]}")
    assert REFUSED[name] in judged[name].findings[name]
    assert REFUSED[name] in refusals[name]


def test_the_healthy_twin_works(cluster: Cluster, judged: Mapping[str, Judged], refusals: Mapping[str, str]) -> None:
    healthy = judged["healthy"]
    assert (healthy.findings, healthy.trace.curl[0].status) == ({}, 0)
    calls = curl(cluster, healthy.namespace, f"deployment/{CLIENT}", healthy.url, 5)
    assert calls == [(0, "", f"{healthy.namespace}/dep-httpd")] * 5


@pytest.fixture(scope="module")
def called(cluster: Cluster, judged: Mapping[str, Judged], refusals: Mapping[str, str]) -> Mapping[str, Sequence[Call]]:
    """Side by side: what is dropped takes its time."""

    def call(name: str) -> Sequence[Call]:
        return curl(cluster, judged[name].namespace, f"deployment/{CLIENT}", judged[name].url, _TIMES)

    assert set(refusals) == set(REFUSED)
    names = sorted(CALLED)
    with ThreadPoolExecutor(6) as pool:
        return dict(zip(names, pool.map(call, names), strict=True))


@pytest.mark.parametrize("name", sorted(CALLED))
def test_curl_ends_as_predicted(
    cluster: Cluster, judged: Mapping[str, Judged], called: Mapping[str, Sequence[Call]], say: Say, name: str
) -> None:
    fault, calls = judged[name], called[name]
    status, words = _predicted(fault, cluster)
    say(f"{name}: {fault.trace.proof.reason.value}, curl [{status}] {words}: {calls[0][:2]}")
    assert [call[0] for call in calls] == [status] * _TIMES
    if status:
        assert all(words in call[1] for call in calls)


def _predicted(fault: Judged, cluster: Cluster) -> tuple[int | None, str]:
    """The first outcome, the one about the mode of kube-proxy here; policies are asked first here."""
    outcomes = [each for each in fault.trace.curl if "iptables" not in each.when]
    if cluster.site.proxy_mode == "iptables":
        outcomes = [each for each in fault.trace.curl if "nftables" not in each.when]
    return outcomes[0].status, moved(outcomes[0].says, fault.namespace)


@pytest.mark.parametrize("name", SHARED)
def test_a_share_of_the_calls_fails(
    cluster: Cluster, judged: Mapping[str, Judged], refusals: Mapping[str, str], say: Say, name: str
) -> None:
    fault = judged[name]
    calls = curl(cluster, fault.namespace, f"deployment/{CLIENT}", fault.url, _MANY_TIMES, _IMPATIENT)
    say(f"{name}: {[call[0] for call in calls]}")
    assert {call[0] for call in calls} == SHARED[name]


@pytest.mark.parametrize("name", SAID)
def test_an_event_says_what_the_finding_says(
    cluster: Cluster, judged: Mapping[str, Judged], refusals: Mapping[str, str], say: Say, name: str
) -> None:
    def look() -> str | None:
        events = cluster.get("events", "-n", judged[name].namespace)["items"]
        return next((each["message"] for each in events if SAID[name] in each["message"]), None)

    assert name in judged[name].findings
    say(f"{name}: {until(f'an event says {SAID[name]}', look, 60)[:160]}")


def test_an_eviction_is_refused(cluster: Cluster, judged: Mapping[str, Judged], refusals: Mapping[str, str]) -> None:
    namespace = judged["pdb-blocks-drain"].namespace
    pod = cluster.get("pods", "-n", namespace, "-l", "component=httpd_webserver")["items"][0]["metadata"]["name"]
    metadata = {"name": pod, "namespace": namespace}
    asked = json.dumps({"apiVersion": "policy/v1", "kind": "Eviction", "metadata": metadata})
    with pytest.raises(ClusterFailed, match="violate the pod's disruption budget"):
        cluster.kubectl(
            "create", "--raw", f"/api/v1/namespaces/{namespace}/pods/{pod}/eviction", "-f", "-", given=asked
        )


def test_the_name_of_a_pod_without_its_service(
    cluster: Cluster, judged: Mapping[str, Judged], refusals: Mapping[str, str]
) -> None:
    namespace = judged["statefulset-service-missing"].namespace
    [(status, words, _)] = curl(cluster, namespace, f"deployment/{CLIENT}", f"http://db-0.db.{namespace}.svc:80")
    assert (status, "Could not resolve host" in words) == (6, True)
