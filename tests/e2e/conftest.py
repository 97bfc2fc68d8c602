"""Clusters that the tests of this folder share."""

import sys
from collections.abc import Callable, Iterator

import pytest

from cluster.running import Cluster

Say = Callable[[str], None]


@pytest.fixture(scope="session")
def say(request: pytest.FixtureRequest) -> Say:
    """Prints a line past pytest's capture: what is measured is part of the result."""
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def spoken(text: str) -> None:
        with capture.global_and_fixture_disabled():
            sys.stderr.write(f"\n  {text}")
            sys.stderr.flush()

    return spoken


@pytest.fixture(scope="module")
def cluster(request: pytest.FixtureRequest, say: Say) -> Iterator[Cluster]:
    """A cluster for one module of tests, with Argo CD where the module sets `ARGOCD`."""
    failed = request.session.testsfailed
    argocd = getattr(request.module, "ARGOCD", False)
    with Cluster(argocd=argocd, say=lambda step, seconds: say(f"{seconds:5.1f} s  {step}")) as running:
        yield running
        running.keep_logs = request.session.testsfailed > failed
