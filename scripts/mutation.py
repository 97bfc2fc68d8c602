"""Mutation testing of the rooms that decide: a seeded sample of mutants of each module, and which of them survive.

    .venv/bin/python -m pip install mutmut==3.8.1
    .venv/bin/python scripts/mutation.py --share 0.1 --minutes 20 --seed 1

Works on a copy of HEAD in the temporary folder, so the working tree is left alone. Not sampled: mutants that change
only the case of a text, or only a text with a space in it, which is a message (the cases under tests/cases hold those).
Prints a table for docs/mutation.md, then each survivor with its difference.
"""

import argparse
import ast
import difflib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPY = Path(tempfile.gettempdir()) / "ringtrue-mutation"
ROOMS = ("cluster", "references", "reachability")
TESTS = (*ROOMS, "properties/test_proofs.py")
"""Quick ones: a mutant that survives costs all of those that meet it."""
CASES = (
    "tests/cases/test_cases.py::test_case",
    "tests/scenarios/test_scenarios.py::test_a_fault_is_reported_where_it_is_and_in_prod_alone",
    "tests/scenarios/test_scenarios.py::test_a_good_twin_is_proved",
)
ABOUT_THE_REPOSITORY = ("test_this_repository.py", "test_docstrings.py")
"""Tests that read the sources: a mutated copy has others."""
CONFTEST = """\
import functools
import gc


def pytest_sessionstart(session):
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper):
            each.cache_clear()


def pytest_collection_modifyitems(items):
    items[:] = [each for each in items if "\\\\" not in each.nodeid and "test_long_text" not in each.nodeid]
"""
"""A mutant must not find the answers of the sound code in a cache. Left out: tests that pytest does not find again by
their id, and those that measure time."""

SETTINGS = f"""
[tool.mutmut]
source_paths = ["ringtrue"]
only_mutate = {[f"ringtrue/{room}/*" for room in ROOMS]}
pytest_add_cli_args = ["-p", "no:cacheprovider"]
pytest_add_cli_args_test_selection = {[f"tests/{each}" for each in TESTS]}
also_copy = ["conftest.py"]
use_git_change_detection = false
timeout_multiplier = 4.0

[tool.pytest.ini_options]
pythonpath = ["tests/properties"]
addopts = ["--strict-markers", "--strict-config", "--import-mode=importlib"]
"""

RESULTS = {0: "survived", 1: "killed", 3: "killed", 33: "untested", None: "not reached"}
"""mutmut's exit codes; any other means that the mutant ran on or fell, which is a kill too."""


def main() -> int:
    options = arguments()
    copied()
    mutmut("ringtrue.cluster.operators.*", minutes=options.minutes)  # a few, so that all are made and timed
    sample = sampled(options.share, random.Random(options.seed))
    chosen = [name for names in sample.values() for name in names]
    print(f"{len(chosen)} mutants, seed {options.seed}", file=sys.stderr)
    mutmut(*chosen, minutes=options.minutes)
    results = {module: {name: result_of(module, name) for name in names} for module, names in sample.items()}
    tried_on_cases(results, until=time.monotonic() + options.minutes * 60)
    print(*table(results), "", *survivors(results), sep="\n")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Mutation testing of cluster, references and reachability.")
    parser.add_argument("--share", type=float, default=0.1, help="of each module's mutants (0.1)")
    parser.add_argument("--minutes", type=float, default=20, help="after which no more mutants are tried (20)")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def copied() -> None:
    """A fresh copy of what HEAD holds of the package and of the tests, with mutmut's settings."""
    shutil.rmtree(COPY, ignore_errors=True)
    COPY.mkdir(parents=True)
    wanted = [
        "scripts/ringtrue",
        "tests/conftest.py",
        "tests/properties/generated",
        *(f"tests/{each}" for each in (*TESTS, "cases", "scenarios")),
    ]
    archive = subprocess.run(["git", "archive", "HEAD", *wanted], cwd=ROOT, check=True, capture_output=True)
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(COPY, filter="data")
    (COPY / "scripts" / "ringtrue").rename(COPY / "ringtrue")
    for path in (COPY / "tests").rglob("test_*.py"):
        if path.name in ABOUT_THE_REPOSITORY:
            path.unlink()
    (COPY / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (COPY / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")


def mutmut(*names: str, minutes: float) -> None:
    """Tries these mutants, the quick ones first, until the time is over."""
    command = [str(Path(sys.executable).with_name("mutmut")), "run", "--max-children", "1", *names]
    with subprocess.Popen(command, cwd=COPY, stdout=sys.stderr) as running:
        try:
            running.wait(timeout=minutes * 60)
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGINT)
    if running.returncode:
        raise SystemExit("mutation: mutmut failed, see above")


def sampled(share: float, chance: random.Random) -> Mapping[str, list[str]]:
    """Names of mutants by module; at least one of each module that has any."""
    found = {}
    for module in modules():
        names = sorted(worth_trying(module))
        if names:
            found[module] = sorted(chance.sample(names, max(1, round(share * len(names)))))
    return found


def modules() -> list[str]:
    metas = (COPY / "mutants" / "ringtrue").rglob("*.py.meta")
    return sorted(path.relative_to(COPY / "mutants").as_posix().removesuffix(".meta") for path in metas)


def worth_trying(module: str) -> Iterator[str]:
    functions = defined(module)
    for name in meta(module):
        original, mutant = versions(name, functions)
        if without_texts(original) != without_texts(mutant):
            yield name


def meta(module: str) -> Mapping[str, int | None]:
    found: Mapping[str, int | None] = json.loads((COPY / "mutants" / f"{module}.meta").read_text())["exit_code_by_key"]
    return found


def defined(module: str) -> Mapping[str, ast.FunctionDef]:
    tree = ast.parse((COPY / "mutants" / module).read_text(encoding="utf-8"))
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def versions(name: str, functions: Mapping[str, ast.FunctionDef]) -> tuple[ast.FunctionDef, ast.FunctionDef]:
    mutant = name.rpartition(".")[2]
    original = f"{mutant.partition('__mutmut_')[0]}__mutmut_orig"
    return functions[original], functions[mutant]


def without_texts(function: ast.FunctionDef) -> str:
    """The body with its messages gone, and what is left of its texts in one case."""
    return "\n".join(ast.dump(_Plain().visit(ast.parse(ast.unparse(each)))) for each in function.body)


class _Plain(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        if not isinstance(node.value, str):
            return node
        return ast.Constant("" if " " in node.value.strip("X") else node.value.lower())


def result_of(module: str, name: str) -> str:
    return RESULTS.get(meta(module)[name], "killed")


def tried_on_cases(results: Mapping[str, dict[str, str]], until: float) -> None:
    """Gives each survivor to the cases, which hold words and whole runs: a process each, as long as there is time."""
    renderer = Path("rendering") / "_renderer"
    shutil.copy(ROOT / "scripts" / "ringtrue" / renderer, COPY / "mutants" / "ringtrue" / renderer)
    if not cases_pass(""):
        raise SystemExit("mutation: the cases fail on the sound copy")
    for found in results.values():
        for name in [name for name, result in found.items() if result in ("survived", "untested")]:
            if time.monotonic() < until and not cases_pass(name):
                found[name] = "killed by cases"


def cases_pass(mutant: str) -> bool:
    mutants = COPY / "mutants"
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *CASES]
    environment = {**os.environ, "MUTANT_UNDER_TEST": mutant, "PYTHONPATH": str(mutants)}
    return subprocess.run(command, cwd=mutants, env=environment, capture_output=True, check=False).returncode == 0


def table(results: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    yield "| module | mutants | sampled | killed | killed by cases | survived | untested | not reached |"
    yield "|---|---|---|---|---|---|---|---|"
    total: Counter[str] = Counter()
    for module, found in results.items():
        counts = Counter(found.values()) + Counter({"all": len(list(worth_trying(module))), "sampled": len(found)})
        total += counts
        yield row(module.removeprefix("ringtrue/").removesuffix(".py"), counts)
    yield row("all", total)


def row(name: str, counts: Counter[str]) -> str:
    columns = ("all", "sampled", "killed", "killed by cases", "survived", "untested", "not reached")
    return f"| {name} | {' | '.join(str(counts[each]) for each in columns)} |"


def survivors(results: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for module, found in results.items():
        functions = defined(module)
        for name in sorted(name for name, result in found.items() if result in ("survived", "untested")):
            yield f"{name} {found[name]}"
            yield from difference(*versions(name, functions))


def difference(original: ast.FunctionDef, mutant: ast.FunctionDef) -> Iterable[str]:
    one, other = (ast.unparse(each).splitlines()[1:] for each in (original, mutant))
    changed = difflib.unified_diff(one, other, n=0, lineterm="")
    return [f"    {line}" for line in changed if not line.startswith(("---", "+++", "@@"))]


if __name__ == "__main__":
    raise SystemExit(main())
