"""What makes a module in this folder a rule."""

from collections.abc import Callable, Iterator
from typing import Protocol

from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem

DEFAULTS = {
    RuleClass.FAILURE: Severity.ERROR,
    RuleClass.RISK: Severity.WARNING,
    RuleClass.POLICY: Severity.ERROR,
}
"""A rule's severity when it does not say otherwise; a policy rule runs only with `[rules] policy = true`."""


class Rule(Protocol):
    """Its docstring is its page; its name is its module's with `-` for `_`."""

    @property
    def NAME(self) -> str: ...
    @property
    def CLASS(self) -> RuleClass: ...
    @property
    def SEVERITY(self) -> Severity: ...
    @property
    def check(self) -> Callable[[Environment], Iterator[Problem]]: ...
