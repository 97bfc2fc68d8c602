"""Kubernetes has no such kind: `kind` or `apiVersion` is misspelt, or the two do not belong together.

## What it does
Looks up each object that says it is of a built-in API group, or of a group without a dot, which no
CustomResourceDefinition can have. What any supported Kubernetes minor serves, what a CustomResourceDefinition among the
manifests defines, and the kinds that OpenShift 3 kept in `v1` pass. Custom groups are left alone.

## Why it matters
The API server answers "no matches for kind", Argo CD's sync fails, and nothing of the object is there. The other checks
cannot know what it was meant to be, and say nothing.

## How to fix
Write the kind or the version that the hint names. Kinds are case-sensitive.
"""

from collections.abc import Iterator

from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.kinds import Slip, slip
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource

NAME = "kind-unknown"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    for resource in environment.resources:
        if (resource.api_version, resource.kind) not in environment.schemas.raw:
            found = slip(resource.api_version, resource.kind, environment.cluster.profile.version)
            if found is not None:
                yield _problem(resource, found)


def _problem(resource: Resource, found: Slip) -> Problem:
    return Problem(
        resource.at("apiVersion" if found.api_version else "kind"),
        f"{resource.called} cannot be applied: Kubernetes has no kind {resource.kind!r} in {resource.api_version!r}",
        hint=_hint(found),
        value=f"{resource.api_version} {resource.kind}",
    )


def _hint(found: Slip) -> str:
    if found.api_version:
        return f"write apiVersion: {found.api_version}"
    return f"did you mean {found.kind!r}?" if found.kind else "`kubectl api-resources` lists what there is"
