"""The verdicts of other tools on single files, beside what ringtrue finds in the same file."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.accuracy.answers import Answer, ask
from benchmarks.answers.sources import NOTHING, Check, Tool


@dataclass(frozen=True, slots=True)
class Outcome:
    """One verdict: what the other tool reports, and what we do."""

    check: Check
    verdict: str
    theirs: bool
    ours: bool

    @property
    def agreed(self) -> bool:
        return self.theirs is self.ours

    @property
    def reason(self) -> str:
        """Why they differ; "" when nobody has said it."""
        return self.check.reasons.get(self.verdict, "")


def judged(tool: Tool, folder: Path) -> list[Outcome]:
    """Every verdict of a tool, whose files are below `folder`; each is checked once, alone or with those beside it."""

    @cache
    def asked(file: str, beside: tuple[str, ...]) -> Answer:
        return _asked(folder, file, beside)

    return [
        Outcome(check, verdict, theirs, reported(asked(_file(verdict), check.beside), check, verdict))
        for check in tool.checks
        for theirs, verdicts in ((True, check.bad), (False, check.good))
        for verdict in verdicts
    ]


def reported(answer: Answer, check: Check, verdict: str) -> bool:
    """Whether one of the check's rules finds something in the file, or at what the verdict names in it."""
    if answer.status == 2:
        return NOTHING in check.rules
    return any(names(shown, verdict) for shown in _shown(answer, check, _file(verdict)))


def names(shown: str, verdict: str) -> bool:
    """Whether a finding, as shown, is about what the verdict names: the words behind its file."""
    words = verdict.partition(": ")[2]
    return re.search(rf"(?<![\w.-]){re.escape(words)}(?![\w.-])", shown) is not None


def _shown(answer: Answer, check: Check, file: str) -> Iterator[str]:
    """The findings of the check's rules in the file itself."""
    place = f" {Path(file).name}:"
    for each in answer.findings:
        if place in each.shown and each.shown.endswith(tuple(f"[{rule}]" for rule in check.rules)):
            yield each.shown


def _file(verdict: str) -> str:
    return verdict.partition(": ")[0]


def _asked(folder: Path, file: str, beside: tuple[str, ...]) -> Answer:
    with TemporaryDirectory() as made:
        for each in (file, *beside):
            shutil.copy(folder / each, made)
        return usable(ask(Path(made), [Path(file).name] if not beside else ["."]), file)


def usable(answer: Answer, file: str) -> Answer:
    """The answer, when it is a report or says that there is nothing to check; raises RuntimeError."""
    if answer.status not in (0, 1, 2):
        raise RuntimeError(f"no report about {file!r}: {answer.stderr}")
    return answer
