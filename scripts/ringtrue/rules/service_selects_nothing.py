"""A Service's selector matches no pod in its namespace.

## What it does
Compares `spec.selector` of each Service with the labels of every pod template and bare Pod in the same namespace.
Labels of the workload itself do not count: only those of its pods do.

## Why it matters
The API server accepts such a Service, and Argo CD calls it Healthy. Its name resolves, but it has no endpoints, so
every caller is refused.

## How to fix
Give the pod template and the selector the same labels. For a Service whose endpoints are made elsewhere, leave out
`spec.selector` and add an EndpointSlice.

It is an error when some pod there looks like the one that was meant, when the Prometheus Operator makes the pods for an
object seen here without all those labels, or when nothing else fills the cluster (`[cluster] complete`). Otherwise the
pods may come from elsewhere, and it is a warning; a note where an operator is known to make such pods.
"""

from collections.abc import Iterator

from ringtrue.cluster.admission import rejections
from ringtrue.cluster.endpoints import endpoints
from ringtrue.cluster.labels import join
from ringtrue.cluster.near import meant
from ringtrue.cluster.operated import Operated, operated
from ringtrue.cluster.services import Service, service
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.reachability.selection import maker, severity

NAME = "service-selects-nothing"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    for resource in environment.resources:
        made = service(resource)
        if made is None or not made.selector or rejections(resource, environment.cluster.profile):
            continue
        behind = endpoints(made, environment.cluster)
        known = operated(made, environment.cluster)
        if behind.selected or behind.manual or (known is not None and not known.lacking):
            continue
        yield Problem(
            resource.at("spec", "selector"),
            f"{resource.called} selects {join(made.selector)}, which no pod in namespace {made.namespace!r} carries",
            hint=_lacking(known) if known is not None else _hint(made, environment),
            severity=severity(made, environment.scope),
            value=join(made.selector),
        )


def _lacking(known: Operated) -> str:
    return (
        f"take {join(known.lacking)} out of the selector, or add it to podMetadata.labels of {known.maker.called}: "
        "its operator does not give it to the pods"
    )


def _hint(made: Service, environment: Environment) -> str:
    unseen = maker(made, environment.scope)
    if unseen:
        return f"such pods may come from elsewhere: {unseen}"
    near = meant(made, environment.cluster)
    return f"did you mean {join(near.labels)}, the labels of the pods of {near.workload.called}?" if near else ""
