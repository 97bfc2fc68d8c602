"""Whether a container's command never ends, where that is certain: `sleep infinity`, `tail -f`, `while true`."""

from collections.abc import Sequence

from ringtrue.references.shell.lexer import commands
from ringtrue.references.shell.words import Simple

_SHELLS = frozenset({"sh", "bash", "ash", "dash", "ksh", "zsh"})
_OPENING = frozenset({"if", "while", "until", "for", "select", "case", "{"})
_CLOSING = frozenset({"fi", "done", "esac", "}"})
_FOR_EVER = (("while", "true"), ("while", ":"), ("while", "1"), ("until", "false"))
_LEAVING = frozenset({"break", "exit", "return", "exec", "kill"})
_SUCCEEDING = frozenset(
    {"echo", "printf", "cd", "mkdir", "touch", "cp", "mv", "chmod", "chown", "set", "export", "date", "apk", "apt-get"}
)
"""What goes before `&&` without being a question."""


def endless(words: Sequence[str]) -> str:
    """The part of a command line that never ends; "" where it ends, or where that cannot be told."""
    if not words:
        return ""
    if words[0].rpartition("/")[2] in _SHELLS:
        at = next((at for at, word in enumerate(words[1:], 1) if word.startswith("-") and word.endswith("c")), 0)
        plain = all(word.startswith("-") for word in words[1:at])
        return _script(words[at + 1]) if at and plain and len(words) > at + 1 else ""
    return _command(words)


def _command(words: Sequence[str]) -> str:
    name, operands = words[0].rpartition("/")[2], words[1:]
    if name == "exec":
        return _command(operands) if operands else ""
    sleeping = name == "sleep" and any(word in ("infinity", "inf") for word in operands)
    followed = [word for word in operands if word in ("--follow", "--retry") or _has_flag(word)]
    tailing = name == "tail" and followed and not any(word.startswith("--pid") for word in operands)
    return " ".join(words) if sleeping or tailing else ""


def _has_flag(word: str) -> bool:
    return word.startswith("-") and not word.startswith("--") and any(flag in word for flag in "fF")


def _script(script: str) -> str:
    """The first command outside of conditions that never ends; functions and subshells are not looked into."""
    found = commands(script)
    if any(each.after in ("(", ")") for each in found):
        return ""
    at, behind, asked = 0, "", False
    while at < len(found):
        words, end = _words(found[at], script), _closing(found, at, script)
        first = words[0] if words else ""
        never = "" if asked else _loop(found[at : end + 1], script) if end > at else _command(words) if words else ""
        after = found[end].after
        if never and after in ("", ";", "&&", "||"):
            return never
        if first == "wait" and behind and not asked:
            return behind
        if not asked and first in _LEAVING:
            return ""
        behind = never if never and after == "&" else behind
        asked = after == "||" or (after == "&&" and (asked or first not in _SUCCEEDING))
        at = end + 1
    return ""


def _loop(found: Sequence[Simple], script: str) -> str:
    head = _words(found[0], script)
    plain = [word for word in head if word not in ("[", "]", "test")]
    body = [word for each in found[1:] for word in _words(each, script)]
    return " ".join(head) if tuple(plain) in _FOR_EVER and _LEAVING.isdisjoint(body) else ""


def _closing(found: Sequence[Simple], at: int, script: str) -> int:
    """Where the compound command that begins here ends; `at` itself for a simple one."""
    depth = 0
    for end in range(at, len(found)):
        words = _words(found[end], script)
        depth += sum(word in _OPENING for word in _leading(words))
        depth -= bool(words) and words[0] in _CLOSING
        if depth <= 0:
            return end
    return len(found) - 1


def _leading(words: Sequence[str]) -> Sequence[str]:
    """The keywords at the front: `do while read line` opens one more loop."""
    for at, word in enumerate(words):
        if word not in _OPENING and word not in ("then", "else", "do", "!", "time"):
            return words[:at]
    return words


def _words(command: Simple, script: str) -> list[str]:
    return [script[word.start : word.end].strip("'\"") for word in command.words]
