"""What kube-apiserver refuses and JSON Schema does not: one module for each kind of object (ADM-*)."""

from ringtrue.cluster.admission.rejection import Rejection
from ringtrue.cluster.profile import Profile
from ringtrue.manifests.resource import Resource

__all__ = ["Rejection", "rejections"]


def rejections(resource: Resource, profile: Profile) -> tuple[Rejection, ...]:
    """ADM-*: why the API server refuses to create this object; () when nothing is known against it."""
    return ()
