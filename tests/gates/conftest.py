"""A bare repository with the hook in it, made from this repository's own files, and a clone with pushes for it.

c1 - c2 - c3                   main is at c3 on the server, dev at c2, staging and prod at c1; c4 follows c3
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HELD = ("apps", "argocd", "base", "overlays", "ringtrue.toml")
REFS = {"main": "c3", "env/dev": "c2", "env/staging": "c1", "env/prod": "c1"}
SERVICE, PROD = "apps/httpd/service.yaml", "overlays/prod/kustomization.yaml"
OFF = 'service-selects-nothing = "off"\n'
DEPLOYMENT, JOB = ("      - select:\n          kind: Deployment\n", "      - select:\n          kind: Job\n")
ANNOTATED = '  name: dep-httpd\n  annotations:\n    ringtrue/ignore: "rollout-deadline-missing -- to be seen"\n'
IGNORE = '\n[[ignore]]\nrule = "hook-deadline-missing"\nobject = "Job */job-smoke-test"\nreason = "to be seen"\n'


def clean(folder: Path) -> dict[str, str]:
    """What git and its hooks see: ringtrue on PATH, nobody's settings, and one clock."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT", "PYTHON"))}
    return kept | {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "scripts"),
        # An installed ringtrue is compiled already.
        "PYTHONPYCACHEPREFIX": str(folder / "bin/compiled"),
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@example.com",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@example.com",
        "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
        "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
        "GIT_EDITOR": "true",
        "LC_ALL": "C",
        "NO_COLOR": "1",
    }


@dataclass(frozen=True)
class Place:
    """A folder with repositories in it, and the names of their commits."""

    folder: Path
    names: dict[str, str] = field(default_factory=dict)
    """Name by id."""

    @property
    def environ(self) -> dict[str, str]:
        return clean(self.folder)

    def run(self, where: str, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            words, cwd=self.folder / where, env=self.environ | more, check=False, capture_output=True, text=True
        )

    def git(self, where: str, *words: str) -> str:
        done = self.run(where, "git", *words)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def named(self, text: str) -> str:
        """With the names of commits in place of their ids."""
        for identity, name in self.names.items():
            text = text.replace(identity, name).replace(identity[:12], name).replace(identity[:7], name)
        return text

    def commit(self, name: str, files: Mapping[str, Callable[[str], str]], where: str = "work") -> None:
        """A commit on top of what is checked out, as a lightweight tag."""
        for path, edit in files.items():
            file = self.folder / where / path
            file.parent.mkdir(parents=True, exist_ok=True)
            text = file.read_text() if file.exists() else ""
            changed = edit(text)
            assert changed != text
            file.write_text(changed)
        self.git(where, "add", "--all")
        self.git(where, "commit", "-q", "--allow-empty", "-m", name)
        self.keep(name, where)

    def keep(self, name: str, where: str = "work") -> None:
        self.git(where, "tag", "-f", name)
        self.names[self.git(where, "rev-parse", name)] = name

    def install(self, server: str = "server.git") -> None:
        shutil.copy(ROOT / "scripts/hooks/pre-receive", self.folder / server / "hooks/pre-receive")

    def clone(self, name: str, *words: str, hook: bool = False) -> None:
        """A clone of the server, with the hook of a clone in it."""
        self.git(".", "clone", "-q", *words, Path(self.server).as_uri(), name)
        if hook:
            shutil.copy(ROOT / "scripts/hooks/pre-push", self.folder / name / ".git/hooks/pre-push")

    def prepared(self, refs: Mapping[str, str]) -> dict[str, str]:
        """Puts the server's branches where they are wanted, past the gate; "" for one that is not there."""
        wanted = {name: at for name, at in refs.items() if at}
        if wanted != REFS:
            hooks = ("-c", "core.hooksPath=/dev/null")
            moves = [f"+{at}:refs/heads/{name}" for name, at in wanted.items()]
            moves += [f":refs/heads/{name}" for name in REFS if name not in wanted]
            self.git("work", "push", "-q", f"--receive-pack=git {' '.join(hooks)} receive-pack", self.server, *moves)
        return wanted

    @property
    def server(self) -> str:
        return str(self.folder / "server.git")

    def refs(self) -> dict[str, str]:
        """The server's branches and tags with the names of what they point to."""
        lines = self.git("server.git", "for-each-ref", "--format=%(refname) %(objectname)").splitlines()
        found = dict(line.split() for line in lines)
        return {ref.removeprefix("refs/heads/"): self.names.get(at, at) for ref, at in found.items()}

    def check_intact(self) -> None:
        """Nothing is missing from what the refs reach, and no quarantine is left."""
        assert self.git("server.git", "fsck", "--connectivity-only", "--no-dangling") == ""
        assert list((self.folder / "server.git/objects").glob("*incoming*")) == []

    def push(self, *words: str, where: str = "work") -> tuple[int, list[str]]:
        """The exit status of the push, and what the gate said."""
        done = self.run(where, "git", "push", "-q", self.server, *words)
        return done.returncode, self.told(done.stderr)

    def told(self, stderr: str) -> list[str]:
        lines = [line for line in stderr.splitlines() if line.startswith("remote: ")]
        return [self.named(line).removeprefix("remote: ").rstrip() for line in lines]


def put_on_path(folder: Path) -> None:
    """The program that hooks call."""
    program = folder / "bin/ringtrue"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ringtrue "$@"\n')
    program.chmod(0o755)


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


def more(text: str) -> Callable[[str], str]:
    return lambda before: before + text


def mended(text: str) -> str:
    return text.replace("httpd_webservr", "httpd_webserver")


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Made once: `work` is never changed by a push, since it pushes to a path."""
    place = Place(tmp_path_factory.mktemp("gates"))
    put_on_path(place.folder)
    work = place.folder / "work"
    for name in HELD:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, work / name)
        else:
            shutil.copy(source, work / name)
    place.git("work", "init", "-q", "-b", "main")
    for number in range(1, 5):
        place.commit(f"c{number}", {"notes.txt": more(f"{number}\n")})
    side_branches(place)
    place.git(".", "init", "-q", "--bare", "-b", "main", "server.git")
    pushed = [f"{commit}:refs/heads/{branch}" for branch, commit in REFS.items()]
    place.git("work", "push", "-q", "../server.git", *pushed)
    # A server may be a mirror, with a remote of its own.
    place.git("server.git", "remote", "add", "origin", "https://git.example.com/elsewhere.git")
    place.install()
    return place


def side_branches(place: Place) -> None:
    """Commits that a gate has an opinion on, each on top of c3 if its name does not say otherwise."""
    on_c3: dict[str, Mapping[str, Callable[[str], str]]] = {
        "typo": {SERVICE: swap("component: httpd_webserver", "component: httpd_webservr")},
        # Its host keeps the namespace that stands in apps.
        "host": {PROD: lambda text: text.replace(text[text.index(DEPLOYMENT) : text.index(JOB)], "")},
        "weak": {
            "ringtrue.toml": lambda text: (
                text.replace('["tests"', '["labs", "tests"').replace('unknown = "error"', 'unknown = "note"') + IGNORE
            ),
            "apps/smoke-test/job.yaml": swap("  activeDeadlineSeconds: 120\n", ""),
            "base/kustomization.yaml": swap("newTag: stream10", "newTag: stream9"),
            "apps/httpd/deployment.yaml": lambda text: text.replace("  progressDeadlineSeconds: 60\n", "").replace(
                "  name: dep-httpd\n", ANNOTATED
            ),
        },
        "broken": {"ringtrue.toml": swap("complete = true", "compleet = true")},
        "rival": {"notes.txt": more("rival\n")},
        "trunk": {"ringtrue.toml": swap("order =", 'main = "trunk"\norder =')},
    }
    for name, files in on_c3.items():
        place.git("work", "checkout", "-q", "--detach", "c3")
        place.commit(name, files)
    place.git("work", "checkout", "-q", "--detach", "typo")
    place.commit("mended", {SERVICE: mended})
    place.git("work", "checkout", "-q", "--detach", "typo")
    place.commit("lax", {"ringtrue.toml": swap("policy = true\n", f"policy = true\n{OFF}")})
    place.commit("strict", {SERVICE: mended, "ringtrue.toml": swap(OFF, "")})
    place.git("work", "checkout", "-q", "--detach", "c1")
    place.commit("beside", {"notes.txt": more("beside\n")})
    place.git("work", "merge", "-q", "-s", "ours", "-m", "merged", "c2")
    place.keep("merged")
    place.git("work", "checkout", "-q", "--orphan", "elsewhere")
    place.commit("unrelated", {"notes.txt": more("unrelated\n")})
    place.git("work", "tag", "-a", "-m", "a release", "v1", "c3")
    place.names[place.git("work", "rev-parse", "v1")] = "v1"
    place.git("work", "checkout", "-q", "main")


@pytest.fixture
def place(original: Place, tmp_path: Path) -> Place:
    """A server of its own for each test."""
    folder = tmp_path / "place"
    folder.mkdir()
    for name in ("bin", "work"):
        (folder / name).symlink_to(original.folder / name)
    shutil.copytree(original.folder / "server.git", folder / "server.git")
    return Place(folder, original.names)
