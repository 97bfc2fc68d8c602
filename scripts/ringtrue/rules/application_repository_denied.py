"""An Application reads a repository that its project does not permit.

## What it does
Compares each `repoURL` of an Application with `spec.sourceRepos` of its AppProject, as Argo CD does: in lower case,
without `.git`, `*` up to the next slash and `**` over slashes, `!` to deny. Some entry must match, and none deny.

## Why it matters
Argo CD says "application repo ... is not permitted in project" and renders nothing.

## How to fix
Add the repository to the project's `sourceRepos`, or mend the URL: `https` and `ssh` forms of one repository differ.

A project that is not among the manifests is not judged. Where it lists no repository at all it is a warning:
repositories that are scoped to the project count too, and those are Secrets.
"""

from collections.abc import Iterator
from functools import partial

from ringtrue.argocd.applications import repositories
from ringtrue.argocd.projects import Project, is_source_permitted
from ringtrue.cluster.names import nearest
from ringtrue.environments.environment import Environment
from ringtrue.environments.ownership import shown
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.repository.remotes import same_repository
from ringtrue.rules import _projects
from ringtrue.rules._applications import applications

NAME = "application-repository-denied"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    for application, _ in applications(environment):
        found = _projects.projects(application, environment)
        for route, url in repositories(application):
            project = found.refusing(partial(_permits, url))
            if project is None:
                continue
            yield Problem(
                application.at(*route),
                f"{application.called} reads a repository that its project does not permit: "
                f"\"application repo {shown(url)} is not permitted in project '{project.name}'\"",
                hint=_hint(project, url),
                related=((project.resource.at("spec", "sourceRepos"), "what the project permits"),),
                severity=_projects.severity(bool(project.repositories), environment),
                value=shown(url),
            )


def _permits(url: str, project: Project) -> bool:
    return is_source_permitted(project.repositories, url)


def _hint(project: Project, url: str) -> str:
    denying = next((each for each in project.repositories if not is_source_permitted(["*", each], url)), "")
    if denying:
        return f"{shown(denying)!r} in sourceRepos of project {project.name!r} forbids it"
    allowed = [entry for entry in project.repositories if not entry.startswith("!")]
    same = next((entry for entry in allowed if same_repository(entry, url)), "")
    if same:
        return f"the project writes this repository {shown(same)!r}: both must be written alike"
    near = nearest(url, allowed, cutoff=0.85)
    return f"did you mean {shown(near)!r}?" if near else f"add it to sourceRepos of project {project.name!r}"
