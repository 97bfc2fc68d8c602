"""What the value of a key may be: its type in words, and what turns the TOML value into the setting."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ringtrue.config.settings import VERSIONS, kubernetes_version
from ringtrue.findings import Severity


@dataclass(frozen=True, slots=True)
class ValueType:
    """`read` gives the setting, or raises ValueError with the rest of a sentence."""

    words: str
    read: Callable[[Any], Any]


def text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"must be a text, not {shown(value)}")
    return value


def pattern(value: Any) -> str:
    if not isinstance(value, str) or value.count("*") != 1:
        raise ValueError(f'must be a text with one "*", such as "env/*", not {shown(value)}')
    return value


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {shown(value)}")
    return value


def texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ValueError(f"must be a list of texts, not {shown(value)}")
    return tuple(value)


def named_texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(item, str) and item for item in value.values()):
        raise ValueError(f"must be a table of texts, not {shown(value)}")
    return dict(value)


def ports(value: Any) -> frozenset[int]:
    if not isinstance(value, list) or not all(type(item) is int and 0 < item < 65536 for item in value):
        raise ValueError(f"must be a list of port numbers, not {shown(value)}")
    return frozenset(value)


def version(value: Any) -> tuple[int, int]:
    if not isinstance(value, str):
        raise ValueError(f'must be a text such as "1.35", not {shown(value)}')
    return kubernetes_version(value)


def one_of(*choices: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in choices:
            raise ValueError(f"must be {listed(choices)}, not {shown(value)}")
        return str(value)

    return read


def verdict(value: Any) -> Severity:
    return Severity(one_of("note", "warning", "error")(value))


def rule_severity(value: Any) -> Severity | None:
    chosen = one_of("off", "note", "warning", "error")(value)
    return None if chosen == "off" else Severity(chosen)


def listed(choices: tuple[str, ...]) -> str:
    return ", ".join(f'"{choice}"' for choice in choices[:-1]) + f' or "{choices[-1]}"'


def shown(value: Any) -> str:
    """A value as the user may have written it; of a list or a table only what it is."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return repr(value)
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a table"
    return str(value)


def choice(*choices: str) -> ValueType:
    return ValueType(listed(choices), one_of(*choices))


TEXT = ValueType("text", text)
PATTERN = ValueType('text with one "*"', pattern)
FLAG = ValueType("true or false", flag)
TEXTS = ValueType("list of texts", texts)
NAMED_TEXTS = ValueType("table of texts", named_texts)
PORTS = ValueType("list of port numbers", ports)
VERSION = ValueType(" to ".join(f'"{major}.{minor}"' for major, minor in VERSIONS), version)
LIBC = choice("glibc", "musl")
VERDICT = ValueType(listed(("note", "warning", "error")), verdict)
RULE_SEVERITY = ValueType(listed(("off", "note", "warning", "error")), rule_severity)
