"""What the tutorial shows of an environment: its pods, and what its client prints."""

import re

from cluster.running import Cluster
from waiting import until

ENVIRONMENTS = {"dev": 2, "staging": 3, "prod": 3}
"""Each environment and its web servers."""
_PAGE = re.compile(r"^The pod, (\S+) is displaying this page\.$", re.M)
_SERVER = "component=httpd_webserver"


def web_servers(cluster: Cluster, namespace: str) -> set[str]:
    """The names of the pods that are ready and not on their way out."""
    pods = cluster.get("pods", "-n", namespace, "-l", _SERVER)["items"]
    return {
        pod["metadata"]["name"]
        for pod in pods
        if "deletionTimestamp" not in pod["metadata"]
        and any(each["type"] == "Ready" and each["status"] == "True" for each in pod["status"].get("conditions", []))
    }


def shown_pages(cluster: Cluster, namespace: str, since: str = "") -> set[str]:
    """The pods whose page the client has printed."""
    flags = [f"--since={since}"] if since else []
    return set(_PAGE.findall(cluster.kubectl("logs", "-n", namespace, "deployment/dep-centos", *flags)))


def client_shows_every_page(cluster: Cluster, namespace: str, servers: int, seconds: float = 90) -> str:
    """The client's log, once it has shown the page of every web server; chance decides who answers when."""
    pods = until(
        f"{servers} web servers in {namespace}",
        lambda: found if len(found := web_servers(cluster, namespace)) == servers else None,
        seconds,
        lambda: cluster.kubectl("get", "pods", "-n", namespace),
    )
    until(
        f"pages of {sorted(pods)}",
        lambda: shown_pages(cluster, namespace) >= pods,
        seconds * servers,
        lambda: cluster.kubectl("logs", "-n", namespace, "deployment/dep-centos", "--tail=20"),
    )
    return cluster.kubectl("logs", "-n", namespace, "deployment/dep-centos")
