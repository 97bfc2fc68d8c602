"""What MkDocs asks while `make site` builds: the pages in their order, the address, links to files of the repository.

No list of pages is kept for it: those that people wrote are in the order of docs/index.md, under its headings, and the
rules, reasons and refusals are those of docs/rules/rules.json.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ringtrue.docs import START
from ringtrue.manual.links import SITE
from ringtrue.manual.shipped import TABLE

_KINDS = {"rule": "Rules", "reason": "Reasons of a reference", "refusal": "Refusals of a push"}
_OUTSIDE = re.compile(r"\[([^\]]+)\]\(\.\./([^)#]+)\)")
_BARE = re.compile(r"\[([\w-]+\.md)\]\(\1\)")


def on_config(config: Any) -> Any:
    """MkDocs calls it with its settings, before it looks for pages."""
    config["nav"] = nav(Path(config["docs_dir"]))
    config["site_url"] = SITE or None
    return config


def on_page_markdown(markdown: str, page: Any, config: Any, **_: object) -> str:
    """MkDocs calls it with the text of each page."""
    return read_on_a_site(markdown, Path(config["docs_dir"]))


def read_on_a_site(markdown: str, docs: Path) -> str:
    """A link out of docs/ leads nowhere, so its file is named; a link called like its page has the page's title."""
    named = _OUTSIDE.sub(r"\1 (`\2`)", markdown)
    return _BARE.sub(lambda found: f"[{_title(docs / found[1])}]({found[1]})", named)


def nav(docs: Path) -> list[Mapping[str, Any]]:
    """The navigation: the index, the pages under the index's headings, then the pages that are generated."""
    written = (docs / "index.md").read_text(encoding="utf-8").partition(START)[0]
    rows = json.loads((docs / "rules" / TABLE).read_text(encoding="utf-8"))
    sections = [{title: pages} for title, pages in _sections(written)]
    return [{"Overview": "index.md"}, *sections, *({title: list(_of(rows, kind))} for kind, title in _KINDS.items())]


def _sections(written: str) -> Iterator[tuple[str, list[str]]]:
    for part in re.split(r"^## ", written, flags=re.MULTILINE)[1:]:
        title, _, text = part.partition("\n")
        yield title, re.findall(r"^- \[[^\]]+\]\(([\w-]+\.md)\)", text, re.MULTILINE)


def _of(rows: Sequence[Mapping[str, str]], kind: str) -> Iterator[str]:
    yield from (f"rules/{row['name']}.md" for row in rows if row["kind"] == kind)


def _title(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
