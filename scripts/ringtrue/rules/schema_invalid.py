"""An object does not fit the schema of its kind: an unknown field, a wrong type, a missing field.

## What it does
Validates each rendered object against the JSON Schema of its kind: Kubernetes at the configured version, Argo CD's
kinds, and the CustomResourceDefinitions found in the same environment or in `[schemas] paths`. Kinds without a schema
are left alone.

## Why it matters
Argo CD's sync fails on a wrong type, and an unknown field is dropped: the setting you wrote is not in force.

## How to fix
Spell the field as the API does, and give it the type that the message names. Quote numbers where a string is wanted.
"""

from collections.abc import Iterator

from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.schema import violations

NAME = "schema-invalid"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    for resource in environment.resources:
        for violation in violations(resource, environment.cluster.profile.version, environment.schemas):
            yield Problem(resource.at(*violation.route), f"{resource.called}: {violation.message}")
