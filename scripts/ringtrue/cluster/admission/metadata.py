"""Names, labels and annotations of any object."""

from collections.abc import Callable, Iterator, Mapping

from ringtrue.cluster.admission import text
from ringtrue.cluster.admission.rejection import Rejection, invalid, required
from ringtrue.cluster.profile import Profile
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource
from ringtrue.manifests.schema import known_kind

_SUBDOMAINS = frozenset(
    {
        ("", "Pod"),
        ("", "ConfigMap"),
        ("", "Secret"),
        ("", "ServiceAccount"),
        ("", "PersistentVolumeClaim"),
        ("", "ReplicationController"),
        ("", "Endpoints"),
        ("", "LimitRange"),
        ("", "ResourceQuota"),
        ("apps", "Deployment"),
        ("apps", "StatefulSet"),
        ("apps", "DaemonSet"),
        ("apps", "ReplicaSet"),
        ("batch", "Job"),
        ("batch", "CronJob"),
        ("autoscaling", "HorizontalPodAutoscaler"),
        ("discovery.k8s.io", "EndpointSlice"),
        ("networking.k8s.io", "Ingress"),
        ("networking.k8s.io", "IngressClass"),
        ("networking.k8s.io", "NetworkPolicy"),
        ("scheduling.k8s.io", "PriorityClass"),
        ("storage.k8s.io", "StorageClass"),
    }
)
_UNSTORED = frozenset({"authentication.k8s.io", "authorization.k8s.io"})
_ANNOTATION_BYTES = 256 * 1024


def metadata(resource: Resource, profile: Profile) -> Iterator[Rejection]:
    """ADM-01 to ADM-03: the object's name as its kind wants it, label keys and values, annotation keys."""
    yield from _name(resource, profile)
    yield from labels(resource.get("metadata", "labels"), ("metadata", "labels"))
    yield from _annotations(resource)


def labels(found: object, route: Route) -> Iterator[Rejection]:
    """ADM-03: a mapping of labels, or a Service's selector; values of other types are JSON Schema's to refuse."""
    for key, value in found.items() if isinstance(found, Mapping) else ():
        wrong = text.label_key(key) if isinstance(key, str) else ""
        if wrong:
            yield invalid("ADM-03", (*route, key), key, wrong)
        wrong = text.label_value(value) if isinstance(value, str) else ""
        if wrong:
            yield invalid("ADM-03", (*route, key), value, wrong)


def _name(resource: Resource, profile: Profile) -> Iterator[Rejection]:
    rule, check = _name_rule(resource, profile)
    if _nameless(resource, profile) and not resource.get("metadata", "generateName"):
        yield required("ADM-01", ("metadata", "name"), "name or generateName is required")
    wrong = check(resource.name) if resource.name else ""
    if wrong:
        yield invalid(rule, ("metadata", "name"), resource.name, wrong)
    elif (resource.group, resource.kind) == ("batch", "CronJob") and len(resource.name) > 52:
        yield invalid("ADM-01", ("metadata", "name"), resource.name, "must be no more than 52 characters")
    elif (resource.group, resource.kind) == ("batch", "Job") and len(resource.name) > 63:
        yield invalid("ADM-01", ("metadata", "name"), resource.name, "must be no more than 63 characters")


def _nameless(resource: Resource, profile: Profile) -> bool:
    """Only of known kinds is a missing name refused: files that tools read have kinds, too. Reviews are not stored."""
    name = resource.get("metadata", "name")
    if name is not None:
        return bool(name == "")
    return resource.group not in _UNSTORED and known_kind(resource.api_version, resource.kind, profile.version)


def _name_rule(resource: Resource, profile: Profile) -> tuple[str, Callable[[str], str]]:
    kind = (resource.group, resource.kind)
    if kind == ("", "Service"):
        return "ADM-01", text.dns_label if profile.version >= (1, 36) else text.dns_1035_label
    if kind == ("apps", "StatefulSet") and profile.version >= (1, 35):
        return "ADM-01", text.dns_label
    if kind == ("", "Namespace"):
        return "ADM-02", text.dns_label
    return "ADM-01", text.dns_subdomain if kind in _SUBDOMAINS else text.path_segment


def _annotations(resource: Resource) -> Iterator[Rejection]:
    route: Route = ("metadata", "annotations")
    size = 0
    for key, value in resource.mapping(*route).items():
        wrong = text.label_key(key.lower()) if isinstance(key, str) else ""
        if wrong:
            yield invalid("ADM-03", (*route, key), key, wrong)
        size += len(str(key).encode()) + len(str(value).encode())
    if size > _ANNOTATION_BYTES:
        yield Rejection(
            "ADM-03", route, f"metadata.annotations: Too long: may not be more than {_ANNOTATION_BYTES} bytes"
        )
