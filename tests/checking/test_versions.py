"""Where a repository says which Kubernetes it is for."""

from pathlib import Path

import pytest

from ringtrue.checking.versions import kubernetes_minor
from ringtrue.manifests.resource import Resource
from ringtrue.repository.checkout import working_tree

PINNED = "pod-security.kubernetes.io/enforce-version"

TEXTS = {
    "a kind cluster": ("kind.yaml", "nodes:\n- image: kindest/node:v1.33.1@sha256:0\n", "1.33"),
    "k3d": ("hack/k3d-config.yml", "image: rancher/k3s:v1.34.2-k3s1\n", "1.34"),
    "a Makefile": ("Makefile", "KUBERNETES_VERSION ?= 1.35.0\n", "1.35"),
    "a hook's argument": (".pre-commit-config.yaml", "args: [-kubernetes-version=1.35.0]\n", "1.35"),
    "a workflow": (".github/workflows/ci.yml", 'k8s-version: "v1.36"\n', "1.36"),
    "too old": ("Makefile", "KUBERNETES_VERSION = 1.19.3\n", ""),
    "another program": ("Makefile", "HELM_VERSION = 1.35.0\n", ""),
    "a longer number": ("Makefile", "KUBERNETES_VERSION = 1.355\n", ""),
    "a file that says nothing": ("docs/notes.md", "KUBERNETES_VERSION = 1.35.0\n", ""),
}


@pytest.mark.parametrize(("path", "text", "version"), TEXTS.values(), ids=TEXTS)
def test_texts(path: str, text: str, version: str, tmp_path: Path) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text(text)

    assert kubernetes_minor((), working_tree(tmp_path)) == ((version, path) if version else ("", ""))


def namespace(**labels: str) -> Resource:
    metadata = {"name": "shop", "labels": {key.replace("__", PINNED): value for key, value in labels.items()}}
    return Resource({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata}, "")


LABELS = {
    "pinned": ("v1.35", ("1.35", "Namespace shop")),
    "not pinned": ("latest", ("", "")),
    "not a version": ("v1.35.1", ("", "")),
}


@pytest.mark.parametrize(("value", "said"), LABELS.values(), ids=LABELS)
def test_pod_security(value: str, said: tuple[str, str], tmp_path: Path) -> None:
    assert kubernetes_minor([namespace(__=value)], working_tree(tmp_path)) == said


def test_who_disagrees_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_text("K8S_VERSION := v1.34\n")

    assert kubernetes_minor([namespace(__="v1.35")], working_tree(tmp_path)) == ("", "")
