"""`ringtrue map` on folders: each format, what a manifest may try, and the same bytes again."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[..., Path]

SCHEMA: dict[str, Any] = json.loads(files("ringtrue.reports").joinpath("map.v1.schema.json").read_text())
BROKEN = """
---
apiVersion: v1
kind: Pod
metadata: {name: shopper, namespace: front, labels: {app: shopper}}
spec:
  containers:
  - name: curl
    image: "registry.example/curl:1"
    env:
    - {name: WEB_URL, value: "http://web.shop:81"}
    - {name: CART_HOST, value: cart.shop.svc.cluster.local}
    - {name: BANK_URL, value: "https://bank.example.com"}
"""
DENY = """
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: shop}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
"""
SECRET = """
---
apiVersion: v1
kind: Secret
metadata: {name: dsn, namespace: shop}
stringData: {url: "postgres://admin:hunter2@db.shop.svc.cluster.local:5432/x"}
---
apiVersion: v1
kind: Pod
metadata: {name: reader, namespace: shop}
spec:
  containers:
  - {name: main, image: "registry.example/r:1", envFrom: [{secretRef: {name: dsn}}]}
"""
LACKS = (
    "ringtrue: the layout of the HTML map needs fast-sugiyama, which is not installed: install 'ringtrue[map]', "
    "or ask for --format mermaid or json\n"
)
HOSTILE = "</script><img src=x onerror=alert(1)><!--"


def mapped(run: Run) -> dict[str, Any]:
    done = run("map", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    document: dict[str, Any] = json.loads(done.stdout)
    Draft202012Validator(SCHEMA).validate(document)
    return document


def edges(document: dict[str, Any]) -> list[tuple[str, str, str, str, list[str]]]:
    return [
        (e["from"], e["kind"], e["to"], e["verdict"], [r["reason"] for r in e["references"]]) for e in document["edges"]
    ]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_who_calls_whom(run: Run, write: Write, web: str) -> None:
    write({"all.yaml": web + BROKEN})
    document = mapped(run)

    assert document["environments"][0]["references"] == {"proved": 1, "refuted": 2, "unknown": 0, "external": 1}
    assert [(n["id"], n["role"], n["own"], n["detail"]) for n in document["nodes"]] == [
        (".:/host/bank.example.com", "external", False, ""),
        (".:front/Pod/shopper", "workload", True, ""),
        (".:shop/Service/cart", "missing", False, "is not there"),
        (".:shop/Service/web", "service", True, "80/TCP"),
        (".:shop/Pod/client", "workload", True, ""),
        (".:shop/Pod/web", "workload", True, ""),
    ]
    assert edges(document) == [
        (".:front/Pod/shopper", "calls", ".:/host/bank.example.com", "external", ["external"]),
        (".:front/Pod/shopper", "calls", ".:shop/Service/cart", "refuted", ["nxdomain"]),
        (".:front/Pod/shopper", "calls", ".:shop/Service/web", "refuted", ["port-undeclared"]),
        (".:shop/Pod/client", "calls", ".:shop/Service/web", "proved", ["ok"]),
        (".:shop/Service/web", "endpoints", ".:shop/Pod/web", "proved", []),
    ]


def test_a_policy_and_what_it_cuts(run: Run, write: Write, web: str) -> None:
    write({"all.yaml": web + DENY})

    assert mapped(run)["policies"] == [
        {
            "id": ".:shop/NetworkPolicy/deny",
            "environment": ".",
            "namespace": "shop",
            "name": "deny",
            "selects": [".:shop/Pod/web"],
            "allows": [],
            "cuts": [".:shop/Pod/client>.:shop/Service/web"],
        }
    ]


def test_a_policy_and_what_it_lets_through(run: Run, write: Write, web: str) -> None:
    write({"all.yaml": web + DENY.replace("policyTypes: [Ingress]", "ingress: [{from: [{podSelector: {}}]}]")})
    (policy,) = mapped(run)["policies"]

    assert (policy["allows"], policy["cuts"]) == ([".:shop/Pod/client>.:shop/Service/web"], [])


def test_pods_without_the_port_serve_nothing(run: Run, write: Write, web: str) -> None:
    write({"all.yaml": web.replace("ports: [{port: 80}]", "ports: [{port: 80, targetPort: http}]")})
    document = mapped(run)

    assert [(e["verdict"], e["detail"]) for e in document["edges"] if e["kind"] == "endpoints"] == [
        ("refuted", "80/TCP has no port 'http' there")
    ]
    assert [(n["name"], [f["rule"] for f in n["findings"]]) for n in document["nodes"] if n["findings"]] == [
        ("web", ["service-port-unserved"])
    ]


@pytest.mark.parametrize("form", ["html", "json", "mermaid"])
def test_what_a_secret_holds_is_shown_nowhere(run: Run, write: Write, web: str, form: str) -> None:
    write({"all.yaml": web + SECRET})
    done = run("map", "--format", form)

    assert ("Service db" if form == "mermaid" else "db.shop.svc.cluster.local") in done.stdout
    assert "hunter2" not in done.stdout + done.stderr


def test_mermaid(run: Run, write: Write, web: str) -> None:
    write({"all.yaml": web + BROKEN})

    assert (
        run("map", "--format", "mermaid").stdout
        == """\
flowchart LR
  classDef missing stroke:#c4302b,stroke-dasharray:4 3
  classDef external stroke-dasharray:2 3
  subgraph e0["."]
    subgraph e0s0["outside a namespace"]
      e0n0>"bank.example.com"]:::external
    end
    subgraph e0s1["front"]
      e0n1["Pod shopper"]
    end
    subgraph e0s2["shop"]
      e0n2{{"Service cart"}}:::missing
      e0n3(["Service web"])
      e0n4["Pod client"]
      e0n5["Pod web"]
    end
  end
  e0n1 -.-> e0n0
  e0n1 --x|"nxdomain"| e0n2
  e0n1 --x|"port-undeclared"| e0n3
  e0n4 --> e0n3
  e0n3 -.- e0n5
  linkStyle 1,2 stroke:#c4302b,stroke-width:3px
"""
    )


class _Page(HTMLParser):
    """The tags of a page, and what its scripts hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script" and data.strip():
            self.scripts.append(data)


@pytest.fixture
def hostile(run: Run, write: Write, web: str) -> _Page:
    """Markup wherever a manifest may have it, in a field that the page shows."""
    name, script = json.dumps(HOSTILE), json.dumps(f"curl web # {HOSTILE} {{{{SCRIPT}}}}")
    pod = (
        f"---\napiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: shop, labels: {{app: {name}}}, "
        f"annotations: {{note: {name}}}}}\nspec: {{containers: [{{name: {name}, image: x:1, "
        f"args: [sh, -c, {script}], env: [{{name: {name}, value: 'http://web:81/{HOSTILE}'}}]}}]}}\n"
    )
    write({"all.yaml": web + pod})
    return _Page(run("map").stdout)


def test_a_hostile_manifest_brings_no_markup(hostile: _Page) -> None:
    assert "img" not in {tag for tag, _ in hostile.tags}
    assert [name for _, attributes in hostile.tags for name in attributes if name.startswith("on")] == []
    assert len([tag for tag, _ in hostile.tags if tag == "script"]) == 2


def test_the_data_of_a_hostile_manifest_is_whole(hostile: _Page) -> None:
    data = json.loads(hostile.scripts[0])

    assert HOSTILE in {node["name"] for node in data["nodes"]}
    assert hostile.scripts[1] == files("ringtrue.reports").joinpath("map.js").read_text()


def test_a_page_may_reach_nothing(run: Run, write: Write, web: str) -> None:
    write({"all.yaml": web})
    page = _Page(run("map").stdout)
    (policy,) = [a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]

    assert policy is not None
    assert re.sub(r"'sha256-[\w+/=]+'", "HASH", policy) == (
        "default-src 'none'; style-src HASH; script-src HASH; base-uri 'none'; form-action 'none'"
    )
    assert [a for _, a in page.tags if a.keys() & {"src", "xlink:href", "action"} or tag_loads(a)] == []


def tag_loads(attributes: dict[str, str | None]) -> bool:
    return any(value and "//" in value for name, value in attributes.items() if name in ("href", "style"))


def test_every_node_and_connection_is_drawn_with_a_name(run: Run, write: Write, web: str) -> None:
    write({"all.yaml": web + BROKEN + DENY})
    page = _Page(run("map").stdout)
    drawn = {a["data-id"]: (a["role"], bool(a["aria-label"])) for _, a in page.tags if "data-id" in a}
    document = mapped(run)
    expected = {each["id"] for part in ("nodes", "edges", "policies") for each in document[part]}

    assert {known for known in drawn if known and ">>" not in known} == expected
    assert set(drawn.values()) == {("button", True)}


@pytest.mark.parametrize("form", ["html", "json", "mermaid"])
def test_the_same_bytes_again(write: Write, web: str, form: str, clean_environment: dict[str, str]) -> None:
    root = write({"all.yaml": web + BROKEN + DENY})
    command = [sys.executable, "-m", "ringtrue", "map", "--format", form]
    made = {
        subprocess.run(
            command, cwd=root, env=clean_environment | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert len(made) == 1


def test_a_file_is_written(run: Run, write: Write, web: str) -> None:
    root = write({"all.yaml": web})
    done = run("map", "-o", "map.html")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (root / "map.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_format_that_it_has_not(run: Run, write: Write, web: str) -> None:
    write({"all.yaml": web})
    done = run("map", "--format", "sarif")

    assert (done.returncode, done.stderr) == (
        2,
        "ringtrue: `ringtrue map` has no format 'sarif'; it has html or mermaid or json\n",
    )


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        (
            "html",
            2,
            LACKS,
        ),
        ("mermaid", 0, ""),
        ("json", 0, ""),
    ],
)
def test_without_the_library_of_the_layout(
    run: Run, write: Write, web: str, monkeypatch: pytest.MonkeyPatch, form: str, status: int, said: str
) -> None:
    write({"all.yaml": web})
    monkeypatch.setitem(sys.modules, "fast_sugiyama", None)
    done = run("map", "--format", form)

    assert (done.returncode, done.stderr) == (status, said)


def test_a_check_loads_nothing_of_the_map(write: Write, web: str, clean_environment: dict[str, str]) -> None:
    root = write({"all.yaml": web})
    program = (
        "import sys; from ringtrue.__main__ import main; main(['check']); "
        "print([name for name in sys.modules if 'map_' in name or 'sugiyama' in name or name.endswith('.maps')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, env=clean_environment, capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"


def test_our_own_script_stays_small() -> None:
    lines = files("ringtrue.reports").joinpath("map.js").read_text().splitlines()

    assert len(lines) <= 300
    assert max(map(len, lines)) <= 180
    assert os.linesep.join(lines).count("innerHTML") == 0
