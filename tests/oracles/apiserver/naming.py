"""Whether ringtrue names every field that the API server finds fault with."""

import re
from collections.abc import Iterable

_INDEX = re.compile(r"\[[^\]]*\]")
_GO_FIELD = re.compile(r"Go struct field \w+\.(\S+) of type")
_UNKNOWN = re.compile(r'(?:unknown|duplicate) field "([^"]+)"')
_SPELT = {
    "template.labels": "template.metadata.labels",
    "clusterips": "clusterip",
    "attachedrequired": "attachrequired",
    ".probehandler": "",
    ".volumesource": "",
}
"""The API server's own slips of the pen, Go's embedded structs, and two spellings of one thing."""
_CONSEQUENCES = (
    (re.compile(r"^(spec\.template\.)?metadata\.labels$"), "metadata.name"),
    (re.compile(r"volumemounts\.name$"), "volumes"),
    (re.compile(r"^spec\.ports\.targetport$"), "spec.ports.port"),
    (re.compile(r"^spec\.podreplacementpolicy$"), "spec.podfailurepolicy"),
    (re.compile(r"^spec\.ipfamilypolicy$"), "spec.clusterip"),
    (re.compile(r"^spec\.clusterip$"), "spec.ipfamilies"),
)
"""What follows from another field: the label that a Namespace or a Job's pods get from its name, a mount of a volume
that is refused, a target that is the Service port itself; and in a change, of what may not be added or taken away."""


def refused_fields(causes: Iterable[str], message: str) -> frozenset[str]:
    """The fields that an answer names: in its causes, or, where the object could not even be read, in its message."""
    return frozenset(causes) or frozenset((*_GO_FIELD.findall(message), *_UNKNOWN.findall(message)))


def unnamed(ours: Iterable[str], real: Iterable[str]) -> list[str]:
    """The fields that the API server names and ringtrue does not.

    A field is named too by one above or below it. What ringtrue names beyond is no fault: the API server stops at the
    first stage that refuses. That nothing is named in a good object is what the verdict says.
    """
    said = [_plain(each) for each in ours]
    return [each for each in sorted(real) if not any(_named(_plain(each), one) for one in said)]


def _named(real: str, said: str) -> bool:
    if real == said or real.startswith(f"{said}.") or said.startswith(f"{real}."):
        return True
    return any(shape.search(real) and cause in said for shape, cause in _CONSEQUENCES)


def _plain(field: str) -> str:
    plain = _INDEX.sub("", field).lower()
    for written, meant in _SPELT.items():
        plain = plain.replace(written, meant)
    return plain
