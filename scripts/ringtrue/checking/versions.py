"""The Kubernetes minor that a repository names somewhere, beside its manifests or in them."""

import re
from collections.abc import Iterable, Iterator

from ringtrue.config import VERSIONS
from ringtrue.manifests.resource import Resource
from ringtrue.repository.tree import Tree

_LABEL = "pod-security.kubernetes.io/"
_IN_TEXT = re.compile(
    rb"(?:kindest/node:v?|rancher/k3s:v?|(?:kubernetes|k8s|kube|kubectl)[-_]version[\"']?\s*[:=?]*=?\s*[\"']?v?)"
    rb"(1\.\d{1,2})\b",
    re.IGNORECASE,
)
_FILES = (".pre-commit-config.yaml", ".gitlab-ci.yml", ".envrc", "Makefile", "Taskfile.yml", "justfile")
_FOLDERS = (".github/workflows", ".circleci")
_CLUSTERS = re.compile(r"(?:^|/)(?:kind|k3d|cluster)[^/]*\.ya?ml$", re.IGNORECASE)
_LARGEST = 1 << 18


def kubernetes_minor(resources: Iterable[Resource], tree: Tree) -> tuple[str, str]:
    """("1.35", who says so); ("", "") when nobody does, they do not agree, or no schemas are here for it."""
    said = [*_labels(resources), *_texts(tree)]
    versions = {version for version, _ in said}
    if len(versions) != 1:
        return "", ""
    major, minor = map(int, said[0][0].split("."))
    return said[0] if VERSIONS[0] <= (major, minor) <= VERSIONS[1] else ("", "")


def _labels(resources: Iterable[Resource]) -> Iterator[tuple[str, str]]:
    """Pod Security is pinned to the cluster's version, as its documentation asks."""
    for resource in resources:
        if (resource.group, resource.kind) == ("", "Namespace"):
            for key, value in resource.labels.items():
                found = re.fullmatch(r"v(1\.\d{1,2})", value)
                if key.startswith(_LABEL) and key.endswith("-version") and found:
                    yield found[1], f"Namespace {resource.name}"


def _texts(tree: Tree) -> Iterator[tuple[str, str]]:
    for path in _places(tree):
        try:
            data = tree.read(path)[:_LARGEST]
        except OSError:
            continue
        for found in _IN_TEXT.findall(data):
            yield found.decode(), path


def _places(tree: Tree) -> Iterator[str]:
    yield from (path for path in _FILES if tree.is_file(path))
    for folder in _FOLDERS:
        yield from tree.below(folder) if tree.is_dir(folder) else ()
    yield from (path for path in tree.files() if _CLUSTERS.search(path))
