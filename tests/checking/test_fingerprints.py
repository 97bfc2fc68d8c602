"""Fingerprints on real cases: the same after lines and documents have moved, another one for another fault."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ringtrue.checking import Options, check
from ringtrue.config import load
from ringtrue.findings import Finding
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits
from ringtrue.repository.checkout import working_tree

CASES = Path(__file__).parents[1] / "cases"

# One of a kind each: a Spot, a reference, a place without an object, a list item, several objects in one finding.
MOVED = (
    "application-kind-denied/bad-namespaced-not-listed",
    "application-namespace-denied/bad-other-namespace",
    "config-key-missing/bad-key-typo",
    "image-unpinned/bad-latest",
    "object-rejected/bad-port-twice",
    "reference-nxdomain/bad-same-host-in-three-places",
    "resource-duplicated/bad-two-applications",
    "resource-tracking-written/bad-label",
    "schema-invalid/bad-unknown-field",
    "service-port-unserved/bad-renamed-port",
    "yaml-ambiguous/bad-octal-user",
)


def found(root: Path) -> list[Finding]:
    report = check(working_tree(root), load(root), choose(Limits(), os.environ), Options())
    assert report.bugs == ()
    return list(report.findings)


def lines_above(text: str) -> str:
    return f"# a comment\n\n# and another\n{text}"


def turned_round(text: str) -> str:
    documents = [each if each.endswith("\n") else f"{each}\n" for each in re.split(r"(?m)^---\n", text)]
    return "---\n".join(reversed(documents))


@pytest.mark.parametrize("move", [lines_above, turned_round], ids=lambda move: move.__name__)
@pytest.mark.parametrize("case", MOVED)
def test_what_moves_keeps_its_fingerprint(case: str, move: Callable[[str], str], tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(CASES / case, moved)
    for path in moved.rglob("*.yaml"):
        path.write_text(move(path.read_text()))
    before, after = found(CASES / case), found(moved)

    assert before
    assert {each.fingerprint for each in after} == {each.fingerprint for each in before}


POD = """\
apiVersion: v1
kind: Pod
metadata: {{name: {name}, namespace: shop}}
spec:
  containers:
{containers}"""
CONTAINER = """\
  - name: {name}
    image: registry.example/curl:1
    env:
{env}"""
TYPO = "    - {name: API_HOST, value: api.shop.svc.cluster.local}\n"
OTHER = "    - {name: DB_HOST, value: db.shop.svc.cluster.local}\n"
HARMLESS = "    - {name: LEVEL, value: info}\n"
NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\n"


def pod(*containers: tuple[str, str], name: str = "client") -> str:
    return POD.format(name=name, containers="".join(CONTAINER.format(name=each, env=env) for each, env in containers))


@pytest.fixture
def prints(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """By fingerprint, the place of each finding of a manifest."""

    def written(text: str) -> dict[str, str]:
        (tmp_path / "ringtrue.toml").write_text("[cluster]\ncomplete = true\n")
        (tmp_path / "shop.yaml").write_text(NAMESPACE + text)
        findings = found(tmp_path)
        assert len({each.fingerprint for each in findings}) == len(findings)
        return {each.fingerprint: str(each.location) for each in findings}

    return written


def test_an_item_before_it_does_not_change_it(prints: Callable[[str], dict[str, str]]) -> None:
    (before,) = prints(pod(("curl", TYPO)))
    (variable,) = prints(pod(("curl", HARMLESS + TYPO)))
    (container,) = prints(pod(("sidecar", HARMLESS), ("curl", TYPO)))

    assert before == variable == container


def test_every_fault_has_its_own(prints: Callable[[str], dict[str, str]]) -> None:
    one, two = prints(pod(("curl", TYPO))), prints(pod(("curl", TYPO + OTHER)))
    others = prints(pod(("curl", TYPO), ("wget", TYPO)) + "---\n" + pod(("curl", TYPO), name="other"))

    assert (len(one), len(two)) == (1, 2)
    assert one.keys() < two.keys()
    assert one.keys() < others.keys()
    assert len(others) >= 2


def test_a_mended_fault_takes_its_own_along(prints: Callable[[str], dict[str, str]]) -> None:
    both, left = prints(pod(("curl", TYPO + OTHER))), prints(pod(("curl", OTHER)))

    assert left.keys() < both.keys()
