"""Repositories with Applications, and what ringtrue's survey makes of each source."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ringtrue.config import Config, load
from ringtrue.environments import survey
from ringtrue.environments.environment import Source
from ringtrue.errors import NothingToCheck
from ringtrue.manifests.resource import Resource
from ringtrue.rendering.request import Renderer
from ringtrue.repository.checkout import working_tree

ROOT = Path(__file__).resolve().parents[3]
_ASIDE = shutil.ignore_patterns(".*", "tests", "build", "benchmarks", "docs", "scripts")
_UNTRACKED = ".untracked"


@dataclass(frozen=True, slots=True)
class Held:
    """A source of an Application, the Application, and what the repository as a whole has to do with it."""

    source: Source
    application: Resource
    config: Config
    leaving: bool
    """A link leads out of the repository."""
    may_leave: bool
    """Argo CD reads it all the same."""


def repositories() -> list[Path]:
    """This repository, and every one among its tests that has Applications."""
    tests = ROOT / "tests"
    marked = [*tests.glob("[ls]*s/*/ringtrue.toml"), *tests.glob("cases/*/*/ringtrue.toml")]
    marked += tests.glob("cases/*/*/*/ringtrue.toml")
    return [ROOT, *sorted({path.parent for path in marked if _has_applications(path.parent)})]


def copied(repository: Path, to: Path) -> Path:
    """A copy that may be changed, without what its commit would lack; a repository of its own where links count."""
    untracked = (repository / _UNTRACKED).read_text().split() if (repository / _UNTRACKED).exists() else []
    aside = _ASIDE if repository == ROOT else shutil.ignore_patterns(_UNTRACKED, *untracked) if untracked else None
    shutil.copytree(repository, to, ignore=aside, symlinks=True)
    if any(path.is_symlink() for path in to.rglob("*")):
        for words in (["init", "--quiet"], ["add", "--all", "--force"]):
            subprocess.run(["git", *words], cwd=to, check=True, capture_output=True)
    return to


def held(root: Path, renderer: Renderer) -> Iterator[Held]:
    """Each source of an Application once, wherever it lands."""
    config = load(root)
    try:
        found = survey(working_tree(root), config, renderer)
    except NothingToCheck:
        return
    seen: set[tuple[Any, ...]] = set()
    for environment in found.environments:
        leaving, may_leave = bool(environment.leaving), environment.instance.links_may_leave
        for source in environment.sources:
            application = source.application
            if application is None:
                continue
            key = (application.namespace, application.name, source.route)
            if key not in seen:
                seen.add(key)
                yield Held(source, application, config, leaving, may_leave)


def _has_applications(repository: Path) -> bool:
    texts = (each.read_text(encoding="utf-8", errors="replace") for each in repository.rglob("*.yaml"))
    return any("kind: Application" in text for text in texts)
