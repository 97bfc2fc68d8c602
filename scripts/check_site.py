"""Looks through the site that `make site` has built: `python scripts/check_site.py DIR`.

Every name that a finding can end with has its page, at the address that reports link to, and is found by the search;
and a browser that reads a page loads nothing from elsewhere.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

from ringtrue.manual import docs_url
from ringtrue.manual.shipped import listed

_ELSEWHERE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_STYLE = re.compile(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')\s]+)""", re.IGNORECASE)
# Where a page lies among others; a browser loads none of these.
_TOLD = {"alternate", "author", "canonical", "help", "license", "next", "prev", "search"}


def main(argv: Sequence[str]) -> int:
    """1, and a line each, for what is wrong."""
    (folder,) = argv
    faults = [*missing(Path(folder)), *loading(Path(folder))]
    print("".join(f"{fault}\n" for fault in faults), end="")
    return 1 if faults else 0


def missing(site: Path) -> Iterator[str]:
    """Names without a page, and pages that the search does not know."""
    index = site / "search/search_index.json"
    found = json.loads(index.read_text(encoding="utf-8"))["docs"] if index.is_file() else []
    titles = {each["location"]: each["title"] for each in found}
    for name in listed():
        place = docs_url(name, "/").lstrip("/")
        if not (site / place / "index.html").is_file():
            yield f"{name} has no page at {place}"
        elif titles.get(place) != name:
            yield f"the search does not find {name}"


def loading(site: Path) -> Iterator[str]:
    """What a page or a style sheet loads from another host."""
    for path in sorted(site.rglob("*")):
        if path.suffix not in (".html", ".css", ".svg"):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for address in [*_Loads.of(text), *_STYLE.findall(text)]:
            yield f"{path.relative_to(site).as_posix()} loads {address}"


class _Loads(HTMLParser):
    """The addresses of other hosts that a browser asks for by itself: not those of links that a reader may follow."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    @classmethod
    def of(cls, text: str) -> list[str]:
        parser = cls()
        parser.feed(text)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        loads = [given.get(name, "") for name in ("src", "srcset", "poster", "data")]
        if tag == "link" and not set(given.get("rel", "").split()) <= _TOLD:
            loads.append(given.get("href", ""))
        self.found += [address for address in loads if _ELSEWHERE.match(address)]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
