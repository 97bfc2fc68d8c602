"""Times reading a git revision of a large repository beside rendering it, and asserts that nothing else is touched.

    python -m benchmarks.revisions [REVISIONS]

Makes a repository of 17,000 files (1,202 apps of `benchmarks.generate`, an object a file, below overlays of three
environments) with 55 commits. For each of the last 50 revisions, or as many as asked for: opening it with the graph of
its kustomizations, then rendering all its overlays with the built-in renderer. Both leave the working tree and the
index as they were, which is asserted by hash.
"""

import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import yaml
from benchmarks import generate

from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits, Renderer, Request
from ringtrue.repository.graph import graph
from ringtrue.repository.revision import revision

APPS = 1202
COMMITS = 55
ENVIRONMENTS = ("dev", "staging", "prod")


def main(argv: Sequence[str]) -> int:
    """Print the medians and their ratio."""
    wanted = int(argv[0]) if argv else 50
    renderer = choose(Limits(), os.environ)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        files = write(root)
        before = hashed(root)
        pairs = [timed(root, f"HEAD~{back}", renderer) for back in range(wanted)]
        assert hashed(root) == before, "the working tree or the index has changed"
    reading, rendering = (statistics.median(column) for column in zip(*pairs, strict=True))
    lines = (
        f"{files} files; medians of {wanted} revisions; working tree and index untouched",
        f"reading    {reading:.2f} s",
        f"rendering  {rendering:.2f} s",
        f"ratio      {reading / rendering:.3f}",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def timed(root: Path, name: str, renderer: Renderer) -> tuple[float, float]:
    """Seconds for reading a revision, and for rendering its overlays."""
    start = time.perf_counter()
    with revision(root, name) as tree:
        kustomizations = graph(tree)
        read = time.perf_counter()
        leaves = [path for path in kustomizations.leaves(lambda path: False) if path.startswith("overlays/")]
        where = Request("", revision=tree.commit, repository=str(tree.repository), folder=tree.folder)
        answers = list(renderer.render([replace(where, path=path) for path in leaves], root))
        done = time.perf_counter()
    assert answers
    assert [each.error for each in answers if each.error] == []
    return read - start, done - read


def write(root: Path) -> int:
    """The repository; each commit after the first changes one patch. How many files it holds."""
    count = 0
    for path, text in files_of():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
        count += 1
    git(root, "init", "-q")
    git(root, "add", "--all")
    git(root, "commit", "-q", "-m", "all")
    for number in range(1, COMMITS):
        changed = root / patch_path("prod", number)
        changed.write_text(changed.read_text(encoding="utf-8").replace("replicas: 3", f"replicas: {number + 3}"))
        git(root, "commit", "-q", "-m", str(number), "--", str(changed))
    return count


def files_of() -> Iterator[tuple[str, str]]:
    """Path and text of each file."""
    teams: dict[str, list[int]] = defaultdict(list)
    for number in range(APPS):
        teams[generate.namespace_of(number)].append(number)
        base = f"apps/{generate.name_of(number)}"
        named = {f"{each['kind'].lower()}.yaml": each for each in generate.objects(number, APPS)}
        yield from ((f"{base}/{name}", dumped(each)) for name, each in named.items())
        yield f"{base}/kustomization.yaml", dumped({"resources": list(named)})
    for environment in ENVIRONMENTS:
        for team, numbers in teams.items():
            yield f"overlays/{environment}/{team}/kustomization.yaml", dumped(overlay(numbers))
            yield from ((patch_path(environment, number), dumped(patch(number))) for number in numbers)


def overlay(numbers: Sequence[int]) -> generate.Manifest:
    names = [generate.name_of(number) for number in numbers]
    return {
        "resources": [f"../../../apps/{name}" for name in names],
        "patches": [{"path": f"{name}.yaml"} for name in names],
    }


def patch(number: int) -> generate.Manifest:
    metadata = {"name": generate.name_of(number), "namespace": generate.namespace_of(number)}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": {"replicas": 3}}


def patch_path(environment: str, number: int) -> str:
    return f"overlays/{environment}/{generate.namespace_of(number)}/{generate.name_of(number)}.yaml"


def dumped(value: generate.Manifest) -> str:
    return yaml.dump(value, Dumper=yaml.CSafeDumper, sort_keys=False)


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "gc.auto=0")
    subprocess.run(("git", *identity, *arguments), cwd=root, check=True)


def hashed(root: Path) -> dict[str, str]:
    """Every file of the working tree, and git's index."""
    places = [path for path in root.rglob("*") if path.is_file() and ".git" not in path.relative_to(root).parts]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in (*places, root / ".git/index")}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
