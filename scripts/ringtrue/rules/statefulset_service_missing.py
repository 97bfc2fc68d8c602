"""A StatefulSet's `serviceName` names no Service of its namespace.

## What it does
Looks for a Service called `spec.serviceName` in the StatefulSet's namespace.

## Why it matters
The pods run, but their names (`pod-0.service.namespace.svc...`) do not resolve, so peers that find each other by name
do not.

## How to fix
Add a headless Service (`clusterIP: None`) of that name that selects the pods, or name the one that exists.
"""

from collections.abc import Iterator

from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.reachability.reasons import Reason
from ringtrue.rules._structured import broken

NAME = "statefulset-service-missing"
CLASS = RuleClass.RISK
SEVERITY = Severity.WARNING


def check(environment: Environment) -> Iterator[Problem]:
    return broken(environment, ("StatefulSet",), {Reason.NXDOMAIN, Reason.WRONG_NAMESPACE})
