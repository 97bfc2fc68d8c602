"""What curl would say at the end of a chain: its exit status and its words, as seen on a real cluster."""

from dataclasses import dataclass

from ringtrue.reachability.proof import Proof, Stage
from ringtrue.reachability.reasons import Reason, Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """`status` is curl's exit status, None where it cannot be told."""

    status: int | None
    says: str
    when: str = ""
    """On what it depends, as the end of the sentence; "" when on nothing."""


def outcomes(
    proof: Proof, pods_answer: bool, confined: bool, unheard: bool = False, nobody: bool = False
) -> tuple[Outcome, ...]:
    """One outcome, or one for each way in which a cluster may be set up.

    `pods_answer`: the name leads to the pods themselves, so that no proxy stands between (EP-04). `confined`: policies
    forbid the caller what they do not know as a pod, a Service's own address for one: where nothing is behind it,
    the address is not rewritten to a pod's, and a policy may drop the call before kube-proxy refuses it (NET-02).
    Where pods answer: policies forbid that port of some pod. `unheard`: policies keep the caller from DNS, so that it
    never learns what is wrong with the name (NET-03). `nobody`: no pod that the name leads to ever gets ready, so that
    it has no address (EP-06).
    """
    if proof.verdict is Verdict.PROVED:
        return (Outcome(0, "connected; what the server answers is its own"),)
    if proof.verdict is Verdict.UNKNOWN:
        return (Outcome(None, proof.steps[-1].evidence),)
    if unheard:
        return _unheard(proof.reference.host)
    if nobody or (proof.steps[-1].stage is Stage.NAME and proof.reason is not Reason.SHADOWED):
        return (Outcome(6, f"Could not resolve host: {proof.reference.host}"),)
    return _refuted(proof, pods_answer, confined)


def _refuted(proof: Proof, pods_answer: bool, confined: bool) -> tuple[Outcome, ...]:
    host, port = proof.reference.host, proof.reference.port
    refused = f"Failed to connect to {host} port {port}"
    dropped = Outcome(28, "Connection timed out", "where the policies on the caller are asked first")
    match proof.reason:
        case Reason.SHADOWED:
            listening = (
                Outcome(0, "connected, to another server than the one meant", "where its pods listen on that port"),
                Outcome(7, refused, "where they do not"),
            )
            forbidden = Outcome(28, "Connection timed out", "where policies forbid that server")
            return (*listening, forbidden) if confined else listening
        case Reason.PORT_UNDECLARED if not pods_answer and confined:
            return (dropped, Outcome(7, refused, "where kube-proxy, in nftables mode, refuses first"))
        case Reason.PORT_UNDECLARED if not pods_answer:
            return (
                Outcome(7, refused, "with kube-proxy in nftables mode"),
                Outcome(28, "Connection timed out", "with kube-proxy in iptables mode"),
            )
        case Reason.PARTIAL if proof.steps[-1].stage is Stage.ENDPOINTS:
            return (Outcome(0, "connected, to the pods that have the port: the others get no call"),)
        case Reason.PARTIAL:
            return (
                Outcome(0, "connected", "when kube-proxy picks a pod that the policies allow"),
                Outcome(28, "Connection timed out", "when it picks another, and each time that the caller tries again"),
            )
        case Reason.BLOCKED:
            return (Outcome(28, "Connection timed out"),)
        case Reason.DNS_BLOCKED:
            return _unheard(host)
    if confined and pods_answer:
        of_pods = Outcome(28, "Connection timed out", "where policies forbid that port of the pods")
        return (of_pods, Outcome(7, refused, "where they do not"))
    if confined:
        return (dropped, Outcome(7, refused, "where kube-proxy refuses first"))
    return (Outcome(7, refused),)


def _unheard(host: str) -> tuple[Outcome, ...]:
    return (
        Outcome(28, "Resolving timed out", "with a --max-time shorter than the resolver's"),
        Outcome(6, f"Could not resolve host: {host}", "without a --max-time"),
    )
