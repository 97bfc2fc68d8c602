"""API versions that Kubernetes no longer serves: since which minor, and what takes their place."""

from dataclasses import dataclass
from functools import cache
from typing import Final

Version = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Removal:
    """`successor` is the apiVersion to write instead, "" when there is none."""

    minor: Version
    successor: str


_WORKLOADS: Final = "DaemonSet Deployment ReplicaSet"
_TABLE: Final[tuple[tuple[int, str, str, str], ...]] = (
    (16, "extensions/v1beta1", "apps/v1", _WORKLOADS),
    (16, "extensions/v1beta1", "networking.k8s.io/v1", "NetworkPolicy"),
    (16, "extensions/v1beta1", "", "PodSecurityPolicy"),
    (16, "apps/v1beta1", "apps/v1", f"{_WORKLOADS} StatefulSet"),
    (16, "apps/v1beta2", "apps/v1", f"{_WORKLOADS} StatefulSet"),
    (
        22,
        "admissionregistration.k8s.io/v1beta1",
        "admissionregistration.k8s.io/v1",
        "MutatingWebhookConfiguration ValidatingWebhookConfiguration",
    ),
    (22, "apiextensions.k8s.io/v1beta1", "apiextensions.k8s.io/v1", "CustomResourceDefinition"),
    (22, "apiregistration.k8s.io/v1beta1", "apiregistration.k8s.io/v1", "APIService"),
    (22, "certificates.k8s.io/v1beta1", "certificates.k8s.io/v1", "CertificateSigningRequest"),
    (22, "coordination.k8s.io/v1beta1", "coordination.k8s.io/v1", "Lease"),
    (22, "extensions/v1beta1", "networking.k8s.io/v1", "Ingress"),
    (22, "networking.k8s.io/v1beta1", "networking.k8s.io/v1", "Ingress IngressClass"),
    (
        22,
        "rbac.authorization.k8s.io/v1beta1",
        "rbac.authorization.k8s.io/v1",
        "ClusterRole ClusterRoleBinding Role RoleBinding",
    ),
    (22, "scheduling.k8s.io/v1beta1", "scheduling.k8s.io/v1", "PriorityClass"),
    (22, "storage.k8s.io/v1beta1", "storage.k8s.io/v1", "CSIDriver CSINode StorageClass VolumeAttachment"),
    (
        23,
        "rbac.authorization.k8s.io/v1alpha1",
        "rbac.authorization.k8s.io/v1",
        "ClusterRole ClusterRoleBinding Role RoleBinding",
    ),
    (23, "scheduling.k8s.io/v1alpha1", "scheduling.k8s.io/v1", "PriorityClass"),
    (25, "autoscaling/v2beta1", "autoscaling/v2", "HorizontalPodAutoscaler"),
    (25, "batch/v1beta1", "batch/v1", "CronJob"),
    (25, "discovery.k8s.io/v1beta1", "discovery.k8s.io/v1", "EndpointSlice"),
    (25, "events.k8s.io/v1beta1", "events.k8s.io/v1", "Event"),
    (25, "node.k8s.io/v1beta1", "node.k8s.io/v1", "RuntimeClass"),
    (25, "policy/v1beta1", "policy/v1", "PodDisruptionBudget"),
    (25, "policy/v1beta1", "", "PodSecurityPolicy"),
    (26, "autoscaling/v2beta2", "autoscaling/v2", "HorizontalPodAutoscaler"),
    (
        26,
        "flowcontrol.apiserver.k8s.io/v1beta1",
        "flowcontrol.apiserver.k8s.io/v1",
        "FlowSchema PriorityLevelConfiguration",
    ),
    (27, "storage.k8s.io/v1beta1", "storage.k8s.io/v1", "CSIStorageCapacity"),
    (
        29,
        "flowcontrol.apiserver.k8s.io/v1beta2",
        "flowcontrol.apiserver.k8s.io/v1",
        "FlowSchema PriorityLevelConfiguration",
    ),
    (
        32,
        "flowcontrol.apiserver.k8s.io/v1beta3",
        "flowcontrol.apiserver.k8s.io/v1",
        "FlowSchema PriorityLevelConfiguration",
    ),
    (
        34,
        "admissionregistration.k8s.io/v1beta1",
        "admissionregistration.k8s.io/v1",
        "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding",
    ),
    (37, "networking.k8s.io/v1beta1", "networking.k8s.io/v1", "IPAddress ServiceCIDR"),
    (37, "storage.k8s.io/v1beta1", "storage.k8s.io/v1", "VolumeAttributesClass"),
)
"""(minor, apiVersion, successor, kinds). Versions that were never on by default are left out, but for two."""


def removal(api_version: str, kind: str, version: Version) -> Removal | None:
    """The entry of a kind that a minor no longer serves; None while it is served, and for what is not in the table."""
    found = removals().get((api_version, kind))
    return found if found is not None and found.minor <= version else None


@cache
def removals() -> dict[tuple[str, str], Removal]:
    """The whole table by (apiVersion, kind)."""
    return {
        (api_version, kind): Removal((1, minor), successor)
        for minor, api_version, successor, kinds in _TABLE
        for kind in kinds.split()
    }
