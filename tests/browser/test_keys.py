"""Without a mouse, and for a screen reader: names, roles, focus, keys, and the list."""

from chromium import Opened
from playwright.sync_api import expect

CLIENT = "Deployment dep-centos in namespace httpd-prod, proved"
CALL = "Deployment dep-centos calls Service svc-clusterip-httpd: proved"
SERVICE = "Service svc-clusterip-httpd in namespace httpd-prod, 80/TCP, proved"


def test_everything_has_a_role_and_a_name(own: Opened) -> None:
    picture = own.at("#env=prod").locator("#picture")

    for name in (CLIENT, CALL, SERVICE):
        expect(picture.get_by_role("button", name=name, exact=True)).to_have_count(1)
    expect(picture.get_by_role("button", name="NetworkPolicy default-deny")).to_have_count(1)


def test_the_tree_of_accessibility_names_every_control(own: Opened) -> None:
    page = own.at("#env=prod")
    tree = page.locator("body").aria_snapshot()

    for line in (
        'navigation "Environments"',
        'search "Search and filters"',
        'combobox "Only what this workload takes part in"',
        'group "Map of environment prod: 4 nodes, 3 connections"',
        'complementary "Details"',
        f'button "{CALL}"',
    ):
        assert line in tree
    nameless = "all => all.filter(each => !each.labels?.length && !each.ariaLabel && !each.textContent.trim()).length"
    assert page.eval_on_selector_all("button, input, select, a, [role=button]", nameless) == 0


def test_arrows_go_along_the_connections(own: Opened) -> None:
    page = own.at("#env=prod")
    page.locator("#picture").get_by_role("button", name=CLIENT).focus()
    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
        seen.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))

    assert seen == [CALL, SERVICE, CALL, CLIENT]


def test_the_picture_is_one_stop_for_tab_and_its_focus_is_seen(own: Opened) -> None:
    page = own.at("#env=prod")
    page.get_by_role("button", name="Fit").focus()
    page.keyboard.press("Tab")
    inside = "document.activeElement.closest('svg.map') !== null"
    width = "getComputedStyle(document.activeElement.querySelector('rect')).strokeWidth"

    assert (page.evaluate(inside), page.evaluate(width)) == (True, "5px")
    page.keyboard.press("Tab")
    assert page.evaluate(inside) is False


def test_enter_opens_and_escape_closes(own: Opened) -> None:
    page = own.at("#env=prod")
    page.locator("#picture").get_by_role("button", name=CALL).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("Deployment dep-centos → Service svc-clusterip-httpd")
    page.keyboard.press("Escape")

    expect(page.locator("#panel h2")).to_have_text("prod")


def test_a_slash_goes_to_the_search(own: Opened) -> None:
    page = own.at()
    page.locator("body").press("/")

    expect(page.get_by_role("searchbox")).to_be_focused()


def test_the_list_says_the_same(own: Opened) -> None:
    page = own.at("#env=prod&view=list")
    rows = [row.split("\t") for row in page.locator("tbody tr").all_inner_texts()]
    host = "svc-clusterip-httpd.httpd-prod.svc.cluster.local:80"

    expect(page.locator("svg.map:not([hidden])")).to_be_hidden()
    assert rows == [
        ["Deployment dep-centos", "Service svc-clusterip-httpd", "httpd-prod", host, "✓ proved"],
        ["Job job-smoke-test", "Service svc-clusterip-httpd", "httpd-prod", host, "✓ proved"],
        [
            "Service svc-clusterip-httpd",
            "Deployment dep-httpd",
            "httpd-prod",
            "80/TCP to 8080 of container httpd",
            "✓ proved",
        ],
    ]
