"""SEL-01: which pods a selector that selects nothing was meant for."""

from collections.abc import Mapping

import pytest

from ringtrue.cluster.cluster import build
from ringtrue.cluster.near import Meant, meant
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.services import service
from ringtrue.manifests.resource import Resource


def pods(name: str, labels: Mapping[str, str], own: Mapping[str, str] | None = None) -> Resource:
    template = {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "c", "image": "i"}]}}
    metadata = {"name": name, "labels": own or {}}
    return Resource(
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": {"template": template}}, "shop"
    )


CASES = {
    "a slip in the value": ({"app": "carts"}, pods("cart", {"app": "cart"}), {"app": "cart"}),
    "one label of two": (
        {"app": "cart", "tier": "web"},
        pods("x", {"app": "cart", "tier": "db"}),
        {"app": "cart", "tier": "db"},
    ),
    "on the workload only": ({"tier": "backend"}, pods("cart", {"app": "cart"}, {"tier": "backend"}), {"app": "cart"}),
    "the value under another key": ({"app": "cart"}, pods("x", {"component": "cart"}), {"component": "cart"}),
    "the Service's name": ({"app": "basket"}, pods("cart", {"component": "c"}), {"component": "c"}),
}


@pytest.mark.parametrize("case", CASES)
def test_the_workload_that_was_meant(case: str) -> None:
    selector, workload, labels = CASES[case]

    found = look(selector, workload)

    assert found is not None
    assert (found.workload.resource, found.labels) == (workload, labels)


def test_the_nearest_of_several_is_meant() -> None:
    far, near = pods("a", {"app": "carrot"}), pods("b", {"app": "cart-api"})

    found = look({"app": "cart-apis"}, far, near)

    assert found is not None
    assert found.workload.resource is near


def test_nothing_is_meant_by_a_selector_unlike_all_pods() -> None:
    assert look({"app": "prometheus"}, pods("thanos-query", {"name": "thanos-query"})) is None


def look(selector: Mapping[str, str], *workloads: Resource) -> Meant | None:
    spec = {"selector": selector, "ports": [{"port": 80}]}
    made = Resource({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "cart"}, "spec": spec}, "shop")
    found = service(made)
    assert found is not None
    return meant(found, build("here", (made, *workloads), Profile()))
