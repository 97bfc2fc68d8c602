"""Every format on a repository with every kind of finding, on text that nobody should write, and on thousands."""

import os
import shutil
import subprocess
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ringtrue.checking import Options, Report, check, entries
from ringtrue.config import load
from ringtrue.findings import Finding, Location, ObjectId, Related, Severity
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits
from ringtrue.reports import check_markdown, github, gitlab, json_report, junit, sarif, text
from ringtrue.repository.checkout import index, working_tree

Valid = Callable[[str, str], Any]

CASES = Path(__file__).parents[1] / "cases"
FORMATS: dict[str, Callable[[Report], str]] = {
    "check": lambda report: json_report.render(report, verbose=True),
    "sarif": lambda report: sarif.render(report, notes=True),
    "gitlab": lambda report: gitlab.render(report, notes=True),
    "junit": lambda report: junit.render(report, notes=True),
    "github": lambda report: github.render(report, notes=True),
    "markdown": lambda report: check_markdown.render(report, notes=True),
    "text": lambda report: text.render(report, text.View(notes=True)),
}
MACHINES = ("check", "sarif", "gitlab", "junit")

NO_FINDING = {"reference-external", "reference-target-rejected"}
"""The one is counted, the other is told at the object that is refused."""


def cases() -> Iterator[Path]:
    """Of each rule and reason the first bad case that ends in it."""
    for name in sorted(entries().keys() - NO_FINDING):
        told = (
            case for case in sorted((CASES / name).glob("bad-*")) if f"[{name}]" in (case / "expected.txt").read_text()
        )
        yield next(told)


def checked(case: Path, scratch: Path) -> Report:
    renderer, options = choose(Limits(), os.environ), Options(places=True)
    if (case / "deployed").is_dir():
        before, after = case / "deployed", case / "pushed"
        deployed = check(working_tree(before), load(before), renderer, options)
        return check(working_tree(after), load(after), renderer, options, before=deployed)
    if not (case / ".untracked").exists():
        return check(working_tree(case), load(case), renderer, options)
    shutil.copytree(case, scratch, symlinks=True)
    left = {".untracked", "expected.txt", *(case / ".untracked").read_text().split()}
    for words in (["init", "-q"], ["add", *sorted(path.name for path in case.iterdir() if path.name not in left)]):
        subprocess.run(["git", *words], cwd=scratch, check=True, capture_output=True)
    with index(scratch) as tree:
        return check(tree, load(scratch), renderer, options)


def below(folder: str, report: Report) -> Report:
    """The same repository as a folder of a larger one, with environments of its own."""

    def moved(place: Location) -> Location:
        return replace(place, path=f"{folder}/{place.path}")

    def name(own: str) -> str:
        return f"{folder}/{own}"

    findings = (
        replace(
            each,
            location=moved(each.location),
            environments=tuple(map(name, each.environments)),
            related=tuple(Related(moved(other.location), other.message) for other in each.related),
            references=tuple(map(name, each.references)),
            fingerprint=sha256(name(each.fingerprint).encode()).hexdigest()[:16],
        )
        for each in report.findings
    )
    references = (replace(each, id=name(each.id), environment=name(each.environment)) for each in report.references)
    environments = tuple(replace(each, name=name(each.name)) for each in report.environments)
    return Report(environments, tuple(findings), tuple(references))


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Report:
    scratch = tmp_path_factory.mktemp("everything")
    parts = [below(case.parent.name, checked(case, scratch / case.parent.name)) for case in cases()]
    return Report(
        tuple(each for part in parts for each in part.environments),
        tuple(each for part in parts for each in part.findings),
        tuple(each for part in parts for each in part.references),
    )


def test_every_kind_of_finding_is_there(everything: Report) -> None:
    assert {each.rule for each in everything.findings} == entries().keys() - NO_FINDING


def test_no_two_findings_are_taken_for_one(everything: Report) -> None:
    assert len({each.fingerprint for each in everything.findings}) == len(everything.findings)


@pytest.mark.parametrize("name", MACHINES)
def test_every_kind_is_valid_and_counted(name: str, everything: Report, valid: Valid) -> None:
    assert len(found(name, valid(name, FORMATS[name](everything)))) == len(everything.findings)


def found(name: str, document: Any) -> list[Any]:
    match name:
        case "check":
            return list(document["findings"])
        case "sarif":
            return list(document["runs"][0]["results"])
        case "junit":
            return document.findall("testsuite[@name='findings']/testcase")
    return list(document)


def test_github_shows_ten_of_a_kind_and_lists_the_others(everything: Report) -> None:
    *lines, last = FORMATS["github"](everything).splitlines()
    commands = [line.split(" ", 1)[0] for line in lines if line.startswith("::")]

    notes = sum(each.severity is Severity.NOTE for each in everything.findings)

    assert notes < 10
    assert commands == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * notes
    assert len(lines) == len(everything.findings)
    assert last.startswith("ringtrue: GitHub annotates 10 of a kind: ")


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_is_the_same_text(name: str, everything: Report) -> None:
    assert FORMATS[name](everything) == FORMATS[name](everything)


HOSTILE = {
    "letters": "größer 東京 😀 \u0627\u0644\u0639",
    "markup": "</failure><a href='x'>]]>&amp; ${{ github.token }} {0} [x](1) ::error::y ##[error]z %0A",
    "control characters": "".join(map(chr, range(32))) + "\x7f\x85\u2028\u202e\ufeff\ufffe",
    "half a pair": "\ud83d \udcff",
    "very long": "x" * 1_000_000,
}


def hostile(words: str) -> Report:
    place = Location(f"a/{words[:100]}.yaml", 3, 5, 3, 9)
    subject = ObjectId("Pod", words, words)
    related = (Related(place, words),) * 3
    finding = Finding(
        "yaml-unreadable", Severity.ERROR, place, words, words, subject, (words,), (words,), related, "0" * 16
    )
    return Report((), (finding, replace(finding, severity=Severity.WARNING, fingerprint="1" * 16)), bugs=(words,))


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", MACHINES)
def test_whatever_a_manifest_holds_the_report_is_valid(name: str, words: str, valid: Valid) -> None:
    made = FORMATS[name](hostile(words))
    if name != "junit":  # a reader in another language may refuse half a pair, so that there it is escaped
        assert made.isascii()
    assert len(found(name, valid(name, made))) - (name == "junit") == 2


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_whatever_a_manifest_holds_a_line_stays_a_line(words: str) -> None:
    assert len(FORMATS["github"](hostile(words)).splitlines()) == 2
    assert all(line[:1] in ("a", " ") or "errors" in line for line in FORMATS["text"](hostile(words)).splitlines()[:10])


THOUSANDS = 20_000


@pytest.mark.parametrize("name", FORMATS)
def test_thousands_of_findings_take_seconds_and_little_memory(name: str) -> None:
    """Generous, for a slow machine: a quadratic step would take minutes, and a copy of each part a gigabyte."""
    findings = tuple(
        Finding(
            "service-selects-nothing",
            tuple(Severity)[number % 3],
            Location(f"apps/{number % 300}/service-{number}.yaml", number % 900 + 1, 5),
            f"Service 'svc-{number % 1000}' selects app=web, which no pod in namespace 'shop' carries",
            hint="did you mean app=wob?",
            object=ObjectId("Service", "shop", f"svc-{number % 1000}"),
            environments=("dev", "prod"),
            fingerprint=f"{number:016x}",
        )
        for number in range(THOUSANDS)
    )
    tracemalloc.start()
    started = time.process_time()
    made = FORMATS[name](Report((), findings))
    spent, (_, most) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()

    # A comment is no longer than GitHub takes.
    assert len(made) > (60_000 if name == "markdown" else 60 * THOUSANDS)
    assert (spent < 60, most < 500_000_000) == (True, True)
