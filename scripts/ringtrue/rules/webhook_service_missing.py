"""The API server is told to call a Service, or a Service port, that does not exist.

## What it does
Resolves `clientConfig.service` of validating and mutating webhooks, `spec.service` of an APIService, and the
conversion webhook of a CustomResourceDefinition: the Service in the namespace that the field says, and its `port`, 443
when none is written. No DNS is asked.

## Why it matters
A webhook that cannot be called refuses every request it is registered for, with `failurePolicy: Fail`: pods are no
longer created. An APIService without a Service makes discovery fail, and namespaces are no longer deleted. Custom
resources that need conversion cannot be read.

## How to fix
Name the Service's namespace, name and port as they are after rendering: Kustomize's namespace transformer does not
reach every one of these fields. With `failurePolicy: Ignore` the miss is a warning.
"""

from collections.abc import Iterator

from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.reachability.reasons import Reason
from ringtrue.rules._structured import broken

NAME = "webhook-service-missing"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR

_KINDS = ("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration", "APIService", "CustomResourceDefinition")


def check(environment: Environment) -> Iterator[Problem]:
    return broken(environment, _KINDS, {Reason.NXDOMAIN, Reason.WRONG_NAMESPACE, Reason.PORT_UNDECLARED})
