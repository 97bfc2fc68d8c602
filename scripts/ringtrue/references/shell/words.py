"""A script's words and what they are made of; places in the script, never copies."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A run of the script that stands for itself."""

    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """`$NAME` or `${NAME<operator>argument}`; `[start, end)` is all of it, `argument` the run after the operator."""

    name: str
    start: int
    end: int
    operator: str = ""
    argument: tuple[int, int] = (0, 0)
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Substitution:
    """`$(...)`, backquotes or `<(...)`: `[inner, inner_end)` is a script, or arithmetic."""

    start: int
    end: int
    inner: int
    inner_end: int
    arithmetic: bool = False


Piece = Text | Parameter | Substitution


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    pieces: tuple[Piece, ...]

    @property
    def split(self) -> bool:
        """Whether a shell may split what a parameter gives into several words: nothing here is quoted."""
        return any(isinstance(p, Parameter) and not p.quoted for p in self.pieces) and not any(
            isinstance(p, Text) and p.quoted for p in self.pieces
        )


@dataclass(frozen=True, slots=True)
class HereDocument:
    """The body of `<<END`; a quoted END leaves it as it is."""

    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Redirect:
    operator: str
    target: Word


@dataclass(frozen=True, slots=True)
class Simple:
    """Words up to the next operator, keywords such as `if` and `do` among them."""

    words: tuple[Word, ...]
    redirects: tuple[Redirect, ...] = ()
    documents: tuple[HereDocument, ...] = ()
    after: str = ""
    """The operator that ends it; "" at the end of a line or of the script."""
