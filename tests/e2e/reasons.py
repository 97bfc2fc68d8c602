"""Where each reason of the closed table is shown on a live cluster, and why some cannot be."""

from ringtrue.reachability.reasons import Reason

BY_CHAINS = frozenset(
    {
        *(Reason.OK, Reason.WRONG_NAMESPACE, Reason.NXDOMAIN, Reason.PORT_UNDECLARED, Reason.NO_ENDPOINTS),
        *(Reason.BLOCKED, Reason.DNS_BLOCKED, Reason.NODATA, Reason.SHADOWED),
    }
)
"""What the worlds of test_chains.py must have shown at the least: ask for more than a few."""

BY_FAULTS = frozenset({Reason.TARGET_REJECTED, Reason.LEAVES_ENVIRONMENT, Reason.PARTIAL})
"""Shown by faults of tests/properties/breaks.yaml, in test_faults.py."""

NOT_LIVE = {
    Reason.FOREIGN_NAMESPACE: "unknown by design: what nobody declares may be there or not",
    Reason.OPEN_NAMESPACE: "unknown by design: no operator runs here that could bring the name",
    Reason.UNRESOLVED_TEXT: "unknown by design: the text is no host",
    Reason.POLICY_NOT_MODELLED: "unknown by design: no Cilium runs here",
    Reason.RESOLVER_DEPENDENT: "unknown by design: it depends on the node's or the container's resolver",
    Reason.EXTERNAL: "not judged: nothing leaves the cluster",
}
"""Why no live cluster of ours can show it."""
