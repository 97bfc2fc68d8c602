"""ARGO-01: how Argo CD marks what it owns: annotation, label, or both, on the object, never on pod templates."""

from collections.abc import Mapping

from ringtrue.manifests.resource import Resource

TRACKING_ID = "argocd.argoproj.io/tracking-id"
INSTALLATION_ID = "argocd.argoproj.io/installation-id"

BY_LABEL = frozenset({"label", "annotation+label"})
"""Methods that write the label."""

_LONGEST = 63


def instance_name(application: Resource, control_plane: str) -> str:
    """What tracking calls an Application: its name, with its namespace before it outside of the control plane's."""
    namespace = application.get("metadata", "namespace")
    if not isinstance(namespace, str) or namespace in ("", control_plane):
        return application.name
    return f"{namespace}_{application.name}"


def labels(resource: Resource, label: str, instance: str, method: str) -> Mapping[str, str]:
    """ARGO-01: the object's labels as Argo CD applies them, for an Application that tracking calls `instance`.

    CustomResourceDefinitions are left alone. Beside the annotation a name that is too long for a label is cut.
    """
    if method not in BY_LABEL or resource.kind == "CustomResourceDefinition":
        return resource.labels
    cut = instance[:_LONGEST].rstrip("-_.") if method == "annotation+label" else instance
    return {**resource.labels, label: cut}
