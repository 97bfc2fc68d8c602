"""`${VAR}` and its forms, as Flux's envsubst reads them.

It is not the shell: `$VAR` stays as it is, `$$` is a dollar sign, and what the shell tells apart (`:-`, `:=`, `:+`,
`:?`) is one and the same: the word after it stands for an empty or missing variable.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Lookup = Callable[[str], str | None]
"""The value of a variable, "" for one that is known to be missing, None where it cannot be told."""

_NAME = re.compile(r"\w+")
_DEFAULT = re.compile(r":[-=?+]|=")
_CASE = re.compile(r"\^\^?|,,?")
_REPLACE = re.compile(r"/[/#%]?")
_TRIM = re.compile(r"##?|%%?")
_OFFSET = re.compile(r"[+-]?[0-9]+")


class BadExpression(ValueError):
    """Flux refuses the text, or does to it what is not known here."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its variables put in; `left` are the expressions that stay as written, since they are not known."""

    text: str
    left: tuple[str, ...] = ()


def filled(text: str, lookup: Lookup) -> Filled:
    """Raises BadExpression for what cannot be read."""
    if "$" not in text:
        return Filled(text)
    scanner = _Scanner(text, lookup)
    made = "".join(scanner.pieces())
    return Filled(made, tuple(scanner.left))


class _Scanner:
    def __init__(self, text: str, lookup: Lookup) -> None:
        self.left: list[str] = []
        self._text = text
        self._at = 0
        self._lookup = lookup

    def pieces(self) -> Iterator[str]:
        while self._at < len(self._text):
            dollar = self._text.find("$", self._at)
            if dollar < 0:
                break
            yield self._text[self._at : dollar]
            follows = self._text[dollar + 1 : dollar + 2]
            self._at = dollar + (2 if follows and follows in "${" else 1)
            yield self._outer(dollar) if follows == "{" else "$"
        yield self._text[self._at :]
        self._at = len(self._text)

    def _outer(self, start: int) -> str:
        value = self._expression()
        if value is not None:
            return value
        written = self._text[start : self._at]
        self.left.append(written)
        return written

    def _expression(self) -> str | None:
        """From behind the brace to the one that closes it; None where the value cannot be told."""
        if self._text.startswith("#", self._at):
            self._at += 1
            value = self._lookup(self._take(_NAME))
            self._close()
            return None if value is None else str(len(value.encode()))
        value = self._lookup(self._take(_NAME))
        for pattern, change in (
            (_DEFAULT, self._default),
            (_CASE, self._cased),
            (_REPLACE, self._replaced),
            (_TRIM, self._trimmed),
        ):
            if found := pattern.match(self._text, self._at):
                self._at = found.end()
                return change(value, found[0])
        if self._text.startswith(":", self._at):
            self._at += 1
            return self._part(value)
        self._close()
        return value

    def _default(self, value: str | None, how: str) -> str | None:
        words = self._word()
        self._close()
        return value or (None if value is None else words)

    def _cased(self, value: str | None, how: str) -> str | None:
        self._close()
        if value is None:
            return None
        changed = value.upper() if how[0] == "^" else value.lower()
        return changed if len(how) == 2 else changed[:1] + value[1:]

    def _part(self, value: str | None) -> str | None:
        words = self._word()
        self._close()
        first, colon, second = (words or "").partition(":")
        if value is None or words is None:
            return None
        if not _OFFSET.fullmatch(first) or (colon and not _OFFSET.fullmatch(second)):
            return value
        start = int(first) if int(first) >= 0 else max(len(value) + int(first), 0)
        if colon and int(second) < 0:
            raise BadExpression("a part of negative length")
        return value[start : start + int(second)] if colon else value[start:]

    def _replaced(self, value: str | None, how: str) -> str | None:
        words = self._word()
        self._close()
        if words is None or value is None:
            return None
        old, slash, new = words.partition("/")
        if not slash or not old or "\\" in words or "$" in words:
            raise BadExpression("a replacement of a form that is not known")
        match how:
            case "//":
                return value.replace(old, new)
            case "/#" if not value.startswith(old):
                return value
            case "/%":
                return value.removesuffix(old) + new if value.endswith(old) else value
        return value.replace(old, new, 1)

    def _trimmed(self, value: str | None, how: str) -> str | None:
        words = self._word()
        self._close()
        if words is None or value is None:
            return None
        if not words or re.search(r"[*?\[\\]", words):
            raise BadExpression("a pattern")
        return value.removeprefix(words) if how[0] == "#" else value.removesuffix(words)

    def _word(self) -> str | None:
        """Up to the brace that closes, with the expressions in it; None where one of those cannot be told."""
        found: list[str | None] = []
        while self._at < len(self._text) and self._text[self._at] != "}":
            if self._text.startswith("${", self._at):
                self._at += 2
                found.append(self._expression())
            else:
                found.append(self._text[self._at])
                self._at += 1
        known = [each for each in found if each is not None]
        return "".join(known) if len(known) == len(found) else None

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise BadExpression("no name behind the brace")
        self._at = found.end()
        return found[0]

    def _close(self) -> None:
        if not self._text.startswith("}", self._at):
            raise BadExpression("no brace that closes")
        self._at += 1
