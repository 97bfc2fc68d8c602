"""What can be a host name, and what only looks like one (REF-05, DNS-17)."""

import re
from functools import lru_cache

from ringtrue.references.written import OPEN

HOLE = (
    rf"{OPEN}|\{{\{{[^{{}}\n]{{1,80}}\}}\}}|\$\{{[^}}\s]{{0,80}}\}}|\$\([^)\s]{{0,80}}\)|\$[A-Za-z_]\w{{0,80}}"
    r"|<[A-Za-z][\w .-]{0,60}>|%\(\w{1,60}\)s|%[sdv]|%[A-Z_]{1,60}%|\{[A-Za-z_][\w.]{0,60}\}|\{\d?\}|@[A-Z_]{1,60}@"
)
"""A place that something else fills in: a template, a variable, a placeholder."""

_HOLES = re.compile(HOLE)
_LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
_WORDS = frozenset(
    "true false yes no on off none null nil default auto enabled disabled enable disable any all unknown "
    "changeme todo tbd localhost local ip6-localhost broadcasthost memory internal external public private "
    "stdout stderr undefined".split()
)
_SOURCES = frozenset(
    "c cc cfg clj cnf conf cpp cs css go groovy h hpp htm html ini java js json jsx kt lua md mjs php pl py "
    "rb rs scala sh sql swift toml ts tsx txt xml yaml yml".split()
)
"""Last labels of files that messages name with a line: `Main.java:120`."""
_FILES = _SOURCES | frozenset(
    "asc avro bak bash bat bin bz2 cer cert class crt csr csv deb dll dockerfile ear erb exe gif gotmpl gz "
    "hbs hcl ico img iso j2 jar jks jpeg jpg json5 jsonc key lock log map mustache p12 parquet pdf pem pfx "
    "pid png properties proto ps1 pub pyc rpm sig so sock socket sqlite sqlite3 svg swp tar tf tfvars tgz tmp "
    "tmpl tpl tsv war wasm xz zip zst".split()
)
_REVERSED = frozenset({"com", "org", "net", "io", "edu", "gov", "java", "javax", "jakarta", "kotlin", "scala"})


def is_address(host: str) -> bool:
    """An IP literal, or something written like one (`0.0.0.0`, `10.1`, `1.2.3`)."""
    return ":" in host or host.replace(".", "").isdecimal()


def is_local(host: str) -> bool:
    """The pod itself: `localhost` and names below it (RFC 6761)."""
    lower = host.lower().rstrip(".")
    return lower in ("localhost", "localhost.localdomain", "ip6-localhost") or lower.endswith(".localhost")


def is_name(host: str) -> bool:
    """Labels of at most 63 characters, 253 in all; underscores pass, for they are used and never resolve (DNS-17)."""
    bare = host[:-1] if host.endswith(".") else host
    if not bare or len(bare) > 253 or not any(c.isalpha() for c in bare):
        return False
    labels = bare.split(".")
    return all(_LABEL.fullmatch(label) for label in labels) and not labels[-1].isdecimal()


@lru_cache(maxsize=16384)
def is_callable(host: str) -> bool:
    """A name, and neither an address nor the pod itself: what a reference can be about."""
    return is_name(host) and not is_local(host) and not is_address(host)


def is_plain(host: str, with_port: bool = False) -> bool:
    """What counts where nothing but its form says host: lower case, no underscore, no file name, no package name."""
    if host != host.lower() or "_" in host or not is_callable(host) or host in _WORDS:
        return False
    labels = host.rstrip(".").split(".")
    if len(labels) == 1:
        return host[0].isalpha() and not host.startswith("v1")
    return labels[-1] not in (_SOURCES if with_port else _FILES) and labels[0] not in _REVERSED


def is_open(host: str) -> bool:
    """Whether something else fills in all of it: not even a suffix or a part of a name is written."""
    return not any(c.isalnum() for c in _HOLES.sub("", host))


def why_open(hole: str) -> str:
    """Why a place in a host is not known, for a hole that no field accounts for."""
    if hole.startswith("$("):
        return f"{hole} is not set in this container"
    if hole.startswith("$"):
        return f"{hole} is filled in by whatever reads the text"
    return f"{hole} is a template" if hole.startswith("{") else f"{hole} is a placeholder"
