"""What the API server's names, labels and ports may look like; each function says what is wrong, "" for nothing."""

import re

_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
_LABEL_1035 = re.compile(r"[a-z]([-a-z0-9]*[a-z0-9])?")
_SUBDOMAIN = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
_SEARCH = re.compile(r"_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*")
_CONFIG_KEY = re.compile(r"[-._a-zA-Z0-9]+")
_NAME_PART = re.compile(r"[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?")
_PORT_NAME = re.compile(r"[-a-z0-9]+")
_STRICT_ENV = re.compile(r"[-._a-zA-Z][-._a-zA-Z0-9]*")
_RELAXED_ENV = re.compile(r"[ -<>-~]+")

_EDGES = "and must start and end with an alphanumeric character"
_PART = f"must consist of alphanumeric characters, '-', '_' or '.', {_EDGES}"


def dns_label(text: str) -> str:
    """ADM-02: an RFC 1123 label of at most 63 characters."""
    if len(text) > 63:
        return _too_long(63)
    said = f"a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', {_EDGES}"
    return "" if _LABEL.fullmatch(text) else said


def dns_1035_label(text: str) -> str:
    """ADM-01: an RFC 1035 label of at most 63 characters: it starts with a letter."""
    if len(text) > 63:
        return _too_long(63)
    said = (
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic "
        "character, and end with an alphanumeric character"
    )
    return "" if _LABEL_1035.fullmatch(text) else said


def dns_subdomain(text: str) -> str:
    """ADM-09: an RFC 1123 subdomain of at most 253 characters; its parts have no limit of their own."""
    if len(text) > 253:
        return _too_long(253)
    said = f"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', {_EDGES}"
    return "" if _SUBDOMAIN.fullmatch(text) else said


def path_segment(text: str) -> str:
    """ADM-01: what every name must be at least, since it stands in a URL: RBAC's are no more than that."""
    if text in (".", ".."):
        return f"may not be '{text}'"
    return next((f"may not contain '{each}'" for each in "/%" if each in text), "")


def search_domain(text: str) -> str:
    """ADM-14: an entry of a search list: a subdomain whose parts may hold underscores, with or without a final dot."""
    name = text.removesuffix(".")
    if len(name) > 253:
        return _too_long(253)
    said = (
        f"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', {_EDGES}"
    )
    return "" if text == "." or _SEARCH.fullmatch(name) else said


def config_key(text: str) -> str:
    """ADM-11: a key of a ConfigMap or Secret."""
    if len(text) > 253:
        return _too_long(253)
    if text == "." or text.startswith(".."):
        return "must not be '.' or begin with '..'"
    said = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
    return "" if _CONFIG_KEY.fullmatch(text) else said


def label_key(text: str) -> str:
    """ADM-03: a qualified name: an optional DNS subdomain and `/`, then at most 63 characters."""
    prefix, slash, name = text.rpartition("/")
    if slash and not prefix:
        return "prefix part must be non-empty"
    if slash and dns_subdomain(prefix):
        return f"prefix part {dns_subdomain(prefix)}"
    if not name:
        return "name part must be non-empty"
    if len(name) > 63:
        return f"name part {_too_long(63)}"
    return "" if _NAME_PART.fullmatch(name) else f"name part {_PART}"


def label_value(text: str) -> str:
    """ADM-03: a label's value: empty, or like a name, at most 63 characters."""
    if len(text) > 63:
        return _too_long(63)
    said = f"a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', {_EDGES}"
    return "" if not text or _NAME_PART.fullmatch(text) else said


def port_name(text: str) -> str:
    """ADM-06: an IANA service name: at most 15 of `a-z 0-9 -`, one letter, no `--`, no `-` at an edge."""
    if len(text) > 15:
        return _too_long(15)
    if not _PORT_NAME.fullmatch(text):
        return "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"
    if not re.search("[a-z]", text):
        return "must contain at least one letter (a-z)"
    if "--" in text:
        return "must not contain consecutive hyphens"
    return "must not begin or end with a hyphen" if text[0] == "-" or text[-1] == "-" else ""


def port_number(number: int) -> str:
    """ADM-05: a port number."""
    return "" if 1 <= number <= 65535 else "must be between 1 and 65535, inclusive"


def port(value: object) -> str:
    """ADM-06: a port by number or by name; other types are JSON Schema's to refuse."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    return port_name(value) if isinstance(value, str) else port_number(value)


def env_name(text: str, version: tuple[int, int]) -> str:
    """ADM-11: the name of an environment variable; from Kubernetes 1.32 on any printable ASCII but `=`."""
    if version >= (1, 32):
        said = "a valid environment variable name must consist only of printable ASCII characters other than '='"
        return "" if _RELAXED_ENV.fullmatch(text) else said
    said = (
        "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', "
        "and must not start with a digit"
    )
    return "" if _STRICT_ENV.fullmatch(text) else said


def quoted_number(value: object) -> str:
    """ADM-06: the hint for a port number in quotes; "" for anything else."""
    numeric = isinstance(value, str) and value.isascii() and value.isdecimal()
    return "write the name of a container port, or its number without quotes" if numeric else ""


def _too_long(limit: int) -> str:
    return f"must be no more than {limit} characters"
