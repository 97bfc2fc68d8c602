"""The rules of the refs, over a history in memory.

    a - b - c - d      main is at c; dev at c, staging at b, prod at a
     \\   \\
      x   m            x diverges, m is a merge made on an environment; r is unrelated; t is a tag object of b, f a file
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from ringtrue.gates.names import NAMES, page
from ringtrue.gates.promotion import refused
from ringtrue.gates.refs import Branches, Update

PARENTS: Mapping[str, tuple[str, ...]] = {
    "a": (),
    "b": ("a",),
    "c": ("b",),
    "d": ("c",),
    "x": ("a",),
    "m": ("b", "x"),
    "r": (),
}
TAGS = {"t": "b"}
MAIN, DEV, STAGING, PROD = "refs/heads/main", "refs/heads/env/dev", "refs/heads/env/staging", "refs/heads/env/prod"
REFS = {MAIN: "c", DEV: "c", STAGING: "b", PROD: "a"}
ORDERED = Branches(order=("dev", "staging", "prod"))


@dataclass(frozen=True)
class Memory:
    refs: Mapping[str, str]

    def tip(self, ref: str) -> str:
        return self.refs.get(ref, "")

    def commit(self, identity: str) -> str:
        return identity if identity in PARENTS else TAGS.get(identity, "")

    def is_ancestor(self, older: str, newer: str) -> bool:
        return older == newer or any(self.is_ancestor(older, parent) for parent in PARENTS.get(newer, ()))


def answers(
    pushed: Mapping[str, str], refs: Mapping[str, str] = REFS, branches: Branches = ORDERED
) -> list[tuple[str, str, str, str]]:
    updates = [Update(ref, refs.get(ref, ""), new) for ref, new in pushed.items()]
    return [(each.rule, each.subject, each.sentence, each.command) for each in refused(updates, branches, Memory(refs))]


@pytest.mark.parametrize(
    ("pushed", "refs"),
    [
        pytest.param({MAIN: "d"}, REFS, id="main moves forward"),
        pytest.param({STAGING: "c"}, REFS, id="staging takes what dev has"),
        pytest.param({PROD: "b"}, REFS, id="prod takes what staging has"),
        pytest.param({STAGING: "c", PROD: "c"}, REFS, id="two environments in one push, in order"),
        pytest.param({PROD: "c", STAGING: "c"}, REFS, id="two environments in one push, told in another order"),
        pytest.param({MAIN: "d", DEV: "d", STAGING: "d", PROD: "d"}, REFS, id="a hotfix of all four"),
        pytest.param({MAIN: "a"}, {}, id="the first push"),
        pytest.param({MAIN: "a", DEV: "a", STAGING: "a", PROD: "a"}, {}, id="the first push, of everything"),
        pytest.param({DEV: "b"}, {MAIN: "c"}, id="an environment's branch is made at an older commit of main"),
        pytest.param({DEV: "c"}, REFS, id="nothing moves"),
        pytest.param({"refs/heads/topic": "x", "refs/tags/v1": "t", "refs/notes/n": "r"}, REFS, id="other refs"),
        pytest.param({"refs/heads/topic": ""}, {**REFS, "refs/heads/topic": "x"}, id="a topic branch is deleted"),
        pytest.param({"refs/heads/env/old": ""}, {**REFS, "refs/heads/env/old": "a"}, id="a former environment goes"),
        pytest.param({"refs/tags/env/dev": "x"}, REFS, id="a tag that is called like an environment's branch"),
        pytest.param({"refs/heads/env/": "x"}, REFS, id="a branch without an environment's name"),
    ],
)
def test_pass(pushed: Mapping[str, str], refs: Mapping[str, str]) -> None:
    assert answers(pushed, refs) == []


@pytest.mark.parametrize(
    ("pushed", "refs", "expected"),
    [
        pytest.param(
            {MAIN: ""}, REFS, [("branch-deleted", "main", "main may not be deleted", "")], id="main is deleted"
        ),
        pytest.param(
            {PROD: ""},
            REFS,
            [
                (
                    "branch-deleted",
                    "env/prod",
                    "env/prod may not be deleted while [environments] order on main names 'prod'",
                    "",
                )
            ],
            id="an environment is deleted",
        ),
        pytest.param(
            {MAIN: "x"},
            REFS,
            [
                (
                    "branch-rewritten",
                    "main at x",
                    "main is at c, which x does not contain: only a fast-forward may move it",
                    "git pull --rebase origin main && git push origin main",
                )
            ],
            id="main is rewritten",
        ),
        pytest.param(
            {MAIN: "r"},
            REFS,
            [
                (
                    "branch-rewritten",
                    "main at r",
                    "main is at c, which r does not contain: only a fast-forward may move it",
                    "git pull --rebase origin main && git push origin main",
                )
            ],
            id="unrelated history",
        ),
        pytest.param(
            {STAGING: "x"},
            REFS,
            [
                (
                    "branch-rewritten",
                    "env/staging at x",
                    "env/staging is at b, which x does not contain: only a fast-forward may move it",
                    "git push origin origin/env/dev:refs/heads/env/staging",
                )
            ],
            id="an environment is rewritten",
        ),
        pytest.param(
            {DEV: "b"},
            REFS,
            [
                (
                    "branch-moved-back",
                    "env/dev at b",
                    "env/dev is at c and would move back to b; roll back by reverting on main",
                    "git revert --no-edit b..c && git push origin main",
                )
            ],
            id="an environment moves back",
        ),
        pytest.param(
            {MAIN: "b"},
            REFS,
            [
                (
                    "branch-moved-back",
                    "main at b",
                    "main is at c and would move back to b; roll back by reverting on main",
                    "git revert --no-edit b..c && git push origin main",
                )
            ],
            id="main moves back",
        ),
        pytest.param(
            {DEV: "d"},
            REFS,
            [
                (
                    "commit-not-on-main",
                    "env/dev at d",
                    "the commit is not on main",
                    "git push origin d:refs/heads/main",
                )
            ],
            id="not on main yet",
        ),
        pytest.param(
            {STAGING: "m"},
            REFS,
            [
                (
                    "commit-not-on-main",
                    "env/staging at m",
                    "the commit is not on main",
                    "git push origin origin/env/dev:refs/heads/env/staging",
                )
            ],
            id="a merge commit on an environment",
        ),
        pytest.param(
            {DEV: "r"},
            {MAIN: "c"},
            [
                (
                    "commit-not-on-main",
                    "env/dev at r",
                    "the commit is not on main",
                    "git push origin origin/main:refs/heads/env/dev",
                )
            ],
            id="a new environment beside main",
        ),
        pytest.param(
            {DEV: "a"},
            {},
            [
                (
                    "commit-not-on-main",
                    "env/dev at a",
                    "the commit is not on main, which is not there yet",
                    "git push origin a:refs/heads/main",
                )
            ],
            id="there is no main yet",
        ),
        pytest.param(
            {PROD: "c"},
            REFS,
            [
                (
                    "promotion-skips-environment",
                    "env/prod at c",
                    "the commit has not reached env/staging, which comes before env/prod",
                    "git push origin c:refs/heads/env/staging",
                )
            ],
            id="prod before staging",
        ),
        pytest.param(
            {MAIN: "d", PROD: "d"},
            REFS,
            [
                (
                    "promotion-skips-environment",
                    "env/prod at d",
                    "the commit has not reached env/dev, which comes before env/prod",
                    "git push origin d:refs/heads/env/dev",
                )
            ],
            id="the first environment that lacks it is named",
        ),
        pytest.param(
            {STAGING: "a"},
            {MAIN: "c"},
            [
                (
                    "promotion-skips-environment",
                    "env/staging at a",
                    "the commit has not reached env/dev, which is not there yet",
                    "git push origin a:refs/heads/env/dev",
                )
            ],
            id="the environment before is not there yet",
        ),
        pytest.param(
            {"refs/heads/env/stagin": "c"},
            REFS,
            [
                (
                    "environment-unknown",
                    "env/stagin at c",
                    "no environment is called 'stagin' in [environments] order on main; did you mean 'staging'?",
                    "git push origin c:refs/heads/env/staging",
                )
            ],
            id="an unknown environment with a near name",
        ),
        pytest.param(
            {"refs/heads/env/dev/x": "c"},
            REFS,
            [
                (
                    "environment-unknown",
                    "env/dev/x at c",
                    "no environment is called 'dev/x' in [environments] order on main; did you mean 'dev'?",
                    "git push origin c:refs/heads/env/dev",
                )
            ],
            id="a branch below an environment's",
        ),
        pytest.param(
            {"refs/heads/env/qa": "c"},
            REFS,
            [
                (
                    "environment-unknown",
                    "env/qa at c",
                    "no environment is called 'qa' in [environments] order on main; there are 'dev', 'staging', 'prod'",
                    "",
                )
            ],
            id="an unknown environment",
        ),
        pytest.param(
            {DEV: "t"},
            REFS,
            [
                (
                    "branch-not-commit",
                    "env/dev at t",
                    "t is a tag object, and a branch must point to a commit: the tag's is b",
                    "git push origin b:refs/heads/env/dev",
                )
            ],
            id="a tag object",
        ),
        pytest.param(
            {MAIN: "f"},
            REFS,
            [("branch-not-commit", "main at f", "f is no commit, so main cannot point to it", "")],
            id="a file",
        ),
        pytest.param(
            {MAIN: "d", DEV: "d", PROD: "d", "refs/heads/topic": "x"},
            REFS,
            [
                (
                    "promotion-skips-environment",
                    "env/prod at d",
                    "the commit has not reached env/staging, which comes before env/prod",
                    "git push origin d:refs/heads/env/staging",
                )
            ],
            id="one of several refs",
        ),
        pytest.param(
            {DEV: "", PROD: "x"},
            REFS,
            [
                (
                    "branch-deleted",
                    "env/dev",
                    "env/dev may not be deleted while [environments] order on main names 'dev'",
                    "",
                ),
                (
                    "commit-not-on-main",
                    "env/prod at x",
                    "the commit is not on main",
                    "git push origin origin/env/staging:refs/heads/env/prod",
                ),
            ],
            id="each ref has its own reason",
        ),
    ],
)
def test_refused(pushed: Mapping[str, str], refs: Mapping[str, str], expected: list[tuple[str, str, str, str]]) -> None:
    assert answers(pushed, refs) == expected


def test_without_an_order_every_branch_of_the_pattern_is_an_environment() -> None:
    branches = Branches(main="trunk", pattern="deploy-*-now", order=())
    refs = {"refs/heads/trunk": "c", "refs/heads/deploy-eu-now": "a"}

    found = answers({"refs/heads/deploy-us-now": "b", "refs/heads/deploy-eu-now": "c"}, refs, branches)
    beside = answers({"refs/heads/deploy-us-now": "d", "refs/heads/deploy-eu-now": ""}, refs, branches)

    assert found == []
    assert beside == [
        (
            "commit-not-on-main",
            "deploy-us-now at d",
            "the commit is not on trunk",
            "git push origin d:refs/heads/trunk",
        ),
        (
            "branch-deleted",
            "deploy-eu-now",
            "deploy-eu-now may not be deleted: [environments] branches on trunk makes it an environment",
            "",
        ),
    ]


def test_a_main_that_the_pattern_matches_is_main() -> None:
    branches = Branches(main="env/main", pattern="env/*", order=("dev",))

    assert answers({"refs/heads/env/main": "d"}, {"refs/heads/env/main": "c"}, branches) == []


@pytest.mark.parametrize("name", NAMES)
def test_each_refusal_has_a_page(name: str) -> None:
    headings = [line for line in page(name).splitlines() if line.startswith("#")]

    assert headings == ["## What it does", "## Why it matters", "## How to fix"]
