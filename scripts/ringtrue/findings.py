"""The types everyone shares: severities, places, findings."""

from dataclasses import dataclass, field
from enum import StrEnum

Route = tuple[str | int, ...]
"""Keys and list indexes from the top of a document to a field: ("spec", "ports", 0, "port")."""


class Severity(StrEnum):
    """ERROR blocks the merge, WARNING never does, NOTE is shown with `-v`."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class RuleClass(StrEnum):
    """What a rule is about; the default severity follows from it (`design.md` section 7)."""

    FAILURE = "failure"
    """It will not work: an error."""
    RISK = "risk"
    """It may not work: a warning."""
    POLICY = "policy"
    """A house rule: off unless `[rules] policy = true`, then an error."""


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file: path relative to the root with `/`; lines and columns from 1, the end exclusive."""

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class ObjectId:
    """The object a finding is about; namespace is "" for cluster-scoped objects."""

    kind: str
    namespace: str
    name: str

    @property
    def shown(self) -> str:
        """For people: also of an object without a name."""
        place = f" in namespace {self.namespace}" if self.namespace else ""
        return str(self) if self.name else f"{self.kind} without a name{place}"

    def __str__(self) -> str:
        return f"{self.kind} {self.namespace}/{self.name}" if self.namespace else f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True, order=True)
class Related:
    """The other end of a broken link."""

    location: Location
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, at the line to edit, however many environments show it."""

    rule: str
    severity: Severity
    location: Location
    message: str
    hint: str = ""
    object: ObjectId | None = None
    environments: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    """Ids of the references that this fault breaks."""
    related: tuple[Related, ...] = ()
    fingerprint: str = ""
    """Hash of rule, object, field and value: the same after lines move."""
    sort_key: tuple[str, ...] = field(default=(), compare=False, repr=False)
