"""An annotation that orders a sync says something that Argo CD does not know.

## What it does
Reports sync waves that are no whole numbers, and types of hooks and policies for their deletion that the configured
version of Argo CD (`[argocd] version`) does not know.

## Why it matters
Argo CD says nothing of it. An object with a broken wave comes in wave 0; a hook whose type is misspelt is never run,
and the sync still succeeds.

## How to fix
Write the wave as a number in quotes, and hooks as Argo CD's documentation spells them: `PreSync`, `Sync`, `PostSync`,
`SyncFail`, `PostDelete`, `PreDelete` or `Skip`; `HookSucceeded`, `HookFailed` or `BeforeHookCreation`.
"""

from collections.abc import Iterator

from ringtrue.argocd import hooks
from ringtrue.argocd.settings import Version, shown
from ringtrue.cluster.names import nearest
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.rules._applications import synced

NAME = "sync-annotation-invalid"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING


def check(environment: Environment) -> Iterator[Problem]:
    version = environment.instance.version
    for _, resource in synced(environment):
        written = resource.annotations
        yield from _wave(resource, written.get(hooks.WAVE, "0"))
        yield from _types(resource, version)
        yield from _policies(resource, version)


def _wave(resource: Resource, text: str) -> Iterator[Problem]:
    if hooks.integer(text) is None and not _is_open(text):
        yield Problem(
            resource.at("metadata", "annotations", hooks.WAVE),
            f"{resource.called} has sync wave {text!r}, which is no whole number: "
            f"it comes in wave {hooks.wave(resource.annotations)}",
            hint="write a number in quotes",
            value=text,
        )


def _types(resource: Resource, version: Version) -> Iterator[Problem]:
    known = [name for name, since in hooks.TYPES.items() if since <= version]
    for text in hooks.listed(resource.annotations, hooks.HOOK):
        if text in known or _is_open(text):
            continue
        left = hooks.phases(resource.annotations, version)
        yield Problem(
            resource.at("metadata", "annotations", hooks.HOOK),
            f"{resource.called} is hook {text!r}, which {shown(version)} does not know: "
            + (f"it is run as {' and '.join(left)} only" if left else "it is never applied"),
            hint="" if text in hooks.TYPES else _hint(text, known),
            value=text,
        )


def _policies(resource: Resource, version: Version) -> Iterator[Problem]:
    for text in hooks.listed(resource.annotations, hooks.DELETE_POLICY):
        if text in hooks.DELETE_POLICIES or _is_open(text):
            continue
        held = " and ".join(hooks.delete_policies(resource.annotations))
        yield Problem(
            resource.at("metadata", "annotations", hooks.DELETE_POLICY),
            f"{resource.called} has hook delete policy {text!r}, which {shown(version)} does not know: {held} holds",
            hint=_hint(text, hooks.DELETE_POLICIES),
            value=text,
        )


def _is_open(text: str) -> bool:
    """Filled in by somebody else later."""
    return "{{" in text or "$" in text


def _hint(text: str, known: list[str] | tuple[str, ...]) -> str:
    near = next((each for each in known if each.lower() == text.replace("-", "").lower()), "") or nearest(text, known)
    return f"did you mean {near!r}?" if near else ""
