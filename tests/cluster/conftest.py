"""Clusters written as YAML; objects without a namespace land in `web`."""

from collections.abc import Callable

import pytest
import yaml

from ringtrue.cluster.cluster import Cluster, build
from ringtrue.cluster.profile import Profile
from ringtrue.manifests.resource import Resource

MakeCluster = Callable[..., Cluster]
CLUSTER_SCOPED = ("Namespace",)


def _resource(data: dict[str, object]) -> Resource:
    metadata = data.get("metadata")
    namespace = metadata.get("namespace", "web") if isinstance(metadata, dict) else "web"
    return Resource(data, "" if data["kind"] in CLUSTER_SCOPED else namespace)


@pytest.fixture(scope="session")
def make_cluster() -> MakeCluster:
    def make(*texts: str, profile: Profile | None = None) -> Cluster:
        documents = [each for text in texts for each in yaml.safe_load_all(text) if each]
        return build("test", map(_resource, documents), profile or Profile())

    return make


@pytest.fixture(scope="session")
def make_resource() -> Callable[[str], Resource]:
    def make(text: str) -> Resource:
        return _resource(yaml.safe_load(text))

    return make
