"""Which namespaces are filled by what is seen here, and which of them may hold more."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ringtrue.cluster.providers import Opening, is_inert, names
from ringtrue.cluster.workloads import workload
from ringtrue.manifests.resource import Resource

ARGO_CD = "argoproj.io"
_GITOPS = ("Application", "ApplicationSet", "AppProject")
_FLUX = ".fluxcd.io"

_SYSTEM = {"kube-system": Opening("is filled by the cluster itself too")}
"""Namespaces that are never known whole."""

_PASSIVE = frozenset(
    {
        ("", "ConfigMap"),
        ("", "LimitRange"),
        ("", "ResourceQuota"),
        ("", "Secret"),
        ("", "ServiceAccount"),
        ("networking.k8s.io", "NetworkPolicy"),
        ("rbac.authorization.k8s.io", "Role"),
        ("rbac.authorization.k8s.io", "RoleBinding"),
    }
)
"""Built-in kinds that people also put into namespaces which others fill: a dashboard into monitoring, say."""


def is_gitops(resource: Resource) -> bool:
    """An object for Argo CD or Flux itself: it runs nothing."""
    return (resource.group == ARGO_CD and resource.kind in _GITOPS) or resource.group.endswith(_FLUX)


def filled(resources: Iterable[Resource]) -> frozenset[str]:
    """Namespaces that these objects fill: with more than settings that may join what others put there."""
    return frozenset(
        resource.namespace
        for resource in resources
        if resource.namespace and not is_gitops(resource) and not _is_passive(resource)
    )


def opened(resources: Iterable[Resource]) -> Mapping[str, tuple[Opening, ...]]:
    """Why, by namespace, more may come to be there than is seen: an entry for each object that may make something.

    Objects whose controllers may make anything stand for each other: the first of a namespace is enough.
    """
    found: dict[str, list[Opening]] = defaultdict(list)
    anything = dict(_SYSTEM)
    for resource in resources:
        if not resource.namespace or is_inert(resource):
            continue
        namespace, why = _lands(resource)
        made = names(resource)
        if made == () and workload(resource) is not None:
            # Its pods are seen, and it makes no Service.
            continue
        if made is None:
            anything.setdefault(namespace, Opening(why))
        else:
            found[namespace].append(Opening(why, made))
    namespaces = sorted({*found, *anything})
    return {each: (*found[each], *filter(None, [anything.get(each)])) for each in namespaces}


def _is_passive(resource: Resource) -> bool:
    """Custom settings count like built-in ones: a Certificate in istio-system does not make that namespace ours."""
    custom = "." in resource.group and not resource.group.endswith(".k8s.io")
    return (resource.group, resource.kind) in _PASSIVE or (custom and is_inert(resource))


def _lands(resource: Resource) -> tuple[str, str]:
    """The namespace that a custom resource fills, and how to say so: a HelmRelease may name another than its own."""
    target = resource.get("spec", "targetNamespace")
    if isinstance(target, str) and target and target != resource.namespace:
        return target, f"is filled by {resource.called_in_full}"
    return resource.namespace, f"holds {resource.called_in_full}"
