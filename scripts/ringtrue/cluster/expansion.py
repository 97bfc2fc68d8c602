"""kubelet's `$(VAR)` expansion (REF-01)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expanded:
    """The text after expansion, and the variables it names that are not set: those stay as they are written."""

    text: str
    unset: tuple[str, ...] = ()


def expand(text: str, variables: Mapping[str, str]) -> Expanded:
    """REF-01: `$(NAME)` becomes the value, `$$` becomes `$`, anything else stays; the result is not expanded again.

    It holds for `env[].value` (with the variables declared before it), `command` and `args`; `${NAME}` and `$NAME`
    are left to a shell.
    """
    unset: dict[str, None] = {}
    pieces: list[str] = []
    at = 0
    for start, end, name in _operators(text):
        pieces.append(text[at:start])
        at = end
        if name is None:
            pieces.append("$")
        elif name in variables:
            pieces.append(variables[name])
        else:
            unset[name] = None
            pieces.append(text[start:end])
    return Expanded("".join((*pieces, text[at:])), tuple(unset))


def named(text: str) -> tuple[str, ...]:
    """REF-01: the variables that a text names as `$(NAME)`, in order, each once."""
    return tuple(dict.fromkeys(name for _, _, name in _operators(text) if name is not None))


def _operators(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Each `$$`, with None, and each `$(NAME)` with its name; no character is looked at more than twice.

    After the last `)` nothing closes, so there no `$(` is followed to the end of the text.
    """
    last = text.rfind(")")
    at = text.find("$")
    while at >= 0:
        end = at + 1
        if text.startswith("$", end):
            end += 1
            yield at, end, None
        elif text.startswith("(", end) and end < last:
            end = text.find(")", end) + 1
            yield at, end, text[at + 2 : end - 1]
        at = text.find("$", end)
