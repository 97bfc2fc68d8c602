"""The install builds the renderer, or goes on without it."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_renderer", ROOT / "scripts/build_renderer.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose Go program is no Go program, with a stale binary."""
    source = tmp_path / "scripts/renderer"
    source.mkdir(parents=True)
    (source / "version.go").write_text('package main\nconst kustomizeVersion = "1.2.3"\nbroken\n')
    target = tmp_path / "scripts/ringtrue/rendering"
    target.mkdir(parents=True)
    (target / "_renderer").write_text("stale")
    return tmp_path


def run(hook: ModuleType, root: Path, target: str = "wheel") -> dict[str, Any]:
    data: dict[str, Any] = {"pure_python": True, "artifacts": []}
    hook.RendererHook(str(root), {}, None, None, str(root), target).initialize("standard", data)
    return data


def test_without_go_the_wheel_is_pure(
    hook: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.executable", str(project / "python"))
    monkeypatch.setenv("PATH", str(project))
    assert run(hook, project) == {"pure_python": True, "artifacts": []}
    assert capsys.readouterr().err == (
        "ringtrue: renderer not built (no Go toolchain); kustomize or kubectl will be used\n"
    )
    assert not (project / "scripts/ringtrue/rendering/_renderer").exists()


def test_when_go_fails_the_wheel_is_pure(hook: ModuleType, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(hook, project) == {"pure_python": True, "artifacts": []}
    assert capsys.readouterr().err.startswith("ringtrue: renderer not built (")
    assert not (project / "scripts/ringtrue/rendering/_renderer").exists()


def test_an_sdist_carries_the_source_alone(hook: ModuleType, project: Path) -> None:
    assert run(hook, project, "sdist") == {"pure_python": True, "artifacts": []}
    assert (project / "scripts/ringtrue/rendering/_renderer").exists()


def test_the_version_comes_from_the_go_program(hook: ModuleType, project: Path) -> None:
    assert hook.version_in(project) == "1.2.3"
