"""What the tests of this folder share: one cluster with Argo CD, the environments in it, and the endings beside it."""

import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest
from components.building import Unavailable

from cluster.making import make_all
from cluster.running import Cluster
from endings import Endings
from gitops import Deployed, Repository, bootstrap, deploy
from story import ENVIRONMENTS

Say = Callable[[str], None]
_ORDER = ("test_cluster", "test_tutorial", "test_argocd")
"""First of all; and last the endings, which run beside the others. Between them the alphabet decides."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    name = item.path.stem
    return _ORDER.index(name) if name in _ORDER else len(_ORDER) + (name == "test_endings")


@pytest.fixture(scope="session")
def say(request: pytest.FixtureRequest) -> Say:
    """Prints a line past pytest's capture, with the seconds so far: what is measured is part of the result."""
    capture, start = request.config.pluginmanager.getplugin("capturemanager"), monotonic()

    def spoken(text: str) -> None:
        with capture.global_and_fixture_disabled():
            sys.stderr.write(f"\n{monotonic() - start:5.0f}  {text}")
            sys.stderr.flush()

    return spoken


@pytest.fixture(scope="session", autouse=True)
def made(say: Say) -> None:
    """Programs and images; where something is missing, all ends with what to install."""
    start = monotonic()
    try:
        make_all()
    except Unavailable as missing:
        pytest.exit(f"nothing was tested: {missing}", returncode=2)
    say(f"{monotonic() - start:5.1f} s  programs and images")


@pytest.fixture(scope="session", autouse=True)
def endings(request: pytest.FixtureRequest, made: None) -> Iterator[Endings]:
    """Those that were asked for begin at once."""
    chosen = [item for item in request.session.items if isinstance(item, pytest.Function)]
    with Endings(str(each.callspec.params["ending"]) for each in chosen if "ending" in each.fixturenames) as begun:
        yield begun


@pytest.fixture(scope="session")
def cluster(request: pytest.FixtureRequest, made: None, say: Say) -> Iterator[Cluster]:
    """The cluster of all tests that leave it alive. Each module keeps to namespaces of its own."""
    with Cluster(argocd=True, say=lambda step, seconds: say(f"{seconds:5.1f} s  {step}")) as running:
        yield running
        running.keep_logs = request.session.testsfailed > 0


@pytest.fixture(scope="session")
def other(request: pytest.FixtureRequest, cluster: Cluster, say: Say) -> Iterator[Cluster]:
    """A second one beside it, whose kube-proxy is in iptables mode."""
    start = monotonic()
    with Cluster(proxy_mode="iptables") as running:
        say(f"{monotonic() - start:5.1f} s  another cluster beside it")
        yield running
        running.keep_logs = request.session.testsfailed > 0


@pytest.fixture(scope="session")
def repository(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The repository as a platform team would begin: on main, with argocd/bootstrap applied once by hand."""
    return bootstrap(cluster, tmp_path_factory.mktemp("gitops"))


@pytest.fixture(scope="session")
def deployed(cluster: Cluster, repository: Repository) -> Mapping[str, Deployed]:
    """Every environment pushed at once, and what became of it."""
    with ThreadPoolExecutor(len(ENVIRONMENTS)) as pool:
        found = pool.map(lambda environment: deploy(cluster, repository, environment), ENVIRONMENTS)
        return dict(zip(ENVIRONMENTS, found, strict=True))
