"""The selector of a workload against the labels of its own template."""

from ringtrue.cluster.admission.rejection import Rejection
from ringtrue.manifests.resource import Resource


def selector_mismatch(resource: Resource) -> tuple[Rejection, ...]:
    """SEL-04: a workload's selector is empty, or does not match its template; a rule of its own reports it."""
    return ()
