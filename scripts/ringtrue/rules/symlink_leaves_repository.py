"""A symbolic link in git leads out of the repository.

## What it does
Looks at every link that git tracks, hidden ones and those in `[environments] skip` too, when an Application reads this
repository. A link counts when its text is absolute, or goes above the top of the repository on the way.

## Why it matters
Argo CD then renders nothing from this repository, wherever the link stands: every Application shows "repository
contains out-of-bounds symlinks", and no commit is synced any more.

## How to fix
Make the link relative to a file in the repository, or put the file itself into git. Argo CD's own switch,
`reposerver.allow.oob.symlinks`, lets links read the files of its repo-server.
"""

from collections.abc import Iterator

from ringtrue.environments.environment import Environment
from ringtrue.findings import Location, RuleClass, Severity
from ringtrue.manifests.problem import Problem

NAME = "symlink-leaves-repository"
CLASS = RuleClass.FAILURE
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    for path in () if environment.instance.links_may_leave else environment.leaving:
        yield Problem(
            Location(path),
            f"link {path!r} leads out of the repository: Argo CD renders nothing from a repository with such a link",
            hint="make it relative to a file in the repository, or replace it with the file",
            value=path,
        )
