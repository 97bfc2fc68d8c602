"""An Application's destination names its cluster twice, or not at all.

## What it does
Looks for Applications whose `spec.destination` has both `name` and `server`, or neither.

## Why it matters
Argo CD refuses such an Application: "application destination can't have both name and server defined", or "Destination
server missing from app spec". It renders and syncs nothing. This is also so where both mean the same cluster.

## How to fix
Keep one of the two. The cluster that Argo CD runs on is `name: in-cluster` or
`server: https://kubernetes.default.svc`.
"""

from collections.abc import Iterator

from ringtrue.argocd.applications import target
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.rules._applications import applications

NAME = "application-destination-invalid"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    for application, _ in applications(environment):
        if target(application) is not None:
            continue
        destination = application.mapping("spec", "destination")
        name, server = destination.get("name"), destination.get("server")
        if name and server:
            yield Problem(
                application.at("spec", "destination", "name"),
                f"{application.called} names its cluster twice: "
                f'"application destination can\'t have both name and server defined: {name} {server}"',
                hint="keep one of the two",
            )
        else:
            yield Problem(
                application.at("spec", "destination"),
                f'{application.called} names no cluster: "Destination server missing from app spec"',
                hint="add server: https://kubernetes.default.svc for the cluster that Argo CD runs on",
            )
