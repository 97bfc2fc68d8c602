"""The page of `ringtrue.toml`: every key is there, its default is the real one, and its example is valid."""

import re
from pathlib import Path

import pytest

from ringtrue.config import ClusterEntry, Config, External, Ignore, load
from ringtrue.config.keys import KEYS, LISTS, REQUIRED, Key
from ringtrue.config.reading import parse
from ringtrue.errors import ConfigError
from ringtrue.findings import Severity

PAGE = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")
ROW = re.compile(r"\| `([a-z]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|")


def rows() -> dict[tuple[str, str], tuple[str, ...]]:
    """Type, default and meaning by table and key, as the page shows them."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for section in PAGE.split("\n## ")[1:]:
        table = section.partition("\n")[0].strip("`[]")
        found |= {(table, row[1]): (row[2], row[3], row[4]) for row in ROW.finditer(section)}
    return found


def test_every_key_is_documented_and_no_other() -> None:
    assert list(rows()) == [(key.table, key.name) for key in KEYS]
    assert all(all(row) for row in rows().values())


def test_every_key_fills_a_setting_of_its_own() -> None:
    filled = sorted(key.setting for key in KEYS if key.table not in LISTS)
    kept = {"path", "clusters", "external", "ignores", "rules", "rule_lines"}

    assert filled == sorted(Config.__dataclass_fields__.keys() - kept)


def without(table: str, name: str) -> str:
    """A file whose one entry leaves the key out."""
    needed = [f'{key} = "x"' for key in REQUIRED.get(table, ()) if key != name]
    return "\n".join([f"[[{table}]]" if table in LISTS else f"[{table}]", *needed])


def value(text: str, key: Key) -> object:
    config = parse(text)
    lists = {"clusters": config.clusters, "external": config.external, "ignore": config.ignores}
    holders = lists.get(key.table, (config,))
    return getattr(holders[0], key.setting)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: f"{key.table}.{key.name}")
def test_the_documented_default_is_the_real_one(key: Key) -> None:
    default = rows()[(key.table, key.name)][1]
    absent = without(key.table, key.name)
    if default == "required":
        with pytest.raises(ConfigError, match=f"has no '{key.name}', which is required"):
            parse(absent)
    elif default == "none":
        assert value(absent, key) == ""
    else:
        assert value(absent, key) == value(f"{absent}\n{key.name} = {default.strip('`')}", key)


def test_the_example_is_read_as_it_says(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", PAGE, re.S)
    assert example is not None
    (tmp_path / "ringtrue.toml").write_text(example[1], encoding="utf-8")

    assert load(tmp_path) == Config(
        path="ringtrue.toml",
        version=(1, 34),
        domain="corp.example",
        complete=True,
        libc="musl",
        order=("dev", "prod"),
        shared=frozenset({"monitoring"}),
        skip=("tests",),
        names={"shop": "prod"},
        main="trunk",
        branches="deploy/*",
        clusters=(ClusterEntry("eu", ("clusters/eu",), ("in-cluster",), ("overlays/eu",), 15),),
        external=(External("logging", "loki", frozenset({3100}), "run by the platform team", 21),),
        rules={"service-selects-strangers": Severity.ERROR},
        rule_lines={"service-selects-strangers": 29},
        policy=True,
        unknown=Severity.WARNING,
        ignores=(Ignore("service-selects-nothing", "Service shop/*", "dev", "filled by the operator at run time", 34),),
        schema_paths=("schemas",),
        host_keys=("*_BACKEND",),
        argocd_version="3.5",
        argocd_namespace="gitops",
        repository="https://example.com/shop.git",
    )
