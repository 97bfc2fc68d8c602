"""An unquoted word or number means something else in YAML than what is written.

## What it does
Compares what is written in the manifests with what comes out of rendering. Reports `y`, `n`, `yes`, `no`, `on` and
`off` where a string is wanted or as a key, numbers whose spelling is lost where a string is wanted (`1.10` becomes
1.1), and numbers with a leading 0, which are octal, anywhere but in file modes. Dates stay as they are.

## Why it matters
kubectl and Argo CD read YAML 1.1: `image: y` is a boolean, and the API server refuses it. A key `on` in a ConfigMap
becomes `true` without a word, and `runAsUser: 0100` is user 64.

## How to fix
Put quotes around it. Write octal numbers in decimal where no file mode is meant.
"""

from collections.abc import Iterator, Sequence

from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.ambiguities import Ambiguity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.manifests.schema import violations

NAME = "yaml-ambiguous"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING

_MODES = frozenset({"defaultMode", "mode"})


def check(environment: Environment) -> Iterator[Problem]:
    for found in environment.ambiguous:
        resource = None if _is_mode(found) else _rendered(found, environment)
        if resource is not None and found.key:
            yield Problem(
                resource.at(*found.route),
                f"{resource.called} has the key {found.text} without quotes, which is read as {found.value!r}",
                hint=f'write "{found.text}":',
                value=found.text,
            )
        elif resource is not None and (hint := _hint(found, resource, environment)):
            yield Problem(
                resource.at(*found.route),
                f"{found.route[-1]} of {resource.called} is written {found.text}, which is read as {_said(found)}",
                hint=hint,
                value=found.text,
            )


def _rendered(found: Ambiguity, environment: Environment) -> Resource | None:
    """The object in which the scalar came out as YAML 1.1 reads it; Kustomize keeps `yes` a word."""
    for resource in environment.resources:
        plain = resource.source == found.path
        if resource.kind != found.kind or (resource.index != found.index if plain else found.name not in resource.name):
            continue
        if found.key and _has(resource, found.route) and not _has(resource, (*found.route[:-1], found.text)):
            return resource
        value = resource.get(*found.route)
        if not found.key and type(value) is type(found.value) and value == found.value:
            return resource
    return None


def _has(resource: Resource, route: Sequence[str | int]) -> bool:
    return route[-1] in resource.mapping(*route[:-1])


def _hint(found: Ambiguity, resource: Resource, environment: Environment) -> str:
    """How to write it; "" where the value fits the field and its spelling loses nothing."""
    wrong = violations(resource, environment.cluster.profile.version, environment.schemas)
    if any(each.route == found.route for each in wrong):
        return f'write "{found.text}", in quotes'
    decimal = found.text.replace("_", "").lstrip("+-0") or "0"
    return f"write {found.value} if octal is meant, else {decimal}" if _is_octal(found) else ""


def _is_mode(found: Ambiguity) -> bool:
    return found.route[-1] in _MODES and _is_octal(found)


def _is_octal(found: Ambiguity) -> bool:
    digits = found.text.lstrip("+-")
    return not found.key and isinstance(found.value, int) and digits[:1] == "0" and digits.isdecimal() and digits != "0"


def _said(found: Ambiguity) -> str:
    if isinstance(found.value, bool):
        return f"the boolean {str(found.value).lower()}"
    return f"octal: {found.value}" if _is_octal(found) else f"the number {found.value}"
