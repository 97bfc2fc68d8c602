"""The three renderers, held side by side. A missing one fails the tests: a comparison with nothing proves nothing."""

import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ringtrue.rendering.binary import BinaryRenderer
from ringtrue.rendering.builtin import BuiltinRenderer
from ringtrue.rendering.choose import BUILTIN
from ringtrue.rendering.request import KUSTOMIZE_VERSION, Limits, Renderer

TOOLS = Path(__file__).parents[2] / ".tools" / "bin"
Tree = Mapping[str, str]


def binary(name: str, limits: Limits) -> BinaryRenderer:
    places = (str(TOOLS), str(Path(sys.executable).parent), None)
    program = next((found for place in places if (found := shutil.which(name, path=place))), None)
    assert program, f"{name} is missing: run `make tools`"
    return BinaryRenderer(name, Path(program), limits)


def make(name: str, limits: Limits) -> Renderer:
    if name != "builtin":
        return binary(name, limits)
    assert BUILTIN.exists(), "the renderer was not built: run scripts/build_renderer.py"
    return BuiltinRenderer(BUILTIN, limits, KUSTOMIZE_VERSION)


@pytest.fixture(scope="session")
def make_renderer() -> Callable[[str], Renderer]:
    return lambda name: make(name, Limits())


@pytest.fixture(params=["builtin", "kustomize", "kubectl"])
def renderer(request: pytest.FixtureRequest) -> Renderer:
    return make(request.param, Limits())


@pytest.fixture
def builtin() -> Renderer:
    return make("builtin", Limits())


@pytest.fixture(scope="session")
def kustomize() -> Path:
    return binary("kustomize", Limits()).program


@pytest.fixture
def with_kustomize() -> Renderer:
    return make("kustomize", Limits())


@pytest.fixture(params=["builtin", "kustomize"])
def with_limits(request: pytest.FixtureRequest) -> Callable[[Limits], Renderer]:
    return lambda limits: make(request.param, limits)


@pytest.fixture
def plant(tmp_path: Path) -> Callable[[Tree], Path]:
    """Writes files (path -> text, "-> target" for a link) into a repository of its own, and gives its root."""

    def write(tree: Tree) -> Path:
        root = tmp_path / "repository"
        for name, text in tree.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text.startswith("-> "):
                path.symlink_to(text.removeprefix("-> "))
            else:
                path.write_text(text, encoding="utf-8")
        return root

    return write
