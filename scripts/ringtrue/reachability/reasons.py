"""The closed table of reasons: why a reference is proved, refuted or unknown, and how grave that is."""

from enum import StrEnum

from ringtrue.findings import Severity


class Verdict(StrEnum):
    PROVED = "proved"
    REFUTED = "refuted"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """In the order in which they are tried; the first that breaks is the reason. The rule is `reference-<reason>`."""

    OK = "ok"
    TARGET_REJECTED = "target-rejected"
    LEAVES_ENVIRONMENT = "leaves-environment"
    SHADOWED = "shadowed"
    WRONG_NAMESPACE = "wrong-namespace"
    NXDOMAIN = "nxdomain"
    NODATA = "nodata"
    PORT_UNDECLARED = "port-undeclared"
    NO_ENDPOINTS = "no-endpoints"
    PARTIAL = "partial"
    BLOCKED = "blocked"
    DNS_BLOCKED = "dns-blocked"
    FOREIGN_NAMESPACE = "foreign-namespace"
    OPEN_NAMESPACE = "open-namespace"
    UNRESOLVED_TEXT = "unresolved-text"
    POLICY_NOT_MODELLED = "policy-not-modelled"
    RESOLVER_DEPENDENT = "resolver-dependent"
    EXTERNAL = "external"

    @property
    def rule(self) -> str | None:
        return None if self is Reason.OK else f"reference-{self.value}"

    @property
    def verdict(self) -> Verdict:
        if self is Reason.OK:
            return Verdict.PROVED
        return Verdict.UNKNOWN if self in _UNKNOWN else Verdict.REFUTED

    @property
    def severity(self) -> Severity:
        """Before a proof lowers it: errors for what is refuted, notes for what is unknown."""
        return Severity.NOTE if self in _UNKNOWN else Severity.ERROR


_UNKNOWN = frozenset(
    {
        Reason.FOREIGN_NAMESPACE,
        Reason.OPEN_NAMESPACE,
        Reason.UNRESOLVED_TEXT,
        Reason.POLICY_NOT_MODELLED,
        Reason.RESOLVER_DEPENDENT,
        Reason.EXTERNAL,
    }
)
