"""What ringtrue says is behind each Service, and what the EndpointSlice controller writes about real pods.

WORLDS worlds from SEED on. A disagreement is printed with its world.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from cluster.images import pinned
from cluster.running import Cluster
from conftest import Say
from endpoint_worlds import EndpointWorld, endpoint_world
from ringtrue.cluster.cluster import Cluster as Model
from ringtrue.cluster.cluster import build
from ringtrue.cluster.endpoints import ServiceEndpoints, endpoints
from ringtrue.cluster.probes import keeping_from_ready
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.workloads import Workload
from ringtrue.manifests.resource import Resource
from standing import Document, apply, forget, pod_spec
from waiting import until

SEED = int(os.environ.get("SEED", "1"))
WORLDS = int(os.environ.get("WORLDS", "50"))
_LAST_SECONDS = 20
"""What the controller is given after the last pod: until then, and no longer, a difference may pass."""
_LABEL = "kubernetes.io/service-name"

Behind = frozenset[str]
"""What is behind a Service, in sentences about workloads: which pods, how many, ready or not, on which port."""


@pytest.fixture(scope="module")
def worlds(cluster: Cluster, say: Say) -> Iterator[list[EndpointWorld]]:
    """Applied, and as far up as they come."""
    made = [endpoint_world(SEED + number) for number in range(WORLDS)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda each: apply(cluster, map(_sleeping, each.documents)), made))
    spaces = {each.namespace for each in made}
    until("every pod runs", lambda: _all_run(cluster, spaces, made), 300)
    say(f"{WORLDS} worlds of endpoints, seeds {SEED} to {SEED + WORLDS - 1}")
    yield made
    forget(cluster, spaces)


def _sleeping(document: Document) -> Document:
    made: Document = json.loads(json.dumps(document))
    spec = pod_spec(made)
    for container in (*spec["containers"], *spec.get("initContainers", ())) if spec else ():
        container |= {"image": pinned()["centos"], "command": ["sleep", "infinity"]}
    if spec:
        spec["terminationGracePeriodSeconds"] = 0
    return made


def _all_run(cluster: Cluster, spaces: set[str], made: list[EndpointWorld]) -> bool:
    pods = [each for each in cluster.get("pods", "-A")["items"] if each["metadata"]["namespace"] in spaces]
    wanted = sum(each["spec"].get("replicas", 1) for world in made for each in world.documents if _makes_pods(each))
    return len(pods) == wanted and all(each["status"]["phase"] == "Running" for each in pods)


def _makes_pods(document: Document) -> bool:
    return document["kind"] in ("Pod", "Deployment", "StatefulSet")


def test_every_service_has_the_endpoints_that_ringtrue_says(
    cluster: Cluster, worlds: list[EndpointWorld], say: Say
) -> None:
    said = {place: behind for each in worlds for place, behind in _model(each).items()}

    def wrong() -> dict[str, tuple[list[str], list[str]]]:
        real = _real(cluster)
        return {
            place: (sorted(behind - real.get(place, frozenset())), sorted(real.get(place, frozenset()) - behind))
            for place, behind in said.items()
            if behind != real.get(place, frozenset())
        }

    until("the controller has followed", lambda: not wrong(), _LAST_SECONDS, lambda: json.dumps(wrong(), indent=1))
    kinds = Counter(sentence.split(" ", 2)[2].split(" ")[0] for behind in said.values() for sentence in behind)
    empty = sum(not behind for behind in said.values())
    say(f"{len(worlds)} worlds, {len(said)} Services, {empty} with nothing behind: 0 wrong, 0 undecided")
    say(f"  sentences about workloads: {', '.join(f'{each} {count}' for each, count in sorted(kinds.items()))}")
    assert set(kinds) == {"lacks", "ready", "serves", "unready"}


def _model(world: EndpointWorld) -> dict[str, Behind]:
    resources = [Resource(each, each["metadata"].get("namespace", "")) for each in world.documents]
    made: Model = build("live", resources, Profile(version=(1, 35)))
    found = [endpoints(each, made) for each in made.services.values() if not each.builtin]
    return {f"{each.service.namespace}/{each.service.name}": frozenset(_said(each)) for each in found}


def _said(found: ServiceEndpoints) -> Iterator[str]:
    for each in found.active:
        kept = keeping_from_ready(each, found.service.publish_not_ready)
        yield f"{_named(each)} {'unready' if kept else 'ready'} pods: {each.replicas}"
    for port in found.ports:
        named = f"{port.port.name} {port.port.protocol}"
        for backend in port.serving:
            if backend.workload is not None:
                yield f"{_named(backend.workload)} serves {named} on {backend.number}"
        for each in port.lacking:
            yield f"{_named(each)} lacks {named}"


def _named(workload: Workload) -> str:
    return f"{workload.kind} {workload.name}"


def _real(cluster: Cluster) -> dict[str, Behind]:
    """The same sentences, read from every EndpointSlice of the cluster."""
    pods = {f"{each['metadata']['namespace']}/{each['metadata']['name']}": each for each in _items(cluster, "pods")}
    ports = {_place(each): each["spec"]["ports"] for each in _items(cluster, "services") if "ports" in each["spec"]}
    said: dict[str, Counter[str]] = {}
    for each in _items(cluster, "endpointslices"):
        name = each["metadata"].get("labels", {}).get(_LABEL, "")
        place = f"{each['metadata']['namespace']}/{name}"
        counted = said.setdefault(place, Counter())
        for end in each["endpoints"] or ():
            if (target := end.get("targetRef")) and f"{target['namespace']}/{target['name']}" in pods:
                owner = _owner(pods[f"{target['namespace']}/{target['name']}"])
                counted.update(_read(owner, end, each.get("ports") or (), ports.get(place, ())))
    return {place: frozenset(_sentences(counted)) for place, counted in said.items()}


def _items(cluster: Cluster, kind: str) -> list[Document]:
    return list(cluster.get(kind, "-A")["items"])


def _place(document: Document) -> str:
    return f"{document['metadata']['namespace']}/{document['metadata']['name']}"


def _owner(pod: Document) -> str:
    """The workload of a pod: that of a Deployment's pod is named as its ReplicaSet, without the hash."""
    owners = pod["metadata"].get("ownerReferences") or [{"kind": "Pod", "name": pod["metadata"]["name"]}]
    kind, name = owners[0]["kind"], owners[0]["name"]
    return f"Deployment {name.rpartition('-')[0]}" if kind == "ReplicaSet" else f"{kind} {name}"


def _read(
    owner: str, end: Mapping[str, Document], served: tuple[Document, ...], wanted: tuple[Document, ...]
) -> Iterator[str]:
    yield f"{owner} {'ready' if end['conditions']['ready'] else 'unready'}"
    for port in wanted:
        key = (port.get("name", ""), port["protocol"])
        numbers = [each["port"] for each in served if (each.get("name", ""), each["protocol"]) == key]
        yield from (f"{owner} serves {' '.join(key)} on {number}" for number in numbers)
        if not numbers:
            yield f"{owner} lacks {' '.join(key)}"


def _sentences(counted: Counter[str]) -> Iterator[str]:
    for sentence, count in counted.items():
        is_about_pods = sentence.endswith((" ready", " unready"))
        yield f"{sentence} pods: {count}" if is_about_pods else sentence
