"""Every writer of a field, traced in a small shop that is rendered for real; a row says field, place and text there."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ringtrue.environments.environment import Source
from ringtrue.findings import Location, Route
from ringtrue.manifests.resource import Resource, Spot
from ringtrue.manifests.yaml_values import read
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits, Origin, Request
from ringtrue.repository.graph import graph
from ringtrue.repository.tree import FolderTree
from ringtrue.tracing import Pages, Piece, Traced, trace

SHOP = Path(__file__).with_name("shop")
WEB = "spec.template.spec.containers[web]"
PROXY = "spec.template.spec.containers[proxy]"
FIELD_PATH = "spec.template.spec.containers.[name=web].env.[name={}].value"
PROBE = "/spec/template/spec/containers/0/readinessProbe"
NAME = "overlays/prod/name.yaml"
PROD = "overlays/prod/kustomization.yaml"
LEGACY = "overlays/legacy/kustomization.yaml"

Find = Callable[[str, str, str], tuple[Location, str]]


class Built:
    """One rendered source of the shop."""

    def __init__(self, path: str) -> None:
        self.tree = FolderTree(SHOP, SHOP)
        self.graph = graph(self.tree)
        self.pages = Pages(self.tree)
        request = Request(path, "kustomize" if self.graph.get(path) else "file", origins=True)
        answer = choose(Limits(), os.environ).render([request], SHOP)[0]
        assert answer.error == ""
        values = answer.values or [document.value for document in read(answer.text or "")]
        self.resources = tuple(Resource(value, value["metadata"].get("namespace", ""), path) for value in values)
        self.origins = answer.origins
        self.source = Source(path, resources=self.resources)

    def spot(self, name: str, field: str) -> tuple[Spot, Origin | None]:
        kind, _, name = name.partition(" ")
        index = next(
            index
            for index, resource in enumerate(self.resources)
            if resource.kind == kind and re.fullmatch(name, resource.name)
        )
        return Spot(self.resources[index], route(self.resources[index].data, field)), self.origins[index]

    def trace(self, name: str, field: str, piece: Piece | None = None) -> Location:
        spot, origin = self.spot(name, field)
        return trace(spot, origin, self.graph, self.tree, self.source, self.pages, piece).location

    def text(self, place: Location) -> str:
        """What stands at the place: of several lines the first."""
        line = self.pages.text(place.path).split("\n")[place.line - 1]
        return line[place.column - 1 : place.end_column - 1 if place.end_line == place.line else None]


def route(data: Any, field: str) -> Route:
    """`containers[web].ports[8080]` as a route: an item by name or port, or `[0]` by index; `data/app.conf` by key."""
    steps: list[str | int] = []
    for step in re.findall(r"\[[^]]*\]|[^.\[]+", field) if "/" not in field else field.split("/"):
        if step.startswith("["):
            wanted = step[1:-1]
            named = [i for i, item in enumerate(data) if wanted in item_names(item)]
            steps.append(named[0] if named else int(wanted))
        else:
            steps.append(step)
        try:
            data = data[steps[-1]]
        except (KeyError, TypeError):
            data = {}
    return tuple(steps)


def item_names(item: Any) -> list[str]:
    if not isinstance(item, dict):
        return []
    return [str(item[key]) for key in ("name", "containerPort", "port") if key in item]


@pytest.fixture(scope="session")
def built() -> Callable[[str], Built]:
    made: dict[str, Built] = {}

    def build(path: str) -> Built:
        if path not in made:
            made[path] = Built(path)
        return made[path]

    return build


FIELDS = [
    # the resource file
    ("Deployment prod-web-v2", f"{WEB}.env[UNTOUCHED].value", "base/deployment.yaml:28:22", "cache.shop.svc"),
    ("Deployment prod-web-v2", f"{WEB}.env[UNTOUCHED].name", "base/deployment.yaml:27:21", "UNTOUCHED"),
    ("Deployment prod-web-v2", f"{PROXY}.args[0]", "base/deployment.yaml:22:18", '"--log-level"'),
    ("Deployment prod-web-v2", "spec.selector", "base/deployment.yaml:11:5", "matchLabels:"),
    ("Service prod-web-api-v2", "spec.ports[dns-udp].port", "base/services.yaml:27:13", "53"),
    ("Service prod-web-api-v2", "spec.ports[dns-tcp].port", "base/services.yaml:30:13", "53"),
    ("Service prod-web-v2", "spec.ports[80].targetPort", "base/services.yaml:11:19", "http"),
    ("ServiceAccount prod-second-v2", "kind", "base/list.yaml:9:11", "ServiceAccount"),
    ("ConfigMap prod-windows-v2", "data.host", "base/windows.yaml:7:9", "cache.shop.svc"),
    # names that follow a renamed object
    ("Deployment prod-web-v2", f"{WEB}.envFrom[0].configMapRef.name", "base/deployment.yaml:40:23", "app-config"),
    ("Deployment prod-web-v2", f"{WEB}.envFrom[1].secretRef.name", "base/deployment.yaml:42:23", "app-secret"),
    ("Ingress prod-web-v2", "spec.rules[0].http.paths[0].backend.service.name", "base/policies.yaml:37:23", "web"),
    # strategic merge, from a file
    ("Deployment prod-web-v2", f"{WEB}.env[ADDED].value", "overlays/prod/merge.yaml:12:22", "added.shop.svc"),
    ("Deployment prod-web-v2", f"{WEB}.env[ADDED].name", "overlays/prod/merge.yaml:11:21", "ADDED"),
    ("Deployment prod-web-v2", f"{WEB}.env[MERGED].value", "overlays/prod/merge.yaml:14:22", "merged.shop.svc"),
    ("Deployment prod-web-v2", f"{WEB}.ports[9090].name", "overlays/prod/merge.yaml:17:21", "management"),
    ("Deployment prod-web-v2", f"{WEB}.ports[9090].containerPort", "base/deployment.yaml:47:30", "9090"),
    ("Deployment prod-web-v2", f"{WEB}.name", "base/deployment.yaml:23:17", "web"),
    ("Service prod-web-v2", "spec.selector.app", "overlays/prod/merge.yaml:27:10", "wbe"),
    ("Service prod-web-v2", "spec.selector", "overlays/prod/merge.yaml:27:5", "app: wbe"),
    ("Service prod-web-v2", "spec.ports[0].port", "overlays/prod/merge.yaml:29:13", "8080"),
    # strategic merge, inline
    ("Deployment prod-web-v2", f"{WEB}.env[INLINE].value", f"{PROD}:31:28", "inline.shop.svc"),
    ("Service web", "spec.type", f"{LEGACY}:15:13", "NodePort"),
    # a component
    ("Deployment prod-web-v2", f"{WEB}.workingDir", "components/debug/working-dir.yaml:10:23", "/debug"),
    ("Service prod-web-api-v2", "spec.ports[http].targetPort", "components/debug/kustomization.yaml:11:16", "admin"),
    # JSON6902, inline and in files
    ("Deployment prod-web-v2", f"{WEB}.env[POINTED].value", f"{PROD}:42:16", "pointed.shop.svc"),
    ("Deployment prod-web-v2", f"{WEB}.env[APPENDED].value", f"{PROD}:47:18", "appended.shop.svc"),
    ("Deployment prod-web-v2", f"{PROXY}.args[1]", f"{PROD}:39:16", "debug"),
    ("NetworkPolicy prod-web-v2", "spec.egress[0].ports[443].port", "overlays/prod/egress.json:3:33", "443"),
    ("NetworkPolicy prod-web-v2", "spec.egress[1].ports[53].port", "base/policies.yaml:13:17", "53"),
    ("NetworkPolicy prod-web-v2", "spec.ingress[0].ports[0].port", "overlays/prod/egress.json:4:70", "8080"),
    ("StatefulSet prod-db-v2", "spec.serviceName", f"{PROD}:54:70", '"database"'),
    ("Service web-api", "spec.ports[http].port", "overlays/legacy/port.yaml:3:10", "8081"),
    # what a patch took away
    ("Deployment prod-web-v2", f"{WEB}.livenessProbe.httpGet.port", f"{PROD}:28:32", "null"),
    ("Deployment prod-web-v2", f"{WEB}.readinessProbe", f"{PROD}:49:15", PROBE),
    # namespace and names
    ("Deployment prod-web-v2", "metadata.namespace", f"{PROD}:3:12", "shop-prod"),
    ("Namespace shop-prod", "metadata.name", f"{PROD}:3:12", "shop-prod"),
    ("Service prod-web-v2", "metadata.name", f"{PROD}:5:13", "-v2"),
    ("Service web", "metadata.name", "base/services.yaml:4:9", "web"),
    # labels and annotations
    ("Deployment prod-web-v2", "spec.template.metadata.labels.environment", f"{PROD}:64:20", "prod"),
    ("Deployment prod-web-v2", "spec.template.metadata.labels.app", "base/deployment.yaml:16:14", "web"),
    ("Deployment prod-web-v2", "metadata.labels.team", f"{PROD}:66:19", "shop"),
    ("Deployment prod-web-v2", "metadata.labels.tier", "base/kustomization.yaml:35:13", "front"),
    ("Deployment prod-web-v2", "metadata.annotations.owner", f"{PROD}:68:10", "shop-team"),
    ("ServiceAccount second", "metadata.annotations.owner", "base/list.yaml:13:16", "shop"),
    ("Service web", "spec.selector.stage", f"{LEGACY}:7:10", "legacy"),
    ("Service web", "spec.selector", f"{LEGACY}:7:3", "stage: legacy"),
    ("NetworkPolicy web", "spec.egress[1].to[0].podSelector.matchLabels.stage", f"{LEGACY}:7:10", "legacy"),
    # replicas and images
    ("Deployment prod-web-v2", "spec.replicas", f"{PROD}:57:12", "3"),
    ("Deployment prod-web-v2", f"{PROXY}.image", "base/kustomization.yaml:32:13", '"1.31"'),
    ("Deployment prod-web-v2", f"{WEB}.image", f"{PROD}:61:13", "sha256:c0ffee"),
    ("StatefulSet prod-db-v2", "spec.template.spec.containers[db].image", "base/stateful.yaml:17:18", "postgres:16"),
    # replacements
    ("Deployment prod-web-v2", f"{WEB}.env[DB_HOST].value", f"{PROD}:80:13", FIELD_PATH.format("DB_HOST")),
    ("Deployment prod-web-v2", f"{WEB}.env[DB_NAME].value", f"{NAME}:11:9", FIELD_PATH.format("DB_NAME")),
    ("Deployment web", f"{WEB}.env[DB_HOST].value", "base/deployment.yaml:35:22", "postgres.NAMESPACE.svc.local"),
    # generators
    ("ConfigMap prod-app-config-v2-.*", "data.LITERAL", "base/kustomization.yaml:14:9", "LITERAL=web.shop.svc"),
    ("ConfigMap prod-app-config-v2-.*", "data.OVERRIDDEN", f"{PROD}:14:9", "OVERRIDDEN=web.shop-prod.svc"),
    ("ConfigMap app-config-.*", "data.OVERRIDDEN", "base/kustomization.yaml:15:9", "OVERRIDDEN=web.shop.svc"),
    ("ConfigMap prod-app-config-v2-.*", "data/app.conf", "base/app.conf:1:1", "# Upstream"),
    ("ConfigMap prod-app-config-v2-.*", "data/renamed.conf", "base/app.conf:1:1", "# Upstream"),
    ("ConfigMap prod-app-config-v2-.*", "data.QUEUE_HOST", "base/app.env:4:1", "QUEUE_HOST=queue.shop.svc"),
    ("ConfigMap app-config-.*", "metadata.name", "base/kustomization.yaml:12:11", "app-config"),
    ("Secret prod-app-secret-v2-.*", "data.PASSWORD", "base/kustomization.yaml:24:9", "PASSWORD=quiet"),
    ("Secret prod-app-secret-v2-.*", "metadata.labels.secret", "base/kustomization.yaml:27:17", '"yes"'),
    # what is nowhere: the nearest parent
    ("Deployment prod-web-v2", f"{PROXY}.ports[0].containerPort", "base/deployment.yaml:20:11", "name: proxy"),
    ("Deployment prod-web-v2", f"{WEB}.env[UNTOUCHED].valueFrom", "base/deployment.yaml:27:15", "name: UNTOUCHED"),
    ("Service prod-web-api-v2", "spec.ports[dns-tcp].protocol", "base/services.yaml:29:7", "name: dns-tcp"),
    ("Secret prod-app-secret-v2-.*", "data.USER", "base/kustomization.yaml:22:5", "name: app-secret"),
    ("Service prod-web-api-v2", "", "base/services.yaml:14:1", "apiVersion: v1"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "field", "place", "text"), FIELDS, ids=[f"{row[0]}: {row[1]}" for row in FIELDS])
def test_the_place_to_edit(built: Callable[[str], Built], name: str, field: str, place: str, text: str) -> None:
    shop = built("overlays/prod" if "prod-" in name or name.endswith("-prod") else "overlays/legacy")
    found = shop.trace(name, field)
    assert (str(found), shop.text(found)) == (place, text)


def test_the_end_is_exclusive(built: Callable[[str], Built]) -> None:
    found = built("overlays/prod").trace("Service prod-web-v2", "spec.selector.app")
    assert found == Location("overlays/prod/merge.yaml", 27, 10, 27, 13)


def test_an_inline_patch_is_offset_to_its_end_too(built: Callable[[str], Built]) -> None:
    found = built("overlays/prod").trace("Deployment prod-web-v2", f"{WEB}.env[INLINE].value")
    assert found == Location(PROD, 31, 28, 31, 43)


@pytest.mark.parametrize(
    ("name", "field", "within", "place"),
    [
        ("ConfigMap prod-app-config-v2-.*", "data/app.conf", "web-api", "base/app.conf:2:10"),
        ("ConfigMap prod-windows-v2", "data.script", "//web/", "base/windows.yaml:10:15"),
        ("ConfigMap prod-app-config-v2-.*", "data.LITERAL", "web.shop.svc", "base/kustomization.yaml:14:17"),
        ("ConfigMap prod-app-config-v2-.*", "data/app.conf", "elsewhere", "base/app.conf:1:1"),
    ],
    ids=["generated file", "block scalar", "literal", "not in the text"],
)
def test_a_piece_of_a_longer_text(
    built: Callable[[str], Built], name: str, field: str, within: str, place: str
) -> None:
    assert str(built("overlays/prod").trace(name, field, Piece(within))) == place


@pytest.mark.parametrize(("name", "place"), [("a-web", "twice/a"), ("b-web", "twice/b")], ids=["a", "b"])
def test_a_base_used_twice_is_told_apart_by_its_prefix(built: Callable[[str], Built], name: str, place: str) -> None:
    assert str(built("twice").trace(f"Service {name}", "spec.type")) == f"{place}/kustomization.yaml:9:48"


@pytest.mark.parametrize(("name", "place"), [("web", "8:13"), ("api", "18:13")], ids=["first", "second"])
def test_documents_of_a_plain_file(built: Callable[[str], Built], name: str, place: str) -> None:
    assert str(built("plain/two.yaml").trace(f"Service {name}", "spec.ports[0].port")) == f"plain/two.yaml:{place}"


@pytest.mark.parametrize(("name", "place"), [("web", "8:13"), ("api", "18:13")], ids=["first", "second"])
def test_documents_of_a_plain_file_without_origins(built: Callable[[str], Built], name: str, place: str) -> None:
    shop = built("plain/two.yaml")
    spot, _ = shop.spot(f"Service {name}", "spec.ports[0].port")
    found = trace(spot, None, shop.graph, shop.tree, Source("plain", resources=shop.resources))
    assert str(found.location) == f"plain/two.yaml:{place}"


@pytest.mark.parametrize(
    ("origin", "path"),
    [
        (None, PROD),
        (Origin("", 0, "charts/kustomization.yaml"), "charts/kustomization.yaml"),
        (Origin("base/gone.yaml"), "base/gone.yaml"),
    ],
    ids=["origin lost", "chart", "file gone"],
)
def test_what_cannot_be_traced_is_at_the_file_that_brings_it_in(
    built: Callable[[str], Built], origin: Origin | None, path: str
) -> None:
    shop = built("overlays/prod")
    spot, _ = shop.spot("Service prod-web-v2", "spec.selector.app")
    assert trace(spot, origin, shop.graph, shop.tree, shop.source) == Traced(Location(path, 1, 1))
