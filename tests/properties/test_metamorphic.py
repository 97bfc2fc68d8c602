"""What may be changed in a world without changing what is said of it (semantics: metamorphic checks)."""

import json
from copy import deepcopy
from typing import Any

from generated import words
from generated.judging import judged
from generated.limits import tried
from generated.pods import Manifest
from generated.worlds import World, worlds
from hypothesis import given
from hypothesis import strategies as st

from ringtrue.cluster.workloads import TEMPLATES

UNRELATED_NAMESPACE = "uuuu"
UNRELATED: tuple[Manifest, ...] = (
    {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": UNRELATED_NAMESPACE}},
    {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "yyyy", "namespace": UNRELATED_NAMESPACE},
        "spec": {"selector": {"zzzz": "yyyy"}, "ports": [{"port": 1}]},
    },
    {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "yyyy", "namespace": UNRELATED_NAMESPACE, "labels": {"zzzz": "yyyy"}},
        "spec": {"containers": [{"name": "zzzz", "image": "zzzz", "env": [{"name": "X", "value": "x"}]}]},
    },
    {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "yyyy", "namespace": UNRELATED_NAMESPACE},
        "spec": {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]},
    },
)


@given(worlds())
@tried(25)
def test_judging_twice_gives_the_same_and_changes_nothing(world: World) -> None:
    again = World(deepcopy(world.manifests), world.profile)
    first, second = judged(world), judged(again)
    assert (first.chains(), first.says()) == (second.chains(), second.says())
    assert world.manifests == again.manifests


@given(worlds())
@tried(25)
def test_an_unrelated_namespace_changes_nothing(world: World) -> None:
    alone, together = judged(world), judged(world.add(*UNRELATED))
    assert together.chains() == alone.chains()
    assert [line for line in together.says() if UNRELATED_NAMESPACE not in line[1]] == alone.says()


@given(worlds(), st.randoms(use_true_random=False))
@tried(25)
def test_the_order_of_objects_does_not_matter(world: World, chance: Any) -> None:
    shuffled = list(world.manifests)
    chance.shuffle(shuffled)
    assert judged(world.having(*shuffled)).verdicts() == judged(world).verdicts()


@given(worlds())
@tried(25)
def test_the_order_of_containers_does_not_matter(world: World) -> None:
    """As long as no two ports of a pod have one name: then the first of them counts (EP-01)."""
    turned = world.having(*map(with_containers_turned, world.manifests))
    assert judged(turned).verdicts() == judged(world).verdicts()


@given(worlds())
@tried(25)
def test_a_namespace_may_have_any_name(world: World) -> None:
    """Renamed in the world and in every name that is asked for, it is the same world."""
    renamed = world.having(*json.loads(moved(json.dumps(world.manifests), words.MOVED, words.UNLIKE)))
    before, after = judged(world), judged(renamed)
    assert sorted(renamed_back(line[1:]) for line in after.verdicts()) == sorted(line[1:] for line in before.verdicts())


def renamed_back(line: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(moved(part, words.UNLIKE, words.MOVED) for part in line)


def moved(text: str, old: str, new: str) -> str:
    """Hosts may be written in capitals."""
    return text.replace(old, new).replace(old.upper(), new.upper())


def with_containers_turned(manifest: Manifest) -> Manifest:
    made: Any = deepcopy(manifest)
    route = TEMPLATES.get((made["apiVersion"].rpartition("/")[0], made["kind"]))
    if route is None:
        return manifest
    pod = made
    for key in route:
        pod = pod[key]
    ports = [port for container in pod["spec"]["containers"] for port in container["ports"]]
    names = [port["name"] for port in ports if "name" in port]
    if len(set(names)) == len(names):
        pod["spec"]["containers"].reverse()
    return made
