"""Mutation testing of the rooms that decide: which mutants of their modules survive the tests.

    make mutation SHARE=0.1 SEED=1 MODULES="cluster/dns reachability/*"

All mutants of the modules are tried, or with --share a seeded part of each module's. Works on a copy of HEAD in the
temporary folder, so the working tree is left alone. Not tried: mutants that change only the case of a text, or only a
text with a space in it, which is a message (the cases under tests/cases hold those). Prints a table for
docs/mutation.md, then each survivor with its difference.
"""

import argparse
import ast
import difflib
import fnmatch
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPY = Path(tempfile.gettempdir()) / "ringtrue-mutation"
ROOMS = ("reachability", "cluster", "references")
TESTS = tuple(f"tests/{each}" for each in ROOMS)
"""Quick ones, tried first."""
CASES = (
    "tests/properties/test_proofs.py",
    "tests/cases/test_cases.py::test_case",
    "tests/incidents",
    "tests/scenarios/test_scenarios.py::test_a_fault_is_reported_where_it_is_and_in_prod_alone",
    "tests/scenarios/test_scenarios.py::test_a_good_twin_is_proved",
)
"""Whole runs, tried on what survives the quick ones: they hold words, places, and how the rooms work together."""
ABOUT_THE_REPOSITORY = ("test_this_repository.py", "test_docstrings.py")
"""Tests that read the sources: a mutated copy has others."""
RENDERER = Path("rendering") / "_renderer"

SETTINGS = f"""
[tool.mutmut]
source_paths = ["ringtrue"]
only_mutate = {[f"ringtrue/{room}/*" for room in ROOMS]}
pytest_add_cli_args = ["-p", "no:cacheprovider"]
pytest_add_cli_args_test_selection = ["tests/cluster/test_operated.py"]
also_copy = ["conftest.py"]
use_git_change_detection = false

[tool.pytest.ini_options]
pythonpath = ["tests/properties"]
addopts = ["--strict-markers", "--strict-config", "--import-mode=importlib"]
"""

KILLED, BY_CASES, SINCE = "killed", "killed by cases", "killed since"
LEFT = ("survived", "not reached")
COLUMNS = ("mutants", "tried", KILLED, BY_CASES, SINCE, *LEFT)

Results = Mapping[str, Mapping[str, str]]
"""What became of each mutant, by module and by name."""


def main() -> int:
    options = arguments()
    until = time.time() + options.minutes * 60
    copied()
    mutants_made()
    before = read(options.again) if options.again else {}
    sample = known(before) if before else sampled(options.modules, options.share, random.Random(options.seed))
    names = [name for found in sample.values() for name in found if before.get(name, "survived") in LEFT]
    sys.stderr.write(f"mutation: {len(names)} mutants\n")
    outcome = tried(names, TESTS, options.seconds, until)
    left = [name for name in names if outcome.get(name) in LEFT]
    outcome |= {name: BY_CASES for name, said in tried(left, CASES, options.seconds, until).items() if said == KILLED}
    outcome = before | {name: SINCE if before and said not in LEFT else said for name, said in outcome.items()}
    results = {module: {name: outcome[name] for name in found if name in outcome} for module, found in sample.items()}
    if options.results:
        lines = (f"{name}\t{said}\n" for found in results.values() for name, said in found.items())
        options.results.write_text("".join(lines), encoding="utf-8")
    print(*table(results), "", *survivors(results), sep="\n")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Mutation testing of cluster, references and reachability.")
    parser.add_argument("modules", nargs="*", help="which, as cluster/dns or 'reachability/*' (all)")
    parser.add_argument("--share", type=float, default=1, help="of each module's mutants (1)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=600, help="after which no more mutants are tried (600)")
    parser.add_argument("--seconds", type=float, default=30, help="for the tests of one mutant, and for the cases (30)")
    parser.add_argument("--results", type=Path, metavar="FILE", help="where to write what became of each mutant")
    parser.add_argument("--again", type=Path, metavar="FILE", help="such a file: what was left is tried once more")
    return parser.parse_args()


def copied() -> None:
    """A fresh copy of what HEAD holds of the package, with mutmut's settings and the few tests that it asks for."""
    shutil.rmtree(COPY, ignore_errors=True)
    extracted(COPY, "scripts/ringtrue", "tests/conftest.py", "tests/cluster")
    (COPY / "scripts" / "ringtrue").rename(COPY / "ringtrue")
    shutil.copy(Path(__file__).with_name("mutation_trial.py"), COPY / "conftest.py")
    (COPY / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")


def extracted(folder: Path, *wanted: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    archive = subprocess.run(["git", "archive", "HEAD", *wanted], cwd=ROOT, check=True, capture_output=True)
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")


def mutants_made() -> None:
    """mutmut makes them all; of what it then tries only a few are asked for, as it needs something to do."""
    mutmut = Path(sys.executable).with_name("mutmut")
    if not mutmut.exists():
        raise SystemExit("mutation: mutmut is missing; `make mutation` installs it")
    command = [str(mutmut), "run", "--max-children", "1", "ringtrue.cluster.operators.*"]
    if subprocess.run(command, cwd=COPY, stdout=sys.stderr, check=False).returncode:
        raise SystemExit("mutation: mutmut failed, see above")
    mutants = COPY / "mutants"
    extracted(mutants, "tests")  # not by mutmut, which copies no link that leads nowhere
    for path in (mutants / "tests").rglob("test_*.py"):
        if path.name in ABOUT_THE_REPOSITORY:
            path.unlink()
    shutil.copy(ROOT / "scripts" / "ringtrue" / RENDERER, mutants / "ringtrue" / RENDERER)


def tried(names: Sequence[str], tests: Sequence[str], seconds: float, until: float) -> dict[str, str]:
    """What became of these mutants under these tests; those that there was no time for are not in it."""
    if not names:
        return {}
    wanted, results, met = (COPY / f"{each}-{len(tests)}" for each in ("names", "results", "meetings"))
    wanted.write_text("\n".join(names), encoding="utf-8")
    results.write_text("", encoding="utf-8")
    session(tests, MUTANT_UNDER_TEST="stats", MUTATION_MEETINGS=str(met))
    session(
        tests,
        MUTATION_NAMES=str(wanted),
        MUTATION_RESULTS=str(results),
        MUTATION_TESTS=str(met),
        MUTATION_SECONDS=str(seconds),
        MUTATION_UNTIL=str(until),
    )
    return read(results)


def session(tests: Sequence[str], **environment: str) -> None:
    mutants = COPY / "mutants"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--capture=sys", *tests]
    known = {**os.environ, "PYTHONPATH": str(mutants), **environment}
    done = subprocess.run(command, cwd=mutants, env=known, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode not in (0, 5):
        raise SystemExit(f"mutation: pytest failed\n{done.stdout[-3000:]}")


def sampled(wanted: Sequence[str], share: float, chance: random.Random) -> Mapping[str, list[str]]:
    """Names of mutants by module; at least one of each module that has any."""
    found = {}
    for module in modules(wanted):
        names = sorted(worth_trying(module))
        if names:
            found[module] = sorted(chance.sample(names, max(1, round(share * len(names)))))
    return found


def read(results: Path) -> dict[str, str]:
    lines = results.read_text(encoding="utf-8").splitlines()
    return {name: said for name, said, *_ in (line.split("\t") for line in lines)}


def known(before: Mapping[str, str]) -> Mapping[str, list[str]]:
    """The mutants of an earlier run that there still are, by module."""
    found = {module: sorted(before.keys() & meta(module).keys()) for module in modules(())}
    return {module: names for module, names in found.items() if names}


def modules(wanted: Sequence[str]) -> list[str]:
    metas = (COPY / "mutants" / "ringtrue").rglob("*.py.meta")
    found = sorted(path.relative_to(COPY / "mutants").as_posix().removesuffix(".meta") for path in metas)
    found.sort(key=lambda module: ROOMS.index(room_of(module)))
    return [each for each in found if not wanted or any(fnmatch.fnmatch(shown(each), form) for form in wanted)]


def room_of(module: str) -> str:
    return module.split("/")[1]


def shown(module: str) -> str:
    return module.removeprefix("ringtrue/").removesuffix(".py")


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


def table(results: Results) -> Iterator[str]:
    yield f"| module | {' | '.join(COLUMNS)} |"
    yield f"|---{'|---' * len(COLUMNS)}|"
    rooms = {room_of(module) for module in results}
    for room in (each for each in ROOMS if each in rooms):
        own = {module: counted(module, found) for module, found in results.items() if room_of(module) == room}
        for module, counts in own.items():
            yield row(shown(module), counts)
        yield row(f"**{room}**", sum(own.values(), Counter[str]()))
    yield row("**all**", sum((counted(*each) for each in results.items()), Counter[str]()))


def counted(module: str, found: Mapping[str, str]) -> Counter[str]:
    return Counter(found.values()) + Counter({"mutants": sum(1 for _ in worth_trying(module)), "tried": len(found)})


def row(name: str, counts: Counter[str]) -> str:
    return f"| {name} | {' | '.join(str(counts[each]) for each in COLUMNS)} |"


def survivors(results: Results) -> Iterator[str]:
    for module, found in results.items():
        functions = defined(module)
        for name, said in sorted(found.items()):
            if said in LEFT:
                yield f"{name} {said}"
                yield from difference(*versions(name, functions))


def difference(original: ast.FunctionDef, mutant: ast.FunctionDef) -> Iterable[str]:
    one, other = (ast.unparse(each).splitlines()[1:] for each in (original, mutant))
    changed = difflib.unified_diff(one, other, n=0, lineterm="")
    return [f"    {line}" for line in changed if not line.startswith(("---", "+++", "@@"))]


if __name__ == "__main__":
    raise SystemExit(main())
