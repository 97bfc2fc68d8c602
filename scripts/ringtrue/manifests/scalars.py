"""Scalars as sigs.k8s.io/yaml (goyaml.v2) reads them for kubectl and Argo CD, after the way through JSON."""

import base64
import binascii
import math
import re
import struct
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

MERGE: Final = object()
"""The key that stands for `<<`."""
_TAG = "tag:yaml.org,2002:"
_HINTS = frozenset("0123456789+-.~yYnNtTfFoO")
_WORDS: Final[dict[str, bool | float | None]] = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
}
# An 0b prefix may be followed by a sign: goyaml hands what is left to ParseInt.
_INT = re.compile(r"([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|([1-9][0-9]{0,19}|0))\Z")
_SIGNED_BINARY = re.compile(r"0b([-+][01]+)\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_POINT_FLOAT = re.compile(r"\.[0-9](?:_?[0-9])*(?:[eE][-+]?[0-9](?:_?[0-9])*)?\Z")
_DATE = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:([Tt ])([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})?)?\Z"
)


class Unusable(Exception):
    """A scalar that has no JSON value, or does not fit its tag; the text is the problem, for a YamlFault."""


class Plain(dict[str, Any]):
    """Memo of unquoted scalars used as values: `Plain()[text]`; raises Unusable for `.inf` and `.nan`."""

    def __missing__(self, text: str) -> Any:
        value = json_value(plain(text), text)
        if len(text) < 64:
            self[text] = value
        return value


class Keys(dict[str, Any]):
    """Memo of unquoted scalars used as keys: the JSON key, MERGE for `<<`; raises Unusable for null."""

    def __missing__(self, text: str) -> Any:
        key = MERGE if text == "<<" else key_text(plain(text), text)
        self[text] = key
        return key


def plain(text: str) -> Any:
    """The goyaml.v2 value of an unquoted scalar; floats stay floats, dates stay text."""
    if text[:1] not in _HINTS:  # "" is in every set of this kind: it is null
        return text if text else None
    if text in _WORDS:
        return _WORDS[text]
    if text[0] == ".":
        return _finite(text.replace("_", ""), text) if _POINT_FLOAT.match(text) else text
    if text[0] not in "0123456789+-":
        return text
    number = text.replace("_", "") if "_" in text else text
    whole = _integer(number)
    if whole is not None:
        return whole
    return _finite(number, text) if _FLOAT.match(number) else text


def tagged(tag: str, text: str) -> Any:
    """The value of a scalar with an explicit tag; unknown tags keep the text, a tag that does not fit is Unusable."""
    name = tag.removeprefix(_TAG)
    if name == "binary":
        return _binary(text)
    if name == tag or name not in ("bool", "int", "float", "null", "timestamp"):
        return text
    value = plain(text)
    if _tag_of(value) == name:
        pass
    elif name == "float" and type(value) is int and value < 2**63:
        value = float(value)
    elif not (name == "timestamp" and isinstance(value, str) and _is_timestamp(value)):
        raise Unusable(f"{text!r} does not fit its tag !!{name}")
    return value


def json_value(value: Any, text: str) -> Any:
    """The value after JSON: whole floats below 1e21 become integers, as Go prints and Kubernetes reads them."""
    if type(value) is not float:
        return value
    if not math.isfinite(value):
        raise Unusable(f"{text!r} is not a number that JSON has: put it in quotes")
    return int(Decimal(repr(value))) if value.is_integer() and abs(value) < 1e21 else value


def key_text(value: Any, text: str) -> str:
    """The JSON key that sigs.k8s.io/yaml makes of a key: `on` is "true", `1.50` is "1.5", null is refused."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and value < 2**63:
        return str(value)
    if isinstance(value, float):
        return _short_float(value)
    what = "null" if value is None else text
    raise Unusable(f"{what} cannot be a key: put it in quotes")


def _integer(number: str) -> int | None:
    match = _INT.match(number)
    if match is None:
        signed = _SIGNED_BINARY.match(number)
        value = int(signed[1], 2) if signed else 2**64
        return value if -(2**63) <= value < 2**63 else None
    sign, hexadecimal, binary, octal, decimal = match.groups()
    digits, base = next((d, b) for d, b in ((hexadecimal, 16), (binary, 2), (octal, 8), (decimal, 10)) if d)
    value = -int(digits, base) if sign == "-" else int(digits, base)
    return value if -(2**63) <= value < (2**63 if sign else 2**64) else None


def _finite(number: str, text: str) -> float | str:
    value = float(number)
    return value if math.isfinite(value) else text


def _short_float(value: float) -> str:
    """Go's FormatFloat(value, 'g', -1, 32)."""
    single = _single(value)
    if not math.isfinite(single):
        return ".nan" if math.isnan(single) else ".inf" if single > 0 else "-.inf"
    written = (f"{single:.{digits}e}" for digits in range(9))
    shortest = next(text for text in written if _single(float(text)) == single)
    mantissa, _, exponent = shortest.partition("e")
    return f"{mantissa}e{exponent}" if not -4 <= int(exponent) < 6 else f"{Decimal(shortest):f}"


def _single(value: float) -> float:
    """The nearest float32; too large a value becomes infinite."""
    rounded: float = struct.unpack("f", struct.pack("f", value))[0]
    return rounded


def _binary(text: str) -> str:
    """Bytes become text as Go's JSON encoder writes them: each byte that is no UTF-8 turns into U+FFFD."""
    try:
        content = base64.b64decode(text.replace("\n", "").replace("\r", ""), validate=True)
    except (binascii.Error, ValueError):
        raise Unusable("the value of !!binary is not base64") from None
    return re.sub("[\ud800-\udfff]", "\ufffd", content.decode("utf-8", "surrogateescape"))


def _tag_of(value: Any) -> str:
    if value is None:
        return "null"
    return {bool: "bool", int: "int", float: "float"}.get(type(value), "str")


def _is_timestamp(text: str) -> bool:
    match = _DATE.match(text)
    if match is None:
        return False
    year, month, day, mark, hour, minute, second, _, zone = match.groups()
    if mark and (mark == " ") == bool(zone):
        return False
    try:
        datetime(int(year) or 4, int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return False
    return True
