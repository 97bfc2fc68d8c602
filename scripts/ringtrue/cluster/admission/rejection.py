"""One reason for which kube-apiserver refuses an object."""

from dataclasses import dataclass

from ringtrue.findings import Route


@dataclass(frozen=True, slots=True)
class Rejection:
    """`message` is the field and the API server's own words: "spec.ports[1].name: Required value"."""

    id: str
    """The rule: "ADM-05"."""
    route: Route
    message: str
    hint: str = ""
