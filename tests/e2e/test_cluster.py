"""The cluster itself: its node, its DNS, its network and the policies in it."""

import json
import re

from components.kubernetes import RELEASE

from cluster.running import Cluster
from cluster.site import API_ADDRESS, DNS_ADDRESS
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
    pods = cluster.get("pods", "-A")["items"]
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


def test_nothing_leaves_the_cluster(cluster: Cluster) -> None:
    """A name of the Internet does not exist, and an address of it is never reached."""
    lookup = cluster.kubectl("exec", "asker", "--", "nslookup", "example.com", check=False)
    assert "NXDOMAIN" in lookup
    tried = cluster.kubectl("exec", "asker", "--", "sh", "-c", "curl -s -m 3 http://192.0.2.1/; echo $?")
    assert tried.strip() == "28"


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
