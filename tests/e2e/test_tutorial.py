"""The tutorial's story in every environment, as Argo CD has synced it."""

from collections.abc import Mapping

import pytest

from cluster.running import Cluster
from cluster.site import DNS_ADDRESS
from conftest import Say
from gitops import Deployed
from story import ENVIRONMENTS, client_shows_every_page, shown_pages, web_servers


@pytest.fixture(scope="module", autouse=True)
def _pushed(deployed: Mapping[str, Deployed]) -> None:
    """All of them at once: a client takes its time until chance has shown it every pod."""


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_client_shows_the_page_of_every_web_server(cluster: Cluster, say: Say, environment: str) -> None:
    namespace = f"httpd-{environment}"

    log = client_shows_every_page(cluster, namespace, ENVIRONMENTS[environment])

    say(f"{namespace}, the client's log:")
    for line in log.splitlines():
        say(f"  {line}")
    assert shown_pages(cluster, namespace) == web_servers(cluster, namespace)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_commands_of_the_tutorial_answer_in_the_client(cluster: Cluster, environment: str) -> None:
    """curl by the full name, nslookup, and the resolver's settings, with the environment's namespace in them."""
    namespace = f"httpd-{environment}"
    name = f"svc-clusterip-httpd.{namespace}.svc.cluster.local"

    def run(*command: str) -> str:
        return cluster.kubectl("exec", "-n", namespace, "deployment/dep-centos", "--", *command)

    service = cluster.get("service", "-n", namespace, "svc-clusterip-httpd")["spec"]["clusterIP"]
    pages = {f"The pod, {pod} is displaying this page.\n" for pod in web_servers(cluster, namespace)}
    assert run("curl", "-sS", f"http://{name}") in pages
    assert run("curl", "-sS", "http://svc-clusterip-httpd") in pages
    said = [line for line in run("nslookup", "-type=A", name).splitlines() if not line.startswith(";;")]
    assert " ".join(said).split() == [
        *("Server:", DNS_ADDRESS, "Address:", f"{DNS_ADDRESS}#53"),
        *("Name:", name, "Address:", service),
    ]
    assert run("cat", "/etc/resolv.conf").splitlines() == [
        f"search {namespace}.svc.cluster.local svc.cluster.local cluster.local",
        f"nameserver {DNS_ADDRESS}",
        "options ndots:5",
    ]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_smoke_test_passes(cluster: Cluster, environment: str) -> None:
    namespace = f"httpd-{environment}"
    cluster.kubectl("wait", "-n", namespace, "--for=condition=Complete", "job/job-smoke-test", "--timeout=120s")
    log = cluster.kubectl("logs", "-n", namespace, "job/job-smoke-test")
    assert log.splitlines()[-1] in {
        f"The pod, {pod} is displaying this page." for pod in web_servers(cluster, namespace)
    }
