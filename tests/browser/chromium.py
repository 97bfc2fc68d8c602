"""A page in real headless Chromium: what it says on its console, and what it asks of the network."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, sync_playwright

READY = "html[data-ready]"
Scheme = Literal["light", "dark"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's, or what CHROMIUM names; without one the tests fail, and say why."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert program, "no chromium on PATH: on Debian `apt-get install chromium`, elsewhere set CHROMIUM to its file"
    with sync_playwright() as playwright:
        # Root, as in a container, has no use for the sandbox; the pages are our own.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


class Opened:
    """One page of one map, opened from disk, and everything it complained of."""

    def __init__(self, browser: Browser, path: Path, scheme: Scheme = "light", width: int = 1280) -> None:
        self.path = path
        self.complaints: list[str] = []
        self.context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 760}, offline=True)
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        if not url.startswith(self.path.as_uri()):
            self.complaints.append(f"request: {url}")

    def at(self, state: str = "") -> Page:
        """The page in a state, as from a link that somebody sent."""
        self.page.goto("about:blank")
        self.complaints = [each for each in self.complaints if each != "request: about:blank"]
        self.page.goto(self.path.as_uri() + state)
        self.page.wait_for_selector(READY, state="attached")
        return self.page

    def data(self) -> dict[str, Any]:
        value: dict[str, Any] = json.loads(self.page.locator("#data").text_content() or "")
        return value


def drawn(page: Page, kind: str) -> list[str]:
    """Ids of what is in the pictures, of every environment."""
    found: list[str] = page.eval_on_selector_all(f"svg.map .{kind}", "all => all.map(each => each.dataset.id)")
    return found


def shown(page: Page, kind: str) -> list[str]:
    """Ids of what can be seen now."""
    found: list[str] = page.eval_on_selector_all(
        f"svg.map:not([hidden]) .{kind}:not(.off)", "all => all.map(each => each.dataset.id)"
    )
    return found
