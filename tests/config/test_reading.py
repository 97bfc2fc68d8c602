"""`ringtrue.toml`: values as written, and one sentence for what is wrong."""

from pathlib import Path

import pytest

from ringtrue.config import Config, External, Ignore, load
from ringtrue.config.keys import KEYS, LISTS, REQUIRED, Key
from ringtrue.config.reading import parse
from ringtrue.errors import ConfigError
from ringtrue.findings import Severity

EVERYTHING = """\
[cluster]
version = "1.34"
domain = "corp.example"
complete = true
resolver = "musl"

[environments]
order = ["dev", "prod"]
shared = ["monitoring"]
skip = ["tests"]
names = { shop = "prod" }
main = "trunk"
branches = "deploy/*"

[[external]]
namespace = "logging"
service = "loki"
ports = [3100]
reason = "run by the platform team"

[rules]
policy = true
service-selects-nothing = "warning"
ignore-unused = "off"

[verdicts]
unknown = "error"

[[ignore]]
rule = "reference-nxdomain"
object = "Deployment shop/*"
environment = "dev"
reason = "filled by hand"

[schemas]
paths = ["schemas"]

[references]
keys = ["*_BACKEND"]

[argocd]
version = "3.5"
namespace = "gitops"
repository = "https://example.com/shop.git"
"""


def test_every_key_fills_its_setting() -> None:
    assert parse(EVERYTHING) == Config(
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
        external=(External("logging", "loki", frozenset({3100}), "run by the platform team", 15),),
        rules={"service-selects-nothing": Severity.WARNING, "ignore-unused": None},
        rule_lines={"service-selects-nothing": 23, "ignore-unused": 24},
        policy=True,
        unknown=Severity.ERROR,
        ignores=(Ignore("reference-nxdomain", "Deployment shop/*", "dev", "filled by hand", 29),),
        schema_paths=("schemas",),
        host_keys=("*_BACKEND",),
        argocd_version="3.5",
        argocd_namespace="gitops",
        repository="https://example.com/shop.git",
    )


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path) == Config()


def test_an_empty_file_holds_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "ringtrue.toml").write_text("")

    assert load(tmp_path) == Config(path="ringtrue.toml")


WRONG = {
    "a table misspelt": ("[clutser]\n", "ringtrue.toml:1: unknown table 'clutser'; did you mean 'cluster'?"),
    "a table like no other": (
        "[[zzz]]\n",
        (
            "ringtrue.toml:1: unknown table 'zzz'; known are argocd, cluster, clusters, environments, external, "
            "ignore, references, rules, schemas, verdicts"
        ),
    ),
    "a key misspelt": (
        '\n[cluster]\nversoin = "1.35"\n',
        "ringtrue.toml:3: unknown key 'versoin' in [cluster]; did you mean 'version'?",
    ),
    "a key at the top": (
        'version = "1.35"\n',
        "ringtrue.toml:1: unknown table 'version'; it belongs under [cluster] or [argocd]",
    ),
    "a dotted key": (
        'cluster.domian = "x"\n',
        "ringtrue.toml:1: unknown key 'domian' in [cluster]; did you mean 'domain'?",
    ),
    "a number for a version": (
        "[cluster]\nversion = 1.35\n",
        'ringtrue.toml:2: cluster.version must be a text such as "1.35", not 1.35',
    ),
    "a version without schemas": (
        '[cluster]\nversion = "1.12"\n',
        "ringtrue.toml:2: cluster.version must be a Kubernetes minor from 1.30 to 1.37, not '1.12'",
    ),
    "a text for a flag": (
        '[cluster]\ncomplete = "yes"\n',
        "ringtrue.toml:2: cluster.complete must be true or false, not 'yes'",
    ),
    "a text for a list": (
        '[environments]\norder = "dev"\n',
        "ringtrue.toml:2: environments.order must be a list of texts, not 'dev'",
    ),
    "a wrong severity": (
        '[rules]\nservice-selects-nothing = "fatal"\n',
        'ringtrue.toml:2: rules.service-selects-nothing must be "off", "note", "warning" or "error", not \'fatal\'',
    ),
    "environment branches without a star": (
        '[environments]\nbranches = "env/"\n',
        'ringtrue.toml:2: environments.branches must be a text with one "*", such as "env/*", not \'env/\'',
    ),
    "a wrong verdict": (
        '[verdicts]\nunknown = "off"\n',
        'ringtrue.toml:2: verdicts.unknown must be "note", "warning" or "error", not \'off\'',
    ),
    "a port out of range": (
        '[[external]]\nnamespace = "a"\nservice = "b"\nreason = "c"\nports = [70000]\n',
        "ringtrue.toml:5: external.ports must be a list of port numbers, not a list",
    ),
    "an ignore without a reason": (
        '[[ignore]]\nrule = "a"\nreason = "b"\n\n[[ignore]]\nrule = "a"\n',
        "ringtrue.toml:5: [[ignore]] has no 'reason', which is required",
    ),
    "an ignore with an empty reason": (
        '[[ignore]]\nrule = "a"\nreason = " "\n',
        "ringtrue.toml:3: ignore.reason must be a text, not ' '",
    ),
    "one table where a list is meant": (
        '[ignore]\nrule = "a"\n',
        "ringtrue.toml:1: 'ignore' must be a list of tables, written [[ignore]], not a table",
    ),
    "a list where one table is meant": (
        "[[cluster]]\n",
        "ringtrue.toml:1: 'cluster' must be a table, written [cluster], not a list",
    ),
    "not TOML": (
        "[cluster\n",
        "ringtrue.toml is not TOML: Expected ']' at the end of a table declaration (at line 1, column 9)",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text)

    assert str(caught.value) == sentence


def test_bytes_that_are_not_text(tmp_path: Path) -> None:
    (tmp_path / "ringtrue.toml").write_bytes(b"\xff\xfe[")

    with pytest.raises(ConfigError, match=r"^ringtrue\.toml is not UTF-8$"):
        load(tmp_path)


def test_a_folder_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "ringtrue.toml").mkdir()

    with pytest.raises(ConfigError, match=r"^ringtrue\.toml cannot be read: Is a directory$"):
        load(tmp_path)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: f"{key.table}.{key.name}")
def test_the_example_of_every_key_is_valid_and_changes_something(key: Key) -> None:
    head = f"[[{key.table}]]" if key.table in LISTS else f"[{key.table}]"
    given = dict.fromkeys(REQUIRED.get(key.table, ()), '"x"')

    def entry(given: dict[str, str]) -> Config:
        return parse("\n".join([head, *(f"{name} = {value}" for name, value in given.items())]))

    assert entry({**given, key.name: key.example}) != entry(given)
