"""Argo CD passes over a sync option.

## What it does
Compares each entry of an Application's `syncOptions`, and of an object's annotation `argocd.argoproj.io/sync-options`,
with the options and values that the configured version of Argo CD (`[argocd] version`) reads in that place, and reports
options that lose against another of the same list.

## Why it matters
Argo CD compares options to the letter and says nothing of those that it does not know: the namespace is not made, or
the object that was to be kept is pruned.

## How to fix
Write the option as the documentation of Argo CD does, in the place where it counts. Of two that contradict each other
keep one.
"""

from collections.abc import Iterator

from ringtrue.argocd.sync_options import ANNOTATION, Level, contradictions, ignored, listed
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource, Spot
from ringtrue.rules._applications import applications, synced, together

NAME = "sync-option-ignored"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING

_Written = tuple[str, Spot]


def check(environment: Environment) -> Iterator[Problem]:
    yield from together(_of_applications(environment))
    for _, resource in synced(environment):
        annotation = resource.annotations.get(ANNOTATION, "")
        spot = resource.at("metadata", "annotations", ANNOTATION)
        yield from _judged(resource, [(text, spot) for text in listed(annotation)], Level.OBJECT, environment)


def _of_applications(environment: Environment) -> Iterator[Problem]:
    for application, _ in applications(environment):
        options = application.get("spec", "syncPolicy", "syncOptions")
        written = [
            (text, application.at("spec", "syncPolicy", "syncOptions", index))
            for index, text in enumerate(options if isinstance(options, list) else [])
            if isinstance(text, str)
        ]
        yield from _judged(application, written, Level.APPLICATION, environment)


def _judged(resource: Resource, written: list[_Written], level: Level, environment: Environment) -> Iterator[Problem]:
    owner = resource.called
    for text, spot in written:
        fault = ignored(text, level, environment.instance.version)
        if fault is None or "{{" in text or "$" in text:
            continue
        hint = f"did you mean {fault.near!r}?" if fault.near else ""
        yield Problem(spot, f"{owner} has sync option {text!r}, which {fault.why}", hint=hint, value=text)
    places = dict(written)
    for loser, winner, effect in contradictions([text for text, _ in written]):
        yield Problem(
            places[loser],
            f"{owner} has sync option {loser!r} beside {winner!r}: {effect}",
            hint="keep one of them",
            value=loser,
        )
