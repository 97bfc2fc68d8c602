"""This repository, every scenario and every case: all three renderers give the same bytes, and so the same findings."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ringtrue.checking import Options, check
from ringtrue.config import load
from ringtrue.rendering.request import Renderer, Request
from ringtrue.reports import text
from ringtrue.repository.checkout import working_tree
from ringtrue.repository.tree import Tree

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
SCENARIOS = sorted(path.parent for path in TESTS.glob("scenarios/*/ringtrue.toml"))
CASES = sorted({path.parent for path in TESTS.glob("cases/*/*/kustomization.yaml")})
REPOSITORIES = [ROOT, *SCENARIOS, *CASES]
MakeRenderer = Callable[[str], Renderer]


def name(root: Path) -> str:
    return root.relative_to(ROOT).as_posix()


def kustomizations(root: Path) -> Iterator[str]:
    for folder, below, files in os.walk(root):
        below[:] = [each for each in below if not each.startswith(".") and each not in ("tests", "node_modules")]
        if "kustomization.yaml" in files:
            yield Path(folder).relative_to(root).as_posix()


@pytest.mark.parametrize("root", REPOSITORIES, ids=name)
def test_all_renderers_give_the_same_bytes(root: Path, make_renderer: MakeRenderer) -> None:
    requests = [Request(folder, "yaml") for folder in sorted(kustomizations(root))]
    answers = {
        each: [(answer.text, bool(answer.error)) for answer in make_renderer(each).render(requests, root)]
        for each in ("builtin", "kustomize", "kubectl")
    }

    assert requests or not (root / "overlays").exists()
    assert answers["builtin"] == answers["kustomize"] == answers["kubectl"]


@pytest.mark.parametrize("root", REPOSITORIES, ids=name)
def test_without_the_renderer_the_report_is_the_same(root: Path, make_renderer: MakeRenderer) -> None:
    tree = working_tree(root)
    with_renderer = printed(tree, root, make_renderer("builtin"))

    assert with_renderer.count("environment") > 0
    assert printed(tree, root, make_renderer("kustomize")) == with_renderer


def printed(tree: Tree, root: Path, renderer: Renderer) -> str:
    report = check(tree, load(root), renderer, Options(places=True))
    assert report.bugs == ()
    return text.render(report, text.View(proofs=True, notes=True))
