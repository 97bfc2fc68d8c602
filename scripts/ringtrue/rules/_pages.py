"""Pages of what has no module here: the reasons of a reference, and what other rooms raise."""

from dataclasses import dataclass
from pathlib import Path

from ringtrue.findings import RuleClass, Severity
from ringtrue.reachability.reasons import Reason

_FOLDER = Path(__file__).with_name("pages")


@dataclass(frozen=True, slots=True)
class Page:
    """One name that a finding can end with; `text` has the headings of a rule's docstring."""

    name: str
    rule_class: RuleClass
    severity: Severity

    @property
    def text(self) -> str:
        return (_FOLDER / f"{self.name}.md").read_text(encoding="utf-8")


_OTHER_ROOMS = (
    Page("yaml-unreadable", RuleClass.FAILURE, Severity.ERROR),
    Page("source-does-not-render", RuleClass.FAILURE, Severity.ERROR),
    Page("file-untracked", RuleClass.FAILURE, Severity.ERROR),
    Page("ignore-unused", RuleClass.RISK, Severity.WARNING),
    Page("external-unused", RuleClass.RISK, Severity.WARNING),
)

PAGES = (
    *_OTHER_ROOMS,
    *(
        Page(f"reference-{reason.value}", RuleClass.FAILURE, reason.severity)
        for reason in Reason
        if reason is not Reason.OK
    ),
)
