"""A NetworkPolicy's `podSelector` matches no pod in its namespace.

## What it does
Compares `spec.podSelector` of each NetworkPolicy with the labels of every pod template and bare Pod in its namespace.
An empty selector matches all pods and is left alone.

## Why it matters
The policy is in force for nobody. What it was to protect stays open, and what it was to allow under a default deny
stays shut.

## How to fix
Give the selector the labels of the pods that are meant, or take the policy away.

It is a note where the namespace may hold pods that are not seen here.
"""

from collections.abc import Iterator

from ringtrue.cluster.admission import rejections
from ringtrue.cluster.labels import describe
from ringtrue.cluster.selection import chosen
from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.rules._selectors import hint, weigh

NAME = "networkpolicy-selects-nothing"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING


def check(environment: Environment) -> Iterator[Problem]:
    cluster = environment.cluster
    for resource in environment.resources:
        if (resource.group, resource.kind) != ("networking.k8s.io", "NetworkPolicy"):
            continue
        selector = resource.mapping("spec", "podSelector")
        if not selector or chosen(selector, resource.namespace, cluster) or rejections(resource, cluster.profile):
            continue
        yield Problem(
            resource.at("spec", "podSelector"),
            f"{resource.called} selects {describe(selector)}, which no pod in namespace {resource.namespace!r} carries",
            hint=hint(selector, resource, environment),
            severity=weigh(selector, resource, environment),
            value=describe(selector),
        )
