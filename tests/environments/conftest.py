"""Small repositories, surveyed with the real renderer."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ringtrue.config import Config
from ringtrue.environments import survey
from ringtrue.environments.environment import Environment, Survey
from ringtrue.findings import Location
from ringtrue.manifests.problem import Fault
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits, Renderer
from ringtrue.repository.checkout import working_tree
from ringtrue.repository.tree import Tree

URL = "https://git.example.com/team/shop.git"


class World:
    """A fresh root, and texts to put into it."""

    url = URL

    def __init__(self, root: Path, renderer: Renderer) -> None:
        self.root = root
        self._renderer = renderer

    def survey(self, *paths: str, tree: Tree | None = None, **settings: Any) -> Survey:
        config = Config(**{"repository": URL, **settings})
        return survey(tree or working_tree(self.root), config, self._renderer, paths)

    def write(self, files: Mapping[str, str | bytes]) -> None:
        for path, text in files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_bytes(text if isinstance(text, bytes) else text.encode())

    def application(
        self, name: str, path: str, namespace: str, url: str = URL, more: str = "", source: str = "", server: str = ""
    ) -> str:
        """`more` goes into its metadata, `source` into its source."""
        return (
            "apiVersion: argoproj.io/v1alpha1\nkind: Application\n"
            f"metadata: {{name: {name}, namespace: argocd{more}}}\n"
            f"spec:\n  project: p\n  source: {{repoURL: {url!r}, path: {path!r}{source}}}\n"
            f"  destination: {{server: {server or 'https://kubernetes.default.svc'!r}, namespace: {namespace!r}}}\n"
        )

    def service(self, name: str, namespace: str = "") -> str:
        return self.object("Service", name, namespace) + "spec: {selector: {app: a}, ports: [{port: 80}]}\n"

    def object(self, kind: str, name: str, namespace: str = "", group: str = "v1") -> str:
        where = f", namespace: {namespace}" if namespace else ""
        return f"apiVersion: {group}\nkind: {kind}\nmetadata: {{name: {name}{where}}}\n"


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    return choose(Limits(), {"PATH": path})


@pytest.fixture
def world(tmp_path: Path, renderer: Renderer) -> World:
    return World(tmp_path, renderer)


@pytest.fixture
def shape() -> Any:
    """A survey's environments for comparing whole: listed, cluster, sources, objects by name."""
    return lambda found: {environment.name: _shape(environment) for environment in found.environments}


@pytest.fixture
def said() -> Any:
    """Rule, place, message and environments of each fault; a place in an object as its source and route."""
    return lambda found: [(f.rule, _place(f), f.problem.message, f.environments) for f in found.faults]


def _shape(environment: Environment) -> tuple[object, ...]:
    sources = [(source.path, source.application_name, source.status.value) for source in environment.sources]
    objects = [f"{resource.kind} {resource.namespace}/{resource.name}" for resource in environment.resources]
    return environment.listed, environment.cluster.name, sources, objects


def _place(fault: Fault) -> str:
    where = fault.problem.where
    return str(where) if isinstance(where, Location) else f"{where.resource.source} {'.'.join(map(str, where.route))}"
