"""Which kinds live in a namespace, and which in the cluster as a whole."""

from collections.abc import Iterable
from typing import Final

from ringtrue.manifests.resource import Resource

Scoped = tuple[str, str]
"""(group, kind); group is "" for the core group."""

_CALICO: Final = (
    "BGPConfiguration BGPFilter BGPPeer BlockAffinity CalicoNodeStatus ClusterInformation FelixConfiguration"
    " GlobalNetworkPolicy GlobalNetworkSet HostEndpoint IPAMBlock IPAMHandle IPPool IPReservation"
    " KubeControllersConfiguration StagedGlobalNetworkPolicy Tier"
)
_CLUSTER_SCOPED: Final[dict[str, str]] = {
    "": "ComponentStatus Namespace Node PersistentVolume",
    "admissionregistration.k8s.io": (
        "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration"
        " ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration"
    ),
    "apiextensions.k8s.io": "CustomResourceDefinition",
    "apiregistration.k8s.io": "APIService",
    "authentication.k8s.io": "SelfSubjectReview TokenReview",
    "authorization.k8s.io": "SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview",
    "certificates.k8s.io": "CertificateSigningRequest ClusterTrustBundle",
    "flowcontrol.apiserver.k8s.io": "FlowSchema PriorityLevelConfiguration",
    "internal.apiserver.k8s.io": "StorageVersion",
    "networking.k8s.io": "IPAddress IngressClass ServiceCIDR",
    "node.k8s.io": "RuntimeClass",
    "policy": "PodSecurityPolicy",
    "policy.networking.k8s.io": "AdminNetworkPolicy BaselineAdminNetworkPolicy ClusterNetworkPolicy",
    "gateway.networking.k8s.io": "GatewayClass",
    "rbac.authorization.k8s.io": "ClusterRole ClusterRoleBinding",
    "resource.k8s.io": "DeviceClass DeviceTaintRule ResourceClass ResourcePoolStatusRequest ResourceSlice",
    "scheduling.k8s.io": "PriorityClass",
    "storage.k8s.io": "CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass",
    "storagemigration.k8s.io": "StorageVersionMigration",
    "cilium.io": (
        "CiliumBGPAdvertisement CiliumBGPClusterConfig CiliumBGPNodeConfig CiliumBGPNodeConfigOverride"
        " CiliumBGPPeerConfig CiliumBGPPeeringPolicy CiliumCIDRGroup CiliumClusterwideEnvoyConfig"
        " CiliumClusterwideNetworkPolicy CiliumEgressGatewayPolicy CiliumEndpointSlice CiliumExternalWorkload"
        " CiliumIdentity CiliumL2AnnouncementPolicy CiliumLoadBalancerIPPool CiliumNode CiliumPodIPPool"
    ),
    "crd.projectcalico.org": f"{_CALICO} IPAMConfig",
    "projectcalico.org": f"{_CALICO} IPAMConfiguration Profile",
    "operator.tigera.io": "APIServer ImageSet Installation TigeraStatus",
    "crd.antrea.io": (
        "AntreaAgentInfo AntreaControllerInfo ClusterGroup ClusterNetworkPolicy Egress ExternalIPPool IPPool Tier"
        " Traceflow TrafficControl"
    ),
    "k8s.ovn.org": "AdminPolicyBasedExternalRoute ClusterUserDefinedNetwork EgressIP RouteAdvertisements",
}


def is_cluster_scoped(group: str, kind: str, crds: frozenset[Scoped] = frozenset()) -> bool:
    """Whether objects of a kind have no namespace: built in, a network plugin's, or among `crds`."""
    return kind in _CLUSTER_SCOPED.get(group, "").split() or (group, kind) in crds


def cluster_scoped_crds(resources: Iterable[Resource]) -> frozenset[Scoped]:
    """The kinds that CRDs among the resources declare with `scope: Cluster`."""
    crds = (resource for resource in resources if resource.kind == "CustomResourceDefinition")
    return frozenset(
        (str(crd.get("spec", "group")), str(crd.get("spec", "names", "kind")))
        for crd in crds
        if crd.get("spec", "scope") == "Cluster"
    )
