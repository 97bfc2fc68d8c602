"""Which settings count: those of main after the push, wherever main is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from ringtrue.config import FILE
from ringtrue.errors import ConfigError
from ringtrue.gates.refs import After
from ringtrue.gates.settings import settings

MAIN, TRUNK = "refs/heads/main", "refs/heads/trunk"
NAMED = '[environments]\nmain = "trunk"\n'


@dataclass(frozen=True)
class Memory:
    """Refs, and commits with a `ringtrue.toml` each."""

    refs: Mapping[str, str]
    texts: Mapping[str, str]

    def tip(self, ref: str) -> str:
        return self.refs.get(ref, "")

    def commit(self, identity: str) -> str:
        return identity if identity in self.texts else ""

    def is_ancestor(self, older: str, newer: str) -> bool:
        raise AssertionError("settings are looked for by refs alone")


@dataclass(frozen=True)
class File:
    text: str

    def is_file(self, path: str) -> bool:
        return path == FILE and bool(self.text)

    def read(self, path: str) -> bytes:
        return self.text.encode()


TEXTS = {
    "plain": "",
    "ordered": '[environments]\norder = ["dev"]\n',
    "named": NAMED,
    "back": '[environments]\nmain = "main"\n',
    "wrong": "[cluster]\ncompleet = true\n",
    "norule": '[rules]\nservice-selects-nothin = "off"\n',
}


def found(refs: Mapping[str, str], pushed: Mapping[str, str], default: str) -> tuple[str, str, tuple[str, ...]]:
    opened: Any = lambda commit: File(TEXTS[commit])  # noqa: E731 - a tree has more than these two words
    result = settings(After(Memory(refs, TEXTS), pushed), default, opened)
    return result.commit, result.branches.main, result.branches.order


@pytest.mark.parametrize(
    ("refs", "pushed", "default", "expected"),
    [
        pytest.param({}, {}, MAIN, ("", "main", ()), id="there is nothing yet"),
        pytest.param({MAIN: "plain"}, {}, MAIN, ("plain", "main", ()), id="without settings"),
        pytest.param({MAIN: "plain"}, {MAIN: "ordered"}, MAIN, ("ordered", "main", ("dev",)), id="what is pushed"),
        pytest.param({MAIN: "ordered"}, {MAIN: ""}, MAIN, ("ordered", "main", ("dev",)), id="main is to be deleted"),
        pytest.param({MAIN: "ordered"}, {MAIN: "blob"}, MAIN, ("ordered", "main", ("dev",)), id="main gets no commit"),
        pytest.param({MAIN: "plain"}, {}, "", ("plain", "main", ()), id="HEAD is not known"),
        pytest.param({MAIN: "plain"}, {}, TRUNK, ("plain", "main", ()), id="HEAD names a branch that is not there"),
        pytest.param({TRUNK: "named"}, {}, TRUNK, ("named", "trunk", ()), id="another main"),
        pytest.param({MAIN: "named", TRUNK: "named"}, {}, MAIN, ("named", "trunk", ()), id="main is named elsewhere"),
    ],
)
def test_settings(
    refs: Mapping[str, str], pushed: Mapping[str, str], default: str, expected: tuple[str, str, tuple[str, ...]]
) -> None:
    assert found(refs, pushed, default) == expected


@pytest.mark.parametrize(
    ("refs", "default", "sentence"),
    [
        pytest.param(
            {MAIN: "wrong"},
            MAIN,
            "on main: ringtrue.toml:2: unknown key 'compleet' in [cluster]; did you mean 'complete'?",
            id="an unknown key",
        ),
        pytest.param(
            {MAIN: "norule"},
            MAIN,
            "on main: ringtrue.toml:2: no rule is called 'service-selects-nothin';"
            " did you mean 'service-selects-nothing'?",
            id="an unknown rule",
        ),
        pytest.param(
            {TRUNK: "plain"},
            TRUNK,
            "on trunk: ringtrue.toml:1: [environments] main is 'main', which is not there",
            id="the default branch is not called main, and nothing says so",
        ),
        pytest.param(
            {MAIN: "named", TRUNK: "back"},
            MAIN,
            "on main: ringtrue.toml:2: [environments] main is 'trunk', and there it is 'main'",
            id="two branches that name each other",
        ),
    ],
)
def test_settings_that_do_not_count(refs: Mapping[str, str], default: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as caught:
        found(refs, {}, default)

    assert str(caught.value) == sentence
