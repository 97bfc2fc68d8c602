"""One report with something of everything, made by hand."""

from dataclasses import replace

import pytest

from ringtrue.checking import CheckedReference, Report
from ringtrue.checking.assumptions import Assumption
from ringtrue.cluster.cluster import build
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.workloads import workload
from ringtrue.environments.environment import Environment, Source, Status
from ringtrue.findings import Finding, Location, ObjectId, Related, Severity
from ringtrue.manifests.resource import Resource
from ringtrue.reachability.proof import Proof, Result, Stage, Step, Target
from ringtrue.reachability.reasons import Reason, Verdict
from ringtrue.reachability.scope import Scope
from ringtrue.references.reference import Reference, Via

POD = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "client", "namespace": "shop"},
    "spec": {"containers": [{"name": "curl", "env": [{"name": "HOST", "value": "web"}]}]},
}
INGRESS = {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": "edge", "namespace": "shop"}}

NAME = Step(Stage.NAME, Result.PASSED, "search list -> Service shop/web")


def proofs() -> tuple[Proof, ...]:
    client, ingress = Resource(POD, "shop", "overlays/prod"), Resource(INGRESS, "shop", "overlays/prod")
    spot = client.at("spec", "containers", 0, "env", 0, "value")
    made = Reference(client, workload(client), "curl", Via.ENV, spot, "env HOST", "web", "web", 80, scheme="http")
    secret = replace(made, via=Via.SECRET, field="env DSN", text="", host="db", port=5432, secret=True)
    backend = Reference(
        ingress,
        None,
        None,
        Via.STRUCTURED,
        ingress.at("spec"),
        "spec.rules[0].http.paths[0].backend",
        "web",
        "web",
        port_name="http",
    )
    script = replace(
        made, via=Via.ARGS, field="args[0]", text="while true; do " + "curl web; " * 20, host="example.com"
    )
    ports = Step(Stage.PORT, Result.BROKEN, "Service shop/db has no port 5432")
    target, other = Target("shop", "web", 80), Target("shop", "db", 5432)
    return (
        Proof(made, (NAME, Step(Stage.PORT, Result.PASSED, "80/TCP")), Verdict.PROVED, Reason.OK, target),
        Proof(secret, (NAME, ports), Verdict.REFUTED, Reason.PORT_UNDECLARED, other, "Service 'db' has no port 5432"),
        Proof(backend, (), Verdict.UNKNOWN, Reason.OPEN_NAMESPACE, None, "who knows"),
        Proof(script, (), Verdict.UNKNOWN, Reason.EXTERNAL),
    )


def environment(name: str, made: tuple[Proof, ...], listed: bool = True) -> Environment:
    cluster = build("in-cluster", (), Profile())
    sources = (Source(f"overlays/{name}"), Source("charts/x", status=Status.SKIPPED, reason="a Helm chart"))
    return Environment(
        name,
        cluster,
        Scope(cluster, name, True, frozenset()),
        sources,
        (),
        proofs=made,
        listed=listed,
    )


@pytest.fixture
def report() -> Report:
    made = proofs()
    rules = (None, "reference-port-undeclared", None, None)
    findings = (
        Finding(
            "reference-port-undeclared",
            Severity.ERROR,
            Location("base/client.yaml", 12, 9, 12, 20),
            "Service 'db' has no port 5432",
            hint="did you mean 5433?",
            object=ObjectId("Pod", "shop", "client"),
            environments=("prod",),
            references=("r1",),
            related=(Related(Location("base/db.yaml", 9, 3), "its ports"),),
            fingerprint="f1",
        ),
        Finding("ignore-unused", Severity.WARNING, Location("ringtrue.toml", 3), "silences nothing", fingerprint="f2"),
        Finding(
            "reference-open-namespace",
            Severity.NOTE,
            Location("base/x.yaml", 1),
            "who knows",
            environments=("prod",),
            fingerprint="f3",
        ),
    )
    references = tuple(
        CheckedReference(f"r{index}", "prod", proof, rule, Location("base/client.yaml", 10 + index, 9))
        for index, (proof, rule) in enumerate(zip(made, rules, strict=True))
    )
    environments = (environment("prod", made), environment("argocd", (), listed=False))
    assumptions = (
        Assumption("the repository is this one"),
        Assumption("CoreDNS with the cluster domain cluster.local", "domain cluster.local"),
        Assumption("the network plugin enforces NetworkPolicy", "NetworkPolicy enforced"),
    )
    return Report(environments, findings, references, assumptions, (), {"chart": 2, "values file": 1})
