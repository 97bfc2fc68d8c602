"""From `git push` to a tested environment: Argo CD reads the repository's own manifests, unchanged."""

from collections.abc import Mapping
from time import monotonic

import pytest

from cluster.running import Cluster
from conftest import Say
from gitops import SECONDS, Deployed, Repository, synced
from story import ENVIRONMENTS, web_servers


def test_bootstrap_makes_an_application_for_every_environment(cluster: Cluster, repository: Repository) -> None:
    synced(cluster, "root", repository.revision(), SECONDS)
    names = cluster.kubectl("get", "applications", "-n", "argocd", "-o", "name").split()
    assert sorted(names) == [
        f"application.argoproj.io/{name}" for name in ("httpd-dev", "httpd-prod", "httpd-staging", "root")
    ]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_a_push_becomes_a_tested_environment(
    cluster: Cluster, deployed: Mapping[str, Deployed], say: Say, environment: str
) -> None:
    """Synced, Healthy, and the smoke test passed, which is a hook of the sync."""
    name, found = f"httpd-{environment}", deployed[environment]

    say(f"{name}: push to Synced and Healthy {found.well:.1f} s, to smoke-tested {found.tested:.1f} s")
    hooks = [each for each in found.status["operationState"]["syncResult"]["resources"] if "hookPhase" in each]
    assert [(each["name"], each["hookPhase"]) for each in hooks if each.get("hookType")] == [
        ("job-smoke-test", "Succeeded")
    ]
    log = cluster.kubectl("logs", "-n", name, "job/job-smoke-test")
    assert log.splitlines()[-1] in {f"The pod, {pod} is displaying this page." for pod in web_servers(cluster, name)}


def test_a_change_reaches_its_environment_only(
    cluster: Cluster, repository: Repository, deployed: Mapping[str, Deployed], say: Say
) -> None:
    """A rollout of dev: its pods are new, staging's stay."""
    before = {each: web_servers(cluster, f"httpd-{each}") for each in ("dev", "staging")}
    configuration = repository.copy / "apps" / "httpd" / "httpd.conf"
    configuration.write_text(configuration.read_text() + "# changed\n")
    start, revision = monotonic(), repository.commit("change the configuration")
    repository.push("main", "env/dev")

    synced(cluster, "httpd-dev", revision, SECONDS)

    say(f"httpd-dev: rollout, push to smoke-tested {monotonic() - start:.1f} s")
    after = {each: web_servers(cluster, f"httpd-{each}") for each in ("dev", "staging")}
    assert (after["staging"], after["dev"] & before["dev"]) == (before["staging"], set())
