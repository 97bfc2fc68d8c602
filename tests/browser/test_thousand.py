"""A thousand workloads: there within two seconds, and quick after that."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.generate import main as generate
from chromium import Opened, drawn
from playwright.sync_api import Browser, expect

from conftest import Draw, closed


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("thousand")
    generate([str(made / "apps"), "1000"])
    return made


@pytest.fixture
def thousand(browser: Browser, draw: Draw, folder: Path) -> Iterator[Opened]:
    yield from closed(Opened(browser, draw(folder)))


def test_it_is_whole(thousand: Opened) -> None:
    page = thousand.at()
    data = thousand.data()

    assert len([each for each in data["nodes"] if each["role"] == "workload"]) == 1000
    assert sorted(drawn(page, "edge")) == sorted(each["id"] for each in data["edges"])


def test_it_answers_within_two_seconds(thousand: Opened) -> None:
    """Of processor time, all threads of the page's process, its first picture too: other programs count nothing."""
    painted = "new Promise(done => requestAnimationFrame(() => setTimeout(() => done(true))))"
    page = thousand.at()
    assert page.evaluate(painted)
    session = thousand.context.new_cdp_session(page)
    session.send("Performance.enable")
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}

    assert 0 < metrics["ProcessTime"] < 2


def test_a_choice_and_a_search_are_quick(thousand: Opened) -> None:
    """The best of three counts, since the clock sees other programs too."""
    page = thousand.at()
    timed = """async state => {
      const start = performance.now();
      await new Promise(done => { addEventListener("hashchange", done, { once: true }); location.hash = state; });
      return performance.now() - start;
    }"""
    (name,) = {each["name"] for each in thousand.data()["environments"]}
    states = (f"#sel={name}:team-007/Deployment/app-0150", "#q=app-0150")
    took = {
        state: min(page.evaluate(timed, each) for each in (state, "#q=x", state, "#q=y", state)) for state in states
    }

    assert {state: time for state, time in took.items() if time > 1000} == {}


def test_one_of_a_thousand_is_found(thousand: Opened) -> None:
    page = thousand.at("#q=app-0150")
    page.get_by_role("link", name="Service app-0150", exact=True).click()

    expect(page.locator("#panel h2")).to_have_text("Service app-0150")
    expect(page.locator("#panel h3").first).to_have_text("Callers (5)")
