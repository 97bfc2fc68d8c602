"""Reports made by hand: who calls what in which environment, and with which verdict."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from ringtrue.checking import CheckedReference, Report
from ringtrue.cluster.cluster import build
from ringtrue.cluster.profile import Profile
from ringtrue.environments.environment import Environment, Source, Status
from ringtrue.findings import Finding
from ringtrue.manifests.resource import Resource
from ringtrue.reachability.proof import Proof, Target
from ringtrue.reachability.reasons import Reason
from ringtrue.reachability.scope import Scope
from ringtrue.references.reference import Reference, Via

Call = Callable[..., CheckedReference]
MakeReport = Callable[..., Report]


def call(
    environment: str = "prod",
    client: str = "client",
    host: str = "web",
    *,
    kind: str = "Deployment",
    namespace: str = "",
    field: str = "env HOST",
    container: str = "curl",
    port: int | str | None = 80,
    target: Target | None = None,
    reason: Reason = Reason.OK,
) -> CheckedReference:
    """By default the client calls the Service of the host's name in its own namespace, `shop-<environment>`."""
    home = namespace or f"shop-{environment}"
    data: dict[str, Any] = {"kind": kind, "metadata": {"name": client, "namespace": home}}
    resource = Resource(data, home)
    number, name = (port, None) if isinstance(port, int) else (None, port)
    reference = Reference(
        resource, None, container, Via.ENV, resource.at("spec"), field, host, host, number, port_name=name
    )
    meant = target or Target(home, host, number if reason is Reason.OK else None, name)
    reached = None if reason in (Reason.EXTERNAL, Reason.UNRESOLVED_TEXT) else meant
    proof = Proof(reference, (), reason.verdict, reason, reached, message=f"{host} is {reason.value}")
    return CheckedReference(f"{environment}/{client}/{field}/{host}", environment, proof, reason.rule, None)


def report(
    *references: CheckedReference,
    findings: Iterable[Finding] = (),
    environments: Iterable[str] = (),
    failed: Iterable[str] = (),
) -> Report:
    names = dict.fromkeys((*environments, *(each.environment for each in references)))
    made = []
    for name in names:
        own = frozenset(each.proof.reference.client.namespace for each in references if each.environment == name)
        cluster = build("in-cluster", (), Profile())
        status = Status.FAILED if name in failed else Status.RENDERED
        scope = Scope(cluster, name, True, own)
        made.append(Environment(name, cluster, scope, (Source(f"overlays/{name}", status=status),), ()))
    return Report(tuple(made), tuple(findings), references)


@pytest.fixture(name="call")
def make_call() -> Call:
    return call


@pytest.fixture(name="report")
def make_report() -> MakeReport:
    return report
