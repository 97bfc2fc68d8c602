"""Items of a `List` in a plain file: `Resource.within` says which, even where two have one name."""

from pathlib import Path

import pytest

from ringtrue.environments.environment import Source
from ringtrue.findings import Location, Route
from ringtrue.manifests.resource import Resource, follow
from ringtrue.manifests.yaml_values import read
from ringtrue.rendering.request import Origin
from ringtrue.repository.graph import graph
from ringtrue.repository.tree import FolderTree
from ringtrue.tracing import trace

TEXT = """\
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Service, metadata: {name: web}}
- apiVersion: v1
  kind: ServiceList
  items:
  - {apiVersion: v1, kind: Service, metadata: {name: web}}
"""


@pytest.mark.parametrize(
    ("within", "line"), [(("items", 0), 4), (("items", 1, "items", 0), 8)], ids=["item", "item of a list in the list"]
)
@pytest.mark.parametrize("origin", [Origin("all.yaml", 1), None], ids=["built-in", "binary"])
def test_item_of_a_list(tmp_path: Path, origin: Origin | None, within: Route, line: int) -> None:
    (tmp_path / "all.yaml").write_text(TEXT)
    tree = FolderTree(tmp_path, tmp_path)
    service = Resource(follow(read(TEXT)[0].value, within), "default", "all.yaml", 0, within)

    found = trace(service.at("metadata", "name"), origin, graph(tree), tree, Source("all.yaml"))

    start = TEXT.splitlines()[line - 1].index("web") + 1
    assert found.location == Location("all.yaml", line, start, line, start + 3)
