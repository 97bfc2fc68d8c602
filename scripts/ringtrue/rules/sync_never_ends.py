"""Argo CD waits for a pod that never ends.

## What it does
Looks at Jobs, and at Pods with `restartPolicy` `Never` or `OnFailure`, that an Application brings, hooks too. It is an
error when a container certainly never ends (`sleep infinity`, `tail -f`, `while true` without a way out, and no
`activeDeadlineSeconds`) and the sync waits for it: for a hook, or where the Application has phases or waves. Where no
sync waits it is a warning, and so is a Pod that declares ports or probes, as servers do.

## Why it matters
Such a pod is done when it ends. Until then Argo CD calls it "Progressing": the sync goes on for ever, `PostSync` hooks
are never run, and later commits wait; or the Application never becomes Healthy.

## How to fix
Make it a Deployment, or set `restartPolicy: Always`. Let a hook end, and set its `activeDeadlineSeconds`.
"""

from collections.abc import Iterator

from ringtrue.argocd.hooks import is_hook, phases
from ringtrue.cluster.workloads import Container, Workload, workload
from ringtrue.environments.environment import Environment, Instance
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.rules._applications import synced, waiting
from ringtrue.rules._endless import endless

NAME = "sync-never-ends"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR

_KINDS = {("", "Pod"): "Pod", ("batch", "Job"): "batch_Job"}
"""What ends when it is done, with its name in the keys of `argocd-cm`."""

_ENDING = frozenset({"Never", "OnFailure"})
_PROBES = ("readinessProbe", "livenessProbe", "startupProbe")
_IGNORES = ((3, 6), "argocd.argoproj.io/ignore-restart-policy")
"""An annotation for Pods that are no hooks, and since when it counts."""


def check(environment: Environment) -> Iterator[Problem]:
    waits = waiting(environment)
    for application, resource in synced(environment):
        made = workload(resource) if _ends(resource, environment.instance) else None
        if made is None:
            continue
        never = next(filter(None, map(_running_on, made.containers)), None)
        if never is not None:
            yield _endless(application, made, *never, waited=id(application) in waits)
        elif resource.kind == "Pod" and not is_hook(resource.annotations) and _serves(made):
            yield _serving(application, made)


def _ends(resource: Resource, instance: Instance) -> bool:
    """Whether Argo CD takes it for something that ends, and no deadline ends it."""
    written, kind = resource.annotations, _KINDS.get((resource.group, resource.kind))
    settings = instance.settings or {}
    if kind is None or resource.get("spec", "suspend") is True or not phases(written, instance.version):
        return False
    if f"resource.customizations.health.{kind}" in settings or "resource.customizations" in settings:
        return False
    if resource.kind == "Job":
        deadlines = (("spec",), ("spec", "template", "spec"))
        return all(resource.get(*route, "activeDeadlineSeconds") is None for route in deadlines)
    since, ignoring = _IGNORES
    ignored = written.get(ignoring) == "true" and instance.version >= since and not is_hook(written)
    ending = resource.get("spec", "restartPolicy") in _ENDING
    return ending and not ignored and resource.get("spec", "activeDeadlineSeconds") is None


def _running_on(container: Container) -> tuple[Container, str] | None:
    command, args = container.data.get("command"), container.data.get("args")
    if container.sidecar or not isinstance(command, list):
        return None
    text = endless([word for word in (*command, *(args if isinstance(args, list) else [])) if isinstance(word, str)])
    return (container, text) if text else None


def _endless(application: Resource, made: Workload, container: Container, text: str, waited: bool) -> Problem:
    resource, hook = made.resource, is_hook(made.resource.annotations)
    ends = (
        f"{resource.called}{' is a hook that' if hook else ''} never ends: container {container.name!r} runs {text!r}"
    )
    if hook or waited:
        effect = f"and the sync of Application {application.name!r} waits for it for ever"
    else:
        effect = f"and Application {application.name!r} stays Progressing for ever"
    field = "args" if isinstance(container.data.get("args"), list) else "command"
    return Problem(
        resource.at(*container.route, field),
        f"{ends}, {effect}",
        hint=_hint(resource, hook),
        severity=None if hook or waited else Severity.WARNING,
        value=text,
    )


def _hint(resource: Resource, hook: bool) -> str:
    if hook or resource.kind == "Job":
        return "let it end, or set activeDeadlineSeconds"
    return "make it a Deployment, or set restartPolicy: Always"


def _serves(made: Workload) -> bool:
    return any(
        not each.init and (each.ports or any(each.data.get(probe) for probe in _PROBES)) for each in made.containers
    )


def _serving(application: Resource, made: Workload) -> Problem:
    policy = made.resource.get("spec", "restartPolicy")
    return Problem(
        made.resource.at("spec", "restartPolicy"),
        f"Pod {made.name!r} looks like a server, but has restartPolicy {policy!r}: while it runs, "
        f"Application {application.name!r} stays Progressing",
        hint=_hint(made.resource, hook=False),
        severity=Severity.WARNING,
        value=str(policy),
    )
