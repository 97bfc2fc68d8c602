"""`ringtrue map`: one page that needs nothing else. It may not reach the network, says its own header."""

import json
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from ringtrue.checking import Report
from ringtrue.manual.links import docs_url
from ringtrue.reports.lines import clean
from ringtrue.reports.map_graph import parts
from ringtrue.reports.map_json import document
from ringtrue.reports.map_layout import layout
from ringtrue.reports.map_parts import Mark, Part
from ringtrue.reports.map_svg import GLYPHS, svg

_TABS = 8
"""More environments than this are chosen from a list."""


def render(report: Report) -> str:
    """The page; raises ToolMissing without what lays it out."""
    made = parts(report)
    style, script = _own("map.css"), _own("map.js")
    pictures = "\n".join(line for index, part in enumerate(made) for line in svg(part, layout(part), index))
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'"
    values = {
        "POLICY": f"{policy}; form-action 'none'",
        "STYLE": style,
        "TABS": _choice(made),
        "VERDICTS": "".join(_box(mark) for mark in Mark),
        "PICTURES": pictures or "<p>There is nothing to show.</p>",
        "DATA": in_script({**document(report, made), "pages": _pages(made)}),
        "SCRIPT": script,
    }
    page = _own("map.html")
    # In one pass: what a manifest says must not be read as a place to fill.
    pieces = page.split("{{")
    filled = [pieces[0]]
    for piece in pieces[1:]:
        name, _, rest = piece.partition("}}")
        filled += [values[name], rest]
    return "".join(filled)


def in_script(value: Any) -> str:
    """JSON that can stand in a script element: nothing in it ends the element or opens a comment."""
    text = json.dumps(value, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _own(name: str) -> str:
    return files("ringtrue.reports").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _choice(made: Sequence[Part]) -> str:
    if len(made) <= _TABS:
        return "".join(_tab(part) for part in made)
    options = "".join(_option(part) for part in made)
    return f'<select id="environment" aria-label="Environment">{options}</select>'


def _option(part: Part) -> str:
    shown = (Mark.REFUTED, Mark.UNKNOWN, Mark.PROVED)
    counts = " ".join(f"{GLYPHS[mark]}{part.count(mark)}" for mark in shown if part.count(mark))
    name = escape(clean(part.name))
    return f'<option value="{escape(part.name)}">{name} {counts}</option>'


def _tab(part: Part) -> str:
    counts = " ".join(
        f'<span class="count {mark.value}" title="{part.count(mark)} {mark.value}">{GLYPHS[mark]}&nbsp;'
        f'{part.count(mark)}<span class="unseen"> {mark.value}</span></span>'
        for mark in (Mark.REFUTED, Mark.UNKNOWN, Mark.PROVED)
        if part.count(mark)
    )
    return f'<a class="tab" data-env="{escape(part.name)}" href="#">{escape(clean(part.name))} {counts}</a>'


def _box(mark: Mark) -> str:
    return (
        f'<label class="{mark.value}"><input type="checkbox" name="verdict" value="{mark.value}" checked>'
        f'<span class="sample">{GLYPHS[mark]}</span> {mark.value}</label>'
    )


def _pages(made: Sequence[Part]) -> dict[str, str]:
    """By reason and rule, where its page is read."""
    reasons = {
        each.proof.reason.rule
        for part in made
        for edge in part.edges
        for each in edge.references
        if each.proof.reason.rule and each.proof.reason.value != "external"
    }
    rules = {each.rule for part in made for node in part.nodes for each in node.findings}
    rules |= {each.rule for part in made for each in part.findings}
    return {name: docs_url(name) for name in sorted({*reasons, *rules}) if "://" in docs_url(name)}
