"""The API server would refuse the object, although its fields have the right types.

## What it does
Applies the API server's own validation, which JSON Schema cannot express: names, labels, quantities, duplicate ports
and names, port names, fields that exclude each other.

## Why it matters
Argo CD shows a failed sync after the merge. Until then nothing says so, and a Service or a workload that others call
is missing or stays as it was.

## How to fix
The message says which field, in the API server's words where they are known. After a patch, look at the rendered
object: a strategic-merge patch merges ports by number and so adds a second one.
"""

from collections.abc import Iterator

from ringtrue.cluster.admission import rejections
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem

NAME = "object-rejected"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    for resource in environment.resources:
        refused = rejections(resource, environment.cluster.profile)
        if not refused:
            continue
        first, others = refused[0], refused[1:]
        yield Problem(
            resource.at(*first.route),
            f"the API server would refuse {resource.called}: {first.message}",
            first.hint,
            related=tuple((resource.at(*other.route), other.message) for other in others),
            value=first.message,
        )
