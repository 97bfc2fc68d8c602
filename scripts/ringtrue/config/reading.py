"""Reads `ringtrue.toml`; every fault is one sentence with file and line."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from ringtrue.config.keys import KEYS, LISTS, REQUIRED, TABLES, Key
from ringtrue.config.lines import key_lines, line_of
from ringtrue.config.settings import FILE, ClusterEntry, Config, External, Ignore
from ringtrue.config.values import RULE_SEVERITY, ValueType, shown
from ringtrue.errors import ConfigError
from ringtrue.findings import Route


def load(root: Path) -> Config:
    """The settings in `ringtrue.toml` at the root, the defaults when there is none; raises ConfigError."""
    text = _text(root / FILE)
    return Config() if text is None else parse(text)


def parse(text: str) -> Config:
    """The settings in a TOML text; raises ConfigError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{FILE} is not TOML: {error}") from None
    return _Reader(data, key_lines(text)).config()


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError(f"{FILE} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{FILE} is not UTF-8") from None


class _Reader:
    """One pass over the parsed tables, with the lines at hand for the sentences."""

    def __init__(self, data: Mapping[str, Any], lines: dict[Route, int]) -> None:
        self.data = data
        self.lines = lines

    def config(self) -> Config:
        for name in self.data:
            if name not in TABLES:
                homes = [f"[{key.table}]" for key in KEYS if key.name == name]
                known = f"; it belongs under {' or '.join(homes)}" if homes else _near(name, TABLES)
                self.fail((name,), f"unknown table {name!r}{known}")
        settings: dict[str, Any] = {}
        for table in TABLES:
            if table not in LISTS and table != "rules":
                settings |= self.table((table,), self.tabled(table))
        return replace(
            Config(path=FILE, **settings),
            shared=frozenset(settings.get("shared", ())),
            clusters=tuple(self.clusters()),
            external=tuple(self.externals()),
            ignores=tuple(self.ignores()),
            **self.rules(),
        )

    def clusters(self) -> Iterator[ClusterEntry]:
        for route, entry in self.entries("clusters"):
            settings = {"applications": (), "destinations": (), "paths": (), **self.table(route, entry)}
            yield ClusterEntry(**settings, line=line_of(self.lines, route))

    def externals(self) -> Iterator[External]:
        for route, entry in self.entries("external"):
            settings = {"ports": frozenset[int](), **self.table(route, entry)}
            yield External(**settings, line=line_of(self.lines, route))

    def ignores(self) -> Iterator[Ignore]:
        for route, entry in self.entries("ignore"):
            settings = {"object": "", "environment": "", **self.table(route, entry)}
            yield Ignore(**settings, line=line_of(self.lines, route))

    def rules(self) -> dict[str, Any]:
        given = dict(self.tabled("rules"))
        policy = self.table(("rules",), {"policy": given.pop("policy")}) if "policy" in given else {}
        severities = {name: self.read(("rules", name), RULE_SEVERITY, value) for name, value in given.items()}
        lines = {name: line_of(self.lines, ("rules", name)) for name in given}
        return {"rules": severities, "rule_lines": lines, **policy}

    def tabled(self, name: str) -> Mapping[str, Any]:
        found = self.data.get(name, {})
        if not isinstance(found, dict):
            self.fail((name,), f"{name!r} must be a table, written [{name}], not {shown(found)}")
        return found

    def entries(self, name: str) -> Iterator[tuple[Route, Mapping[str, Any]]]:
        found = self.data.get(name, [])
        if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
            self.fail((name,), f"{name!r} must be a list of tables, written [[{name}]], not {shown(found)}")
        for index, entry in enumerate(found):
            for key in REQUIRED[name]:
                if key not in entry:
                    self.fail((name, index), f"[[{name}]] has no {key!r}, which is required")
            yield (name, index), entry

    def table(self, route: Route, entry: Mapping[str, Any]) -> dict[str, Any]:
        """The settings that one table fills."""
        known = {key.name: key for key in KEYS if key.table == route[0]}
        settings = {}
        for name, value in entry.items():
            key: Key | None = known.get(name)
            if key is None:
                self.fail((*route, name), f"unknown key {name!r} in [{route[0]}]{_near(name, known)}")
            settings[key.setting] = self.read((*route, name), key.type, value)
        return settings

    def read(self, route: Route, expected: ValueType, value: Any) -> Any:
        try:
            return expected.read(value)
        except ValueError as error:
            self.fail(route, f"{'.'.join(str(step) for step in route if isinstance(step, str))} {error}")

    def fail(self, route: Route, sentence: str) -> NoReturn:
        raise ConfigError(f"{FILE}:{line_of(self.lines, route)}: {sentence}")


def _near(name: str, known: Any) -> str:
    near = get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(sorted(known))}"
