"""Pushes to a server with the gate in front of it: what is said, what the refs are then, and that nothing is broken.

What each commit is, and where the branches are, says `conftest.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

REFS = {"main": "c3", "env/dev": "c2", "env/staging": "c1", "env/prod": "c1"}


TYPO_IN_DEV = (
    (
        "apps/httpd/service.yaml:8:5: error: Service 'svc-clusterip-httpd' selects component=httpd_webservr,"
        " which no pod in namespace 'httpd-dev' carries [service-selects-nothing]"
    ),
    "  seen in: dev",
    "  hint: did you mean component=httpd_webserver, the labels of the pods of Deployment 'dep-httpd'?",
    (
        "  related: overlays/dev/kustomization.yaml:28: Deployment 'httpd-dev/dep-centos' [curl] depends on it:"
        " env HTTPD_HOST"
    ),
    (
        "  related: overlays/dev/kustomization.yaml:36: Job 'httpd-dev/job-smoke-test' [curl] depends on it:"
        " env HTTPD_HOST"
    ),
)


@dataclass(frozen=True)
class Case:
    pushed: Sequence[str]
    """Refspecs."""
    said: Sequence[str]
    moved: Mapping[str, str] = field(default_factory=dict)
    """What the refs become; nothing when the push is refused."""
    gone: Sequence[str] = ()
    before: Mapping[str, str] = field(default_factory=dict)
    """What the server has beside `REFS`, or in place of it."""
    accepted: bool = True


def accepted(pushed: Sequence[str], said: Sequence[str], moved: Mapping[str, str], **more: Any) -> Case:
    return Case(pushed, said, moved, **more)


def refused(pushed: Sequence[str], said: Sequence[str], **more: Any) -> Case:
    return Case(pushed, said, accepted=False, **more)


CASES = {
    "main moves forward": accepted(["c4:main"], ["accepted: main c3 -> c4"], {"main": "c4"}),
    "dev takes main": accepted(["c3:env/dev"], ["accepted: env/dev c2 -> c3"], {"env/dev": "c3"}),
    "staging takes dev": accepted(["c2:env/staging"], ["accepted: env/staging c1 -> c2"], {"env/staging": "c2"}),
    "two environments in order": accepted(
        ["c2:env/prod", "c2:env/staging"],
        ["accepted: env/prod c1 -> c2", "accepted: env/staging c1 -> c2"],
        {"env/prod": "c2", "env/staging": "c2"},
    ),
    "a hotfix of all four refs at once": accepted(
        ["c4:main", "c4:env/dev", "c4:env/staging", "c4:env/prod"],
        [
            "accepted: env/dev c2 -> c4",
            "accepted: env/prod c1 -> c4",
            "accepted: env/staging c1 -> c4",
            "accepted: main c3 -> c4",
        ],
        {"main": "c4", "env/dev": "c4", "env/staging": "c4", "env/prod": "c4"},
    ),
    "an environment is made": accepted(
        ["c1:refs/heads/env/dev"],
        ["accepted: env/dev new -> c1"],
        {"env/dev": "c1"},
        before={"env/dev": ""},
    ),
    "a tag": accepted(["v1"], ["accepted: refs/tags/v1 is not guarded"], {"refs/tags/v1": "v1"}),
    "a topic branch": accepted(
        ["unrelated:refs/heads/topic"], ["accepted: topic is not guarded"], {"topic": "unrelated"}
    ),
    "a topic branch is rewritten": accepted(
        ["+beside:refs/heads/topic"],
        ["accepted: topic is not guarded"],
        {"topic": "beside"},
        before={"topic": "unrelated"},
    ),
    "nothing new": accepted(["c3:main", "c2:env/dev"], [], {}),
    "a former environment is cleared away": accepted(
        [":env/old"], ["accepted: env/old c1 -> deleted"], {}, before={"env/old": "c1"}, gone=["env/old"]
    ),
    "main is weakened": accepted(
        ["weak:main"],
        [
            "accepted: main c3 -> weak",
            "weakens: ringtrue.toml:11: [environments] skip has more: 'labs'",
            "weakens: ringtrue.toml:26: [verdicts] unknown: error -> note",
            "weakens: ringtrue.toml:28: [[ignore]] accepts 'hook-deadline-missing' of Job */job-smoke-test: to be seen",
            (
                "weakens: apps/httpd/deployment.yaml:6: accepts findings of an object by"
                ' ringtrue/ignore: "rollout-deadline-missing -- to be seen"'
            ),
            (
                "weakens: base/kustomization.yaml:25: accepts image-unpinned:"
                " exception of 2026-11-24, to be reviewed by 2027-02-24; this tag moves"
            ),
        ],
        {"main": "weak"},
    ),
    "main becomes another branch": accepted(
        ["trunk:main", "trunk:refs/heads/trunk"],
        [
            "accepted: main c3 -> trunk",
            "accepted: trunk new -> trunk",
            "weakens: ringtrue.toml:9: [environments] main: 'main' -> 'trunk'",
        ],
        {"main": "trunk", "trunk": "trunk"},
    ),
    "main is mended": accepted(
        ["mended:main"], ["accepted: main typo -> mended"], {"main": "mended"}, before={"main": "typo"}
    ),
    "dev is mended while prod is broken": accepted(
        ["mended:env/dev"],
        ["accepted: env/dev typo -> mended"],
        {"env/dev": "mended"},
        before={"main": "mended", "env/dev": "typo", "env/staging": "typo", "env/prod": "typo"},
    ),
    "an environment is skipped": refused(
        ["c2:env/prod"],
        [
            (
                "refused: env/prod at c2: the commit has not reached env/staging, which comes before env/prod"
                " [promotion-skips-environment]"
            ),
            "  run: git push origin c2:refs/heads/env/staging",
        ],
    ),
    "a commit that main does not have": refused(
        ["c4:env/dev"],
        [
            "refused: env/dev at c4: the commit is not on main [commit-not-on-main]",
            "  run: git push origin c4:refs/heads/main",
        ],
    ),
    "a merge commit on an environment": refused(
        ["merged:env/dev"],
        [
            "refused: env/dev at merged: the commit is not on main [commit-not-on-main]",
            "  run: git push origin origin/main:refs/heads/env/dev",
        ],
    ),
    "main is rewritten": refused(
        ["+beside:main"],
        [
            (
                "refused: main at beside: main is at c3, which beside does not contain: only a fast-forward may move it"
                " [branch-rewritten]"
            ),
            "  run: git pull --rebase origin main && git push origin main",
        ],
    ),
    "unrelated history": refused(
        ["+unrelated:main"],
        [
            (
                "refused: main at unrelated: main is at c3, which unrelated does not contain:"
                " only a fast-forward may move it [branch-rewritten]"
            ),
            "  run: git pull --rebase origin main && git push origin main",
        ],
    ),
    "an environment is rewritten": refused(
        ["+beside:env/dev"],
        [
            (
                "refused: env/dev at beside: env/dev is at c2, which beside does not contain:"
                " only a fast-forward may move it [branch-rewritten]"
            ),
            "  run: git push origin origin/main:refs/heads/env/dev",
        ],
    ),
    "an environment is reset": refused(
        ["+c1:env/dev"],
        [
            (
                "refused: env/dev at c1: env/dev is at c2 and would move back to c1; roll back by reverting on main"
                " [branch-moved-back]"
            ),
            "  run: git revert --no-edit c1..c2 && git push origin main",
        ],
    ),
    "main is deleted": refused([":main"], ["refused: main: main may not be deleted [branch-deleted]"]),
    "an environment is deleted": refused(
        [":env/prod"],
        [
            (
                "refused: env/prod: env/prod may not be deleted while [environments] order on main names 'prod'"
                " [branch-deleted]"
            )
        ],
    ),
    "an unknown environment": refused(
        ["c1:refs/heads/env/stagin"],
        [
            (
                "refused: env/stagin at c1: no environment is called 'stagin' in [environments] order on main;"
                " did you mean 'staging'? [environment-unknown]"
            ),
            "  run: git push origin c1:refs/heads/env/staging",
        ],
    ),
    "an annotated tag as a branch": refused(
        ["v1:env/dev"],
        [
            (
                "refused: env/dev at v1: v1 is a tag object, and a branch must point to a commit: the tag's is c3"
                " [branch-not-commit]"
            ),
            "  run: git push origin c3:refs/heads/env/dev",
        ],
    ),
    "one of two refs": refused(
        ["c4:main", "c3:env/prod"],
        [
            (
                "refused: env/prod at c3: the commit has not reached env/dev, which comes before env/prod"
                " [promotion-skips-environment]"
            ),
            "  run: git push origin c3:refs/heads/env/dev",
        ],
    ),
    "a typo in the selector": refused(
        ["typo:main"],
        [
            "refused: main at typo: the check finds 1 error in 'dev', 'staging', 'prod' [check-failed]",
            (
                "apps/httpd/service.yaml:8:5: error: Service 'svc-clusterip-httpd' selects component=httpd_webservr,"
                " which no pod in namespace 'httpd-dev' carries [service-selects-nothing]"
            ),
            "  seen in: dev, staging, prod",
            "  hint: did you mean component=httpd_webserver, the labels of the pods of Deployment 'dep-httpd'?",
            (
                "  related: overlays/dev/kustomization.yaml:28: Deployment 'httpd-dev/dep-centos' [curl] depends on it:"
                " env HTTPD_HOST; likewise in 'staging', 'prod'"
            ),
            (
                "  related: overlays/dev/kustomization.yaml:36: Job 'httpd-dev/job-smoke-test' [curl] depends on it:"
                " env HTTPD_HOST; likewise in 'staging', 'prod'"
            ),
        ],
    ),
    "a wrong namespace in the client's host": refused(
        ["host:main"],
        [
            "refused: main at host: the check finds 1 error in 'prod' [check-failed]",
            (
                "apps/centos-client/deployment.yaml:38:22: error: Deployment 'dep-centos' calls"
                " 'svc-clusterip-httpd.default.svc.cluster.local', but Service 'svc-clusterip-httpd' is in namespace"
                " 'httpd-prod', not in namespace 'default' [reference-wrong-namespace]"
            ),
            "  seen in: prod",
            "  hint: did you mean 'svc-clusterip-httpd.httpd-prod.svc.cluster.local'?",
            "  related: apps/httpd/service.yaml:4: the Service",
        ],
    ),
    "a broken commit that main has had": refused(
        ["typo:env/dev"],
        ["refused: env/dev at typo: the check finds 1 error in 'dev' [check-failed]", *TYPO_IN_DEV],
        before={"main": "mended"},
    ),
    "a tree that weakens its own check": refused(
        ["lax:env/dev"],
        ["refused: env/dev at lax: the check finds 1 error in 'dev' [check-failed]", *TYPO_IN_DEV],
        before={"main": "strict"},
    ),
    "settings that cannot be read": refused(
        ["broken:main"],
        [
            (
                "refused: main at broken: on main: ringtrue.toml:6: unknown key 'compleet' in [cluster];"
                " did you mean 'complete'? [settings-invalid]"
            )
        ],
    ),
    "an environment while main's settings cannot be read": refused(
        ["c3:env/dev"],
        [
            (
                "refused: env/dev at c3: on main: ringtrue.toml:6: unknown key 'compleet' in [cluster];"
                " did you mean 'complete'? [settings-invalid]"
            )
        ],
        before={"main": "broken"},
    ),
    "main's name is nobody's": refused(
        ["trunk:main"],
        [
            (
                "refused: main at trunk: on main: ringtrue.toml:9: [environments] main is 'trunk', which is not there"
                " [settings-invalid]"
            )
        ],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_push(place: Any, case: Case) -> None:
    refs = place.prepared({**REFS, **case.before})

    status, said = place.push(*case.pushed)

    expected = {name: at for name, at in (refs | case.moved).items() if name not in case.gone}
    assert (said, status == 0) == (list(case.said), case.accepted)
    assert place.refs() == expected
    place.check_intact()
