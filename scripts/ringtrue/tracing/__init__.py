"""From a field of a rendered object back to the file, line and column where a person would edit it."""

from ringtrue.tracing.narrowing import Piece
from ringtrue.tracing.pages import Pages
from ringtrue.tracing.trace import Traced, trace

__all__ = ["Pages", "Piece", "Traced", "trace"]
