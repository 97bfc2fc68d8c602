"""Which kinds the API server has no match for, and what was probably meant."""

import pytest

from ringtrue.manifests.kinds import Slip, slip

SLIPS = {
    "misspelt": ("apps/v1", "Deploymnet", Slip(kind="Deployment")),
    "wrong case": ("v1", "configmap", Slip(kind="ConfigMap")),
    "plural": ("v1", "Services", Slip(kind="Service")),
    "Argo CD's, misspelt": ("argoproj.io/v1alpha1", "Aplication", Slip(kind="Application")),
    "no version": ("apps", "Deployment", Slip(api_version="apps/v1")),
    "core instead of apps": ("v1", "StatefulSet", Slip(api_version="apps/v1")),
    "apps instead of core": ("apps/v1", "Service", Slip(api_version="v1")),
    "a version that never was": ("autoscaling/v3", "HorizontalPodAutoscaler", Slip(api_version="autoscaling/v2")),
    "a misspelt group": ("rbac.authorisation.k8s.io/v1", "Role", Slip(api_version="rbac.authorization.k8s.io/v1")),
    "a group without a dot": ("network/v1", "Ingress", Slip(api_version="networking.k8s.io/v1")),
    "a custom kind in a built-in group": ("batch/v1", "Workflow", Slip()),
}
NONE = {
    "built in": ("apps/v1", "Deployment"),
    "of a newer minor": ("resource.k8s.io/v1", "DeviceClass"),
    "removed": ("extensions/v1beta1", "Ingress"),
    "a list": ("v1", "ConfigMapList"),
    "any list": ("v1", "List"),
    "OpenShift 3": ("v1", "Route"),
    "OpenShift 3's own roles": ("v1", "Role"),
    "custom, with a built-in name": ("serving.knative.dev/v1", "Service"),
    "custom, with a built-in name and a group that is like none": ("gateway.networking.k8s.io/v1", "Ingress"),
    "another project of Argo": ("argoproj.io/v1alpha1", "Workflow"),
    "kubectl's own file": ("v1", "Config"),
    "Kustomize's own file": ("kustomize.config.k8s.io/v1beta1", "Kustomization"),
    "old settings of a component": ("componentconfig/v1alpha1", "KubeProxyConfiguration"),
}


@pytest.mark.parametrize(("api_version", "kind", "expected"), SLIPS.values(), ids=SLIPS)
def test_slips(api_version: str, kind: str, expected: Slip) -> None:
    assert slip(api_version, kind, (1, 35)) == expected


@pytest.mark.parametrize(("api_version", "kind"), NONE.values(), ids=NONE)
def test_what_is_no_slip(api_version: str, kind: str) -> None:
    assert slip(api_version, kind, (1, 35)) is None
