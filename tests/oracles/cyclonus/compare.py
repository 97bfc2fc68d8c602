"""`cluster.policies` against `cyclonus analyze`, an evaluator of NetworkPolicies that others wrote."""

import copy
import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

from cyclonus.worlds import Connection, connection, world
from frame.clusters import Document, cluster, resource
from frame.components import go_program
from frame.shrinking import shrink
from frame.tally import Disagreement, Tally

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.policies import address_passage, passage
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.workloads import Workload

PER_WORLD = 20
PACKAGE = "github.com/mattfenwick/cyclonus/cmd/cyclonus"
_VERDICT = re.compile(r"^\|\s*IS ALLOWED\?\s*\|\s*(TRUE|FALSE)", re.MULTILINE)
_DEPENDS = ("ipBlock", "host's network")
"""What a network plugin decides: worlds hold some of it, so that the model can be seen to leave it open (NET-06)."""


def run(size: int, seed: int) -> Tally:
    """Asks about `size` connections, `PER_WORLD` in each random world."""
    random, tally = Random(seed), Tally("policies", seed, "pairs")
    program = str(go_program("cyclonus", PACKAGE))
    while tally.asked < size:
        documents = world(random)
        asked = [connection(random, _pods(documents)) for _ in range(PER_WORLD)]
        for each, real in zip(asked, _real(documents, asked, program), strict=True):
            _judge(tally, each, real, documents, program)
    return tally


def _judge(tally: Tally, asked: Connection, real: bool, documents: list[Document], program: str) -> None:
    tally.seen["allowed" if real else "forbidden"] += 1
    allowed, undecided = _model(documents, asked)
    if undecided:
        by_design = any(each in undecided for each in _DEPENDS)
        tally.by_design += by_design
        tally.undecided += not by_design
    elif allowed is real:
        tally.agreed += 1
    else:
        tally.disagreements.append(_smallest(asked, documents, program))


def _smallest(asked: Connection, documents: list[Document], program: str) -> Disagreement:
    kept = [each for each in documents if each["kind"] != "NetworkPolicy"]

    def both(policies: list[Document]) -> tuple[bool, bool]:
        found = kept + policies
        return _model(found, asked)[0], _real(found, [asked], program)[0]

    policies = documents[len(kept) :]
    before = both(policies)

    def fails(smaller: list[Document]) -> bool:
        try:
            return both(smaller) == before
        except subprocess.CalledProcessError:
            return False  # no policy any more that an API server would store

    small = shrink(policies, fails)
    shown = [each for each in kept if each["kind"] == "Namespace"] + small
    ends = [_pods(documents)[end] for end in (asked.client, asked.server) if end is not None]
    return Disagreement(str(asked), *before, json.dumps(ends + shown))


def _pods(documents: list[Document]) -> list[Document]:
    return [each for each in documents if each["kind"] == "Pod"]


def _model(documents: list[Document], asked: Connection) -> tuple[bool, str]:
    """(allowed, why it is undecided)."""
    made = cluster(documents, Profile())
    workloads = _workloads(documents, made)
    client = workloads[asked.client]
    if asked.server is None:
        found = address_passage(client, asked.address, asked.port, asked.protocol, made)
        return found.allowed, found.undecided
    both = passage(client, workloads[asked.server], asked.port, asked.protocol, made)
    return both.allowed, both.undecided


def _workloads(documents: list[Document], made: Cluster) -> list[Workload]:
    found = {each.resource.key: each for each in made.workloads}
    return [found[resource(pod).key] for pod in _pods(documents)]


def _real(documents: list[Document], asked: list[Connection], program: str) -> list[bool]:
    policies = [_defaulted(each) for each in documents if each["kind"] == "NetworkPolicy"]
    rules = {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicyList", "items": policies}
    with _memory(rules) as first, _memory([_traffic(documents, each) for each in asked]) as second:
        paths = ["--policy-path", f"/proc/self/fd/{first}", "--traffic-path", f"/proc/self/fd/{second}"]
        command = [program, "analyze", "--mode", "query-traffic", *paths]
        done = subprocess.run(command, capture_output=True, text=True, check=True, pass_fds=(first, second))
    return [each == "TRUE" for each in _VERDICT.findall(done.stdout)]


@contextmanager
def _memory(value: object) -> Iterator[int]:
    """A value as JSON in a file that has no place on disk, so that none can be left there."""
    file = os.memfd_create("cyclonus")
    try:
        os.write(file, json.dumps(value).encode())
        yield file
    finally:
        os.close(file)


def _defaulted(policy: Document) -> Document:
    """With the API server's defaults: cyclonus reads policies as they are stored."""
    policy = copy.deepcopy(policy)
    spec = policy["spec"]
    spec.setdefault("policyTypes", ["Ingress", "Egress"] if spec.get("egress") else ["Ingress"])
    for rule in (*spec.get("ingress", []), *spec.get("egress", [])):
        for port in rule.get("ports", []):
            port.setdefault("protocol", "TCP")
    return policy


def _traffic(documents: list[Document], asked: Connection) -> dict[str, Any]:
    pods = _pods(documents)
    server = None if asked.server is None else pods[asked.server]
    return {
        "Source": _peer(documents, pods[asked.client], f"10.244.0.{asked.client + 1}"),
        "Destination": _peer(documents, server, asked.address or f"10.244.0.{(asked.server or 0) + 1}"),
        "ResolvedPort": asked.port,
        "ResolvedPortName": _port_name(server, asked),
        "Protocol": asked.protocol,
    }


def _peer(documents: list[Document], pod: Document | None, address: str) -> dict[str, Any]:
    if pod is None:
        return {"IP": address}
    name = pod["metadata"]["namespace"]
    space = next(each for each in documents if each["kind"] == "Namespace" and each["metadata"]["name"] == name)
    labels = space["metadata"]["labels"] | {"kubernetes.io/metadata.name": name}
    inside = {"PodLabels": pod["metadata"]["labels"], "NamespaceLabels": labels, "Namespace": name}
    return {"Internal": inside, "IP": address}


def _port_name(server: Document | None, asked: Connection) -> str:
    declared = server["spec"]["containers"][0]["ports"] if server else []
    named = [p["name"] for p in declared if (p["containerPort"], p["protocol"]) == (asked.port, asked.protocol)]
    return str(named[0]) if named else ""
