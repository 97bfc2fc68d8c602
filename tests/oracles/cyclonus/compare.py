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

from components.building import go_program
from cyclonus.worlds import Connection, connection, ports, world
from frame.clusters import Document, cluster, resource
from frame.namespaces import ORACLES
from frame.shrinking import shrink
from frame.tally import Disagreement, Tally

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.policies import Direction, Passage, address_passage, passage
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.workloads import Workload

PER_WORLD = 20
PACKAGE = "github.com/mattfenwick/cyclonus/cmd/cyclonus"
_TABLE = "Is traffic allowed?"
_ROW = re.compile(r"^\|\s*(Ingress|Egress|)\s*\|\s*(Allow|Deny|)\s*\|", re.MULTILINE)
_VERDICT = re.compile(r"^\|\s*IS ALLOWED\?\s*\|\s*(TRUE|FALSE)", re.MULTILINE)
_DEPENDS = ("ipBlock", "host's network")
"""What a network plugin decides: worlds hold some of it, so that the model can be seen to leave it open (NET-06)."""


Sides = tuple[bool | None, bool | None]
"""Whether egress and ingress allow a connection; None where a side is left open."""


def run(size: int, seed: int) -> Tally:
    """Asks about `size` connections, `PER_WORLD` in each random world."""
    random, tally = Random(seed), Tally("policies", seed, "pairs")
    program = str(go_program(ORACLES / "cyclonus", PACKAGE))
    while tally.asked < size:
        documents = world(random)
        asked = [connection(random, documents) for _ in range(PER_WORLD)]
        for each, real in zip(asked, _real(documents, asked, program), strict=True):
            _judge(tally, each, real, documents, program)
    return tally


def _judge(tally: Tally, asked: Connection, real: Sides, documents: list[Document], program: str) -> None:
    tally.seen["allowed" if all(real) else "forbidden"] += 1
    sides, why = _model(documents, asked)
    if _differ(sides, real):
        tally.disagreements.append(_smallest(asked, documents, program))
    elif None not in sides or False in sides:
        tally.agreed += 1
    elif any(each in why for each in _DEPENDS):
        tally.by_design += 1
    else:
        tally.undecided += 1


def _differ(model: Sides, real: Sides) -> bool:
    """Each side by itself: one that forbids must not hide what the other says."""
    return any(ours not in (None, theirs) for ours, theirs in zip(model, real, strict=True))


def _smallest(asked: Connection, documents: list[Document], program: str) -> Disagreement:
    kept = [each for each in documents if each["kind"] != "NetworkPolicy"]

    def both(policies: list[Document]) -> tuple[Sides, Sides]:
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
    return Disagreement(f"{asked}: (egress, ingress)", *before, json.dumps(ends + shown))


def _pods(documents: list[Document]) -> list[Document]:
    return [each for each in documents if each["kind"] == "Pod"]


def _model(documents: list[Document], asked: Connection) -> tuple[Sides, str]:
    """What each side says, and why one is left open."""
    made = cluster(documents, Profile())
    workloads = _workloads(documents, made)
    client = workloads[asked.client]
    if asked.server is None:
        found = Passage(address_passage(client, asked.address, asked.port, asked.protocol, made), Direction())
    else:
        found = passage(client, workloads[asked.server], asked.port, asked.protocol, made)
    egress, ingress = ((None if each.undecided else each.allowed) for each in (found.egress, found.ingress))
    return (egress, ingress), found.egress.undecided or found.ingress.undecided


def _workloads(documents: list[Document], made: Cluster) -> list[Workload]:
    found = {each.resource.key: each for each in made.workloads}
    return [found[resource(pod).key] for pod in _pods(documents)]


def _real(documents: list[Document], asked: list[Connection], program: str) -> list[Sides]:
    policies = [_defaulted(each) for each in documents if each["kind"] == "NetworkPolicy"]
    rules = {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicyList", "items": policies}
    with _memory(rules) as first, _memory([_traffic(documents, each) for each in asked]) as second:
        paths = ["--policy-path", f"/proc/self/fd/{first}", "--traffic-path", f"/proc/self/fd/{second}"]
        command = [program, "analyze", "--mode", "query-traffic", *paths]
        done = subprocess.run(command, capture_output=True, text=True, check=True, pass_fds=(first, second))
    return [_read(each) for each in done.stdout.split(_TABLE)[1:]]


def _read(table: str) -> Sides:
    """A side forbids when policies select the pod for it and none allows; a cell like the one above is empty."""
    side, action = "", ""
    said: dict[str, list[bool]] = {"Egress": [], "Ingress": []}
    for row in _ROW.finditer(table):
        if row[1] or row[2]:
            side, action = row[1] or side, row[2] or action
            said[side].append(action == "Allow")
    sides = (not said["Egress"] or any(said["Egress"]), not said["Ingress"] or any(said["Ingress"]))
    [verdict] = _VERDICT.findall(table)
    assert all(sides) == (verdict == "TRUE"), table
    return sides


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
    declared = ports(server) if server else []
    named = [p["name"] for p in declared if (p["containerPort"], p["protocol"]) == (asked.port, asked.protocol)]
    return str(named[0]) if named else ""
