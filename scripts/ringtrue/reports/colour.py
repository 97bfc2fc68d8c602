"""The same lines in colour, for a terminal."""

from collections.abc import Iterable

from ringtrue.reports.lines import Line

_STYLES = {
    "": "",
    "place": "bold",
    "error": "bold red",
    "warning": "bold yellow",
    "note": "bold cyan",
    "rule": "cyan",
    "heading": "bold underline",
    "good": "green",
    "faint": "dim",
}


def coloured(lines: Iterable[Line]) -> str:
    """The lines with the terminal's escape codes."""
    from rich.color import ColorSystem  # imported here: it costs as much as a small check
    from rich.style import Style

    styles = {name: Style.parse(words) for name, words in _STYLES.items()}
    return "".join(
        "".join(styles[style].render(text, color_system=ColorSystem.STANDARD) for text, style in line) + "\n"
        for line in lines
    )
