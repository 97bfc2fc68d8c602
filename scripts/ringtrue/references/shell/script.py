"""Follows a script's variables from command to command: what each word becomes, as far as it can be known."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import islice, product

from ringtrue.references.shell import lexer
from ringtrue.references.shell.words import Parameter, Piece, Simple, Substitution, Text, Word
from ringtrue.references.written import Given, Written, joined, opened, stood_for

_MOST = 24
"""Values of one variable, and readings of one command, that are followed."""

_DEEPEST = 12

_LEADING = frozenset({"if", "then", "elif", "else", "while", "until", "do", "!", "{", "time"})
_OPENING = frozenset({"if", "while", "until", "for", "select", "case", "{"})
_CLOSING = frozenset({"fi", "done", "esac", "}"})
_DECLARING = frozenset({"export", "local", "readonly", "declare", "typeset"})
_NOWHERE = ("/dev/null", "/dev/stderr", "/dev/stdout", "/proc/", "&")
_OWN_NAMES = frozenset({"hostname", "/bin/hostname"})


@dataclass(frozen=True, slots=True)
class Command:
    """A simple command after expansion, without keywords, assignments and redirections."""

    words: tuple[Written, ...]
    kept: bool
    """Its output goes to a file or a pipe."""


@dataclass(frozen=True, slots=True)
class Assigned:
    name: str
    value: Written


@dataclass(frozen=True, slots=True)
class Document:
    """The body of a here-document."""

    text: Written


@dataclass(frozen=True, slots=True)
class Opened:
    """The target of a redirection: bash connects to `/dev/tcp/host/port`."""

    target: Written


Event = Command | Assigned | Document | Opened


@dataclass(slots=True)
class Scope:
    """The variables in force, each with the values it may have."""

    values: dict[str, tuple[Written, ...]]
    own: Callable[[str], bool] = lambda name: False
    """Whether a variable that no field sets holds an address or a name of the pod itself."""
    incomplete: str = ""
    given: Callable[[str], Given | None] = lambda name: None
    """What kubelet sets a variable to that no field sets (REF-02)."""
    lacking: Callable[[str], Given | None] = lambda name: None
    """The Service that should have set a variable, and does not exist."""


@dataclass(slots=True)
class Reading:
    """One pass over a script; branches are all taken, loops once for each value."""

    script: Written
    scope: Scope
    level: int = 0
    """How many substitutions it stands in."""
    _depth: int = 0
    _nested: int = 0

    def events(self) -> Iterator[Event]:
        if self.level > _DEEPEST:
            return
        self._depth = min(self.level, 1)  # what is set in a substitution is not set after it
        conditional, array = False, ""
        for simple in lexer.commands(self.script.text):
            if array:
                self._set(array, [w for word in simple.words for w in self._values(word)], False)
                array = ""
                continue
            yield from self._inner(simple)
            words = self._unkeyed(simple.words)
            array = self._array(words, simple)
            yield from self._simple(words, simple, conditional)
            conditional = simple.after in ("&&", "||")

    def _simple(self, words: tuple[Word, ...], simple: Simple, conditional: bool) -> Iterator[Event]:
        for document in simple.documents:
            body = self.script.slice(document.start, document.end)
            yield Document(body if document.quoted else self._text(body, {}))
        yield from (Opened(value) for redirect in simple.redirects for value in self._values(redirect.target))
        raw = [self._raw(word) for word in words[:3]]
        if raw[:1] in (["for"], ["select"]) and len(words) > 1:
            listed = words[3:] if raw[2:3] == ["in"] else ()
            self._set(raw[1], [w for word in listed for w in self._values(word)], False)
            return
        if raw[:1] == ["case"]:
            return
        if raw[:1] and raw[0] in _DECLARING:
            words = tuple(word for word in words[1:] if not self._raw(word).startswith("-"))
        while words and (name := self._assigned(words[0])):
            values = self._values(self._after(words[0], len(name) + 1))
            self._set(name.rstrip("+"), values if not name.endswith("+") else [], conditional or self._depth > 0)
            yield from (Assigned(name, value) for value in values)
            words = words[1:]
        if raw[:1] in (["read"], ["unset"]):
            for word in words[1:]:
                self._set(self._raw(word), [], False)
        elif words and raw[0] not in _DECLARING:
            kept = simple.after == "|" or any(self._kept(r.operator, self._raw(r.target)) for r in simple.redirects)
            yield from (Command(read, kept) for read in self._readings(words))

    def _inner(self, simple: Simple) -> Iterator[Event]:
        """The commands inside `$( )`, backquotes and `<( )` of the words and redirections."""
        for word in (*simple.words, *(redirect.target for redirect in simple.redirects)):
            yield from self._substituted(word.pieces, self.script)

    def _substituted(self, pieces: Iterable[Piece], text: Written, level: int = 0) -> Iterator[Event]:
        for piece in pieces:
            if isinstance(piece, Substitution) and not piece.arithmetic:
                yield from Reading(text.slice(piece.inner, piece.inner_end), self.scope, self.level + 1).events()
            elif not isinstance(piece, Text) and level < _DEEPEST:
                argument = text.slice(*_argument(piece))
                yield from self._substituted(lexer.pieces(argument.text), argument, level + 1)

    def _unkeyed(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """The words without leading keywords; keeps count of the branches and loops around them."""
        while words:
            raw = self._raw(words[0])
            self._depth += raw in _OPENING
            self._depth = max(0, self._depth - (raw in _CLOSING))
            if raw not in _LEADING and raw not in _CLOSING:
                break
            words = words[1:]
        return words

    def _array(self, words: tuple[Word, ...], simple: Simple) -> str:
        """The name in `NAME=(`, whose values are the words of the next command."""
        name = self._assigned(words[-1]) if words and simple.after == "(" else ""
        return name.rstrip("+") if name and self._raw(words[-1]).endswith("=") else ""

    def _readings(self, words: tuple[Word, ...]) -> Iterator[tuple[Written, ...]]:
        for choice in self._choices(words):
            yield tuple(
                part for word in words for part in self._split(word, self._text(self.script, choice, word.pieces))
            )

    def _values(self, word: Word) -> list[Written]:
        return [
            part
            for choice in self._choices((word,))
            for part in self._split(word, self._text(self.script, choice, word.pieces))
        ] or [self.script.slice(word.end, word.end)]

    def _split(self, word: Word, written: Written) -> Iterable[Written]:
        """Field splitting, of words in which nothing is quoted."""
        if not word.split or not any(c.isspace() for c in written.text):
            return (written,) if written.text or (word.pieces and not word.split) else ()
        return tuple(_fields(written))

    def _choices(self, words: tuple[Word, ...]) -> Iterator[dict[str, Written]]:
        """One value for each variable that may have several, in all their combinations, up to a bound."""
        names = {p.name for word in words for p in word.pieces if isinstance(p, Parameter)}
        several = sorted(name for name in names if len(self.scope.values.get(name, ())) > 1)
        for values in islice(product(*(self.scope.values[name] for name in several)), _MOST):
            yield dict(zip(several, values, strict=True))

    def _text(self, source: Written, choice: Mapping[str, Written], pieces: Iterable[Piece] | None = None) -> Written:
        if self._nested > _DEEPEST:
            return source.slice(0, 0)
        self._nested += 1
        found = lexer.pieces(source.text) if pieces is None else pieces
        made = joined(source.field, (part for piece in found if (part := self._piece(source, piece, choice)).text))
        self._nested -= 1
        return made

    def _piece(self, source: Written, piece: Piece, choice: Mapping[str, Written]) -> Written:
        if isinstance(piece, Text):
            return source.slice(piece.start, piece.end)
        shown = source.show(piece.start, piece.end)
        if isinstance(piece, Parameter):
            return self._parameter(source, piece, shown, choice)
        own = not piece.arithmetic and source.text[piece.inner : piece.inner_end].split(" ")[0] in _OWN_NAMES
        return opened(source.field, shown, f"the output of {shown} is only known when it runs", own)

    def _parameter(self, source: Written, piece: Parameter, shown: str, choice: Mapping[str, Written]) -> Written:
        values = self.scope.values.get(piece.name, ())
        value = choice.get(piece.name) or (values[0] if values else None)
        if value is None and (given := self.scope.given(piece.name)) is not None:
            value = stood_for(source.field, shown, given)
        operator = piece.operator
        if operator in (":-", "-", ":=", "=") and (value is None or (operator[0] == ":" and not value.text)):
            argument = source.slice(*piece.argument)
            default = self._text(argument, choice)
            if operator.endswith("="):
                self._set(piece.name, [default], False)
            return default
        if operator in (":+", "+"):
            replaced = value is not None and (operator == "+" or value.text)
            return self._text(source.slice(*piece.argument), choice) if replaced else source.slice(0, 0)
        if value is None:
            return self._unset(source, piece.name, shown)
        if operator in ("%", "%%", "#", "##") and not value.reason:
            return _trimmed(value, operator, self._text(source.slice(*piece.argument), choice).text)
        if operator in ("/", "//", ":", "@") or not piece.name:
            return opened(source.field, shown, f"{shown} is only known when the script runs")
        return value

    def _unset(self, source: Written, name: str, shown: str) -> Written:
        if self.scope.own(name):
            return opened(source.field, shown, f"{shown} is set by kubelet", own=True)
        if (lacking := self.scope.lacking(name)) is not None:
            return stood_for(source.field, shown, lacking)
        if not name or not (name[0].isalpha() or name[0] == "_"):
            return opened(source.field, shown, f"{shown} is only known when the script runs")
        return opened(source.field, shown, self.scope.incomplete or f"{shown} is not set in this container")

    def _set(self, name: str, values: list[Written], added: bool) -> None:
        """Replaces the values of a variable; inside a branch, or a loop, the old ones stay possible too."""
        if not values:
            values = [opened(self.script.field, f"${name}", f"${name} is only known when the script runs")]
        before = self.scope.values.get(name, ()) if added else ()
        self.scope.values[name] = tuple(dict.fromkeys((*before, *values)))[:_MOST]

    def _assigned(self, word: Word) -> str:
        """The name in `NAME=value` or `NAME+=value` (with its plus); "" for another word."""
        if not word.pieces or not isinstance(word.pieces[0], Text) or word.pieces[0].quoted:
            return ""
        name, equals, _ = self.script.text[word.start : word.pieces[0].end].partition("=")
        return name if equals and name.removesuffix("+").isidentifier() and name.isascii() else ""

    def _after(self, word: Word, length: int) -> Word:
        first = word.pieces[0]
        return Word(
            word.start + length, word.end, (Text(first.start + length, first.end, quoted=True), *word.pieces[1:])
        )

    def _raw(self, word: Word) -> str:
        return self.script.text[word.start : word.end]

    @staticmethod
    def _kept(operator: str, target: str) -> bool:
        return ">" in operator and not target.strip("\"'").startswith(_NOWHERE) and not operator.endswith("&")


def _argument(piece: Parameter | Substitution) -> tuple[int, int]:
    """The run of `${V:-argument}` and `$((argument))`, in which other substitutions may stand."""
    return piece.argument if isinstance(piece, Parameter) else (piece.inner, piece.inner_end)


def _fields(written: Written) -> Iterator[Written]:
    at = 0
    for run in written.text.split():
        start = written.text.index(run, at)
        at = start + len(run)
        yield written.slice(start, at)


def _trimmed(value: Written, operator: str, pattern: str) -> Written:
    """`${V%pattern}` and `${V#pattern}`, shortest and longest match."""
    length = len(value.text)
    cuts = range(length + 1)
    if operator[0] == "%":
        order = cuts if len(operator) == 2 else reversed(cuts)
        found = next((at for at in order if fnmatchcase(value.text[at:], pattern)), length)
        return value.slice(0, found)
    order = reversed(cuts) if len(operator) == 2 else cuts
    found = next((at for at in order if fnmatchcase(value.text[:at], pattern)), 0)
    return value.slice(found, length)
