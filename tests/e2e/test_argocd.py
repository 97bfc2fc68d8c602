"""From `git push` to a tested environment: Argo CD reads the repository's own manifests, unchanged."""

from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from cluster.running import Cluster
from cluster.site import TOP
from conftest import Say
from gitops import Repository, application, is_frozen, sync_by_hand, synced
from story import ENVIRONMENTS, client_shows_every_page, web_servers
from waiting import until

ARGOCD = True
_SECONDS = 150


@pytest.fixture(scope="module")
def repository(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The repository as a platform team would begin: on main, with argocd/bootstrap applied once by hand."""
    made = Repository(cluster, tmp_path_factory.mktemp("gitops"))
    made.commit("all of it")
    made.push("main")
    cluster.kubectl("apply", "-k", str(TOP / "argocd" / "bootstrap"))
    return made


def test_bootstrap_makes_an_application_for_every_environment(cluster: Cluster, repository: Repository) -> None:
    synced(cluster, "root", repository.revision(), _SECONDS)
    names = cluster.kubectl("get", "applications", "-n", "argocd", "-o", "name").split()
    assert sorted(names) == [
        f"application.argoproj.io/{name}" for name in ("httpd-dev", "httpd-prod", "httpd-staging", "root")
    ]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_a_push_becomes_a_tested_environment(
    cluster: Cluster, repository: Repository, say: Say, environment: str
) -> None:
    """Synced, Healthy, and the smoke test passed, which is a hook of the sync."""
    name, revision, start = f"httpd-{environment}", repository.revision(), monotonic()
    repository.push(f"env/{environment}")
    if environment == "prod" and is_frozen(datetime.now(UTC)):
        sync_by_hand(cluster, name, revision)

    until(f"{name} is Healthy", lambda: _is_well(cluster, name, revision), _SECONDS)
    well = monotonic() - start
    status = synced(cluster, name, revision, _SECONDS)

    say(f"{name}: push to Synced and Healthy {well:.1f} s, to smoke-tested {monotonic() - start:.1f} s")
    hooks = [each for each in status["operationState"]["syncResult"]["resources"] if "hookPhase" in each]
    assert [(each["name"], each["hookPhase"]) for each in hooks if each.get("hookType")] == [
        ("job-smoke-test", "Succeeded")
    ]
    log = cluster.kubectl("logs", "-n", name, "job/job-smoke-test")
    assert log.splitlines()[-1] in {f"The pod, {pod} is displaying this page." for pod in web_servers(cluster, name)}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_client_shows_the_page_of_every_web_server(cluster: Cluster, say: Say, environment: str) -> None:
    log = client_shows_every_page(cluster, f"httpd-{environment}", ENVIRONMENTS[environment])
    say(f"httpd-{environment}, the client's log ends with:")
    for line in log.splitlines()[-5:]:
        say(f"  {line}")


def test_a_change_reaches_its_environment_only(
    cluster: Cluster, repository: Repository, say: Say, tmp_path: Path
) -> None:
    """A rollout of dev: its pods are new, staging's stay."""
    before = {each: web_servers(cluster, f"httpd-{each}") for each in ("dev", "staging")}
    configuration = repository.copy / "apps" / "httpd" / "httpd.conf"
    configuration.write_text(configuration.read_text() + "# changed\n")
    start, revision = monotonic(), repository.commit("change the configuration")
    repository.push("main", "env/dev")

    synced(cluster, "httpd-dev", revision, _SECONDS)

    say(f"httpd-dev: rollout, push to smoke-tested {monotonic() - start:.1f} s")
    after = {each: web_servers(cluster, f"httpd-{each}") for each in ("dev", "staging")}
    assert (after["staging"], after["dev"] & before["dev"]) == (before["staging"], set())


def _is_well(cluster: Cluster, name: str, revision: str) -> bool:
    status = application(cluster, name)
    sync = status.get("sync", {})
    return (sync.get("status"), sync.get("revision"), status.get("health", {}).get("status")) == (
        "Synced",
        revision,
        "Healthy",
    )
