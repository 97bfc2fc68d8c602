"""Pytest plugin of scripts/mutation.py: which tests meet which function, and which mutants these tests kill.

Copied as the conftest.py of the mutated copy. Everything is imported and collected once; each mutant is a fork of that
process, in which the tests that meet its function run until one fails. Told by the environment:

- MUTATION_MEETINGS=FILE: runs the tests as they are, writes {function: {test: seconds}}.
- MUTATION_NAMES=FILE: a mutant a line, tried with the tests of MUTATION_TESTS, a file as above;
  MUTATION_RESULTS=FILE: adds `<mutant> <result> <test that killed it>` lines; MUTATION_UNTIL: when to end, in seconds
  of the clock; MUTATION_SECONDS: how long the tests of one mutant may take.
"""

import functools
import gc
import importlib
import json
import os
import resource
import signal
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

import pytest

MEMORY = 4 << 30
"""Bytes that a mutant may have: one that adds to a list for ever must end."""
LEFT_OUT = ("test_long_text_takes_little_time", "test_hostile.py::test_no_")
"""The first measures time: on a busy machine it would kill what it should not. The others take seconds to see only that
nothing raises, which the rest sees too."""

failed: list[str] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = [each for each in items if not any(words in each.nodeid for words in LEFT_OUT)]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.failed:
        failed.append(report.nodeid)


def pytest_runtestloop(session: pytest.Session) -> bool | None:
    if path := os.environ.get("MUTATION_MEETINGS"):
        Path(path).write_text(json.dumps(meetings(session.items)), encoding="utf-8")
    elif path := os.environ.get("MUTATION_NAMES"):
        trials(session.items, Path(path).read_text(encoding="utf-8").split())
    else:
        return None
    return True


def meetings(items: Sequence[pytest.Item]) -> dict[str, dict[str, float]]:
    """Seconds by function and test; each test makes its fixtures and finds empty caches, so it meets all it needs."""
    state = importlib.import_module("mutmut.state").state()
    met: defaultdict[str, dict[str, float]] = defaultdict(dict)
    caches = all_caches()
    for item in items:
        for each in caches:
            each.cache_clear()
        state._stats.clear()
        begun = time.perf_counter()
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        for function in state._stats:
            met[function][item.nodeid] = time.perf_counter() - begun
    if failed:
        pytest.exit(f"mutation: fails on the sound copy: {failed[0]}", 1)
    return met


def all_caches() -> list["functools._lru_cache_wrapper[object]"]:
    """A mutant must not find the answers of the sound code in a cache."""
    return [each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper)]


def trials(items: Sequence[pytest.Item], names: Sequence[str]) -> None:
    """One after another. The tests that killed mutants of a function come first for its next ones."""
    known = json.loads(Path(os.environ["MUTATION_TESTS"]).read_text(encoding="utf-8"))
    by_id = {item.nodeid: item for item in items}
    killers: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for each in all_caches():
        each.cache_clear()
    gc.collect()
    gc.freeze()
    with Path(os.environ["MUTATION_RESULTS"]).open("a", encoding="utf-8") as out:
        for name in names:
            if time.time() > float(os.environ["MUTATION_UNTIL"]):
                return
            function = name.rpartition("__mutmut_")[0]
            seconds = {test: took for test, took in known.get(function, {}).items() if test in by_id}
            order = dict.fromkeys((*killers[function], *sorted(seconds, key=seconds.__getitem__)))
            result, killer = tried(name, [by_id[test] for test in order], sum(seconds.values()))
            if killer:
                killers[function] = {killer: None, **killers[function]}
            out.write(f"{name}\t{result}\t{killer}\n")
            out.flush()


def tried(name: str, items: Sequence[pytest.Item], seconds: float) -> tuple[str, str]:
    """What became of a mutant, and the test that killed it; "" where it ran on or fell, which is a kill too."""
    if not items:
        return "not reached", ""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        run_as(name, items, writing, int(4 * seconds) + 5)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        killer = told.read().decode()
    _, status = os.waitpid(child, 0)
    return "killed" if status else "survived", killer


def run_as(name: str, items: Sequence[pytest.Item], out: int, limit: int) -> None:
    """In the fork; never returns."""
    status = 1
    try:
        os.environ["MUTANT_UNDER_TEST"] = name
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.alarm(6 * limit)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        for item, following in until_late(items):
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            if failed:
                os.write(out, item.nodeid.encode())
                break
        else:
            status = 0
    finally:
        os._exit(status)


def until_late(items: Sequence[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    until = time.monotonic() + float(os.environ["MUTATION_SECONDS"])
    for pair in zip_longest(items, items[1:]):
        if time.monotonic() > until:
            return
        yield pair
