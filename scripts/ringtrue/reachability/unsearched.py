"""Services that exist, and whose full name the pod's resolver does not come to (DNS-01, DNS-07, DNS-08, DNS-13)."""

from dataclasses import replace

from ringtrue.cluster.dns import Rcode, answer
from ringtrue.cluster.libc import says_musl
from ringtrue.cluster.names import MeantName, full_name
from ringtrue.cluster.resolver import Lookup, Resolver, lookup, resolver
from ringtrue.findings import Severity
from ringtrue.reachability.ending import Ending, calls
from ringtrue.reachability.facts import Facts
from ringtrue.reachability.proof import Result, Stage, Step, Target
from ringtrue.reachability.reasons import Reason
from ringtrue.references.reference import Reference


def as_written(reference: Reference, meant: MeantName, seen: Lookup, via: Resolver, facts: Facts) -> Ending | None:
    """DNS-01, DNS-13: the name is looked up as it stands, which only the full name survives.

    nginx asks its resolver so for a name in a variable; a final dot has the same effect.
    """
    cluster, namespace = facts.scope.cluster, meant.namespace or reference.client.namespace
    full = full_name(meant, namespace, cluster)
    if full in {each.name for each in seen.tries} or answer(full, cluster).rcode is not Rcode.OK:
        return None
    who, why = ("nginx looks up", "it comes through a variable") if reference.literal else _search(reference, via)
    return _as_it_stands(reference, f"which {who} as it stands, for {why}", full, Target(namespace, meant.service))


def by_musl(reference: Reference, seen: Lookup, via: Resolver, facts: Facts) -> Ending | None:
    """DNS-07, DNS-08: musl is declared, and glibc would find the name."""
    if via.libc != "musl":
        return None
    found = lookup(reference.host, replace(via, libc="glibc"), facts.scope.cluster)
    return _missed(reference, seen, via, found, "") if found.answer.rcode is Rcode.OK else None


def by_image(reference: Reference, found: Lookup, via: Resolver, facts: Facts) -> Ending | None:
    """DNS-07, DNS-08: glibc finds the name, but the container's image says that it has musl, which does not.

    Only a warning: whether the program uses the libc's resolver, no image says.
    """
    image = "" if reference.literal or via.libc == "musl" else _image(reference)
    if reference.workload is None or not says_musl(image):
        return None
    cluster = facts.scope.cluster
    musl = resolver(reference.workload, replace(cluster.profile, libc="musl"))
    seen = lookup(reference.host, musl, cluster)
    missed = _missed(reference, seen, musl, found, f", the libc of image {image!r},")
    return None if seen.answer.rcode is Rcode.OK else replace(missed, severity=Severity.WARNING)


def _missed(reference: Reference, seen: Lookup, via: Resolver, found: Lookup, says: str) -> Ending:
    """musl does not search with ndots dots, and stops at a name without an address."""
    service = found.answer.service
    target = Target(service.namespace, service.name) if service is not None else None
    last = seen.tries[-1] if seen.tries else None
    if last is None or last.answer.rcode is not Rcode.NODATA:
        how = f"which musl{says} looks up as it stands, for {_search(reference, via)[1]}"
        return _as_it_stands(reference, how, found.name, target)
    message = (
        f"{calls(reference)}, but musl{says} stops its search at {last.name!r}, a name without an address, "
        f"before it comes to {found.name!r}"
    )
    step = Step(Stage.NAME, Result.BROKEN, f"NODATA: musl stops at {last.name}, before {found.name}")
    return Ending(Reason.NODATA, step, message, f"write {found.name!r}", target)


def _as_it_stands(reference: Reference, how: str, full: str, target: Target | None) -> Ending:
    message = f"{calls(reference)}, {how}: only the full name is found"
    step = Step(Stage.NAME, Result.BROKEN, f"NXDOMAIN: {reference.host} without the search list")
    return Ending(Reason.NXDOMAIN, step, message, f"write {full!r}", target)


def _search(reference: Reference, via: Resolver) -> tuple[str, str]:
    """Who does not search, and why."""
    if reference.host.endswith("."):
        return "is looked up", "the final dot says that it is whole"
    if reference.host.count(".") >= via.ndots:
        return f"{via.libc} looks up", f"ndots is {via.ndots}"
    return f"{via.libc} looks up", "no entry of its search list leads there"


def _image(reference: Reference) -> str:
    """The image of the container that calls; "" where none is written."""
    containers = reference.workload.containers if reference.workload is not None else ()
    images = (each.data.get("image") for each in containers if each.name == reference.container)
    return next((image for image in images if isinstance(image, str)), "")
