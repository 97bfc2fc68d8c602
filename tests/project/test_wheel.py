"""What is published: a wheel with all that runs, and a source archive that such a wheel can be built from."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from render_environments import ROOT

RENDERER = "ringtrue/rendering/_renderer"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy to build in, since a build replaces the renderer that the other tests run."""
    root = tmp_path_factory.mktemp("tree")
    leave = shutil.ignore_patterns("__pycache__", "_renderer")
    shutil.copytree(ROOT / "scripts", root / "scripts", ignore=leave)
    shutil.copytree(ROOT / "docs/rules", root / "docs/rules")
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, root)
    return root


def build(tree: Path, target: str, folder: Path, **environ: str) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=tree, env=os.environ | environ, check=True, capture_output=True)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tree, "wheel", tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_the_renderer_for_this_platform(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        renderer = archive.getinfo(RENDERER)

    assert renderer.external_attr >> 16 & 0o111, "not executable"
    assert "-py3-none-linux_" in wheel.name


def test_the_wheel_holds_every_module_and_table(tree: Path, wheel: Path) -> None:
    scripts = tree / "scripts"
    wanted = {path.relative_to(scripts).as_posix() for path in (scripts / "ringtrue").rglob("*") if path.is_file()}
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if name.startswith("ringtrue/")}

    pages = {f"ringtrue/manual/pages/{path.name}" for path in (ROOT / "docs/rules").iterdir()}
    assert held == wanted | pages | {RENDERER}
    assert any(name.startswith("ringtrue/manifests/tables/") for name in held)


def test_a_wheel_explains_without_the_repository(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    command = [sys.executable, "-m", "ringtrue", "explain", "nodata"]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True)

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"reference-nodata\n\nThe name exists in DNS but has no address.\n")


def test_the_wheel_installs_one_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (path,) = (name for name in archive.namelist() if name.endswith(".dist-info/entry_points.txt"))
        text = archive.read(path).decode()

    assert text == "[console_scripts]\nringtrue = ringtrue.__main__:main\n"


def test_without_the_go_modules_the_wheel_is_pure(tree: Path, wheel: Path, tmp_path: Path) -> None:
    made = build(tree, "wheel", tmp_path, GOPROXY="off", GOMODCACHE=str(tree / "no-modules"))
    with zipfile.ZipFile(wheel) as archive, zipfile.ZipFile(made) as pure:
        lost = {name for name in archive.namelist() if not name.startswith("ringtrue-")} - set(pure.namelist())

    assert made.name.endswith("-py3-none-any.whl")
    assert lost == {RENDERER}


def test_the_source_archive_holds_what_a_build_needs(tree: Path, tmp_path: Path) -> None:
    with tarfile.open(build(tree, "sdist", tmp_path)) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}

    assert {
        "LICENSE",
        "CHANGELOG.md",
        "pyproject.toml",
        "scripts/build_renderer.py",
        "scripts/renderer/go.mod",
        "scripts/renderer/go.sum",
        "scripts/renderer/main.go",
        "scripts/ringtrue/__init__.py",
        "docs/rules/rules.json",
    } <= held
    assert not any(name.endswith("_renderer") for name in held)
