"""Which piece of a field's text a finding about a reference points at: the host, or the port that is wrong."""

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.names import parse
from ringtrue.reachability.parts import span
from ringtrue.reachability.proof import Proof
from ringtrue.reachability.reasons import Reason
from ringtrue.references.reference import Reference
from ringtrue.tracing import Piece


def host(reference: Reference) -> Piece:
    """The host, wherever it is written last."""
    return Piece(reference.host, reference.span)


def wrong(proof: Proof, cluster: Cluster) -> Piece | None:
    """The port that the Service does not have, else the host with its wrong label; None for a field of another object.

    The label counts where a replacement writes only a part of the text: the rest of it is to be edited elsewhere.
    """
    reference = proof.reference
    own = proof.spot is None or proof.spot == reference.port_spot
    if own and proof.reason is Reason.PORT_UNDECLARED and reference.port_span is not None:
        return Piece(str(reference.port or reference.port_name or ""), reference.port_span, reference.port_span)
    if proof.spot is not None:
        return None
    at = reference.span
    if at is None or at[1] - at[0] != len(reference.host):
        return Piece(reference.host, at, at)
    start, end = span(reference.host, parse(reference.host, cluster, reference.client.namespace), proof.part)
    return Piece(reference.host, at, (at[0] + start, at[0] + end))
