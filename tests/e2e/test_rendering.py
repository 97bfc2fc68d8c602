"""What the repo-server of the running Argo CD made of this repository, read from its cache, against ringtrue's."""

import json
import os
import zlib
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

import pytest

from cluster.running import Cluster
from conftest import Say
from gitops import Deployed, Repository
from ringtrue.config import load
from ringtrue.environments import survey
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits
from ringtrue.repository.checkout import working_tree
from standing import Document

_TRACKING = "argocd.argoproj.io/tracking-id"


@pytest.fixture(scope="module")
def revision(deployed: Mapping[str, Deployed]) -> str:
    """The one that every environment was pushed at."""
    [found] = {each.status["sync"]["revision"] for each in deployed.values()}
    return str(found)


@pytest.fixture(scope="module")
def ours(repository: Repository, revision: str, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Any]]:
    """The objects of each Application, as ringtrue reads them from that revision."""
    root = repository.at(revision, tmp_path_factory.mktemp("rendering") / "checkout")
    found = survey(working_tree(root), load(root), choose(Limits(), os.environ))
    return {
        source.application.name: [each.data for each in source.resources]
        for environment in found.environments
        for source in environment.sources
        if source.application is not None
    }


@pytest.mark.parametrize("name", ["root", "httpd-dev", "httpd-staging", "httpd-prod"])
def test_the_repo_server_renders_the_same(
    cluster: Cluster, revision: str, ours: Mapping[str, list[Any]], say: Say, name: str
) -> None:
    """Whole objects in their order, but for the annotation by which Argo CD knows its own."""
    theirs = [_untracked(json.loads(each)) for each in _rendered(cluster, name, revision)]

    assert list(map(_plain, ours[name])) == theirs
    say(f"{name}: {len(theirs)} objects, rendered alike")


def _plain(data: Any) -> Document:
    made: Document = json.loads(json.dumps(data))
    return made


def _rendered(cluster: Cluster, name: str, revision: str) -> list[str]:
    """What redis holds: gzip of JSON."""
    keys = cluster.inside("redis-cli", "--scan", "--pattern", f"mfst|*|{name}|{revision}|*").stdout.splitlines()
    [key] = keys
    said = cluster.inside("sh", "-c", f"redis-cli --raw get '{key}' | base64 -w0").stdout
    found: dict[str, Any] = json.loads(zlib.decompressobj(wbits=31).decompress(b64decode(said)))
    manifests: list[str] = found["manifestResponse"]["manifests"]
    return manifests


def _untracked(document: Document) -> Document:
    annotations = document["metadata"].get("annotations", {})
    annotations.pop(_TRACKING, None)
    if not annotations:
        document["metadata"].pop("annotations", None)
    return document
