"""An Ingress sends traffic to a Service, or to a Service port, that does not exist in its namespace.

## What it does
Resolves each backend of an Ingress: the Service in the Ingress's own namespace, and its port by number or by name.
The port is the Service's `port`, never the `targetPort`. In manifests that no Application declares, an Ingress that
stands beside the Services of others is left unknown, and a Service that another folder has is a warning.

## Why it matters
The API server accepts the Ingress. Requests get 503 from the ingress controller.

## How to fix
Name a Service of the same namespace, and one of its ports.
"""

from collections.abc import Iterator

from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.reachability.reasons import Reason
from ringtrue.rules._structured import broken

NAME = "ingress-backend-missing"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    return broken(environment, ("Ingress",), {Reason.NXDOMAIN, Reason.WRONG_NAMESPACE, Reason.PORT_UNDECLARED})
