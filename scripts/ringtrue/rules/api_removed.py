"""An object is written in an API version that the cluster's Kubernetes no longer serves.

## What it does
Looks up `apiVersion` and `kind` of each object in a table of what Kubernetes has removed, up to the version of
`[cluster] version`. A CustomResourceDefinition among the manifests goes before the table.

## Why it matters
The API server knows no such kind: "no matches for kind". Argo CD's sync fails, and whatever the object should have
brought is not there.

## How to fix
Write the version that the hint names. Fields may have moved: compare with the API's migration guide, and run the check
again, which validates the new version's schema.
"""

from collections.abc import Iterator

from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.removals import removal

NAME = "api-removed"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    major, minor = version = environment.cluster.profile.version
    for resource in environment.resources:
        gone = removal(resource.api_version, resource.kind, version)
        if gone is None or (resource.api_version, resource.kind) in environment.schemas.raw:
            continue
        since = ".".join(map(str, gone.minor))
        yield Problem(
            resource.at("apiVersion"),
            f"{resource.called} is written in {resource.api_version!r}, "
            f"which Kubernetes does not serve since {since}; the cluster has {major}.{minor}",
            hint=f"write apiVersion: {gone.successor}" if gone.successor else "the kind has no successor: remove it",
            value=resource.api_version,
        )
