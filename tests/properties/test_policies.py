"""NetworkPolicies only add up (NET-01): one more rule never forbids, one more policy without rules never allows."""

from copy import deepcopy

from generated import words
from generated.limits import tried
from generated.objects import peers, policies, policy_ports
from generated.pods import Manifest
from generated.worlds import World, worlds
from hypothesis import given
from hypothesis import strategies as st

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.directions import EGRESS, INGRESS, policy_types
from ringtrue.cluster.peers import selects_pods
from ringtrue.cluster.policies import passage

FORBIDDEN, UNDECIDED, ALLOWED = range(3)
WITH_POLICY = st.builds(lambda world, policy: world.add(named(policy, "more")), worlds(), policies)


def named(policy: Manifest, name: str) -> Manifest:
    return {**policy, "metadata": {**policy["metadata"], "name": name}}


def passages(cluster: Cluster) -> dict[tuple[str, str, int], int]:
    """How free the way is between each two workloads, by their objects and the port."""
    found = {}
    for client in cluster.workloads:
        for server in cluster.workloads:
            for port in words.NUMBERS:
                way = passage(client, server, port, "TCP", cluster)
                rank = FORBIDDEN if not way.allowed else UNDECIDED if way.undecided else ALLOWED
                found[str(client.resource.key), str(server.resource.key), port] = rank
    return found


@given(WITH_POLICY, st.sampled_from(("ingress", "egress")), st.lists(peers, max_size=2), policy_ports)
@tried(25)
def test_one_more_rule_never_forbids(world: World, way: str, ends: list[Manifest], ports: list[Manifest]) -> None:
    policy = deepcopy(world.manifests[-1])
    policy["spec"][way].append({"from" if way == "ingress" else "to": ends, "ports": ports})
    more = world.having(*world.manifests[:-1], policy)
    before, after = passages(world.cluster()), passages(more.cluster())
    assert {pair: (before[pair], after[pair]) for pair in before if after[pair] < before[pair]} == {}


@given(worlds(), policies)
@tried(25)
def test_one_more_policy_without_rules_never_allows(world: World, policy: Manifest) -> None:
    shut = named({**policy, "spec": {**policy["spec"], "ingress": [], "egress": []}}, "shut")
    before, after = passages(world.cluster()), passages(world.add(shut).cluster())
    assert {pair: (before[pair], after[pair]) for pair in before if after[pair] > before[pair]} == {}


@given(WITH_POLICY)
@tried(25)
def test_the_index_of_policies_finds_who_isolates(world: World) -> None:
    cluster = world.cluster()
    for server in cluster.workloads:
        for direction in (EGRESS, INGRESS):
            read = sorted(
                policy.name
                for policy in cluster.of_kind("NetworkPolicy", "networking.k8s.io")
                if policy.namespace == server.namespace
                and direction in policy_types(policy)
                and selects_pods(policy.mapping("spec", "podSelector"), server)
            )
            other = next((each for each in cluster.workloads if each is not server), None)
            if other is not None:
                way = (
                    passage(server, other, 80, "TCP", cluster)
                    if direction == EGRESS
                    else passage(other, server, 80, "TCP", cluster)
                )
                found = way.egress if direction == EGRESS else way.ingress
                assert sorted(policy.name for policy in found.isolated_by) == read
