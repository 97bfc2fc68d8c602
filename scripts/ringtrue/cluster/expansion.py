"""kubelet's `$(VAR)` expansion (REF-01)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_OPERATOR = re.compile(r"\$(?:(?P<escaped>\$)|\((?P<name>[^)]*)\))")


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

    def replace(found: re.Match[str]) -> str:
        if found["escaped"]:
            return "$"
        name = found["name"]
        if name not in variables:
            unset[name] = None
            return found[0]
        return variables[name]

    return Expanded(_OPERATOR.sub(replace, text), tuple(unset))
