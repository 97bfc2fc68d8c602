"""Where a part of a host stands in it: the label that a refuted reference has wrong."""

from ringtrue.cluster.names import MeantName
from ringtrue.reachability.proof import Part


def span(host: str, meant: MeantName, part: Part) -> tuple[int, int]:
    """The run of the host as it is written; all of it where it has no such part (a bare name has no namespace)."""
    labels = host.removesuffix(".").split(".")
    before = meant.endpoint.count(".") + 1 if meant.endpoint else 0
    first = before + {Part.SERVICE: 0, Part.NAMESPACE: 1, Part.DOMAIN: 2}[part]
    if first >= len(labels) or (part is Part.NAMESPACE and meant.namespace is None):
        return 0, len(host)
    start = sum(len(label) + 1 for label in labels[:first])
    return start, len(host) if part is Part.DOMAIN else start + len(labels[first])
