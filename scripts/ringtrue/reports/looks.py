"""The lines of a report as they go out: wrapped for a terminal, in colour or plain."""

from collections.abc import Iterable
from dataclasses import dataclass

from ringtrue.reports.cells import wrapped
from ringtrue.reports.colour import coloured
from ringtrue.reports.lines import Line, plain


@dataclass(frozen=True, slots=True)
class Look:
    painted: bool = False
    width: int | None = None
    """Cells of a line; None where lines stay whole."""


def looking(lines: Iterable[Line], look: Look) -> str:
    laid = wrapped(lines, look.width)
    return coloured(laid) if look.painted else plain(laid)
