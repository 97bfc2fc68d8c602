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
"""

from collections.abc import Iterator
from difflib import get_close_matches

from ringtrue.cluster.endpoints import selected
from ringtrue.cluster.labels import join
from ringtrue.cluster.services import Service, service
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem

NAME = "service-selects-nothing"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    for resource in environment.resources:
        made = service(resource)
        if made is None or not made.selector or selected(made, environment.cluster):
            continue
        unseen = environment.scope.open.get(made.namespace, "")
        yield Problem(
            resource.at("spec", "selector"),
            f"Service {made.name!r} selects {join(made.selector)}, "
            f"which no pod in namespace {made.namespace!r} carries",
            hint=f"the namespace {unseen}, which may make such pods" if unseen else _hint(made, environment),
            severity=Severity.NOTE if unseen else None,
            value=join(made.selector),
        )


def _hint(made: Service, environment: Environment) -> str:
    pods = {join(w.labels): w for w in environment.cluster.pods.get(made.namespace, ()) if w.labels}
    wanted = join(made.selector)
    sharing = [text for text, pod in pods.items() if pod.labels.keys() & made.selector.keys()]
    near = get_close_matches(wanted, sharing, n=1, cutoff=0.3) or get_close_matches(wanted, pods, n=1)
    if not near:
        return ""
    pod = pods[near[0]]
    carried = {key: pod.labels[key] for key in made.selector if key in pod.labels} or pod.labels
    return f"did you mean {join(carried)}, the labels of {pod}'s pods?"
