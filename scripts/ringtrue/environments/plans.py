"""What is to be rendered: a kustomization, a directory of plain files, or one file."""

from dataclasses import dataclass
from enum import StrEnum

from ringtrue.flux.substitution import NOTHING, Finish
from ringtrue.rendering.charts import Chart
from ringtrue.rendering.overrides import Overrides


class Form(StrEnum):
    KUSTOMIZATION = "kustomization"
    DIRECTORY = "directory"
    FILE = "file"
    CHART = "chart"


@dataclass(frozen=True, slots=True)
class Plan:
    """One source of resources; `files` are the plain files of a directory, in order."""

    path: str
    form: Form
    files: tuple[str, ...] = ()
    declared: bool = True
    """Named by an Application or on the command line: what is wrong with it is never passed over as a template."""
    overrides: Overrides | None = None
    """What the Application changes before a kustomization is built (KUS-12)."""
    chart: Chart | None = None
    """What the Application says of a chart."""
    commit: str = ""
    """Where its files are read; "" for the tree that the run starts from."""
    finish: Finish = NOTHING
    """What Flux changes after the build."""


def kustomization(folder: str, overrides: Overrides | None = None, commit: str = "", finish: Finish = NOTHING) -> Plan:
    return Plan(folder, Form.KUSTOMIZATION, overrides=overrides, commit=commit, finish=finish)


def chart(folder: str, made: Chart, commit: str = "") -> Plan:
    return Plan(folder, Form.CHART, chart=made, commit=commit)


def directory(
    folder: str, files: tuple[str, ...], declared: bool = True, commit: str = "", finish: Finish = NOTHING
) -> Plan:
    return Plan(folder, Form.DIRECTORY, files, declared, commit=commit, finish=finish)


def file(path: str) -> Plan:
    return Plan(path, Form.FILE, (path,))
