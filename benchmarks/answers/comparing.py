"""Our verdicts beside np-guard's: every pair of workloads, on every stretch of ports that a policy can tell apart."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from benchmarks.answers.connlist import LAST, PROTOCOLS, Answer, Ranges, holds
from benchmarks.answers.worlds import owner

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.policies import passage, unmodelled
from ringtrue.cluster.workloads import Workload

PLAIN = "NetworkPolicy only"
NETWORK_POLICY = ("networking.k8s.io", "NetworkPolicy")
OTHER_KIND = "a policy or network of another kind at one end (NET-08)"
_REASONS = (
    ("ipBlock", "`ipBlock` against pods (NET-06)"),
    ("on the host's network", "a pod on the host's network (NET-06)"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One question on which we decide otherwise."""

    folder: str
    client: str
    server: str
    protocol: str
    port: int
    """The first port of the stretch."""
    theirs: bool

    def __str__(self) -> str:
        said = ("forbidden", "allowed") if self.theirs else ("allowed", "forbidden")
        return f"{self.folder}: {self.client} => {self.server} : {self.protocol} {self.port}: {said[0]}, not {said[1]}"


@dataclass(slots=True)
class Tally:
    """What came out of one folder; a question is a pair, a protocol and a stretch of ports.

    Pairs and questions are counted as `agreed`, `disagreed` and `undecided`; a pair is undecided when a question is,
    and disagreed when one is that.
    """

    folder: str
    group: str = PLAIN
    """The kinds of other policies and networks in the folder."""
    pairs: Counter[str] = field(default_factory=Counter)
    questions: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    """Questions by why they are undecided."""
    differences: list[Difference] = field(default_factory=list)
    left: int = 0
    """Lines of the answer about an end that makes no pods here, a virtual machine for example."""
    outside: int = 0
    secondary: int = 0
    """Lines of the answer that are not about pods on the cluster's own network."""


def compare(folder: str, cluster: Cluster, answer: Answer) -> Tally:
    """Asks every pair of different owners; pods of one owner are one end for the other tool."""
    tally = Tally(folder, _group(cluster), outside=answer.outside, secondary=answer.secondary)
    workloads = [each for each in cluster.workloads if each.replicas]
    names = {owner(each) for each in workloads}
    tally.left = sum(not names.issuperset(pair) for pair in answer.allowed)
    numbers = frozenset(_numbers(cluster))
    for client, server in product(workloads, workloads):
        if owner(client) != owner(server):
            _pair(client, server, numbers, cluster, answer, tally)
    return tally


def _pair(
    client: Workload, server: Workload, numbers: frozenset[int], cluster: Cluster, answer: Answer, tally: Tally
) -> None:
    ends = owner(client), owner(server)
    said = answer.allowed.get(ends, {})
    other = OTHER_KIND if unmodelled(client, cluster) or unmodelled(server, cluster) else ""
    own = [port.number for container in server.containers for port in container.ports]
    outcomes = set()
    for protocol in PROTOCOLS:
        for port in stretches(said.get(protocol, ()), own, numbers):
            ours, why = (True, other) if other else _ours(client, server, port, protocol, cluster)
            theirs = holds(said, protocol, port)
            outcome = "undecided" if why else "agreed" if ours is theirs else "disagreed"
            outcomes.add(outcome)
            tally.questions[outcome] += 1
            if why:
                tally.reasons[why] += 1
            elif ours is not theirs:
                tally.differences.append(Difference(tally.folder, *ends, protocol, port, theirs))
    tally.pairs[next(each for each in ("disagreed", "undecided", "agreed") if each in outcomes)] += 1


def stretches(said: Ranges, own: Sequence[int], policies: frozenset[int]) -> list[int]:
    """The first port of each stretch within which neither answer can change."""
    edges = {1, *(first for first, _ in said), *(last + 1 for _, last in said)}
    for port in (*own, *policies):
        edges |= {port, port + 1}
    return sorted(port for port in edges if 1 <= port <= LAST)


def _ours(client: Workload, server: Workload, port: int, protocol: str, cluster: Cluster) -> tuple[bool, str]:
    """Whether it is allowed, and why that is not decided."""
    found = passage(client, server, port, protocol, cluster)
    return found.allowed, next((kind for words, kind in _REASONS if words in found.undecided), found.undecided)


def _group(cluster: Cluster) -> str:
    found = sorted(kind for (group, kind) in cluster.by_kind if (group, kind) != NETWORK_POLICY and _is_other(kind))
    return ", ".join(found) or PLAIN


def _is_other(kind: str) -> bool:
    return kind.endswith(("NetworkPolicy", "DefinedNetwork"))


def _numbers(cluster: Cluster) -> Iterator[int]:
    """The port numbers that the policies list."""
    for policy in cluster.of_kind("NetworkPolicy", "networking.k8s.io"):
        for rule in (*policy.items("spec", "ingress"), *policy.items("spec", "egress")):
            for entry in rule.get("ports") or ():
                yield from (each for each in (entry.get("port"), entry.get("endPort")) if isinstance(each, int))
