"""What can be a host name, and what only looks like one (REF-05, DNS-17)."""

import re
from ipaddress import ip_address

from ringtrue.references.written import OPEN

HOLE = (
    rf"{OPEN}|\{{\{{[^{{}}\n]{{1,80}}\}}\}}|\$\{{[^}}\s]*\}}|\$\([^)\s]*\)|\$[A-Za-z_]\w*|<[A-Za-z][\w .-]*>"
    r"|%\(\w+\)s|%[sdv]|%[A-Z_]+%|\{[A-Za-z_][\w.]*\}|\{\d?\}|@[A-Z_]+@"
)
"""A place that something else fills in: a template, a variable, a placeholder."""

_LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
_WORDS = frozenset(
    "true false yes no on off none null nil default auto enabled disabled enable disable any all unknown "
    "changeme todo tbd localhost local ip6-localhost broadcasthost memory internal external public private "
    "stdout stderr undefined".split()
)
_SUFFIXES = frozenset(
    "conf cfg cnf ini toml yaml yml json json5 jsonc xml properties env txt log md rst html htm css js mjs "
    "cjs ts tsx jsx map py pyc rb pl php go rs c h cc cpp hpp java kt scala class jar war ear groovy lua sh "
    "bash zsh fish ps1 bat sql db sqlite sqlite3 csv tsv parquet avro proto pem crt cer key csr p12 jks pfx "
    "pub asc sig gz tgz tar zip bz2 xz zst rpm deb iso img png jpg jpeg gif svg ico pdf tmpl tpl j2 gotmpl "
    "erb mustache hbs sock socket pid lock bak tmp swp so dll exe bin wasm service target timer mount rules "
    "repo list hcl tf tfvars dockerfile makefile".split()
)
_REVERSED = frozenset({"com", "org", "net", "io", "edu", "gov", "java", "javax", "jakarta", "kotlin", "scala"})


def is_address(host: str) -> bool:
    """An IP literal, or something written like one (`0.0.0.0`, `10.1`, `1.2.3`)."""
    bare = host.strip("[]").rstrip(".")
    if bare.rpartition(".")[2].isdecimal() and bare.replace(".", "").isdecimal():
        return True
    try:
        ip_address(bare.partition("%")[0])
    except ValueError:
        return False
    return True


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
    return all(map(_LABEL.fullmatch, labels)) and not labels[-1].isdecimal()


def is_callable(host: str) -> bool:
    """A name, and neither an address nor the pod itself: what a reference can be about."""
    return is_name(host) and not is_local(host) and not is_address(host)


def is_plain(host: str) -> bool:
    """What counts where nothing but its form says host: lower case, no underscore, no file name, no package name."""
    if host != host.lower() or "_" in host or not is_callable(host) or host in _WORDS:
        return False
    labels = host.rstrip(".").split(".")
    if len(labels) == 1:
        return host[0].isalpha() and not host.startswith("v1")
    return labels[-1] not in _SUFFIXES and labels[0] not in _REVERSED


def why_open(hole: str) -> str:
    """Why a place in a host is not known, for a hole that no field accounts for."""
    if hole.startswith("$("):
        return f"{hole} is not set in this container"
    if hole.startswith("$"):
        return f"{hole} is filled in by whatever reads the text"
    return f"{hole} is a template" if hole.startswith("{") else f"{hole} is a placeholder"
