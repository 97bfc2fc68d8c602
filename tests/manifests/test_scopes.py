"""Namespaced or not."""

import pytest

from ringtrue.manifests.resource import Resource
from ringtrue.manifests.scopes import cluster_scoped_crds, is_cluster_scoped
from ringtrue.manifests.tables import MINORS, kinds_of

CLUSTER = [("", "Namespace"), ("rbac.authorization.k8s.io", "ClusterRole"), ("storage.k8s.io", "StorageClass")]
CLUSTER += [("cilium.io", "CiliumClusterwideNetworkPolicy"), ("crd.projectcalico.org", "GlobalNetworkPolicy")]
CLUSTER += [("crd.antrea.io", "ClusterNetworkPolicy"), ("k8s.ovn.org", "EgressIP")]
NAMESPACED = [("", "Pod"), ("apps", "Deployment"), ("example.org", "Namespace"), ("argoproj.io", "Application")]
NAMESPACED += [
    ("cilium.io", "CiliumNetworkPolicy"),
    ("projectcalico.org", "NetworkPolicy"),
    ("k8s.ovn.org", "EgressFirewall"),
]

NAMESPACED_KINDS = """
APIGroup APIVersions Binding ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod PodTemplate
ReplicationController ResourceQuota Secret Service ServiceAccount Status
AppProject.argoproj.io Application.argoproj.io ApplicationSet.argoproj.io
ControllerRevision.apps DaemonSet.apps Deployment.apps ReplicaSet.apps StatefulSet.apps
TokenRequest.authentication.k8s.io LocalSubjectAccessReview.authorization.k8s.io
HorizontalPodAutoscaler.autoscaling Scale.autoscaling CronJob.batch Job.batch
PodCertificateRequest.certificates.k8s.io Lease.coordination.k8s.io LeaseCandidate.coordination.k8s.io
EndpointSlice.discovery.k8s.io Event.events.k8s.io Eviction.lifecycle.k8s.io EvictionRequest.lifecycle.k8s.io
Ingress.networking.k8s.io NetworkPolicy.networking.k8s.io Eviction.policy PodDisruptionBudget.policy
Role.rbac.authorization.k8s.io RoleBinding.rbac.authorization.k8s.io
PodSchedulingContext.resource.k8s.io ResourceClaim.resource.k8s.io ResourceClaimParameters.resource.k8s.io
ResourceClaimTemplate.resource.k8s.io ResourceClassParameters.resource.k8s.io
CompositePodGroup.scheduling.k8s.io PodGroup.scheduling.k8s.io Workload.scheduling.k8s.io
CSIStorageCapacity.storage.k8s.io
"""


@pytest.mark.parametrize("scoped", CLUSTER, ids=lambda scoped: scoped[1])
def test_cluster_scoped(scoped: tuple[str, str]) -> None:
    assert is_cluster_scoped(*scoped) is True


@pytest.mark.parametrize("scoped", NAMESPACED, ids=lambda scoped: scoped[1])
def test_namespaced(scoped: tuple[str, str]) -> None:
    assert is_cluster_scoped(*scoped) is False


def test_crds_say_their_scope() -> None:
    def crd(kind: str, scope: str) -> Resource:
        spec = {"group": "example.org", "names": {"kind": kind}, "scope": scope}
        return Resource({"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "spec": spec}, "")

    crds = cluster_scoped_crds([crd("Well", "Cluster"), crd("Bucket", "Namespaced")])

    assert [is_cluster_scoped("example.org", kind, crds) for kind in ("Well", "Bucket")] == [True, False]


def test_every_kind_of_the_tables_is_on_one_side() -> None:
    """A new minor brings new kinds: each must be looked up before it is added to this list or to the module."""
    kinds = {(group_version.rpartition("/")[0], kind) for minor in MINORS for group_version, kind in kinds_of(minor)}
    namespaced = {f"{kind}.{group}".rstrip(".") for group, kind in kinds if not is_cluster_scoped(group, kind)}

    assert namespaced == set(NAMESPACED_KINDS.split())
