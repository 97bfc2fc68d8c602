"""`cluster.endpoints` against the reconciler of k8s.io/endpointslice: who is behind each Service port, and where."""

import json
from random import Random

from components.building import go_program
from frame.clusters import Document, cluster, identity_of
from frame.controllers import Running, running, services
from frame.lines import LineProgram
from frame.namespaces import ORACLES
from frame.shrinking import shrink
from frame.tally import Disagreement, Tally
from frame.worlds import world

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.endpoints import endpoints
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.services import Service

Behind = list[str]
"""What is behind a Service, one sentence for each pod owner, and for each one and port."""


def run(size: int, seed: int) -> Tally:
    """Compares every Service of `size` random worlds; one world counts as one."""
    random, tally = Random(seed), Tally("endpoints", seed, "worlds")
    with LineProgram([str(go_program(ORACLES / "endpointslice"))], "endpointslice") as component:
        for _ in range(size):
            documents = world(random)
            found = differing(documents, component)
            tally.seen["Services"] += sum(each["kind"] == "Service" for each in documents)
            if found is None:
                tally.agreed += 1
            else:
                tally.disagreements.append(_smallest(documents, found, component))
    return tally


def differing(documents: list[Document], component: LineProgram) -> Disagreement | None:
    """The first Service on which the model and the reconciler differ, or None."""
    real, model = _real(documents, component), _model(documents)
    for name in sorted(model.keys() | real.keys()):
        if real.get(name) != model.get(name):
            return Disagreement(name, model.get(name), real.get(name))
    return None


def _smallest(documents: list[Document], found: Disagreement, component: LineProgram) -> Disagreement:
    def fails(smaller: list[Document]) -> bool:
        return differing(smaller, component) is not None

    small = shrink(documents, fails)
    last = differing(small, component) or found
    return Disagreement(last.question, last.model, last.component, json.dumps(small))


def _model(documents: list[Document]) -> dict[str, Behind]:
    made = cluster(documents, Profile(version=(1, 35)))
    return {str(each): _behind(each, made) for each in made.services.values() if not each.builtin}


def _behind(service: Service, made: Cluster) -> Behind:
    found = endpoints(service, made)
    said = {f"{identity_of(each.resource)} is selected" for each in found.active}
    for port in found.ports:
        named = f"{port.port.name} {port.port.protocol}"
        said |= {
            f"{identity_of(each.workload.resource)} serves {named} on {each.number}"
            for each in port.serving
            if each.workload is not None
        }
        said |= {f"{identity_of(each.resource)} lacks {named}" for each in port.lacking}
    return sorted(said)


def _real(documents: list[Document], component: LineProgram) -> dict[str, Behind]:
    pods, stored = running(documents, completed=True), services(documents)
    slices = component.ask({"services": stored, "pods": [each.pod for each in pods]})
    owners = {each.address: each for each in pods}
    return {_name(each): _read(each, [s for s in slices if _of(s, each)], owners) for each in stored}


def _read(service: Document, slices: list[Document], owners: dict[str, Running]) -> Behind:
    found = [(each, end) for each in slices for end in each.get("endpoints") or ()]
    endpoints = [(each, owners[end["addresses"][0]].owner) for each, end in found]
    said = {f"{owners[end['addresses'][0]].owner} is {_state(end)}" for _, end in found}
    for port in service["spec"].get("ports", []):
        key = (port.get("name", ""), port["protocol"])
        for each, owner in endpoints:
            numbers = _numbers(each, key)
            said |= {f"{owner} serves {' '.join(key)} on {number}" for number in numbers}
            said |= set() if numbers else {f"{owner} lacks {' '.join(key)}"}
    return sorted(said)


def _state(endpoint: Document) -> str:
    return "selected" if endpoint["conditions"]["ready"] else "selected, but not ready"


def _numbers(found: Document, key: tuple[str, str]) -> list[int]:
    return [p["port"] for p in found.get("ports") or () if (p.get("name", ""), p.get("protocol")) == key]


def _name(service: Document) -> str:
    return f"{service['metadata']['namespace']}/{service['metadata']['name']}"


def _of(found: Document, service: Document) -> bool:
    labels = found["metadata"]["labels"]
    key = (found["metadata"]["namespace"], labels["kubernetes.io/service-name"])
    return key == (service["metadata"]["namespace"], service["metadata"]["name"])
