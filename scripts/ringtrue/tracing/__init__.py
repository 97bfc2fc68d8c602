"""From a field of a rendered object back to the file, line and column where a person would edit it."""

from ringtrue.tracing.narrowing import Piece
from ringtrue.tracing.overriding import overriding
from ringtrue.tracing.pages import Pages, Passage
from ringtrue.tracing.trace import Traced, trace

__all__ = ["Pages", "Passage", "Piece", "Traced", "overriding", "trace"]
