"""Times the gate on a push to an environment branch: on this repository, and on one of 2,000 overlays.

    python -m benchmarks.gate [ROUNDS]

This repository: its own files in a bare repository whose environments are one commit behind main; the push moves
`env/dev`. The large one: 2,000 overlays of one Application each in three environments, on 500 bases; the push moves
`env/dev` by a commit that changes one base. Beside it stands the time to render the sources of that environment, of
all environments, and of those that the commit changes, by the same renderer.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.generate import Manifest
from benchmarks.revisions import dumped, git

from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits, Request

ROOT = Path(__file__).parents[1]
URL = "https://git.example.com/benchmark.git"
ENVIRONMENTS = ("dev", "staging", "prod")
OVERLAYS, BASES = 2000, 500
Files = Mapping[str, str]


def main(argv: Sequence[str]) -> int:
    """Print the medians."""
    rounds = int(argv[0]) if argv else 5
    with tempfile.TemporaryDirectory() as folder:
        own = server(Path(folder) / "own", this_repository(), {"README.md": "changed\n"})
        say(f"this repository, push to env/dev: {median(lambda: gate(own), rounds):.2f} s (median of {rounds})")
        large = server(Path(folder) / "large", dict(overlays()), dict(base(0, replicas=3)))
        say(f"{OVERLAYS} overlays on {BASES} bases, one of them changed, push to env/dev: {gate(large):.1f} s")
        mine = [each for each in range(OVERLAYS) if environment_of(each) == "dev"]
        for what, numbers in {
            "the sources that it changes": [each for each in mine if each % BASES == 0],
            "the sources of dev": mine,
            "all sources": range(OVERLAYS),
        }.items():
            say(f"  rendering {what} ({len(numbers)}): {rendering(large, numbers):.1f} s")
    return 0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def median(run: Callable[[], float], rounds: int) -> float:
    return statistics.median(run() for _ in range(rounds))


def this_repository() -> Files:
    """What git tracks here."""
    listed = subprocess.run(("git", "ls-files", "-z"), cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = (path for path in filter(None, listed.split("\0")) if not (ROOT / path).is_symlink())
    return {path: (ROOT / path).read_bytes().decode(errors="surrogateescape") for path in paths}


def server(root: Path, files: Files, change: Files) -> Path:
    """A bare repository: main holds the change, the environment branches the commit before it."""
    work = root / "work"
    work.mkdir(parents=True)
    git(work, "init", "-q", "-b", "main")
    for number, each in enumerate((files, change)):
        for path, text in each.items():
            (work / path).parent.mkdir(parents=True, exist_ok=True)
            (work / path).write_bytes(text.encode(errors="surrogateescape"))
        git(work, "add", "--all", "--force")
        git(work, "commit", "-q", "-m", str(number))
    for name in ENVIRONMENTS:
        git(work, "branch", f"env/{name}", "HEAD~1")
    git(root, "clone", "-q", "--bare", str(work), "server.git")
    return root / "server.git"


def gate(bare: Path) -> float:
    """Seconds that the gate takes to accept the push."""
    old, new = (id_of(bare, name) for name in ("env/dev", "main"))
    words = ("update", "--root", str(bare), "--ref", "refs/heads/env/dev", "--old", old, "--new", new)
    start = time.perf_counter()
    done = subprocess.run(
        (sys.executable, "-m", "ringtrue", "gate", *words), check=False, capture_output=True, text=True
    )
    assert done.stdout.startswith("accepted: env/dev"), done.stdout + done.stderr
    return time.perf_counter() - start


def id_of(bare: Path, name: str) -> str:
    return subprocess.run(
        ("git", "rev-parse", name), cwd=bare, check=True, capture_output=True, text=True
    ).stdout.strip()


def rendering(bare: Path, numbers: Iterable[int]) -> float:
    where = Request("", revision=id_of(bare, "main"), repository=str(bare))
    requests = [replace(where, path=overlay_path(number)) for number in numbers]
    start = time.perf_counter()
    answers = choose(Limits(), os.environ).render(requests, bare)
    assert [each.error for each in answers if each.error] == []
    return time.perf_counter() - start


def environment_of(number: int) -> str:
    return ENVIRONMENTS[number % len(ENVIRONMENTS)]


def overlay_path(number: int) -> str:
    return f"overlays/{environment_of(number)}/app-{number:04d}"


def overlays() -> Iterator[tuple[str, str]]:
    """Each overlay with its Application, and the bases."""
    yield "ringtrue.toml", f'[environments]\norder = ["dev", "staging", "prod"]\n[argocd]\nrepository = "{URL}"\n'
    for number in range(BASES):
        yield from base(number, replicas=2)
    for number in range(OVERLAYS):
        namespace = f"{environment_of(number)}-{number:04d}"
        content = {"namespace": namespace, "resources": [f"../../../bases/base-{number % BASES:03d}"]}
        yield f"{overlay_path(number)}/kustomization.yaml", dumped(content)
        yield f"applications/app-{number:04d}.yaml", dumped(application(number, namespace))


def application(number: int, namespace: str) -> Manifest:
    name = environment_of(number)
    source = {"repoURL": URL, "path": overlay_path(number), "targetRevision": f"refs/heads/env/{name}"}
    destination = {"server": "https://kubernetes.default.svc", "namespace": namespace}
    return {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": {"name": f"app-{number:04d}", "namespace": "argocd", "labels": {"environment": name}},
        "spec": {"project": "apps", "source": source, "destination": destination},
    }


def base(number: int, replicas: int) -> Iterator[tuple[str, str]]:
    """A server, its Service, and a client that calls it."""
    folder = f"bases/base-{number:03d}"
    yield f"{folder}/kustomization.yaml", dumped({"resources": ["server.yaml", "service.yaml", "client.yaml"]})
    ports = [{"containerPort": 8080, "name": "http"}]
    yield (
        f"{folder}/server.yaml",
        dumped(deployment("server", replicas, {"image": "example.com/server:1", "ports": ports})),
    )
    spec = {"selector": {"app": "server"}, "ports": [{"port": 80, "targetPort": "http"}]}
    yield (
        f"{folder}/service.yaml",
        dumped({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "server"}, "spec": spec}),
    )
    env = [{"name": "SERVER_URL", "value": "http://server"}]
    yield f"{folder}/client.yaml", dumped(deployment("client", 1, {"image": "example.com/client:1", "env": env}))


def deployment(name: str, replicas: int, container: Manifest) -> Manifest:
    labels = {"app": name}
    template = {"metadata": {"labels": labels}, "spec": {"containers": [{"name": name, **container}]}}
    spec = {"replicas": replicas, "selector": {"matchLabels": labels}, "template": template}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name}, "spec": spec}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
