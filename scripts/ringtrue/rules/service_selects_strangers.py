"""A Service's selector also matches pods that do not serve it.

## What it does
Looks at Services that select the pods of more than one workload, where some declare the Service's ports and others
declare none of them. A pod that runs the same image as one that serves is taken to serve too, since a port works
without being declared.

Looks also at Services whose label `app.kubernetes.io/instance` differs, and of which each selects pods of both
instances.

## Why it matters
With a number as `targetPort` the Service sends a share of the calls to those pods, which refuse them: calls fail now
and then. With a name it sends them none, but the name of a headless Service leads to them all the same, and the
Service looks alive when only they are.

## How to fix
Add a label to the selector that only the pods that serve carry: their instance, for example. A label that a
kustomization puts on everything, with `includeSelectors`, tells nothing apart.
"""

from collections.abc import Iterator, Sequence

from ringtrue.cluster.admission import rejections
from ringtrue.cluster.endpoints import endpoints
from ringtrue.cluster.instances import INSTANCE, Mixed, mixed
from ringtrue.cluster.labels import join
from ringtrue.cluster.services import Service, service
from ringtrue.cluster.strangers import Strangers, strangers
from ringtrue.cluster.workloads import Workload
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource

NAME = "service-selects-strangers"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING


def check(environment: Environment) -> Iterator[Problem]:
    profile = environment.cluster.profile
    for resource in environment.resources:
        made = service(resource)
        if made is None or not made.selector or rejections(resource, profile):
            continue
        found = strangers(endpoints(made, environment.cluster), profile.version)
        if found is not None:
            yield _strangers(made, found, resource)
            continue
        mix = mixed(made, environment.cluster)
        if mix is not None and not _alternatives(resource, mix, environment):
            yield _mixed(made, mix, resource)


def _strangers(made: Service, found: Strangers, resource: Resource) -> Problem:
    return Problem(
        resource.at("spec", "selector"),
        f"{resource.called} selects {join(made.selector)}, which the pods of {_names(found.caught)} carry too, "
        f"but they {_lack(found)}: {_effect(made, found)}",
        hint=_hint(found),
        related=tuple(
            (each.at("metadata", "labels"), f"the labels of the pods of {each.called}") for each in found.caught
        ),
        value=join(made.selector),
    )


def _mixed(made: Service, found: Mixed, resource: Resource) -> Problem:
    effect = "its name leads to them as well" if made.headless else "a share of the calls goes to them"
    others = tuple((each, each.at("spec", "selector")) for each in found.others)
    return Problem(
        resource.at("spec", "selector"),
        f"{resource.called} of instance {found.instance!r} selects {join(made.selector)}, which the pods of "
        f"{_names(found.caught)} carry too, but they are of another instance: {effect}",
        hint=f"add {INSTANCE}={found.instance} to the selector",
        related=(
            *((each.at("metadata", "labels"), f"the labels of the pods of {each.called}") for each in found.caught),
            *((spot, f"Service {each.name!r} does the same the other way round") for each, spot in others if spot),
        ),
        value=join(made.selector),
    )


def _alternatives(resource: Resource, found: Mixed, environment: Environment) -> bool:
    files = {each.resource.source for each in found.caught} | {resource.source}
    return environment.scope.leaf and len(files) > 1


def _names(workloads: Sequence[Workload]) -> str:
    return ", ".join(sorted({each.called for each in workloads}))


def _lack(found: Strangers) -> str:
    target = found.port.target
    return f"declare no port {target!r}" if isinstance(target, str) else f"do not declare port {target}"


def _effect(made: Service, found: Strangers) -> str:
    if made.headless:
        return "its name leads to them as well"
    if isinstance(found.port.target, str):
        return "they count as its endpoints, though no call gets to them"
    return "a share of the calls goes to them"


def _hint(found: Strangers) -> str:
    servers = ", ".join(sorted({each.called for each in found.serving}))
    label = found.distinction
    if label:
        return f"add {join(label)} to the selector, which only the pods of {servers} carry"
    return f"give the pods of {servers} a label of their own, and select that"
