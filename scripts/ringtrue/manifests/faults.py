"""What a text can be refused for: one sentence, and the place in the file."""

import re

from yaml.error import MarkedYAMLError, YAMLError

_FRIENDLY = {
    "mapping values are not allowed in this context": "a second ': ' stands here, or the line is indented wrongly",
    "could not find expected ':'": "this key has no ':' after it",
    "did not find expected key": "a key is expected: the line is indented wrongly, or a quote or bracket is open",
    "did not find expected '-' indicator": "a list item ('- ') is expected here: the line is indented wrongly",
    "did not find expected ',' or ']'": "the list opened with '[' is not closed, or a ',' is missing",
    "did not find expected ',' or '}'": "the mapping opened with '{' is not closed, or a ',' is missing",
    "found unexpected end of stream": "a quote is not closed before the end of the file",
    "found unexpected document indicator": "a quote is not closed before the end of the document",
    "did not find expected <document start>": "a '---' is missing before this text, or it is indented wrongly",
    "found undefined tag handle": "this tag uses a handle that no %TAG line declares",
}

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what libyaml counts as the end of a line


class YamlFault(Exception):
    """A document that cannot be read as kubectl would read it; line and column count from 1."""

    def __init__(self, line: int, column: int, problem: str) -> None:
        super().__init__(f"{line}:{column}: {problem}")
        self.line = line
        self.column = column
        self.problem = problem


def decode(content: bytes) -> str:
    """The text of a file; YamlFault where it is no UTF-8 (a byte order mark of UTF-8 is dropped)."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise YamlFault(1, 1, "the file is UTF-16: save it as UTF-8")
    if b"\0" in content:
        before = content[: content.index(b"\0")]
        raise YamlFault(before.count(b"\n") + 1, 1, "the file is binary: a NUL byte stands on this line")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        byte = content[error.start]
        raise YamlFault(line, column, f"the file is not UTF-8: byte 0x{byte:02x} stands here") from None


def refused(error: YAMLError, text: str) -> YamlFault:
    """libyaml's refusal of a text as a fault with a sentence that helps."""
    if not isinstance(error, MarkedYAMLError):
        return unprintable(text)
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return YamlFault(1, 1, str(error.problem))
    line, column = mark.line + 1, mark.column + 1
    lines = _BREAK.split(text, line)
    found = lines[mark.line] if mark.line < len(lines) else ""
    if _is_tab(found, mark.column):
        return YamlFault(line, found.index("\t") + 1, "a tab stands in the indentation: YAML allows only spaces there")
    return YamlFault(line, column, _sentence(error, found[mark.column : mark.column + 1]))


def unprintable(text: str) -> YamlFault:
    """The first character that YAML does not allow, as a fault."""
    for number, line in enumerate(text.split("\n"), 1):
        for column, character in enumerate(line, 1):
            if not _is_allowed(ord(character)):
                what = "half of a surrogate pair" if 0xD800 <= ord(character) <= 0xDFFF else "control character"
                return YamlFault(number, column, f"{what} U+{ord(character):04X} is not allowed in YAML")
    return YamlFault(1, 1, "the text cannot be read as YAML")


def _sentence(error: MarkedYAMLError, character: str) -> str:
    problem = str(error.problem or "the text cannot be read as YAML")
    if problem == "found character that cannot start any token" and character.strip():
        return f"a value cannot start with {character!r}: put it in quotes"
    friendly = _FRIENDLY.get(problem, problem)
    context = str(error.context or "")
    if context and error.context_mark is not None:
        return f"{friendly} ({context} that starts at line {error.context_mark.line + 1})"
    return friendly


def _is_tab(line: str, column: int) -> bool:
    """Whether a tab in the white space before `column` is what libyaml stumbled over."""
    start = line[: column + 1]
    return "\t" in start and not start.strip(" \t-")


def _is_allowed(code: int) -> bool:
    """libyaml's set of printable characters; a byte order mark is let through."""
    if code < 0x20:
        return code in (0x09, 0x0A, 0x0D)
    if 0x7F <= code < 0xA0:
        return code == 0x85
    return not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF)
