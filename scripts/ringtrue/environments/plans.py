"""What is to be rendered: a kustomization, a directory of plain files, or one file."""

from dataclasses import dataclass
from enum import StrEnum

from ringtrue.rendering.overrides import Overrides


class Form(StrEnum):
    KUSTOMIZATION = "kustomization"
    DIRECTORY = "directory"
    FILE = "file"


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


def kustomization(folder: str, overrides: Overrides | None = None) -> Plan:
    return Plan(folder, Form.KUSTOMIZATION, overrides=overrides)


def directory(folder: str, files: tuple[str, ...], declared: bool = True) -> Plan:
    return Plan(folder, Form.DIRECTORY, files, declared)


def file(path: str) -> Plan:
    return Plan(path, Form.FILE, (path,))
