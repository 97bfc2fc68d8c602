"""A reference to a Service of the cluster does not name its namespace.

## What it does
Reports every reference whose host is a bare Service name, such as `http://httpd`, although it resolves. A house rule:
on with `[rules] policy = true`.

## Why it matters
A bare name is looked up in the caller's own namespace. Move or copy the caller and the name means another Service, or
none.

## How to fix
Write `service.namespace.svc.cluster.local`, or `service.namespace.svc` where the cluster domain may differ.
"""

from collections.abc import Iterator

from ringtrue.environments.environment import Environment
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem

NAME = "reference-unqualified"
CLASS = RuleClass.POLICY
SEVERITY = Severity.ERROR


def check(environment: Environment) -> Iterator[Problem]:
    domain = environment.cluster.profile.domain
    for proof in environment.proofs:
        reference, target = proof.reference, proof.target
        if target is None or reference.named_service is not None or "." in reference.host:
            continue
        yield Problem(
            reference.spot,
            f"{reference.client.called} names {reference.host!r} without its namespace",
            hint=f"write {f'{target.service}.{target.namespace}.svc.{domain}'!r}",
            value=reference.host,
        )
