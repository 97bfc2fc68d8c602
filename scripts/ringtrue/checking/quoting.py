"""The source lines that a report for people shows below a finding; read only for findings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ringtrue.checking.report import Report
from ringtrue.config import FILE
from ringtrue.findings import Location
from ringtrue.manifests.concealed import concealed, looks_like_a_manifest
from ringtrue.manifests.faults import YamlFault, decode
from ringtrue.repository.tree import Tree

Quotes = Mapping[tuple[str, int], str]
"""Path and line to the line's text."""

_PASSWORD = re.compile(r"(?<=://)[^\s/@:]*:[^\s/@]+(?=@)")
"""User and password of a URL."""


def quotes(report: Report, tree: Tree) -> Quotes:
    """The lines of all findings and of their other ends that may be shown.

    None of a Secret, or of a file that one is generated from; none of a file that is gone or is not UTF-8.
    """
    secret = {each.id for each in report.references if each.proof.reference.secret}
    pages = _Pages(tree)
    found: dict[tuple[str, int], str] = {}
    for finding in report.findings:
        if not secret.isdisjoint(finding.references):
            continue
        pages.take(finding.location, found, read=bool(finding.references))
        for related in finding.related:
            pages.take(related.location, found)
    return found


@dataclass(frozen=True, slots=True)
class _Page:
    rows: tuple[str, ...] = ()
    manifest: bool = False
    hidden: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class _Pages:
    tree: Tree
    known: dict[str, _Page] = field(default_factory=dict)

    def take(self, place: Location, found: dict[tuple[str, int], str], *, read: bool = False) -> None:
        """Adds the line of a place; `read`: an address was read from there, and not by way of a Secret."""
        page = self._page(place.path)
        if page.hidden is None or place.line in page.hidden or not 1 <= place.line <= len(page.rows):
            return
        if page.manifest or read or place.path == FILE:
            found[place.path, place.line] = _PASSWORD.sub(_masked, page.rows[place.line - 1])

    def _page(self, path: str) -> _Page:
        if path not in self.known:
            self.known[path] = _opened(self.tree, path)
        return self.known[path]


def _masked(match: re.Match[str]) -> str:
    """As long as it was, so that the columns behind it stay."""
    return "*" * len(match[0])


def _opened(tree: Tree, path: str) -> _Page:
    try:
        text = decode(tree.read(path))
    except (OSError, ValueError, YamlFault):
        return _Page()
    rows = tuple(row.removesuffix("\r") for row in text.split("\n"))
    return _Page(rows, looks_like_a_manifest(path, text), concealed(text))
