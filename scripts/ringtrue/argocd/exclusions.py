"""Kinds that Argo CD leaves alone: neither watched nor applied."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.argocd.globs import matches
from ringtrue.argocd.settings import Version
from ringtrue.manifests.resource import texts_at
from ringtrue.manifests.yaml_values import YamlFault, read

KEY = "resource.exclusions"
"""In `argocd-cm`; what the installed ConfigMap says since 3.0 are the defaults below."""

_SINCE: Version = (3, 0)


@dataclass(frozen=True, slots=True)
class Filter:
    """An entry of the list; an empty part matches everything. Groups and clusters are globs."""

    groups: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()

    def matches(self, group: str, kind: str, cluster: str) -> bool:
        return (
            (not self.groups or any(matches(each, group) for each in self.groups))
            and (not self.kinds or kind in self.kinds or "*" in self.kinds)
            and (not self.clusters or any(matches(each, cluster) for each in self.clusters))
        )


ALWAYS = (
    Filter(("events.k8s.io", "metrics.k8s.io")),
    Filter(("",), ("Event",)),
    Filter(("coordination.k8s.io",), ("Lease",)),
)
"""No setting brings these back."""

DEFAULTS = (
    Filter(("", "discovery.k8s.io"), ("Endpoints", "EndpointSlice")),
    Filter(
        ("authentication.k8s.io", "authorization.k8s.io"),
        (
            "SelfSubjectReview",
            "TokenReview",
            "LocalSubjectAccessReview",
            "SelfSubjectAccessReview",
            "SelfSubjectRulesReview",
            "SubjectAccessReview",
        ),
    ),
    Filter(("certificates.k8s.io",), ("CertificateSigningRequest",)),
    Filter(("cert-manager.io",), ("CertificateRequest",)),
    Filter(("cilium.io",), ("CiliumIdentity", "CiliumEndpoint", "CiliumEndpointSlice")),
    Filter(
        ("kyverno.io", "reports.kyverno.io", "wgpolicyk8s.io"),
        (
            "PolicyReport",
            "ClusterPolicyReport",
            "EphemeralReport",
            "ClusterEphemeralReport",
            "AdmissionReport",
            "ClusterAdmissionReport",
            "BackgroundScanReport",
            "ClusterBackgroundScanReport",
            "UpdateRequest",
        ),
    ),
)


def exclusions(settings: Mapping[str, str] | None, version: Version) -> tuple[Filter, ...]:
    """What `argocd-cm` excludes; None for one that is not seen: then the defaults of the version."""
    if settings is None:
        return DEFAULTS if version >= _SINCE else ()
    try:
        documents = read(settings.get(KEY, ""))
    except YamlFault:
        return ()
    written = documents[0].value if documents else None
    return tuple(_filter(each) for each in written if isinstance(each, Mapping)) if isinstance(written, list) else ()


def is_excluded(filters: Iterable[Filter], group: str, kind: str, cluster: str) -> bool:
    """`cluster` is the address of the destination; "" when only its name is known."""
    return any(each.matches(group, kind, cluster) for each in filters)


def _filter(entry: Mapping[str, Any]) -> Filter:
    return Filter(*(texts_at(entry, key) for key in ("apiGroups", "kinds", "clusters")))
