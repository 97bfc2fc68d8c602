"""The map as a person uses it, in a browser: what is drawn, clicks, search, filters, links."""

import pytest
from chromium import Opened, Scheme, drawn, shown
from playwright.sync_api import Browser, expect

from conftest import ROOT, Draw, closed

CALL = "prod:httpd-prod/Deployment/dep-centos>prod:httpd-prod/Service/svc-clusterip-httpd"
CLIENT, _, SERVICE = CALL.partition(">")
SMOKE = "prod:httpd-prod/Job/job-smoke-test"
PODS = "prod:httpd-prod/Deployment/dep-httpd"


def quoted(known: str) -> str:
    return f'[data-id="{known}"]'


@pytest.mark.parametrize("kind", ["node", "edge", "policy"])
def test_what_is_drawn_is_what_the_json_says(own: Opened, kind: str) -> None:
    page = own.at()
    key = {"node": "nodes", "edge": "edges", "policy": "policies"}[kind]

    assert sorted(drawn(page, kind)) == sorted(each["id"] for each in own.data()[key])


def test_the_environment_that_is_broken_is_shown_first(broken: Opened) -> None:
    page = broken.at()

    expect(page.locator("#panel h2")).to_have_text("prod")
    expect(page.locator("#panel h3").first).to_have_text("Broken (2)")
    assert {each.split(":")[0] for each in shown(page, "node")} == {"prod"}


def test_a_click_on_a_connection_shows_its_proof(own: Opened) -> None:
    page = own.at("#env=prod")
    page.locator(quoted(CALL)).locator(".hit").dispatch_event("click", {"bubbles": True})

    expect(page.locator("#panel h2")).to_have_text("Deployment dep-centos → Service svc-clusterip-httpd")
    stages = page.locator("#panel ol li .faint").all_inner_texts()
    assert stages == ["name", "port", "endpoints", "policy"]
    expect(page.locator("#panel ol")).to_contain_text('80/TCP -> targetPort "http"')


def test_a_line_is_hit_with_the_mouse(own: Opened) -> None:
    page = own.at("#env=prod")
    middle = """line => {
      const at = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM());
      return [at.x, at.y];
    }"""
    x, y = page.locator(quoted(CALL)).locator(".line").evaluate(middle)
    page.mouse.click(x + 4, y)

    expect(page.locator("#panel h2")).to_have_text("Deployment dep-centos → Service svc-clusterip-httpd")


def test_a_broken_connection_says_why_and_what_to_do(broken: Opened) -> None:
    page = broken.at()
    page.get_by_role("link", name="Deployment dep-centos → Service svc-clusterip-httpd").click()

    expect(page.locator("#panel .message")).to_contain_text("NetworkPolicy 'default-deny' isolates ingress")
    expect(page.locator("#panel article")).to_contain_text("hint: add a NetworkPolicy that allows ingress")


def test_a_click_on_a_service_shows_callers_and_endpoints(own: Opened) -> None:
    page = own.at("#env=prod")
    page.locator(quoted(SERVICE)).click()

    assert page.locator("#panel h3").all_inner_texts() == ["CALLERS (2)", "ENDPOINTS (1)"]
    assert page.locator("#panel li a").all_inner_texts() == [
        "Deployment dep-centos",
        "Job job-smoke-test",
        "Deployment dep-httpd",
    ]


def test_a_click_on_a_policy_shows_what_it_cuts(broken: Opened) -> None:
    page = broken.at()
    page.locator(quoted("prod:httpd-prod/NetworkPolicy/default-deny")).click()

    assert page.locator("#panel h3").all_inner_texts() == ["CUTS (2)", "SELECTS THE PODS OF (3)"]


def test_search_dims_the_others_and_lists_what_it_found(own: Opened) -> None:
    page = own.at("#env=prod")
    page.get_by_role("searchbox").fill("centos")

    expect(page.locator(f".node{quoted(SMOKE)}")).to_have_class("node workload proved dim")
    expect(page.locator(f".node{quoted(CLIENT)}")).to_have_class("node workload proved")
    expect(page.locator("#status")).to_have_text("prod: 1 of 2 connections, 1 name matches “centos”")
    assert page.url.endswith("#env=prod&q=centos")


def test_the_filter_of_verdicts(broken: Opened) -> None:
    page = broken.at()
    page.get_by_role("checkbox", name="refuted").uncheck()
    expect(page.locator("#status")).to_have_text("prod: 0 of 2 connections")

    assert shown(page, "edge") == [f"{SERVICE}>{PODS}"]
    assert page.url.endswith("#env=prod&verdict=proved%2Cunknown%2Cexternal")


def test_the_filter_of_workloads(own: Opened) -> None:
    page = own.at("#env=prod")
    page.get_by_label("Only what this workload takes part in").select_option("httpd-prod/job-smoke-test")
    expect(page.locator("#status")).to_have_text("prod: 1 of 2 connections")

    assert sorted(shown(page, "node")) == sorted([SMOKE, SERVICE, PODS])


def test_the_filter_of_environments(own: Opened) -> None:
    page = own.at("#env=prod")
    page.get_by_role("link", name="staging").click()
    expect(page.locator("#panel h2")).to_have_text("staging")

    assert {each.split(":")[0] for each in shown(page, "node")} == {"staging"}


@pytest.mark.parametrize(
    ("state", "heading"),
    [
        ("#env=dev", "dev"),
        ("#env=prod&sel=prod%3Ahttpd-prod%2FService%2Fsvc-clusterip-httpd", "Service svc-clusterip-httpd"),
        ("#env=prod&q=smoke", "“smoke”"),
        ("#env=nowhere&sel=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&at=x,y", "dev"),
    ],
    ids=["environment", "node", "search", "nonsense"],
)
def test_a_link_to_a_state_opens_it(own: Opened, state: str, heading: str) -> None:
    expect(own.at(state).locator("#panel h2")).to_have_text(heading)


def test_back_goes_to_the_state_before(own: Opened) -> None:
    page = own.at("#env=prod")
    page.locator(quoted(SERVICE)).click()
    expect(page.locator("#panel h2")).to_have_text("Service svc-clusterip-httpd")
    page.go_back()

    expect(page.locator("#panel h2")).to_have_text("prod")


def test_where_one_looks_is_part_of_the_link(own: Opened) -> None:
    page = own.at("#env=prod")
    page.get_by_role("button", name="Zoom in").click()
    frame = page.locator("svg.map:not([hidden])").get_attribute("viewBox")
    again = own.at(page.url[page.url.index("#") :])

    assert again.locator("svg.map:not([hidden])").get_attribute("viewBox") == frame


@pytest.mark.parametrize("width", [1280, 400], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_in_light_and_dark(browser: Browser, draw: Draw, scheme: Scheme, width: int) -> None:
    opened = Opened(browser, draw(ROOT), scheme, width)
    page = opened.at()
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert paper == {"light": "rgb(246, 247, 249)", "dark": "rgb(15, 19, 24)"}[scheme]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    list(closed(opened))
