"""What the name of a key says about its value: `REDIS_HOST`, `--redis-host`, `spring.redis.host`, `redisHost`."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeyPatterns:
    """Names of keys that hold hosts, beyond the built-in ones; globs without regard to case (`*_PEER`)."""

    extra: tuple[str, ...] = ()


def key_patterns(extra: Iterable[str] = ()) -> KeyPatterns:
    """The built-in patterns and those of `[references]` in `ringtrue.toml`."""
    return KeyPatterns(tuple(extra))
