"""The pipeline: a tree in, a `Report` out; the only place where a Problem becomes a Finding."""

from ringtrue.checking.catalogue import Entry, entries, page
from ringtrue.checking.pipeline import check, judged
from ringtrue.checking.report import CheckedReference, Options, Report
from ringtrue.checking.standing import Standing, standing

__all__ = [
    "CheckedReference",
    "Entry",
    "Options",
    "Report",
    "Standing",
    "check",
    "entries",
    "judged",
    "page",
    "standing",
]
