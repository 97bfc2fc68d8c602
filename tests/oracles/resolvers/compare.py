"""`cluster.resolver` against the kubelet and the getaddrinfo of glibc and of musl.

The kubelet says which settings a pod gets, the libc which names it asks for, in which order, and with what outcome.
The records are what `cluster.dns` answers; CoreDNS is that module's oracle, not this one's.
"""

import sys
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from random import Random

from components.building import c_program, go_program
from frame.clusters import cluster, resource
from frame.lines import LineProgram
from frame.namespaces import ORACLES, in_namespaces
from frame.tally import Disagreement, Tally
from frame.worlds import NAMESPACES, world
from resolvers.hosts import hosts_file
from resolvers.questions import host, pod

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.dns import Rcode, answer
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.resolver import OWN_ADDRESS, Lookup, Resolver, candidates, lookup, resolver
from ringtrue.cluster.workloads import workload

COMPILERS = {"glibc": "gcc", "musl": "musl-gcc"}
ZONES = ("cluster.local", "k8s")
PER_POD = 50
_HERE = Path(__file__).resolve().parent
_POD_IP = "10.8.8.8"
_CLUSTER_DNS = "10.96.0.10"


@dataclass(frozen=True, slots=True)
class Caller:
    """A pod's resolver settings, ours and the kubelet's, its cluster, the hosts it looks up, what DNS says of them."""

    settings: Resolver
    kubelet: dict[str, list[str]]
    hosts_file: str
    cluster: Cluster
    hosts: list[str]
    records: dict[str, str]
    """An address by name; "" for a name without one. What is missing does not exist."""
    foreign: bool
    """Whether the pod asks servers that no manifest shows (DNS-08): made so that the model leaves it open."""

    @property
    def resolv_conf(self) -> str:
        """The kubelet's settings as a file, with the address of our server."""
        searches, options = self.kubelet.get("searches"), self.kubelet.get("options")
        lines = [f"search {' '.join(searches)}"] if searches else []
        lines += ["nameserver 127.0.0.1"]
        lines += [f"options {' '.join(options)}"] if options else []
        return "\n".join([*lines, ""])

    def shown(self, names: Iterable[str]) -> str:
        """All that matters to a look-up that asks these names."""
        records = {name: self.records[name] for name in names if name in self.records}
        return f"{self.resolv_conf!r}, hosts {self.hosts_file!r}, records {records}"


def run(libc: str, size: int, seed: int) -> Tally:
    """Asks `size` hosts, `PER_POD` from each random pod in a world of its own."""
    random, tally = Random(seed), Tally(f"resolver {libc}", seed)
    program = str(c_program(_HERE / "lookup.c", COMPILERS[libc]))
    inside = [*in_namespaces("--net", "--mount", "--uts"), sys.executable, "-m", "resolvers.inside"]
    settings = str(go_program(ORACLES / "kubelet"))
    with ExitStack() as stack:
        kubelets = {zone: stack.enter_context(LineProgram([settings, zone], "kubelet")) for zone in ZONES}
        component = stack.enter_context(LineProgram(inside, f"the look-up with {libc}"))
        while tally.asked < size:
            zone = random.choice(list(kubelets))
            caller = _caller(random, Profile(libc=libc, domain=zone), kubelets[zone])
            task = {
                "program": program,
                "resolv": caller.resolv_conf,
                "hosts": caller.hosts_file,
                "records": caller.records,
                "questions": caller.hosts,
            }
            for name, (outcome, asked) in zip(caller.hosts, component.ask(task), strict=True):
                _judge(tally, name, caller, (sorted(set(outcome.split())), asked))
    return tally


def _caller(random: Random, profile: Profile, kubelet: LineProgram) -> Caller:
    documents = world(random, profile.domain)
    made = cluster(documents, profile)
    namespace = random.choice([each for each in NAMESPACES if each in made.namespaces])
    manifest = pod(random, namespace, profile.domain)
    found = workload(resource(manifest))
    assert found is not None
    settings = resolver(found, profile)
    [given] = kubelet.ask([manifest | {"spec": {"dnsPolicy": "ClusterFirst"} | manifest["spec"]}])
    hosts = [host(random, documents, manifest, profile.domain) for _ in range(PER_POD)]
    names = (name for each in hosts for name in candidates(each, settings))
    records = _records(names, made) if _CLUSTER_DNS in given.get("servers", ()) else {}
    foreign = manifest["spec"].get("dnsPolicy") == "None"
    return Caller(settings, given, hosts_file(manifest, _POD_IP, profile.domain), made, hosts, records, foreign)


def _records(names: Iterable[str], made: Cluster) -> dict[str, str]:
    """An address of its own for each name that the cluster's DNS has one for; "" where it says NODATA."""
    found: dict[str, str] = {}
    for name in dict.fromkeys(names):
        rcode = answer(name, made).rcode
        if rcode is Rcode.OK:
            found[name] = f"10.20.{len(found) // 250}.{len(found) % 250 + 1}"
        elif rcode is Rcode.NODATA:
            found[name] = ""
    return found


def _judge(tally: Tally, name: str, caller: Caller, real: tuple[list[str], list[str]]) -> None:
    model = lookup(name, caller.settings, caller.cluster)
    tries = [each.name for each in model.tries]
    tally.seen["failed" if real[0] == ["none"] else "resolved"] += 1
    unknown = model.answer.rcode is Rcode.UNKNOWN
    expected = (real[0] if unknown else _outcome(model, caller.records), tries)
    if expected != (real[0], real[1][: len(tries)] if unknown else real[1]):
        tally.disagreements.append(Disagreement(name, expected, real, caller.shown([*tries, *real[1]])))
    elif not unknown:
        tally.agreed += 1
    elif caller.foreign:
        tally.by_design += 1
    else:
        tally.undecided += 1


def _outcome(model: Lookup, records: dict[str, str]) -> list[str]:
    if model.answer.rcode is not Rcode.OK:
        return ["none"]
    if model.name:
        return [records.get(model.name, "an answer of the cluster's DNS, which the kubelet does not let it ask")]
    return sorted(
        {str(ip_address(_POD_IP if each == OWN_ADDRESS else each)) for each in model.answer.address.split(" and ")}
    )
