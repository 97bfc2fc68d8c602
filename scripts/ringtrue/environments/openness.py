"""Which namespaces are filled by what is seen here, and which of them may hold more."""

from collections.abc import Iterable, Mapping

from ringtrue.manifests.resource import Resource

ARGO_CD = "argoproj.io"
_GITOPS = ("Application", "ApplicationSet", "AppProject")
_FLUX = ".toolkit.fluxcd.io"

SYSTEM = {"kube-system": "the cluster itself fills kube-system"}
"""Namespaces that are never known whole."""

_PASSIVE = frozenset(
    {
        ("", "ConfigMap"),
        ("", "LimitRange"),
        ("", "ResourceQuota"),
        ("", "Secret"),
        ("", "ServiceAccount"),
        ("monitoring.coreos.com", "PodMonitor"),
        ("monitoring.coreos.com", "PrometheusRule"),
        ("monitoring.coreos.com", "ServiceMonitor"),
        ("networking.k8s.io", "NetworkPolicy"),
        ("rbac.authorization.k8s.io", "Role"),
        ("rbac.authorization.k8s.io", "RoleBinding"),
    }
)
"""Kinds that people also put into namespaces which others fill: a dashboard into monitoring, say."""

_BUILT_IN = frozenset({"", "apps", "autoscaling", "batch", "extensions", "policy"})

_INERT_GROUPS = frozenset(
    {
        "acme.cert-manager.io",
        "autoscaling.k8s.io",
        "bitnami.com",
        "cert-manager.io",
        "cilium.io",
        "crd.projectcalico.org",
        "external-secrets.io",
        "generators.external-secrets.io",
        "image.toolkit.fluxcd.io",
        "keda.sh",
        "kustomize.toolkit.fluxcd.io",
        "kyverno.io",
        "networking.istio.io",
        "notification.toolkit.fluxcd.io",
        "policy.networking.k8s.io",
        "projectcalico.org",
        "secrets-store.csi.x-k8s.io",
        "security.istio.io",
        "snapshot.storage.k8s.io",
        "source.toolkit.fluxcd.io",
        "telemetry.istio.io",
        "traefik.containo.us",
        "traefik.io",
        "velero.io",
    }
)
"""Custom groups whose objects make no Service and no workload."""

_INERT = frozenset(
    {
        (ARGO_CD, "AnalysisTemplate"),
        (ARGO_CD, "Application"),
        (ARGO_CD, "ApplicationSet"),
        (ARGO_CD, "AppProject"),
        ("gateway.networking.k8s.io", "GRPCRoute"),
        ("gateway.networking.k8s.io", "HTTPRoute"),
        ("gateway.networking.k8s.io", "ReferenceGrant"),
        ("gateway.networking.k8s.io", "TCPRoute"),
        ("gateway.networking.k8s.io", "TLSRoute"),
        ("monitoring.coreos.com", "AlertmanagerConfig"),
        ("monitoring.coreos.com", "PodMonitor"),
        ("monitoring.coreos.com", "Probe"),
        ("monitoring.coreos.com", "PrometheusRule"),
        ("monitoring.coreos.com", "ScrapeConfig"),
        ("monitoring.coreos.com", "ServiceMonitor"),
    }
)


def is_gitops(resource: Resource) -> bool:
    """An object for Argo CD or Flux itself: it runs nothing."""
    return (resource.group == ARGO_CD and resource.kind in _GITOPS) or resource.group.endswith(_FLUX)


def filled(resources: Iterable[Resource]) -> frozenset[str]:
    """Namespaces that these objects fill: with more than settings that may join what others put there."""
    return frozenset(
        resource.namespace
        for resource in resources
        if resource.namespace and not is_gitops(resource) and (resource.group, resource.kind) not in _PASSIVE
    )


def opened(resources: Iterable[Resource]) -> Mapping[str, str]:
    """Why, by namespace, more may come to be there than is seen: the first object that may make Services."""
    found = dict(SYSTEM)
    for resource in resources:
        if resource.namespace and _makes_more(resource):
            target = resource.get("spec", "targetNamespace")
            namespace = target if isinstance(target, str) and target else resource.namespace
            found.setdefault(namespace, f"holds {resource.id}")
    return found


def _makes_more(resource: Resource) -> bool:
    group, kind = resource.group, resource.kind
    if group in _BUILT_IN or group in _INERT_GROUPS or (group, kind) in _INERT:
        return False
    return not group.endswith(".k8s.io") or group.endswith(".x-k8s.io") or group == "gateway.networking.k8s.io"
