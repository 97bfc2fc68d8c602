"""A piece of a field's text, back to the place where it is written: `<<` and `>>` stand around it in both.

Small trees, rendered values given. The piece is what a reference knows: its span, and which run of the text is wrong.
"""

import base64
from collections.abc import Mapping
from pathlib import Path

import pytest

from ringtrue.environments.environment import Source
from ringtrue.findings import Location
from ringtrue.manifests.resource import Resource
from ringtrue.rendering.request import Origin
from ringtrue.repository.graph import graph
from ringtrue.repository.tree import FolderTree
from ringtrue.tracing import Pages, Piece, Traced, trace

SCRIPT = '# wbe is our server\necho "asking wbe"\nNAME=wbe\ncurl http://<<wbe>>/\n'
RULES = "alerting:\n  alertmanagers:\n  - targets: ['<<alertmanager>>:9093']\n"


def block(text: str, indent: int = 4) -> str:
    return "".join(f"{' ' * indent}{line}\n" if line else "\n" for line in text.rstrip("\n").split("\n"))


def config_map(value: str) -> str:
    return f"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  f: {value}"


def generator(kind: str, fields: str) -> str:
    return f"{kind}Generator:\n- name: settings\n{fields}"


def patch(text: str) -> str:
    inner = f"kind: ConfigMap\napiVersion: v1\nmetadata: {{name: settings}}\ndata:\n  f: |\n{block(text)}"
    return f"resources: [a.yaml]\npatches:\n- patch: |\n{block(inner)}"


CASES: dict[str, tuple[Mapping[str, str], str]] = {
    "a script": ({"a.yaml": config_map(f"|\n{block(SCRIPT)}")}, SCRIPT),
    "a file in a ConfigMap": ({"a.yaml": config_map(f"|-\n{block(RULES)}")}, RULES.rstrip()),
    "indentation said": ({"a.yaml": config_map(f"|1\n{block(' ' + RULES, 3)}")}, f" {RULES}"),
    "a plain value": ({"a.yaml": config_map("http://wbe:x@<<wbe>>/")}, "http://wbe:x@<<wbe>>/"),
    "a double-quoted script": (
        {"a.yaml": config_map(r'"# wbe\ncurl \"http://<<wbe>>/\"\n"')},
        '# wbe\ncurl "http://<<wbe>>/"\n',
    ),
    "a folded text": ({"a.yaml": config_map(">\n    wbe-one\n    http://<<wbe>>/\n")}, "wbe-one http://<<wbe>>/\n"),
    "in an inline patch": ({"a.yaml": config_map("old"), "kustomization.yaml": patch(SCRIPT)}, SCRIPT),
    "in a patch by pointer": (
        {
            "a.yaml": config_map("old"),
            "kustomization.yaml": "resources: [a.yaml]\npatches:\n- path: p.yaml\n  target: {kind: ConfigMap}\n",
            "p.yaml": f"- op: replace\n  path: /data/f\n  value: |\n{block(SCRIPT)}",
        },
        SCRIPT,
    ),
    "a file of a generator": (
        {"kustomization.yaml": generator("configMap", "  files: [f=x.sh]\n"), "x.sh": SCRIPT},
        SCRIPT,
    ),
    "a Windows file of a generator": (
        {"kustomization.yaml": generator("configMap", "  files: [f]\n"), "f": SCRIPT.replace("\n", "\r\n")},
        SCRIPT.replace("\n", "\r\n"),
    ),
    "a literal": (
        {"kustomization.yaml": generator("configMap", "  literals:\n  - 'f=wbe-x://<<wbe>>/'\n")},
        "wbe-x://<<wbe>>/",
    ),
    "a quoted literal": (
        {"kustomization.yaml": generator("configMap", "  literals:\n  - f=\"http://<<wbe>>/\"\n")},
        "http://<<wbe>>/",
    ),
    "a line of an env file": (
        {"kustomization.yaml": generator("configMap", "  envs: [x.env]\n"), "x.env": "# f\n  f=wbe://<<wbe>>/\n"},
        "wbe://<<wbe>>/",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "value"), CASES.values(), ids=CASES)
def test_a_piece_whose_span_is_known(tmp_path: Path, files: Mapping[str, str], value: str) -> None:
    span = value.index("<<"), value.index(">>") - 2
    plain = value.replace("<<", "").replace(">>", "")
    found = traced(tmp_path, files, {"f": plain}, Piece(plain[slice(*span)], span))
    assert found.location == expected(files)


SECRETS: dict[str, Mapping[str, str]] = {
    "of a file": {"kustomization.yaml": generator("secret", "  files: [f]\n"), "f": SCRIPT},
    "of a literal": {
        "kustomization.yaml": generator("secret", f"  literals:\n  - |-\n    f={block(SCRIPT).strip()}\n")
    },
    "encoded": {
        "a.yaml": "apiVersion: v1\nkind: Secret\nmetadata:\n  name: settings\ndata:\n  f: <<"
        + base64.b64encode(SCRIPT.replace("<<", "").replace(">>", "").rstrip("\n").encode()).decode()
        + ">>\n"
    },
}


@pytest.mark.parametrize("files", SECRETS.values(), ids=SECRETS)
def test_a_secret_shows_the_line_only_where_it_is_text(tmp_path: Path, files: Mapping[str, str]) -> None:
    text = SCRIPT if "f" in files else SCRIPT.rstrip("\n")
    span = text.index("<<"), text.index(">>") - 2
    stored = base64.b64encode(text.replace("<<", "").replace(">>", "").encode()).decode()
    assert traced(tmp_path, files, {"f": stored}, Piece("wbe", span), "Secret").location == expected(files)


WORDS: dict[str, str] = {
    "outside comments": "# web\nx # web\n  a-web web-a web.x x.web\nhttp://<<web>>/",
    "nowhere": "<<|\n    # web\n    webs\n>>",
}


@pytest.mark.parametrize("text", WORDS.values(), ids=WORDS)
def test_a_piece_whose_span_is_not_known(tmp_path: Path, text: str) -> None:
    files = {"a.yaml": config_map(text if text.startswith("<<") else f"|\n{block(text)}")}
    plain = text.replace("<<", "").replace(">>", "")
    value = "# web\nwebs\n" if text.startswith("<<") else f"{plain}\n"
    found = traced(tmp_path, files, {"f": value}, Piece("web")).location
    assert (found.line, found.column) == (expected(files).line, expected(files).column)


HOST = "wbe.default.svc"
REPLACED = """resources: [a.yaml]
namespace: prod
replacements:
- source: {kind: ConfigMap, name: settings, fieldPath: metadata.namespace}
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: [data.f]
    options: {delimiter: ".", index: 1}
"""
BOTH = (
    REPLACED
    + """- sourceValue: wbe
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: [<<data.f>>]
    options: {delimiter: "."}
"""
)
WHOLE = """resources: [a.yaml]
replacements:
- sourceValue: wbe.prod.svc
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: [<<data.f>>]
"""
ADDED = """resources: [a.yaml]
replacements:
- sourceValue: http
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: [data.f]
    options: {delimiter: "://", index: -1}
- sourceValue: x
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: [data.f]
    options: {delimiter: "/", index: 9}
"""
PARTS: dict[str, tuple[str, str, str, str]] = {
    "the part that the base writes": (REPLACED, f"<<{HOST}>>", "wbe.prod.svc", "wbe"),
    "a part behind the replaced one": (REPLACED, f"<<{HOST}>>", "wbe.prod.svc", "svc"),
    "the replaced part": (REPLACED.replace("data.f", "<<data.f>>"), HOST, "wbe.prod.svc", "prod"),
    "the whole host": (REPLACED.replace("data.f", "<<data.f>>"), HOST, "wbe.prod.svc", "wbe.prod.svc"),
    "no part that is wrong": (REPLACED.replace("data.f", "<<data.f>>"), HOST, "wbe.prod.svc", ""),
    "a part that another replacement writes": (BOTH, "web.default.svc", "wbe.prod.svc", "wbe"),
    "between two that are added": (ADDED, f"<<{HOST}>>", "http://wbe.default.svc/x", "wbe"),
    "all of it replaced": (WHOLE, "old", "wbe.prod.svc", "wbe"),
    "the base has another text": (REPLACED.replace("data.f", "<<data.f>>"), "x.y", "wbe.prod.svc", "wbe"),
}


@pytest.mark.parametrize(("kustomization", "base", "value", "wrong"), PARTS.values(), ids=PARTS)
def test_who_wrote_the_part_that_is_wrong(
    tmp_path: Path, kustomization: str, base: str, value: str, wrong: str
) -> None:
    files = {"a.yaml": config_map(f"{base}\n"), "kustomization.yaml": kustomization}
    at = value.index("wbe")
    part = (value.index(wrong), value.index(wrong) + len(wrong)) if wrong else None
    host = value[at : value.index("svc") + 3]
    assert traced(tmp_path, files, {"f": value}, Piece(host, (at, at + len(host)), part)).location == expected(files)


def test_what_wrote_it_is_told(tmp_path: Path) -> None:
    files = {"a.yaml": config_map(f"{HOST}\n"), "kustomization.yaml": REPLACED.replace("data.f", "<<data.f>>")}
    found = traced(tmp_path, files, {"f": "wbe.prod.svc"}, Piece("wbe.prod.svc", (0, 12), (4, 8)))
    assert found == Traced(expected(files), "replacements", "metadata.namespace", declared="settings")


def traced(
    folder: Path, files: Mapping[str, str], data: Mapping[str, str], piece: Piece, kind: str = "ConfigMap"
) -> Traced:
    for name, text in {"kustomization.yaml": "resources: [a.yaml]\n", **files}.items():
        (folder / name).write_text(text.replace("<<", "").replace(">>", ""), newline="")
    tree = FolderTree(folder, folder)
    metadata = {"name": "settings", "namespace": "prod"}
    made = Resource({"apiVersion": "v1", "kind": kind, "metadata": metadata, "data": data}, "prod", ".")
    origin = Origin("a.yaml") if "a.yaml" in files else Origin("", 0, "kustomization.yaml")
    source = Source(".", resources=(made,))
    return trace(made.at("data", "f"), origin, graph(tree), tree, source, Pages(tree), piece)


def expected(files: Mapping[str, str]) -> Location:
    path, text = next((path, text) for path, text in files.items() if "<<" in text)
    before, _, rest = text.partition("<<")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    inside = rest.partition(">>")[0]
    end = line + inside.count("\n"), column + len(inside) if "\n" not in inside else 1
    return Location(path, line, column, *end)
