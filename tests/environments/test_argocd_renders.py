"""What each Application gives here is what Argo CD's own code path gives: edits on a copy, then a build (KUS-12)."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import pytest
import yaml

from ringtrue.config import load
from ringtrue.environments import survey
from ringtrue.environments.environment import Source, Status
from ringtrue.manifests.resource import follow
from ringtrue.manifests.yaml_values import read_leniently
from ringtrue.rendering.request import Renderer
from ringtrue.repository.checkout import working_tree

ROOT = Path(__file__).parents[2]
KUSTOMIZE = ROOT / ".tools/bin/kustomize"
FILES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
ASIDE = shutil.ignore_patterns(".*", "tests", "build", "benchmarks", "docs", "scripts")
TREES = [
    ROOT,
    *sorted(
        path.parent
        for path in (ROOT / "tests").glob("[ls]*s/*/ringtrue.toml")
        if any("kind: Application" in each.read_text(encoding="utf-8") for each in path.parent.rglob("*.yaml"))
    ),
]


class Oracle(Protocol):
    """Something that renders a source of an Application as Argo CD does."""

    def objects(self, root: Path, path: str, source: Mapping[str, Any]) -> list[Any]:
        """The objects, in the order in which they come; `root` is a copy that may be changed."""


class Kustomize:
    """The commands that Argo CD's repo-server runs."""

    def objects(self, root: Path, path: str, source: Mapping[str, Any]) -> list[Any]:
        folder = root / path
        found = [folder / name for name in FILES if (folder / name).is_file()]
        if not found:
            return [each for file in plain_files(folder, source) for each in values(file.read_text(encoding="utf-8"))]
        options = source.get("kustomize") or {}
        assert "$" not in str(options), "the oracle puts no variables in"
        for arguments in edits(options):
            run(folder, "edit", *arguments)
        self._write(found[0], options)
        return values(run(folder, "build", "."))

    def _write(self, file: Path, options: Mapping[str, Any]) -> None:
        added = {key: options[key] for key in ("patches", "components") if options.get(key)}
        if added:
            written = yaml.safe_load(file.read_text(encoding="utf-8"))
            for key, entries in added.items():
                written[key] = [*(written.get(key) or []), *entries]
            file.write_text(yaml.safe_dump(written), encoding="utf-8")


def edits(options: Mapping[str, Any]) -> Iterator[list[str]]:
    """From the documentation of the Application's fields, not from this project's own translation."""
    for field, word in (("namePrefix", "nameprefix"), ("nameSuffix", "namesuffix")):
        if options.get(field):
            yield ["set", word, "--", options[field]]
    if options.get("images"):
        yield ["set", "image", *options["images"]]
    if options.get("replicas"):
        yield ["set", "replicas", *(f"{each['name']}={each['count']}" for each in options["replicas"])]
    if options.get("commonLabels"):
        flags = {
            "forceCommonLabels": "--force",
            "labelWithoutSelector": "--without-selector",
            "labelIncludeTemplates": "--include-templates",
        }
        given = [flag for field, flag in flags.items() if options.get(field)]
        yield ["add", "label", *given, *(f"{key}:{value}" for key, value in options["commonLabels"].items())]
    if options.get("commonAnnotations"):
        force = ["--force"] if options.get("forceCommonAnnotations") else []
        yield ["add", "annotation", *force, *(f"{key}:{value}" for key, value in options["commonAnnotations"].items())]
    if options.get("namespace"):
        yield ["set", "namespace", "--", options["namespace"]]


def plain_files(folder: Path, source: Mapping[str, Any]) -> list[Path]:
    deep = follow(source, ("directory", "recurse")) is True
    found = folder.rglob("*") if deep else folder.iterdir()
    return sorted(path for path in found if path.suffix in (".yaml", ".yml", ".json"))


def values(text: str) -> list[Any]:
    return [document.value for document in read_leniently(text)[0] if document.value is not None]


def run(folder: Path, *arguments: str) -> str:
    assert KUSTOMIZE.exists(), "kustomize is missing: run `make tools`"
    done = subprocess.run([str(KUSTOMIZE), *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rendered(tree: Path, renderer: Renderer) -> list[Source]:
    """The sources that an Application reads from the tree itself."""
    found = survey(working_tree(tree), load(tree), renderer)
    sources = [source for environment in found.environments for source in environment.sources]
    return [source for source in sources if source.application and source.status is Status.RENDERED]


@pytest.fixture(params=[Kustomize()], ids=["kustomize"])
def oracle(request: pytest.FixtureRequest) -> Oracle:
    found: Oracle = request.param
    return found


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: f"{tree.parent.name}-{tree.name}" if tree != ROOT else "own")
def test_an_application_gives_what_argo_cd_gives(
    tree: Path, oracle: Oracle, renderer: Renderer, tmp_path: Path
) -> None:
    for number, source in enumerate(rendered(tree, renderer)):
        assert source.application is not None
        root = tmp_path / str(number)
        shutil.copytree(tree, root, ignore=ASIDE if tree == ROOT else None, symlinks=True)
        written = follow(source.application.data, source.route)
        assert [each.data for each in source.resources] == oracle.objects(root, source.path, written), source.path


def test_trees_hold_applications_with_and_without_overrides(renderer: Renderer) -> None:
    """A comparison with nothing proves nothing."""
    found = [source for tree in TREES if "scenarios" not in tree.parts for source in rendered(tree, renderer)]
    assert {bool(source.overrides) for source in found} == {True, False}
    assert {source.application_set is not None for source in found} == {True, False}
