"""Who depends on a broken object: each caller once, however many of its fields name the object."""

from collections.abc import Iterable
from dataclasses import dataclass

from ringtrue.manifests.resource import Resource, Spot
from ringtrue.references.reference import Reference


@dataclass(frozen=True, slots=True)
class Caller:
    client: Resource
    spot: Spot
    """The first field that names the broken object."""
    containers: tuple[str, ...]
    fields: tuple[str, ...]

    def __str__(self) -> str:
        containers = f" [{', '.join(self.containers)}]" if self.containers else ""
        return f"{self.client.called_in_full}{containers} depends on it: {', '.join(self.fields)}"


def callers(references: Iterable[Reference]) -> tuple[Caller, ...]:
    """By client, in the order in which they were found."""
    by_client: dict[int, list[Reference]] = {}
    for reference in references:
        by_client.setdefault(id(reference.client), []).append(reference)
    return tuple(_caller(found) for found in by_client.values())


def _caller(found: list[Reference]) -> Caller:
    containers = dict.fromkeys(each.container for each in found if each.container)
    fields = dict.fromkeys(each.field for each in found)
    return Caller(found[0].client, found[0].spot, tuple(containers), tuple(fields))
