"""YAML and JSON text to the values that kubectl and Argo CD would send: sigs.k8s.io/yaml's, on PyYAML's C parser."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ringtrue.manifests.documents import MAX_DEPTH, build
from ringtrue.manifests.faults import YamlFault, decode, unprintable
from ringtrue.manifests.scalars import Unusable, json_value

__all__ = ["Document", "YamlFault", "decode", "read", "read_leniently"]

_START = re.compile(r"^(?:%[^\n]*\n)*---(?=[ \t\r\n]|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """One document: JSON values only, and the line of its first node, counted from 1."""

    value: Any
    line: int


def read(text: str) -> tuple[Document, ...]:
    """The documents of a YAML or JSON text; raises YamlFault, and nothing else, for the first fault.

    Documents that hold nothing (or null) are left out, as kubectl leaves them out. Aliased values are shared
    between the places that name them, so nothing may be changed.
    """
    documents = _json_documents(text)
    if documents is None:
        documents = _yaml_documents(text)
    return tuple(document for document in documents if document.value is not None)


def read_leniently(text: str) -> tuple[tuple[Document, ...], tuple[YamlFault, ...]]:
    """The documents that can be read and each fault, with lines and columns of the whole text."""
    try:
        return read(text), ()
    except YamlFault as fault:
        first = fault
    documents: list[Document] = []
    faults: list[YamlFault] = []
    for lines, part in _parts(text):
        try:
            documents += (Document(found.value, found.line + lines) for found in read(part))
        except YamlFault:
            faults += _fault("\n" * lines + part)
    # A text that is whole only in parts still has its first fault: nothing is passed over in silence.
    return tuple(documents), tuple(faults) or (first,)


def _fault(text: str) -> Iterator[YamlFault]:
    try:
        read(text)
    except YamlFault as fault:
        yield fault


def _yaml_documents(text: str) -> list[Document]:
    try:
        content = text.encode()
    except UnicodeEncodeError:
        raise unprintable(text) from None
    return [Document(value, line) for value, line in build(content, text)]


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """The text cut before each `---`, which YAML allows nowhere but between documents, with its line offset."""
    cuts = sorted({0, *(match.start() for match in _START.finditer(text)), len(text)})
    lines = 0
    for start, end in pairwise(cuts):
        yield lines, text[start:end]
        lines += text.count("\n", start, end)


def _json_documents(text: str) -> list[Document] | None:
    """The values of a JSON text; None: it is none, or has a fault that YAML words better."""
    try:
        return [Document(value, text.count("\n", 0, start) + 1) for value, start, _ in json_spans(text)]
    except (ValueError, RecursionError):
        return None


def json_spans(text: str) -> Iterator[tuple[Any, int, int]]:
    """Value, start and end of each object of a text that Kubernetes reads as JSON: it starts with a brace.

    ValueError (or RecursionError) for a text that is no JSON, names a key twice, or is nested too deeply.
    """
    at = _after_blanks(text, 0)
    if not text.startswith("{", at):
        raise ValueError
    decoder = json.JSONDecoder(
        object_pairs_hook=_unique, parse_float=_number, parse_int=_integer, parse_constant=_no_constant
    )
    while at < len(text):
        value, end = decoder.raw_decode(text, at)
        yield _well_formed(value), at, end
        at = _after_blanks(text, end)


def _after_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n\ufeff":
        at += 1
    return at


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _integer(digits: str) -> int | float:
    if len(digits) > 20:
        return float(digits)
    value = int(digits)
    return value if -(2**63) <= value < 2**64 else float(digits)


def _number(text: str) -> int | float:
    """A number with a point or an exponent; ValueError for one that no float64 holds."""
    try:
        value: int | float = json_value(float(text), text)
    except Unusable as problem:
        raise ValueError(text) from problem
    return value


def _well_formed(value: Any) -> Any:
    """The value itself; ValueError for nesting that is too deep or half a surrogate pair."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH + 1:
            raise ValueError
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                below += item
                below += item.values()
            elif isinstance(item, list):
                below += item
            elif isinstance(item, str):
                item.encode()
        level = below
    return value
