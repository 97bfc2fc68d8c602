"""Which operands of known clients are hosts (REF-03): curl, wget, nc, psql, redis-cli, dig and their like."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ringtrue.references.written import Written


@dataclass(frozen=True, slots=True)
class Operand:
    """A word, from `start` on, that is a URL, `host:port` or a host. `port` is the word with the port, if another."""

    word: Written
    scheme: str
    """What the client assumes when the word has no scheme."""
    start: int = 0
    port: Written | None = None
    default: int | None = None


@dataclass(frozen=True, slots=True)
class _Options:
    """How a client reads its options."""

    valued: str = ""
    """Short options that take a value."""
    long: frozenset[str] = frozenset()
    """Long options that take the next word when they hold no `=`."""


_CURL = frozenset(
    "abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to"
    " continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode"
    " delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine"
    " etag-compare etag-save expect100-timeout form form-string ftp-account ftp-alternative-to-user ftp-method ftp-port"
    " ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip header hostpubmd5 hostpubsha256 hsts interface"
    " ip-tos ipfs-gateway json keepalive-cnt keepalive-time key key-type krb libcurl limit-rate local-port"
    " login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer"
    " output output-dir parallel-max pass pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert"
    " proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type"
    " proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword"
    " proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range rate referer request request-target resolve"
    " retry retry-delay retry-max-time sasl-authzid service-name socks4 socks4a socks5 socks5-gssapi-service"
    " socks5-hostname speed-limit speed-time stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers"
    " tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket upload-file url url-query user"
    " user-agent variable vlan-priority write-out".split()
)
_WGET = frozenset(
    "output-document output-file append-output timeout tries header post-data post-file user password http-user"
    " http-password user-agent referer directory-prefix wait waitretry connect-timeout read-timeout dns-timeout"
    " ca-certificate ca-directory certificate private-key method body-data body-file execute input-file limit-rate"
    " max-redirect quota bind-address load-cookies save-cookies accept reject domains level base config".split()
)
_DATABASE = frozenset(
    "host port username user dbname password database command file url uri timeout list-tables".split()
)
_CURL_OPTIONS = _Options("AbcCdDeEFHhKmoPQrTtuUwxXyYz", _CURL)
_WGET_OPTIONS = _Options("OoaTtPUwQeiABRDIXl", _WGET)
_NC_OPTIONS = _Options(
    "IimOPpqsTVwXxecgG", frozenset("wait idle-timeout source source-port proxy proxy-type exec".split())
)
_MYSQL_OPTIONS = _Options(
    "hPueDS", _DATABASE | {"connect-timeout", "execute", "socket", "protocol", "default-character-set"}
)
_PSQL_OPTIONS = _Options(
    "hpUdcfvtFRTPoLnNsSjEZC", _DATABASE | {"variable", "set", "output", "schema", "table", "jobs", "format"}
)
_REDIS_OPTIONS = _Options("hpaurisnDx", frozenset("user pass host port uri".split()))
_MONGO_OPTIONS = _Options("hpudc", _DATABASE | {"eval", "authenticationDatabase", "out", "uri", "db", "collection"})
_PING_OPTIONS = _Options("cWwistIlMmpQSTt")
_DIG_OPTIONS = _Options("bcfkpqtxyWRm")

_POSTGRES = (
    "psql pg_isready pg_dump pg_dumpall pg_restore createdb dropdb createuser pgbench vacuumdb pg_basebackup".split()
)
_MYSQL = "mysql mysqladmin mysqldump mysqlcheck mysqlshow mariadb mariadb-admin mariadb-dump mariadb-check".split()
_DATABASES = {
    **dict.fromkeys(_POSTGRES, (_PSQL_OPTIONS, "postgresql", 5432, "h", "p")),
    **dict.fromkeys(_MYSQL, (_MYSQL_OPTIONS, "mysql", 3306, "h", "P")),
    **dict.fromkeys(["redis-cli", "redis-benchmark", "valkey-cli"], (_REDIS_OPTIONS, "redis", 6379, "h", "p")),
    **dict.fromkeys(["mongo", "mongosh", "mongodump", "mongorestore"], (_MONGO_OPTIONS, "mongodb", 27017, "h", "p")),
}
_LOOKUPS = {
    **dict.fromkeys(["nslookup", "host", "dig", "drill", "delv"], _DIG_OPTIONS),
    **dict.fromkeys(["ping", "ping6", "ping4", "arping", "traceroute", "tracepath", "mtr"], _PING_OPTIONS),
}
_RECORD_TYPES = frozenset("A AAAA ANY CNAME MX NS PTR SOA SRV TXT IN CAA".split())
CLIENTS = frozenset({"curl", "wget", "nc", "ncat", "netcat", "telnet", "getent", *_DATABASES, *_LOOKUPS})

_BODIES = frozenset({"d", "data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "json"})
"""curl's options whose value may be JSON; a shell tears it into words where it is not quoted."""
_BARE = re.compile(r"[\w-]+")
_ELSEWHERE = frozenset(
    {"resolve", "connect-to", "unix-socket", "abstract-unix-socket", "x", "proxy", "preproxy", "socks5-hostname"}
)
"""curl's options after which the name in the URL is not looked up by the pod's resolver."""


def operands(name: str, words: Sequence[Written]) -> Iterator[Operand]:
    """The hosts among the words after a known client's name; options and their values are passed over."""
    if name == "curl":
        yield from _curl(words)
    elif name == "wget":
        _, rest = _parsed(words, _WGET_OPTIONS)
        yield from _pages(rest)
    elif name in ("nc", "ncat", "netcat", "telnet"):
        yield from _netcat(name, words)
    elif name in _DATABASES:
        yield from _database(name, words)
    elif name == "getent":
        if words and words[0].text in ("hosts", "ahosts", "ahostsv4", "ahostsv6"):
            yield from (Operand(word, "dns") for word in words[1:])
    else:
        yield from _lookup(name, words)


def _parsed(words: Sequence[Written], options: _Options) -> tuple[dict[str, Written], list[Written]]:
    """Options with their values (the last one wins), and the words that are operands."""
    found: dict[str, Written] = {}
    rest: list[Written] = []
    at = 0
    while at < len(words):
        word, at = words[at], at + 1
        text = word.text
        if text == "--":
            return found, [*rest, *words[at:]]
        if not text.startswith("-") or text == "-":
            rest.append(word)
        elif text.startswith("--"):
            key, equals, _ = text[2:].partition("=")
            if equals:
                found[key] = word.slice(len(key) + 3, len(text))
            elif key in options.long and at < len(words):
                found[key], at = words[at], at + 1
            else:
                found[key] = word
        else:
            at = _short(words, at, word, options, found)
    return found, rest


def _short(words: Sequence[Written], at: int, word: Written, options: _Options, found: dict[str, Written]) -> int:
    """Short options in one word: `-zvw2`, `-h db`, `-hdb`."""
    for place, letter in enumerate(word.text[1:], 1):
        found[letter] = word
        if letter in options.valued:
            if place + 1 < len(word.text):
                found[letter] = word.slice(place + 1, len(word.text))
            elif at < len(words):
                found[letter] = words[at]
                at += 1
            break
    return at


def _curl(words: Sequence[Written]) -> Iterator[Operand]:
    found, rest = _parsed(words, _CURL_OPTIONS)
    for key in ("x", "proxy", "preproxy"):
        if key in found:
            yield Operand(found[key], "http", default=1080)
    if _ELSEWHERE & found.keys():
        return
    if "url" in found:
        yield Operand(found["url"], "http", default=80)
    torn = any(found[key].text.count("{") != found[key].text.count("}") for key in _BODIES & found.keys())
    yield from _pages(word for word in rest if not torn or "://" in word.text)


def _pages(words: Iterable[Written]) -> Iterator[Operand]:
    """What curl and wget fetch. A bare word beside a URL is more often the rest of a text that a shell tore apart."""
    found = list(words)
    whole = any("://" in word.text for word in found)
    yield from (Operand(word, "http", default=80) for word in found if not (whole and _BARE.fullmatch(word.text)))


def _netcat(name: str, words: Sequence[Written]) -> Iterator[Operand]:
    found, rest = _parsed(words, _NC_OPTIONS if name != "telnet" else _Options("belnSX"))
    if ("l" in found and name != "telnet") or "listen" in found or "U" in found or not rest:
        return
    scheme = "udp" if "u" in found and name != "telnet" else "telnet" if name == "telnet" else "tcp"
    port = rest[1] if len(rest) > 1 else None
    yield Operand(rest[0], scheme, port=port, default=23 if name == "telnet" and port is None else None)


def _database(name: str, words: Sequence[Written]) -> Iterator[Operand]:
    options, scheme, default, host_key, port_key = _DATABASES[name]
    found, rest = _parsed(words, options)
    host = found.get("host") or found.get(host_key)
    port = found.get("port") or found.get(port_key)
    if host is not None and not host.text.startswith(("/", "-")):
        yield Operand(host, scheme, port=port, default=default)
    for word in (*(found[key] for key in ("d", "dbname", "u", "uri", "url") if key in found), *rest):
        if "://" in word.text:
            yield Operand(word, scheme)


def _lookup(name: str, words: Sequence[Written]) -> Iterator[Operand]:
    """The names that are looked up, and the server that is asked. `dig` without `+search` never searches (DNS-13)."""
    dig = name in ("dig", "drill", "delv")
    _, rest = _parsed([w for w in words if not w.text.startswith(("+", "-type", "-query", "-debug"))], _LOOKUPS[name])
    for word in rest:
        if word.text.startswith("@") and dig:
            yield Operand(word, "dns", start=1)
        elif word.text.upper() not in _RECORD_TYPES:
            yield Operand(word, "dns")
