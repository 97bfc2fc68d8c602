"""What a written host was meant to name, and the nearest names that do exist: for hints, and for DNS-21."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.endpoints import selecting
from ringtrue.cluster.profile import DEFAULT_DOMAIN
from ringtrue.cluster.services import Service
from ringtrue.cluster.top_level import TOP_LEVEL

Form = Literal["svc", "svc.ns", "svc.ns.svc", "fqdn", "wrong-domain", "outside"]


@dataclass(frozen=True, slots=True)
class MeantName:
    """The parts of a host as somebody meant it; whether they exist is another question."""

    service: str
    namespace: str | None
    """None for a bare name: the caller's own."""
    form: Form
    endpoint: str | None = None
    """The label before the Service: the hostname of a pod (DNS-11), or "_port._proto" (DNS-14)."""
    public: bool = False
    """The last label is a namespace here and a top-level domain of the Internet too: both may be meant."""

    @property
    def inside(self) -> bool:
        """DNS-21: whether the cluster is meant, so that a miss is a fault."""
        return self.form != "outside"


def parse(host: str, cluster: Cluster, namespace: str = "") -> MeantName:
    """DNS-01, DNS-04, DNS-21: what a host means when it is not looked up but read; `namespace` is the caller's.

    `svc.ns` needs a namespace that exists, or a Service of that name in one with nearly that name; where the namespace
    is called like a top-level domain, a Service with at least nearly that name too. A foreign domain after `svc.ns.svc`
    needs a Service that exists or a domain like the cluster's, but `cluster.local` is always one. What is left is
    outside.
    """
    labels = host.lower().removesuffix(".").split(".")
    zone = cluster.profile.domain.lower().split(".")
    if labels[-len(zone) :] == zone:
        return _under_zone(labels[: -len(zone)])
    if len(labels) > 2 and labels[-2:] == DEFAULT_DOMAIN.split("."):
        return replace(_under_zone(labels[:-2]), form="wrong-domain")
    if labels[-1] == "svc" and len(labels) >= 3:
        return _meant(labels[:-1], "svc.ns.svc")
    if len(labels) == 1:
        return MeantName(labels[0], None, "svc")
    at = _svc_label(labels)
    if at and _domain_meant(labels, at, cluster):
        return _meant(labels[:at], "wrong-domain")
    return _short(labels, cluster, namespace)


def spell(service: str, namespace: str, form: Form, cluster: Cluster) -> str:
    """DNS-01: a Service's name in the form in which another one was written; the full name for a wrong domain."""
    match form:
        case "svc":
            return service
        case "svc.ns":
            return f"{service}.{namespace}"
        case "svc.ns.svc":
            return f"{service}.{namespace}.svc"
        case _:
            return f"{service}.{namespace}.svc.{cluster.profile.domain}"


def full_name(meant: MeantName, namespace: str, cluster: Cluster) -> str:
    """DNS-01, DNS-11: the name in full of what is meant, the pod's host name in front where there is one."""
    pod = f"{meant.endpoint}." if meant.endpoint else ""
    return pod + spell(meant.service, meant.namespace or namespace, "fqdn", cluster)


def nearest(name: str, choices: Iterable[str], cutoff: float = 0.6) -> str:
    """The choice that is spelt most like the name; "" when none is near (DNS-01)."""
    found = get_close_matches(name, sorted(set(choices)), n=1, cutoff=cutoff)
    return found[0] if found else ""


def nearest_service(name: str, namespace: str, cluster: Cluster) -> Service | None:
    """DNS-01: the Service of a namespace that a wrong name stands for.

    The one that selects the pods of a workload of that name; else the nearest spelling, prefixes and suffixes included.
    """
    for workload in cluster.pods.get(namespace, ()):
        behind = selecting(workload, cluster) if workload.name == name else ()
        if behind:
            return behind[0]
    here = sorted(service for space, service in cluster.services if space == namespace)
    near = nearest(name, here) or next((each for each in here if _contains(each, name)), "")
    return cluster.service(namespace, near) if near else None


def nearest_namespace(name: str, cluster: Cluster) -> str:
    """DNS-03: the namespace that is spelt most like the name; "" when none is near."""
    return nearest(name, (each for each in cluster.namespaces if each != name))


def _under_zone(labels: list[str]) -> MeantName:
    if labels and labels[-1] == "svc":
        return _meant(labels[:-1], "fqdn")
    return _meant(labels, "wrong-domain")


def _meant(labels: list[str], form: Form) -> MeantName:
    if not labels:
        return MeantName("", None, form)
    if len(labels) == 1:
        return MeantName(labels[0], None, form)
    return MeantName(labels[-2], labels[-1], form, ".".join(labels[:-2]) or None)


def _svc_label(labels: list[str]) -> int:
    return next((at for at in (2, 3, 4) if labels[at : at + 1] == ["svc"]), 0)


def _domain_meant(labels: list[str], at: int, cluster: Cluster) -> bool:
    known = cluster.service(labels[at - 1], labels[at - 2]) is not None
    domain, zone = ".".join(labels[at + 1 :]), cluster.profile.domain.lower()
    return known or labels[-1] in ("local", "internal", "svc") or bool(nearest(domain, [zone], cutoff=0.75))


def _short(labels: list[str], cluster: Cluster, namespace: str) -> MeantName:
    last, before = labels[-1], labels[-2]
    public = last in TOP_LEVEL
    known = last in cluster.namespaces
    if known and (cluster.service(last, before) or (len(labels) == 2 and not public)):
        return MeantName(before, last, "svc.ns", ".".join(labels[:-2]) or None, public)
    if len(labels) == 2 and cluster.service(namespace, last):
        return MeantName(last, None, "svc", before)
    if len(labels) == 2 and _slip(before, last, cluster, public):
        return MeantName(before, last, "svc.ns", None, public)
    return MeantName(".".join(labels), None, "outside", None, public and known)


def _slip(service: str, namespace: str, cluster: Cluster, public: bool) -> bool:
    """Whether `service.namespace` differs a little from one that exists."""
    if public:
        return bool(nearest(service, (name for space, name in cluster.services if space == namespace), 0.75))
    return any(nearest(namespace, [each.namespace], 0.75) for each in cluster.services_named(service))


def _contains(one: str, other: str) -> bool:
    return len(min(one, other, key=len)) >= 3 and (one in other or other in one)
