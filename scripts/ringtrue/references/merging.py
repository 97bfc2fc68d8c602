"""One reference for each host that is written once, however many texts use it."""

from collections.abc import Iterable

from ringtrue.cluster.workloads import Container, Workload
from ringtrue.references.mentions import Mention, certainty
from ringtrue.references.reference import Reference

_Place = tuple[int, tuple[str | int, ...]]


def merged(mentions: Iterable[Mention], workload: Workload, container: Container) -> list[Reference]:
    """The references of a container: by the field that writes the host, the host, and the port its uses say.

    A use with a port outdoes the bare name, and the scheme's default, where the host is only written; one whose port
    is open, or none, counts where there is no other. A value that is no more than a part of a longer host is no host
    itself.
    """
    groups: dict[tuple[_Place, str], list[Mention]] = {}
    parts: set[_Place] = set()
    for found in mentions:
        groups.setdefault((found.field.place, found.host.lower() or found.text), []).append(found)
        parts.update(field.place for field in found.built_from)
    references: list[Reference] = []
    for (place, _), group in groups.items():
        if place in parts and all(m.hit.bare and not m.use for m in group):
            continue
        references += (_reference(same, workload, container) for same in _by_port(group))
    return references


def _by_port(group: list[Mention]) -> list[list[Mention]]:
    """The mentions that say the same port, one list for each; without a port only when none says one."""
    known = [m for m in group if not m.unresolved and not m.wrong_port]
    known = known or [m for m in group if not m.wrong_port] or group
    said = [m for m in known if m.port is not None or m.hit.port_name]
    strong = [m for m in said if not m.weak] or said
    if not strong:
        plain = [m for m in known if m.scheme != "dns"] or known
        return [plain]
    ports: dict[tuple[int | None, str | None, str], list[Mention]] = {}
    for found in strong:
        ports.setdefault((found.port, found.hit.port_name, found.hit.protocol), []).append(found)
    return list(ports.values())


def _reference(same: list[Mention], workload: Workload, container: Container) -> Reference:
    first = same[0]
    written_here = next((m for m in same if m.port_field is None), None)
    port_here = written_here if first.port is not None else None
    port_field = None if port_here is not None else first.port_field
    return Reference(
        client=workload.resource,
        workload=workload,
        container=container.name,
        via=first.field.via,
        spot=first.field.spot,
        field=first.field.name,
        text=first.text,
        host=first.host,
        port=first.port,
        port_name=first.hit.port_name,
        scheme=next((m.scheme for m in same if m.scheme), ""),
        protocol=first.hit.protocol,
        port_spot=port_field.spot if port_field is not None else None,
        span=first.span,
        port_span=(port_here or first).port_span if port_field is not None or not first.hit.implied else None,
        certainty=certainty(same),
        unresolved=first.unresolved,
        unread=first.unread,
        wrong_port=first.wrong_port,
        secret=first.field.secret,
        named_service=first.service,
        literal=first.hit.literal,
    )
