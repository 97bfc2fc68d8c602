"""One slip lets an Application delete all that it has made.

## What it does
Reports Applications that sync by themselves with `prune: true` and `allowEmpty: true`; and, for environments called
`prod` or `production`, an Application of Applications that cascades into one that cascades too: both have the finalizer
`resources-finalizer.argocd.argoproj.io`. A house rule: on with `[rules] policy = true`.

## Why it matters
Without `allowEmpty` Argo CD refuses a sync that would leave nothing; with it an emptied kustomization, or a wrong path,
deletes everything. With both finalizers `kubectl delete` of the upper Application takes production with it.

## How to fix
Leave out `allowEmpty`. Keep the finalizer off the Application that makes the others, or off those of production.
"""

import posixpath
from collections.abc import Iterator

from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.rules._applications import applications, is_automated, together

NAME = "application-deletes-everything"
CLASS = RuleClass.POLICY
SEVERITY = Severity.ERROR

_FINALIZER = "resources-finalizer.argocd.argoproj.io"
_PRODUCTION = frozenset({"prod", "production"})


def check(environment: Environment) -> Iterator[Problem]:
    found = [application for application, _ in applications(environment)]
    yield from together(problem for application in found for problem in _pruning(application))
    for application in found:
        if environment.name in _PRODUCTION and _cascades(application) is not None:
            yield from _roots(application, environment)


def _pruning(application: Resource) -> Iterator[Problem]:
    automated = application.mapping("spec", "syncPolicy", "automated")
    if is_automated(application) and automated.get("prune") is True and automated.get("allowEmpty") is True:
        yield Problem(
            application.at("spec", "syncPolicy", "automated", "allowEmpty"),
            f"Application {application.name!r} prunes by itself and may become empty: "
            "a source that renders nothing deletes all it has made",
            hint="leave out allowEmpty",
        )


def _roots(application: Resource, environment: Environment) -> Iterator[Problem]:
    for root in environment.instance.applications:
        index = _cascades(root)
        if index is not None and root is not application and _reads(root, application):
            yield Problem(
                root.at("metadata", "finalizers", index),
                f"deleting Application {root.name!r} deletes Application {application.name!r}, and all of it: "
                "both have the finalizer for that",
                hint="leave the finalizer out of one of them",
                related=((application.at("metadata", "finalizers"), "the other one"),),
                value=application.name,
            )


def _cascades(application: Resource) -> int | None:
    """Where the finalizer stands that makes deletion go on to what the Application has made."""
    finalizers = application.get("metadata", "finalizers")
    for index, each in enumerate(finalizers if isinstance(finalizers, list) else []):
        if isinstance(each, str) and each.partition("/")[0] == _FINALIZER:
            return index
    return None


def _reads(root: Resource, application: Resource) -> bool:
    sources = (root.mapping("spec", "source"), *root.items("spec", "sources"))
    paths = (posixpath.normpath(path) for each in sources if isinstance(path := each.get("path"), str))
    return any(application.source == path or application.source.startswith(f"{path}/") for path in paths)
