"""What kube-apiserver refuses and JSON Schema does not: one module for each kind of object (ADM-*).

Wrong types (ADM-04), unknown and missing fields are JSON Schema's; the messages are the API server's own words.
"""

from collections.abc import Iterator

from ringtrue.cluster.admission.jobs import cron_job, job
from ringtrue.cluster.admission.metadata import metadata
from ringtrue.cluster.admission.pods import pod
from ringtrue.cluster.admission.policies import disruption_budget, network_policy
from ringtrue.cluster.admission.rejection import Rejection
from ringtrue.cluster.admission.selectors import selector_mismatch, selector_syntax
from ringtrue.cluster.admission.service import service
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.workloads import TEMPLATES, workload
from ringtrue.manifests.resource import Resource, fact

__all__ = ["Rejection", "rejections", "selector_mismatch"]


@fact
def rejections(resource: Resource, profile: Profile) -> tuple[Rejection, ...]:
    """ADM-01 to ADM-23: why the API server refuses to create this object, in the order of its fields; () for nothing.

    SEL-04 is `selector_mismatch`; ADM-04 is JSON Schema's, ADM-17 and ADM-18 are no matter of one object.
    """
    return (*metadata(resource, profile), *_of_kind(resource, profile))


def _of_kind(resource: Resource, profile: Profile) -> Iterator[Rejection]:
    match resource.group, resource.kind:
        case "", "Service":
            yield from service(resource, profile)
        case "networking.k8s.io", "NetworkPolicy":
            yield from network_policy(resource)
        case "policy", "PodDisruptionBudget":
            yield from disruption_budget(resource)
        case _:
            made = workload(resource)
            if made is not None and (resource.group, resource.kind) in TEMPLATES:
                yield from pod(made, profile)
            if (resource.group, resource.kind) == ("batch", "Job"):
                yield from job(resource)
            if (resource.group, resource.kind) == ("batch", "CronJob"):
                yield from cron_job(resource)
            if resource.group == "apps":
                yield from selector_syntax(resource.get("spec", "selector"), ("spec", "selector"))
