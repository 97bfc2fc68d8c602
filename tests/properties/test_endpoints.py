"""The indexes of a cluster against a reading of everything, and labels that nobody selects (SEL-01, EP-01, KUS-05)."""

from copy import deepcopy
from typing import Any

from generated.limits import tried
from generated.pods import Manifest
from generated.worlds import World, worlds
from hypothesis import given

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.endpoints import carries, endpoints, selected
from ringtrue.cluster.workloads import TEMPLATES


def behind(cluster: Cluster) -> dict[str, Any]:
    """By Service: whom it selects, and who serves each port with which number."""
    found = {}
    for service in cluster.services.values():
        known = endpoints(service, cluster)
        served = [[(str(b.workload), b.container, b.number) for b in port.serving] for port in known.ports]
        lacking = [sorted(map(str, port.lacking)) for port in known.ports]
        found[str(service)] = (sorted(map(str, known.selected)), sorted(map(str, known.idle)), served, lacking)
    return found


@given(worlds())
@tried(30)
def test_the_index_of_labels_finds_whom_a_service_selects(world: World) -> None:
    cluster = world.cluster()
    for service in cluster.services.values():
        read = [
            each
            for each in cluster.workloads
            if each.namespace == service.namespace and service.selector and carries(each, service.selector.items())
        ]
        assert list(selected(service, cluster)) == read


@given(worlds())
@tried(30)
def test_every_active_pod_serves_a_port_or_lacks_it(world: World) -> None:
    cluster = world.cluster()
    for service in cluster.services.values():
        known = endpoints(service, cluster)
        for port in known.ports:
            serving = [backend.workload for backend in port.serving if backend.workload is not None]
            assert set(map(id, (*serving, *port.lacking))) == set(map(id, known.active))
            assert all(isinstance(port.port.target, str) for _ in port.lacking)


@given(worlds())
@tried(30)
def test_a_label_that_nobody_asks_for_changes_no_endpoints(world: World) -> None:
    """Kustomize's `labels`, with `includeTemplates` and without `includeSelectors`."""
    labelled = world.having(*map(with_label, world.manifests))
    assert behind(labelled.cluster()) == behind(world.cluster())


def with_label(manifest: Manifest) -> Manifest:
    made = deepcopy(manifest)
    group = made["apiVersion"].rpartition("/")[0]
    for route in ((), TEMPLATES.get((group, made["kind"]), ())):
        place = made
        for key in route:
            place = place[key]
        place.setdefault("metadata", {}).setdefault("labels", {})["environment"] = "prod"
    return made
