"""A replacement's target selects no object, so the value goes nowhere.

## What it does
Reports each target of a replacement that selects no resource of its kustomization in any build, or rejects all that it
selects; and an `index` without a `delimiter`, which has no effect: the whole value is replaced. A source that selects
nothing, and a field that is not there, are errors of Kustomize itself.

## Why it matters
Kustomize says nothing. The placeholder stays in what is deployed: a host name with the wrong namespace, for example.

## How to fix
Spell `select` as the object is called; former names count too. Give `index` its `delimiter`.
"""

from collections.abc import Iterator

from ringtrue.environments.environment import Environment, Idleness
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem

NAME = "replacement-changes-nothing"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING

_FAULTS = {
    Idleness.UNMATCHED: "changes nothing: no such object is among the resources here",
    Idleness.REJECTED: "changes nothing: it rejects all that it selects",
    Idleness.INDEX: "has an index without a delimiter, so it replaces the whole value",
}


def check(environment: Environment) -> Iterator[Problem]:
    for idle in environment.idle:
        if idle.field == "replacements":
            message = f"the replacement into {idle.target} {_FAULTS[idle.reason]}"
            yield Problem(idle.location, message, hint=idle.hint, value=idle.target)
