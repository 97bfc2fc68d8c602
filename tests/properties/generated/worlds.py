"""Whole clusters of a few objects, no object twice, and the profile and environment they are judged by."""

from dataclasses import dataclass, field, replace
from typing import Any

from generated import objects, words
from generated.pods import KINDS, Manifest, workloads
from hypothesis import strategies as st

from ringtrue.cluster.cluster import Cluster, build
from ringtrue.cluster.profile import Profile
from ringtrue.manifests.resource import Resource

CLUSTER_SCOPED = frozenset({"Namespace"})


@dataclass(frozen=True)
class World:
    manifests: tuple[Manifest, ...]
    profile: Profile = field(default_factory=Profile)

    def resources(self) -> tuple[Resource, ...]:
        return tuple(Resource(each, namespace_of(each), "apps") for each in self.manifests)

    def cluster(self) -> Cluster:
        return build("here", self.resources(), self.profile)

    def having(self, *manifests: Manifest) -> "World":
        return replace(self, manifests=manifests)

    def add(self, *manifests: Manifest) -> "World":
        return self.having(*self.manifests, *manifests)


def namespace_of(manifest: Manifest) -> str:
    return "" if manifest["kind"] in CLUSTER_SCOPED else manifest["metadata"].get("namespace", "default")


def key(manifest: Manifest) -> tuple[Any, ...]:
    return manifest["apiVersion"], manifest["kind"], namespace_of(manifest), manifest["metadata"]["name"]


profiles = st.builds(
    Profile,
    version=st.sampled_from(((1, 32), (1, 35))),
    complete=st.booleans(),
    libc=st.sampled_from(words.LIBCS),
)
others = st.one_of(
    objects.slices,
    objects.endpoints,
    objects.config_maps,
    objects.ingresses,
    objects.budgets,
    objects.namespaces(),
    objects.strangers,
)


@st.composite
def worlds(draw: st.DrawFn, kinds: tuple[str, ...] = tuple(KINDS), most: int = 3) -> World:
    made = draw(st.lists(workloads(kinds), min_size=1, max_size=most))
    made += draw(st.lists(objects.services, min_size=1, max_size=most))
    made += draw(st.lists(objects.policies, max_size=2))
    made += draw(st.lists(others, max_size=most))
    return World(tuple({key(each): each for each in made}.values()), draw(profiles))
