"""What a kustomization reaches, followed before a binary may: the walk of scripts/renderer/closure.go.

Kustomize fetches what is remote by itself, so a remote entry anywhere in the closure refuses the source. What cannot
be read here is left to Kustomize, which then stops there too.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from ringtrue.rendering import places, scalars
from ringtrue.rendering.entries import Entry, Role, entries_of, inline, plugin_entries
from ringtrue.rendering.places import Kind
from ringtrue.rendering.remote import remote_file, remote_root, without_password

KUSTOMIZATION_NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_UNREADABLE = "ringtrue cannot read it, so it is not known whether it names something remote"
_MAY_BE_REMOTE = re.compile(r"https?:|ssh:|file:|git::|github\.com|@|!!binary", re.IGNORECASE)


@dataclass(slots=True)
class Closure:
    """`refusal` is why the source is not built, "" when it may be; `files` is everything a build of it reads.

    `links` are the directories that were reached through a symbolic link, with what they lead to. `see` is told each
    path before it is looked at; `blind` says that a kustomization could not be read, so `files` may lack some.
    """

    root: Path
    refusal: str = ""
    kustomization: Path | None = None
    files: set[Path] = field(default_factory=set)
    links: dict[Path, Path] = field(default_factory=dict)
    see: Callable[[Path], None] = lambda path: None
    blind: bool = False
    _seen: set[tuple[Path, Path | None]] = field(default_factory=set)

    def walk(self, directory: Path, plugins: Path | None = None) -> None:
        """Visit a real directory.

        When its resources are plugin configuration, `plugins` is the directory that lists it and that their file
        names are relative to.
        """
        if (directory, plugins) in self._seen:
            return
        self._seen.add((directory, plugins))
        file = self._kustomization_in(directory)
        if file is None:
            return
        self.files.add(file)
        self.kustomization = self.kustomization or file
        for entry in self._entries(file):
            if self.refusal:
                return
            self._visit(file, directory, entry, plugins)

    def _kustomization_in(self, directory: Path) -> Path | None:
        files = [directory / name for name in KUSTOMIZATION_NAMES]
        for file in files:
            self.see(file)
        return next((f for f in files if places.kind(f) is Kind.FILE and not places.outside(self.root, f)), None)

    def _entries(self, file: Path) -> list[Entry]:
        text = _text_of(file)
        try:
            return list(entries_of(next(scalars.documents(text), None)))
        except yaml.YAMLError:
            # Kustomize's parser forgives some things that this one does not, such as an anchor set twice.
            self.blind = True
            if _MAY_BE_REMOTE.search(text):
                self.refusal = f"{self._name(file)}: {_UNREADABLE}"
            return []

    def _visit(self, file: Path, directory: Path, entry: Entry, plugins: Path | None) -> None:
        if entry.role is Role.PLUGIN and inline(entry.text):
            self._visit_named(file, directory, plugin_entries(entry.field, entry.text))
            return
        self._judge(file, directory, entry)
        if self.refusal:
            return
        if entry.role is Role.PLUGIN:
            plugins = directory
        target = places.target(directory, entry.text)
        found = places.kind(target)
        if found is Kind.DIRECTORY and entry.role is not Role.FILE:
            self._enter(target, plugins)
        elif found is Kind.FILE:
            self.files.add(target)
            if plugins and entry.role is not Role.FILE:
                self._visit_named(places.real(target), plugins, plugin_entries(entry.field, _text_of(target)))

    def _enter(self, target: Path, plugins: Path | None) -> None:
        directory = places.real(target)
        if directory != target:
            self.links[target] = directory
        self.walk(directory, plugins)

    def _visit_named(self, file: Path, directory: Path, entries: Iterable[Entry]) -> None:
        for entry in entries:
            if self.refusal:
                return
            self._judge(file, directory, entry)
            target = places.target(directory, entry.text)
            if not self.refusal and places.kind(target) is Kind.FILE:
                self.files.add(target)

    def _judge(self, file: Path, directory: Path, entry: Entry) -> None:
        problem = self.problem(directory, entry)
        if problem:
            self.refusal = f"{self._name(file)}: {problem}"

    def _name(self, file: Path) -> str:
        return file.relative_to(self.root).as_posix()

    def problem(self, directory: Path, entry: Entry) -> str:
        """Why the entry may not be followed, or ""."""
        subject = f"{entry.field} entry {_quoted(without_password(entry.text))}"
        if entry.role is Role.HELM:
            return f"{subject} needs Helm, which ringtrue does not run"
        if remote_file(entry.text) or (entry.role is not Role.FILE and remote_root(entry.text)):
            return f"{subject} is remote, and ringtrue fetches nothing"
        target = places.target(directory, entry.text)
        self.see(target)
        if places.outside(self.root, target):
            return f"{subject} leads out of the root"
        if places.kind(target) is Kind.SPECIAL:
            return f"{subject} is neither a file nor a directory"
        return ""


def closure_of(root: Path, path: str, see: Callable[[Path], None] = lambda path: None) -> Closure:
    """Walk the source at the root-relative path; root is a real directory, which `see` may fill as it goes."""
    closure = Closure(root, see=see)
    directory = places.target(root, path)
    see(directory)
    if places.outside(root, directory):
        closure.refusal = f"{_quoted(path)} leads out of the root"
    else:
        closure.walk(places.real(directory))
    return closure


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


def _quoted(text: str) -> str:
    return "'" + text.replace("\n", " ") + "'"
