"""What a cluster is assumed to be, where the manifests cannot say."""

from collections.abc import Mapping
from dataclasses import dataclass, field

DEFAULT_DOMAIN = "cluster.local"
"""What most clusters are set up with (DNS-04); no public zone can have that name, `local` being kept for mDNS."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The assumptions; each has a key in `ringtrue.toml` and is listed when a verdict rests on it."""

    version: tuple[int, int] = (1, 35)
    """Kubernetes minor."""
    domain: str = DEFAULT_DOMAIN
    """Cluster domain of CoreDNS' kubernetes plugin and kubelet."""
    complete: bool = False
    """True when nothing but the manifests seen puts objects on this cluster."""
    libc: str = "glibc"
    """Resolver family of the images: "glibc" or "musl"."""
    dns_namespace: str = "kube-system"
    dns_labels: Mapping[str, str] = field(default_factory=lambda: {"k8s-app": "kube-dns"}, hash=False)
    dns_port: int = 53
    """The DNS pods: what an egress policy must allow (NET-03)."""
