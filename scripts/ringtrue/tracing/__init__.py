"""From a field of a rendered object back to the file, line and column where a person would edit it."""

from ringtrue.tracing.pages import Pages
from ringtrue.tracing.trace import trace

__all__ = ["Pages", "trace"]
