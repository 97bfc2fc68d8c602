"""What the name of a key says about its value: `REDIS_HOST`, `--redis-host`, `spring.redis.host`, `redisHost`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from fnmatch import fnmatchcase


class Meaning(Enum):
    HOST = "host"
    """The value is a host, or a list of them: a bare name counts."""
    OTHER = "other"
    """The name says nothing: URLs, `host:port` and full in-cluster names count."""
    SILENT = "silent"
    """The value may look like a host and is not one that is called."""


_HOST = re.compile(
    r"(?:^|_)(?:(?:BOOTSTRAP_|NAME_?)?SERVERS?|HOSTS?|HOST_?NAMES?|ADDRS?|ADDRESS(?:ES)?|URLS?|URIS?|ENDPOINTS?|BROKERS?|UPSTREAMS?|CONTACT_?POINTS?|SEEDS?)$"
    r"|^PGHOST$"
)
# What follows is called by nobody: names of images and versions, addresses that a process listens on or hands out,
# lists that are only compared with, and texts that merely carry a name (REF-05).
_SILENT = re.compile(
    r"(?:^|_)(?:IMAGES?|TAG|VERSION|RELEASE|COMMIT|DIGEST|SCHEDULE|CRON|LABELS?|ANNOTATIONS?|SELECTOR|ROLES?|PERMISSIONS?"
    r"|LIMITS?|QUOTAS?|WEIGHTS?|RATIOS?|TTLS?|LEVELS?|SIZES?|TIMES?|TIMEZONE|TZ|USER|UID|GID|USERNAME|PASS|PASSWORD|PASSWD"
    r"|TOKEN|SECRET|CREDENTIALS?|BASIC_AUTH|CLASS|CLASSNAME|PACKAGE|MODULE|REGEXP?|PATTERN|TEMPLATE|FORMAT|QUERY|SUBJECT"
    r"|REALM|EXPR|MOUNT|VOLUMES?|PATH|FILE|FILENAME|DIR|EMAIL|SENDER|DOMAINS?|SANS?|DNS_NAMES?|SERVER_?NAMES?|HOST_HEADER|COMMENT"
    r"|DESCRIPTION|TITLE|MESSAGE|HELP|DOCS?_URL|RUNBOOK_URL|SCHEMA)$"
    r"|NO_?PROXY|NON_?PROXY|CORS|ORIGINS?(?:_|$)|REFERR?ER|AUDIENCE|LISTEN|(?:^|_)BIND(?:_|$)|ADVERTISED?(?:_|$)|USER_?AGENT"
    r"|ALLOWED_|ALLOW_|ALLOWLIST|WHITELIST|TRUSTED_|DENY|BLOCKLIST|BLACKLIST|IGNORE|EXCLUDE|VIRTUAL_HOST|COOKIE|REDIRECT"
    r"|CALLBACK|XMLNS|(?:^|_)CRD|IMAGE_PULL|REGISTRY_MIRROR|LICENSE|COPYRIGHT"
)
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_JOINTS = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class KeyPatterns:
    """Names of keys that hold hosts, beyond the built-in ones; globs without regard to case (`*_PEER`)."""

    extra: tuple[str, ...] = ()
    _known: dict[str, Meaning] = field(default_factory=dict, compare=False, repr=False)

    def meaning(self, key: str) -> Meaning:
        """What a variable, a flag, or a key of a file says of its value."""
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._judge(normal(key))
        return found

    def _judge(self, name: str) -> Meaning:
        if any(fnmatchcase(name, normal(pattern, keep="*?[]")) for pattern in self.extra):
            return Meaning.HOST
        if _SILENT.search(name):
            return Meaning.SILENT
        return Meaning.HOST if _HOST.search(name) else Meaning.OTHER


def key_patterns(extra: Iterable[str] = ()) -> KeyPatterns:
    """The built-in patterns and those of `[references]` in `ringtrue.toml`."""
    return KeyPatterns(tuple(extra))


def normal(key: str, keep: str = "") -> str:
    """A key in the spelling of variables: `--redis-host`, `redisHost` and `redis.host` are REDIS_HOST."""
    if not keep and key.isupper() and key.replace("_", "").isalnum():
        return key
    joints = re.compile(f"[^A-Za-z0-9{re.escape(keep)}]+") if keep else _JOINTS
    return joints.sub("_", _HUMPS.sub("_", key)).strip("_").upper()


def stem(key: str) -> str:
    """The part that a host's key shares with its port's key: REDIS of REDIS_HOST; "" when there is none."""
    found = re.fullmatch(r"(.+)_(?:HOST|HOST_?NAME|SERVER|ADDR|ADDRESS|ENDPOINT)", normal(key))
    return found[1] if found else "PG" if normal(key) == "PGHOST" else ""
