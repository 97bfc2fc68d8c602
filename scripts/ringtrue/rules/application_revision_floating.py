"""An Application reads this repository at no branch of an environment, where others read theirs.

## What it does
Applies where some Application reads a branch `refs/heads/env/...`. There, each source of this repository that fills an
environment must not name HEAD, nothing, or a branch in short. Full refs, commits and versions are left alone. So is a
source that holds Argo CD's own objects only: the root may read main.

## Why it matters
HEAD, nothing and main follow whatever is merged: the environment changes without a promotion. A short name may mean a
branch or a tag, and Argo CD takes the one that it finds first.

## How to fix
Write the environment's branch in full, such as `refs/heads/env/prod`.
"""

import re
from collections.abc import Iterator

from ringtrue.argocd.applications import source_routes
from ringtrue.environments.environment import Environment, Source
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.rules._applications import together

NAME = "application-revision-floating"
CLASS = RuleClass.POLICY
SEVERITY = Severity.ERROR

_BRANCHES = "refs/heads/env/"
_FIXED = re.compile(r"refs/.+|[0-9a-f]{7,40}|[\^~<>=! ]*v?[0-9]+(\.[0-9*x]+)*([-+ ,|<>=].*)?")
"""A full ref, a commit, a version or a range of them."""


def check(environment: Environment) -> Iterator[Problem]:
    if environment.listed and any(map(_reads_branch, environment.instance.applications)):
        yield from together(problem for source in environment.sources for problem in _problems(source, environment))


def _reads_branch(application: Resource) -> bool:
    routes = source_routes(application.data)
    return any(str(application.get(*route, "targetRevision")).startswith(_BRANCHES) for route in routes)


def _problems(source: Source, environment: Environment) -> Iterator[Problem]:
    application = source.application
    if application is None or source.foreign or not source.route:
        return
    route = (*source.route, "targetRevision")
    revision = str(application.get(*route) or "")
    if _FIXED.fullmatch(revision):
        return
    what = f"revision {revision!r}" if revision else "no revision, which means HEAD,"
    yield Problem(
        application.at(*route),
        f"{application.called} reads {source.path!r} at {what} where others read the branch of an environment",
        hint=f"write the branch in full: {_BRANCHES}{environment.name}",
        value=revision or "HEAD",
    )
