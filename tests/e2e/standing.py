"""What stands in for the programs of a scenario: a small HTTP server on each port that a container declares, and curl.

The images of a scenario are names. What is held against ringtrue is everything around them: names, Services,
endpoints, policies, probes.
"""

import copy
import json
from collections.abc import Iterable
from typing import Any

from cluster.images import pinned
from cluster.running import Cluster

Document = dict[str, Any]
Call = tuple[int, str, str]
"""curl's exit status, its error output, and the page that it got."""

HOOK = "argocd.argoproj.io/hook"
SECONDS = 5
"""What curl is given: longer than the kernel holds back a refusal, shorter than a resolver gives up."""
_SERVER = """
use IO::Socket::INET;
$SIG{CHLD} = "IGNORE";
for $port (@ARGV[1 .. $#ARGV]) {
  next if fork;
  $server = IO::Socket::INET->new(LocalPort => $port, Listen => 99, ReuseAddr => 1) or die "$port: $!";
  while ($client = $server->accept) {
    $client->recv($asked, 4096);
    print $client "HTTP/1.0 200 OK\\r\\n\\r\\n$ARGV[0]\\n";
    close $client;
  }
  exit;
}
sleep;
"""


def stood_in(document: Document, listening: Iterable[int] = ()) -> Document:
    """The document with programs that run here: each container listens on its declared ports, and `listening` more."""
    made = copy.deepcopy(document)
    spec = pod_spec(made)
    if spec is None:
        return made
    spec["terminationGracePeriodSeconds"] = 0
    page = f"{made['metadata'].get('namespace', '')}/{made['metadata']['name']}"
    for position, container in enumerate(spec["containers"]):
        declared = {
            port["containerPort"] for port in container.get("ports", ()) if port.get("protocol", "TCP") == "TCP"
        }
        ports = sorted(declared | (set(listening) if position == 0 else set()))
        serving = ["perl", "-e", _SERVER, page, *map(str, ports)]
        container |= {"image": pinned()["centos"], "command": serving if ports else ["sleep", "infinity"]}
        container.pop("args", None)
    return made


def pod_spec(document: Document) -> Document | None:
    """The pods of a workload, to be changed in place; None for anything else."""
    spec = document.get("spec", {})
    found = spec if document["kind"] == "Pod" else spec.get("template", {}).get("spec")
    return found if isinstance(found, dict) and "containers" in found else None


def apply(cluster: Cluster, documents: Iterable[Document], *flags: str) -> None:
    """All of them at once; raises ClusterFailed with what the API server refuses, the others are there then."""
    listed = {"apiVersion": "v1", "kind": "List", "items": list(documents)}
    cluster.kubectl("apply", *flags, "-f", "-", given=json.dumps(listed))


def forget(cluster: Cluster, namespaces: Iterable[str]) -> None:
    """Deletes namespaces and all that is in them, without waiting for it."""
    cluster.kubectl("delete", "namespace", *sorted(namespaces), "--wait=false", "--ignore-not-found")


def curl(
    cluster: Cluster, namespace: str, client: str, url: str, times: int = 1, seconds: float = SECONDS
) -> list[Call]:
    """Exit status, error output and page of each call that the client's pod makes; `client` as "deployment/NAME"."""
    one = (
        f"curl -sS -m {seconds} -o /tmp/page {url} 2>/tmp/error; echo $?; cat /tmp/error /dev/null | tr '\\n' ' '; echo"
    )
    script = f"for n in $(seq {times}); do rm -f /tmp/page; {one}; cat /tmp/page 2>/dev/null | head -1; echo; done"
    said = cluster.kubectl("exec", "-n", namespace, client, "--", "sh", "-c", script).splitlines()
    calls, rest = [], [line.strip() for line in said]
    while rest:
        status, error, *rest = rest
        page = rest.pop(0) if rest and rest[0] else ""
        if rest and not rest[0]:
            rest.pop(0)
        calls.append((int(status), error, page))
    return calls
