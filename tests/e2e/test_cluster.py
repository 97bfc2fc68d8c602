"""The cluster itself: its node, its DNS, its network and the policies in it."""

import json
import re
import socket
import subprocess
from typing import Any

from components.kubernetes import RELEASE

from cluster.running import Cluster
from cluster.site import API_ADDRESS, DNS_ADDRESS, GATEWAY, PODS
from conftest import Say
from waiting import until

_IMAGE = "quay.io/centos/centos:stream10"
_SERVER = r"""
$server = IO::Socket::INET->new(LocalPort => 8080, Listen => 9, ReuseAddr => 1) or die;
while ($client = $server->accept) {
  $client->recv($asked, 4096);
  print $client "HTTP/1.0 200 OK\r\n\r\nhello\n";
  close $client;
}
"""
_POLICY = """
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: friends-only
spec:
  podSelector: {matchLabels: {name: server}}
  ingress:
    - from: [{podSelector: {matchLabels: {friend: "yes"}}}]
      ports: [{port: 8080}]
"""


def _pod(name: str, *command: str, labels: dict[str, str] | None = None) -> str:
    container = {"name": "main", "image": _IMAGE, "command": list(command)}
    spec = {"containers": [container], "restartPolicy": "Never", "terminationGracePeriodSeconds": 0}
    metadata = {"name": name, "labels": {"name": name} | (labels or {})}
    return json.dumps({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec})


def _running(cluster: Cluster, name: str) -> str:
    """The pod's address, once it runs."""

    def look() -> str | None:
        status = cluster.get("pod", name)["status"]
        return str(status["podIP"]) if status["phase"] == "Running" else None

    return until(f"pod {name} runs", look, 60, lambda: cluster.kubectl("describe", "pod", name))


def test_node_is_ready(cluster: Cluster) -> None:
    [node] = cluster.get("nodes")["items"]
    ready = [each["status"] for each in node["status"]["conditions"] if each["type"] == "Ready"]
    assert (ready, node["status"]["nodeInfo"]["kubeletVersion"]) == (["True"], f"v{RELEASE}")


def test_nothing_restarts_on_the_way_up(cluster: Cluster) -> None:
    pods = cluster.get("pods", "-n", "kube-system")["items"]
    states = {pod["metadata"]["labels"]["k8s-app"]: pod["status"]["containerStatuses"][0] for pod in pods}
    assert {name: state["restartCount"] for name, state in states.items()} == {"kube-dns": 0}


def test_dns_answers_a_pod(cluster: Cluster) -> None:
    cluster.kubectl("apply", "-f", "-", given=_pod("asker", "sleep", "infinity"))
    _running(cluster, "asker")
    name = "kubernetes.default.svc.cluster.local"
    answer = cluster.kubectl("exec", "asker", "--", "nslookup", name)
    assert re.findall(r"Address:\s*(\S+)", answer) == [f"{DNS_ADDRESS}#53", API_ADDRESS]
    settings = cluster.kubectl("exec", "asker", "--", "cat", "/etc/resolv.conf")
    assert settings.splitlines() == [
        "search default.svc.cluster.local svc.cluster.local cluster.local",
        f"nameserver {DNS_ADDRESS}",
        "options ndots:5",
    ]


def test_nothing_leaves_the_cluster(cluster: Cluster, say: Say) -> None:
    """A name of the Internet does not exist; what is sent to an address of it comes as far as the cable's other end.

    That end lies in the cluster's own network too, and has counted what was lost there.
    """
    lookup = cluster.kubectl("exec", "asker", "--", "nslookup", "example.com", check=False)
    assert "NXDOMAIN" in lookup
    before = _lost(cluster)
    tried = cluster.kubectl("exec", "asker", "--", "sh", "-c", "curl -s -m 3 http://192.0.2.1/; echo $?")
    assert tried.strip() == "28"
    lost = _lost(cluster) - before
    say(f"packets to 192.0.2.1 that ended inside: {lost}")
    assert lost >= 2


def test_no_cable_leads_out(cluster: Cluster) -> None:
    """Each device is loopback, the bridge, a cable to a pod on it, or one of two ends of a cable within.

    No address of the machine's own network is reachable either: there is no route to it but the lost one.
    """
    links = _told(cluster, "-details", "link")
    pods = {name for each in _told(cluster, "netns", "list-id") if (name := each.get("name"))}
    kinds = {each["ifname"]: each.get("linkinfo", {}).get("info_kind") for each in links}
    own = {each["ifname"]: each.get("link") for each in links if each.get("master") != "cni0"}
    assert own == {"lo": None, "cni0": None, "node0": "node0p", "node0p": "node0"}
    assert (kinds["cni0"], {kinds[each["ifname"]] for each in links if each["ifname"] not in own}) == (
        "bridge",
        {"veth"},
    )
    assert len(pods) >= len(links) - len(own) > 0
    routes = {(each["dst"], each["dev"], each.get("gateway")) for each in _told(cluster, "route")}
    assert routes == {("default", "node0", GATEWAY), ("10.99.0.0/24", "node0", None), (PODS, "cni0", None)}
    assert cluster.inside("ip", "-6", "route", "show", "default").stdout == ""


def test_the_machine_is_out_of_reach(cluster: Cluster) -> None:
    """A listening socket on every address of the machine, loopback too, that nothing inside can connect to."""
    with socket.create_server(("0.0.0.0", 0)) as listener:
        port = listener.getsockname()[1]
        places = ["127.0.0.1", *subprocess.run(["hostname", "-I"], capture_output=True, text=True).stdout.split()]
        for place in (each for each in places if ":" not in each):
            tried = cluster.inside("curl", "-s", "-m", "2", f"http://{place}:{port}/")
            assert tried.returncode in (7, 28), place


def _told(cluster: Cluster, *words: str) -> list[dict[str, Any]]:
    """What `ip` says in the cluster's network."""
    found: list[dict[str, Any]] = json.loads(cluster.inside("ip", "-json", *words).stdout)
    return found


def _lost(cluster: Cluster) -> int:
    [end] = [each for each in _told(cluster, "-statistics", "link") if each["ifname"] == "node0p"]
    return int(end["stats64"]["rx"]["packets"])


def test_a_policy_is_enforced_in_the_kernel(cluster: Cluster) -> None:
    """Anybody reaches the server, then only who has the label; by the pod's address and by the Service's name."""
    cluster.kubectl("apply", "-f", "-", given=_pod("server", "perl", "-MIO::Socket::INET", "-e", _SERVER))
    cluster.kubectl("apply", "-f", "-", given=_pod("friend", "sleep", "infinity", labels={"friend": "yes"}))
    cluster.kubectl("expose", "pod", "server", "--port=80", "--target-port=8080")
    address = f"{_running(cluster, 'server')}:8080"
    _running(cluster, "friend")
    until("the server answers", lambda: _curl(cluster, "friend", "server") == 0, 20)
    reached = {pod: _curl(cluster, pod, address) for pod in ("friend", "asker")}
    assert reached == {"friend": 0, "asker": 0}

    cluster.kubectl("apply", "-f", "-", given=_POLICY)
    until("the policy holds", lambda: _curl(cluster, "asker", address) == 28, 20)
    reached = {
        f"{pod} {host}": _curl(cluster, pod, host) for pod in ("friend", "asker") for host in (address, "server")
    }
    assert reached == {f"friend {address}": 0, "friend server": 0, f"asker {address}": 28, "asker server": 28}


def _curl(cluster: Cluster, pod: str, host: str) -> int:
    """curl's exit status in a pod."""
    script = f"curl -s -o /dev/null -m 3 http://{host}/; echo $?"
    return int(cluster.kubectl("exec", pod, "--", "sh", "-c", script))
