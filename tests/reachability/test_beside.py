"""What undeclared manifests do not hold may be in others that they are applied beside."""

from typing import Any

import pytest
import yaml

from ringtrue.cluster.cluster import Cluster, build
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.providers import Opening
from ringtrue.manifests.resource import Resource
from ringtrue.reachability.prove import reference_id
from ringtrue.reachability.reasons import Reason, Verdict
from ringtrue.reachability.scope import Neighbour, Scope
from ringtrue.references.reference import Reference, Via

CLIENT = """
apiVersion: v1
kind: Pod
metadata: {name: client, namespace: shop}
spec: {containers: [{name: curl, image: curl}]}
"""
REDIS = """
apiVersion: v1
kind: Service
metadata: {name: redis, namespace: %s}
spec: {selector: {app: redis}, ports: [{port: 6379}]}
---
apiVersion: v1
kind: Pod
metadata: {name: redis, namespace: %s, labels: {app: redis}}
spec: {containers: [{name: redis, image: redis}]}
"""


def cluster(*texts: str) -> Cluster:
    found = [each for text in texts for each in yaml.safe_load_all(text)]
    return build("here", [Resource(each, each["metadata"]["namespace"]) for each in found], Profile())


def leaf(*beside: tuple[str, str], name: tuple[str, str] = ("data", "redis")) -> dict[str, Any]:
    """An undeclared world beside others; each is told by its manifests and by why."""
    neighbours = tuple(Neighbour(cluster(CLIENT, text), why) for text, why in beside)
    return {"leaf": True, "beside": {name: neighbours}}


HERE, THERE = REDIS % ("data", "data"), REDIS.partition("---")[0] % "data"


@pytest.mark.parametrize("host", ["redis.data.svc", "redis.data", "Redis.Data"])
def test_a_neighbour_has_the_service(ask: Any, host: str) -> None:
    scope = leaf((HERE, "applied with 'cache'"), (HERE, "applied with 'other'"))

    proof = ask(host, world=CLIENT, port=6379, scope=scope)

    assert (proof.verdict, proof.reason, proof.assumed) == (Verdict.PROVED, Reason.OK, "applied with 'cache'")
    assert [step.evidence.partition("; ")[2] for step in proof.steps] == ["applied with 'cache'", "", "", ""]
    assert proof.steps[0].evidence.startswith(f"{host.count('.')} dot")


def test_a_neighbour_whose_service_leads_nowhere_proves_nothing(ask: Any) -> None:
    scope = leaf((HERE, "applied with 'cache'"), (THERE, "applied with 'other'"))

    proof = ask("redis.data.svc", world=CLIENT, port=6379, scope=scope)

    assert (proof.reason, proof.assumed) == (Reason.FOREIGN_NAMESPACE, "")


def test_declared_manifests_have_no_neighbours(ask: Any) -> None:
    scope = leaf((HERE, "applied with 'cache'")) | {"leaf": False}

    assert ask("redis.data.svc", world=CLIENT, port=6379, scope=scope).reason is Reason.FOREIGN_NAMESPACE


def test_what_is_refuted_here_stays_so(ask: Any) -> None:
    scope = leaf((HERE, "applied with 'cache'"), name=("shop", "redis"))

    assert ask("redis.shop.svc", world=CLIENT, port=6379, scope=scope).reason is Reason.NXDOMAIN


def test_names_that_operators_make() -> None:
    openings = {"shop": (Opening("holds Kafka", ("events-kafka-*", "events")), Opening("holds a chart"))}
    scope = Scope(cluster(CLIENT), "", False, frozenset(), open=openings)

    assert (scope.provided("shop"), scope.provided("data")) == (("events",), ())


def test_an_id_is_stable() -> None:
    workload = cluster(CLIENT).workloads[0]
    spot = workload.at("spec")
    found = [
        Reference(workload.resource, workload, "curl", Via.ENV, spot, "env A", "a,b", host, port=port)
        for host, port in (("a", 80), ("b", 80), ("b", 81))
    ]
    ids = [reference_id(each, environment) for environment in ("prod", "dev") for each in found]

    assert ids[0] == "ca83cbffbc47"
    assert len(set(ids)) == 6
