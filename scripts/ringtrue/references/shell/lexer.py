"""Splits a script into simple commands: quotes, comments, operators, substitutions, here-documents."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from ringtrue.references.shell.words import HereDocument, Parameter, Piece, Redirect, Simple, Substitution, Text, Word

_PLAIN = re.compile(r"[^\s;&|()<>\"'\\$`]+")
_PLAIN_QUOTED = re.compile(r"[^\"\\$`]+")
_NAME = re.compile(r"[A-Za-z_]\w*|[0-9@*#?$!-]")
_BRACED = re.compile(
    r"(?P<prefix>[#!]?)(?P<name>[A-Za-z_]\w*|\d+|[@*#?$!-])(?P<operator>:[-=?+]|[-=?+]|%%|%|##|#|//?|\^\^?|,,?|:|@|\[|$)"
)
_OPERATOR = re.compile(r"&&|\|\||;;&?|;&|\|&|[;&|()\n]")
_REDIRECT = re.compile(r"(?:\d+|\{\w+\})?(?:<<<|<<-|<<|<>|<&|>>|>\||>&|&>>|&>|<|>)")

_DEEPEST = 24
"""Brackets within brackets; what is deeper runs to the end."""


@dataclass(slots=True)
class _Pending:
    words: list[Word] = field(default_factory=list)
    redirects: list[Redirect] = field(default_factory=list)
    documents: list[HereDocument] = field(default_factory=list)
    after: str = ""
    testing: bool = False

    def made(self) -> Simple:
        return Simple(tuple(self.words), tuple(self.redirects), tuple(self.documents), self.after)


class Lexer:
    """Reads one script; a construct that never ends runs to the end of the script."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._commands: list[_Pending] = []
        self._level = 0
        self._pending = _Pending()
        self._awaited: list[tuple[str, bool, bool, _Pending]] = []

    def commands(self) -> list[Simple]:
        at, text = 0, self._text
        while at < len(text):
            character = text[at]
            if character in " \t\r":
                at += 1
            elif text.startswith("\\\n", at):
                at += 2
            elif character == "#":
                at = self._line_end(at)
            elif text.startswith("((", at) and not self._pending.words:
                at = self._closing(at, "(", ")") + 1
            else:
                at = self._step(at)
        self._finish("")
        return [
            command.made() for command in self._commands if command.words or command.redirects or command.after == ")"
        ]

    def _step(self, at: int) -> int:
        """One redirection, operator or word."""
        text, testing = self._text, self._testing()
        redirect = None if testing else _REDIRECT.match(text, at)
        if redirect and not text.startswith(("<(", ">("), redirect.end() - 1):
            return self._redirect(redirect)
        operator = _OPERATOR.match(text, at)
        if operator and not testing:
            return self._operator(operator)
        if testing and text[at] in "&|()<>;\n":
            return at + 1
        word, at = self.word(at)
        self._pending.words.append(word)
        return max(at, word.end)

    def _testing(self) -> bool:
        """Inside `[[ ... ]]`, where `&&` and `<` are part of the test."""
        pending = self._pending
        if pending.words:
            last = self._text[pending.words[-1].start : pending.words[-1].end]
            pending.testing = last != "]]" and (pending.testing or last == "[[")
        return pending.testing

    def _operator(self, found: re.Match[str]) -> int:
        kind = found[0]
        self._finish("" if kind == "\n" else "|" if kind == "|&" else ";" if kind[0] == ";" else kind)
        return self._documents(found.end()) if kind == "\n" else found.end()

    def _finish(self, after: str) -> None:
        self._pending.after = after
        self._commands.append(self._pending)
        self._pending = _Pending()

    def _redirect(self, found: re.Match[str]) -> int:
        at = found.end()
        while at < len(self._text) and self._text[at] in " \t":
            at += 1
        target, end = self.word(at)
        operator = found[0].lstrip("0123456789")
        if operator in ("<<", "<<-"):
            raw = self._text[target.start : target.end]
            quoted = any(mark in raw for mark in "'\"\\")
            end_word = raw.replace("'", "").replace('"', "").replace("\\", "")
            self._awaited.append((end_word, operator == "<<-", quoted, self._pending))
        else:
            self._pending.redirects.append(Redirect(operator, target))
        return end

    def _documents(self, at: int) -> int:
        """Reads the bodies of the here-documents whose lines begin here."""
        for end_word, indented, quoted, pending in self._awaited:
            start, stop = at, at
            while at < len(self._text):
                stop, line_end = at, self._line_end(at)
                line = self._text[at:line_end]
                at = line_end + 1
                if (line.lstrip("\t") if indented else line) == end_word:
                    break
            else:
                stop = len(self._text)
            pending.documents.append(HereDocument(start, stop, quoted))
        self._awaited = []
        return min(at, len(self._text))

    def word(self, at: int) -> tuple[Word, int]:
        """The word that starts here and the place after it."""
        text, start, pieces = self._text, at, list[Piece]()
        while at < len(text):
            character = text[at]
            if plain := _PLAIN.match(text, at):
                pieces.append(Text(at, plain.end()))
                at = plain.end()
            elif character == "'":
                close = self._find("'", at + 1)
                pieces.append(Text(at + 1, close, quoted=True))
                at = close + 1
            elif character == '"':
                at = self._quoted(at + 1, pieces)
            elif character == "\\":
                if not text.startswith("\n", at + 1):
                    pieces.append(Text(at + 1, min(at + 2, len(text)), quoted=True))
                at += 2
            elif character in "$`":
                at = self._dollar(at, pieces, quoted=False)
            elif character in "<>" and text.startswith("(", at + 1):
                close = self._closing(at + 1, "(", ")")
                pieces.append(Substitution(at, min(close + 1, len(text)), at + 2, close))
                at = close + 1
            else:
                break
        at = min(at, len(text))
        return Word(start, at, tuple(pieces)), at if at > start else start + 1

    def _quoted(self, at: int, pieces: list[Piece]) -> int:
        """Reads up to the closing double quote; a backslash hides `$`, a backquote, a quote and itself."""
        text = self._text
        pieces.append(Text(at, at, quoted=True))
        while at < len(text) and text[at] != '"':
            if plain := _PLAIN_QUOTED.match(text, at):
                pieces.append(Text(at, plain.end(), quoted=True))
                at = plain.end()
            elif text[at] == "\\":
                escaped = text[at + 1 : at + 2]
                if escaped != "\n":
                    pieces.append(Text(at + (escaped in '$`"\\'), min(at + 2, len(text)), quoted=True))
                at += 2
            else:
                at = self._dollar(at, pieces, quoted=True)
        return at + 1

    def _dollar(self, at: int, pieces: list[Piece], quoted: bool) -> int:
        """A parameter, a substitution or arithmetic; else the dollar itself."""
        text = self._text
        if text[at] == "`":
            close = self._backquote(at + 1)
            pieces.append(Substitution(at, min(close + 1, len(text)), at + 1, close))
            return close + 1
        if text.startswith("$((", at):
            close = self._closing(at + 1, "(", ")")
            pieces.append(Substitution(at, min(close + 1, len(text)), at + 3, close - 1, arithmetic=True))
            return close + 1
        if text.startswith("$(", at):
            close = self._closing(at + 1, "(", ")")
            pieces.append(Substitution(at, min(close + 1, len(text)), at + 2, close))
            return close + 1
        if text.startswith("${", at):
            close = self._closing(at + 1, "{", "}")
            pieces.append(self._braced(at, close, quoted))
            return close + 1
        if name := _NAME.match(text, at + 1):
            pieces.append(Parameter(name[0], at, name.end(), quoted=quoted))
            return name.end()
        if not quoted and text.startswith(("$'", '$"'), at):
            return at + 1
        pieces.append(Text(at, at + 1, quoted))
        return at + 1

    def _braced(self, at: int, close: int, quoted: bool) -> Parameter:
        found, end = _BRACED.match(self._text, at + 2, close), min(close + 1, len(self._text))
        if not found:
            return Parameter("", at, end, "?", quoted=quoted)
        operator = "?" if found["prefix"] else found["operator"]
        return Parameter(found["name"], at, end, operator, (found.end("operator"), close), quoted)

    def _closing(self, at: int, opening: str, closing: str) -> int:
        """The place of the bracket that closes the one at `at`; quotes and nested brackets are passed over."""
        self._level += 1
        end = self._matching(at, opening, closing) if self._level < _DEEPEST else len(self._text)
        self._level -= 1
        return end

    def _matching(self, at: int, opening: str, closing: str) -> int:
        text, depth = self._text, 0
        while at < len(text):
            character = text[at]
            if character == "\\":
                at += 1
            elif character == "'":
                at = self._find("'", at + 1)
            elif character == '"':
                at = self._quoted(at + 1, []) - 1
            elif character == "`":
                at = self._backquote(at + 1)
            elif character == "#" and opening == "(" and text[at - 1].isspace():
                at = self._line_end(at) - 1
            elif character == opening:
                depth += 1
            elif character == closing:
                depth -= 1
                if not depth:
                    return at
            at += 1
        return len(text)

    def _backquote(self, at: int) -> int:
        while at < len(self._text) and self._text[at] != "`":
            at += 2 if self._text[at] == "\\" else 1
        return min(at, len(self._text))

    def _find(self, mark: str, at: int) -> int:
        found = self._text.find(mark, at)
        return found if found >= 0 else len(self._text)

    def _line_end(self, at: int) -> int:
        return self._find("\n", at)


@lru_cache(maxsize=1024)
def commands(script: str) -> tuple[Simple, ...]:
    """The simple commands of a script, in order; `$( )` inside words is left to be read in its turn."""
    return tuple(Lexer(script).commands())


@lru_cache(maxsize=1024)
def pieces(text: str) -> tuple[Piece, ...]:
    """What a text in double quotes, or a here-document, is made of."""
    found: list[Piece] = []
    reader = Lexer(text.replace('"', "\ue001"))
    reader._quoted(0, found)
    return tuple(found)
