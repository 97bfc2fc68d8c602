"""`cluster.dns` against CoreDNS' kubernetes plugin, over the slices that the real reconciler writes for the world."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from components.building import go_program
from coredns.questions import question
from frame.clusters import Document, cluster, identity, identity_of
from frame.controllers import running, services
from frame.lines import LineProgram
from frame.namespaces import ORACLES
from frame.shrinking import shrink
from frame.tally import Disagreement, Tally
from frame.worlds import world

from ringtrue.cluster.cluster import ALWAYS, NAMESPACES, Cluster
from ringtrue.cluster.dns import Answer, Rcode, answer
from ringtrue.cluster.endpoints import backend
from ringtrue.cluster.manual import manual_backends
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.services import ServicePort

ZONES = ("cluster.local", "cluster.local", "corp.local", "k8s", "svc.local")
PER_WORLD = 40
_DASHED = re.compile(r"[0-9a-f]*-[0-9a-f]*-[-0-9a-f]*")
SRV = "SRV "
_POD = "a pod's address"


@dataclass(frozen=True, slots=True)
class Said:
    """An answer in terms both sides have: whose addresses, by which aliases."""

    rcode: str
    owners: tuple[str, ...] = ()
    """Of an SRV query with the port of each: "Service shop/web 80"."""
    aliases: tuple[str, ...] = ()


class Components:
    """The two programs that together answer for a world; use in a `with` block."""

    def __init__(self) -> None:
        self.slices = LineProgram([str(go_program(ORACLES / "endpointslice"))], "endpointslice")
        self.server = LineProgram([str(go_program(ORACLES / "coredns"))], "coredns")

    def __enter__(self) -> "Components":
        return self

    def __exit__(self, *error: object) -> None:
        for each in (self.slices, self.server):
            each.__exit__(None, None, None)

    def answers(self, documents: list[Document], zone: str, asked: list[str]) -> list[Said]:
        """CoreDNS' answers; pods are running and ready."""
        pods, stored = running(documents, completed=False), services(documents) + _always()
        made = self.slices.ask({"services": stored, "pods": [each.pod for each in pods]})
        by_hand = [each for each in documents if each["kind"] == "EndpointSlice"]
        owners = {each.address: each.owner for each in pods}
        owners |= {each["spec"].get("clusterIP"): identity(each) for each in stored}
        owners |= {a: identity(s) for s in by_hand for e in s["endpoints"] for a in e["addresses"]}
        given = {
            "zone": zone,
            "namespaces": sorted({*NAMESPACES, *(_space(each) for each in documents)}),
            "services": stored,
            "slices": made + by_hand,
            "questions": asked,
        }
        return [_read(each, owners) for each in self.server.ask(given)]


def run(size: int, seed: int) -> Tally:
    """Asks `size` questions about random worlds, `PER_WORLD` of each."""
    random, tally = Random(seed), Tally("dns", seed)
    with Components() as components:
        while tally.asked < size:
            zone = random.choice(ZONES)
            documents = world(random, zone)
            asked = [question(random, documents, zone) for _ in range(PER_WORLD)]
            made = cluster(documents, Profile(domain=zone))
            for name, real in zip(asked, components.answers(documents, zone, asked), strict=True):
                _judge(tally, name, model(name, made), real, (documents, zone, components))
    return tally


def model(asked: str, made: Cluster) -> Said:
    """Our answer to an address query, or to an SRV query, "SRV _http._tcp.web.shop.svc.cluster.local"."""
    name = asked.removeprefix(SRV)
    found = answer(name, made)
    if name == asked or found.rcode is not Rcode.OK:
        return said(found)
    labels = name.lower().split(".")
    port, protocol = labels[0].removeprefix("_"), labels[1].removeprefix("_").upper()
    return Said("ok", tuple(sorted(set(_targets(found, port, protocol, made)))))


def _targets(found: Answer, name: str, protocol: str, made: Cluster) -> Iterator[str]:
    """DNS-14: the port of a Service with an address; the pods' own port, as in the slices, of one without (EP-04)."""
    service = found.service
    assert service is not None
    for port in (each for each in service.ports if (each.name, each.protocol) == (name, protocol)):
        if not found.headless:
            yield f"Service {service} {port.number}"
        for each in found.workloads:
            behind = backend(each, port, made.profile.version)
            if behind is not None:
                yield f"{identity_of(each.resource)} {behind.number}"
    for each in found.manual:
        wanted = ServicePort(name, 0, protocol, 0, "", ())
        yield from (f"{identity_of(each)} {number}" for number, _ in manual_backends(wanted, [each]))


def _judge(tally: Tally, name: str, ours: Said, real: Said, place: tuple[list[Document], str, Components]) -> None:
    tally.seen[real.rcode] += 1
    if ours.rcode == Rcode.UNKNOWN:
        by_design = bool(_DASHED.fullmatch(name.split(".")[0])) or any(
            f"{s.name}.{s.namespace}." in name for s in ALWAYS
        )
        tally.by_design += by_design
        tally.undecided += not by_design
    elif ours == real:
        tally.agreed += 1
    else:
        tally.disagreements.append(_smallest(name, *place))


def _smallest(name: str, documents: list[Document], zone: str, components: Components) -> Disagreement:
    def both(world: list[Document]) -> tuple[Said, Said]:
        made = cluster(world, Profile(domain=zone))
        return model(name, made), components.answers(world, zone, [name])[0]

    pair = both(documents)
    small = shrink(
        documents,
        lambda smaller: (
            tuple(e.rcode for e in both(smaller)) == tuple(e.rcode for e in pair) and len(set(both(smaller))) == 2
        ),
    )
    return Disagreement(name, *both(small), json.dumps(small))


def said(model: Answer) -> Said:
    """Our answer in the terms of `Said`."""
    if model.rcode not in (Rcode.OK, Rcode.OUTSIDE):
        return Said(model.rcode.value)
    owners = [identity_of(each.resource) for each in model.workloads] + [identity_of(each) for each in model.manual]
    if model.pod_ip:
        owners = [_POD]
    elif model.rcode is Rcode.OK and model.service and not model.headless:
        owners = [f"Service {model.service}"]
    return Said(model.rcode.value, tuple(sorted(set(owners))), model.cname)


def _read(found: dict[str, object], owners: dict[str, str]) -> Said:
    addresses, aliases = found["addresses"] or (), found["aliases"] or ()
    assert isinstance(addresses, Iterable)
    assert isinstance(aliases, Iterable)
    followed = tuple(str(each).lower() for each in aliases)
    if found["rcode"] == "outside" and followed and "." not in followed[-1]:
        return Said("nodata")  # the root zone has no addresses for single labels
    named = [owners.get(str(each), _POD) for each in addresses]
    ports = found["ports"]
    if isinstance(ports, list):
        named = [f"{owner} {port}" for owner, port in zip(named, ports, strict=True)]
    return Said(str(found["rcode"]), tuple(sorted(set(named))), followed)


def _space(document: Document) -> str:
    metadata = document["metadata"]
    return str(metadata["name"] if document["kind"] == "Namespace" else metadata["namespace"])


def _always() -> list[Document]:
    """The Services that every cluster has, with addresses of their own."""
    return [
        {
            "kind": "Service",
            "metadata": {"name": each.name, "namespace": each.namespace},
            "spec": {
                "type": "ClusterIP",
                "clusterIP": f"10.96.255.{number}",
                "ports": [{"name": p.name, "port": p.number, "protocol": p.protocol} for p in each.ports],
            },
        }
        for number, each in enumerate(ALWAYS)
    ]
