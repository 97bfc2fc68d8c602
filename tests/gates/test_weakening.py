"""What main's settings let pass that they did not before."""

import pytest

from ringtrue.config import Config, parse
from ringtrue.gates.ignoring import Ignoring, ignoring
from ringtrue.gates.refs import Branches
from ringtrue.gates.settings import Settings
from ringtrue.gates.weakening import weakened

IGNORE = '[[ignore]]\nrule = "image-unpinned"\nreason = "so"\n'
EXTERNAL = '[[external]]\nnamespace = "logging"\nservice = "loki"\nports = [3100]\nreason = "so"\n'


def settings(text: str) -> Settings:
    return Settings(parse(text) if text else Config(), Branches(), "c", text)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("", IGNORE, ["1: [[ignore]] accepts 'image-unpinned': so"], id="an ignore"),
        pytest.param(
            IGNORE,
            IGNORE + IGNORE.replace("reason", 'object = "Pod a/*"\nenvironment = "dev"\nreason'),
            ["4: [[ignore]] accepts 'image-unpinned' of Pod a/* in 'dev': so"],
            id="one more ignore",
        ),
        pytest.param(
            "", EXTERNAL, ["1: [[external]] believes in Service logging/loki at 3100: so"], id="an external Service"
        ),
        pytest.param(
            EXTERNAL,
            EXTERNAL.replace("ports = [3100]\n", ""),
            ["1: [[external]] believes in Service logging/loki: so"],
            id="an external Service at more ports",
        ),
        pytest.param(
            "",
            '[rules]\nservice-selects-nothing = "off"\n',
            ["2: [rules] service-selects-nothing: error -> off"],
            id="a rule is off",
        ),
        pytest.param(
            '[rules]\nservice-selects-strangers = "error"\n',
            "[rules]\n",
            ["1: [rules] service-selects-strangers: error -> warning"],
            id="a rule is no longer raised",
        ),
        pytest.param(
            "[rules]\npolicy = true\n",
            '[rules]\npolicy = true\nimage-unpinned = "note"\n',
            ["3: [rules] image-unpinned: error -> note"],
            id="a rule is lowered",
        ),
        pytest.param(
            "[rules]\npolicy = true\n", "", ["1: [rules] policy is no longer true"], id="policy is switched off"
        ),
        pytest.param(
            "[cluster]\ncomplete = true\n",
            "[cluster]\ncomplete = false\n",
            ["2: [cluster] complete is no longer true"],
            id="complete is switched off",
        ),
        pytest.param(
            '[verdicts]\nunknown = "error"\n',
            '[verdicts]\nunknown = "warning"\n',
            ["2: [verdicts] unknown: error -> warning"],
            id="unknown is turned down",
        ),
        pytest.param(
            '[environments]\nskip = ["a"]\n',
            '[environments]\nshared = ["logs"]\nskip = ["b", "a"]\n',
            ["2: [environments] shared has more: 'logs'", "3: [environments] skip has more: 'b'"],
            id="more is skipped and shared",
        ),
        pytest.param(
            '[environments]\norder = ["dev", "prod"]\n',
            '[environments]\norder = ["prod"]\nmain = "trunk"\nbranches = "deploy/*"\nnames = { shop = "dev" }\n',
            [
                "2: [environments] order: ['dev', 'prod'] -> ['prod']",
                "3: [environments] main: 'main' -> 'trunk'",
                "4: [environments] branches: 'env/*' -> 'deploy/*'",
                "5: [environments] names has changed",
            ],
            id="other branches",
        ),
        pytest.param(
            '[argocd]\nrepository = "https://a.example/x"\n',
            '[argocd]\nrepository = "https://b.example/x"\n[[clusters]]\nname = "eu"\n',
            [
                "2: [argocd] repository: 'https://a.example/x' -> 'https://b.example/x'",
                "3: [[clusters]] has changed",
            ],
            id="other Applications",
        ),
        pytest.param(IGNORE + EXTERNAL, EXTERNAL + IGNORE, [], id="another order of entries"),
        pytest.param(IGNORE + EXTERNAL, "", [], id="entries are gone"),
        pytest.param(
            '[environments]\nskip = ["a"]\n[verdicts]\nunknown = "note"\n',
            '[cluster]\ncomplete = true\n[rules]\npolicy = true\n[verdicts]\nunknown = "error"\n',
            [],
            id="everything is stricter",
        ),
    ],
)
def test_weakened(old: str, new: str, expected: list[str]) -> None:
    found = weakened(settings(old), settings(new))

    assert [f"{each.line}: {each.what}" for each in found] == expected
    assert {each.path for each in found} <= {"ringtrue.toml"}


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param(
            "a.yaml",
            "a: 1\nb: 2 # ringtrue: ignore[x, y] -- so\n",
            [Ignoring("a.yaml", 2, "x, y: so", "b: 2 # ringtrue: ignore[x, y] -- so")],
            id="a comment on a line",
        ),
        pytest.param(
            "a.yml",
            "# ringtrue: ignore[x]\nb: 2\n",
            [Ignoring("a.yml", 1, "x: no reason", "b: 2")],
            id="a comment above a line",
        ),
        pytest.param(
            "a.yaml",
            'annotations:\n  ringtrue/ignore: "x -- so"\n',
            [
                Ignoring(
                    "a.yaml", 2, 'findings of an object by ringtrue/ignore: "x -- so"', 'ringtrue/ignore: "x -- so"'
                )
            ],
            id="an annotation",
        ),
        pytest.param(
            "a.yaml",
            "  ringtrue/ignore: |\n    x -- so\n    y -- so\n  b: c\n",
            [
                Ignoring(
                    "a.yaml",
                    1,
                    "findings of an object by ringtrue/ignore: | x -- so y -- so",
                    "ringtrue/ignore: | x -- so y -- so",
                )
            ],
            id="an annotation of several lines",
        ),
        pytest.param(
            "a.yaml",
            "  path: /metadata/annotations/ringtrue~1ignore\n",
            [
                Ignoring(
                    "a.yaml",
                    1,
                    "findings of an object by path: /metadata/annotations/ringtrue~1ignore",
                    "path: /metadata/annotations/ringtrue~1ignore",
                )
            ],
            id="a JSON patch",
        ),
        pytest.param("a.yaml", "# about ringtrue/ignore\n", [], id="a remark"),
        pytest.param("a.md", "# ringtrue: ignore[x] -- so\n", [], id="a page"),
    ],
)
def test_ignoring(path: str, text: str, expected: list[Ignoring]) -> None:
    assert list(ignoring(path, text.encode())) == expected
