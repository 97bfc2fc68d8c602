"""The whole engine on some manifests: what it proves and what every rule says, in a form that can be compared."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from generated.worlds import World

from ringtrue.cluster.admission import rejections
from ringtrue.cluster.cluster import build
from ringtrue.cluster.profile import Profile
from ringtrue.environments.environment import Environment, Source
from ringtrue.environments.openness import filled, opened
from ringtrue.environments.outputs import Document
from ringtrue.environments.placing import place, scopes
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource
from ringtrue.manifests.schema import extra_schemas, violations
from ringtrue.reachability.proof import Proof
from ringtrue.reachability.prove import prove_all, reference_id
from ringtrue.reachability.scope import Scope
from ringtrue.references.find import find
from ringtrue.references.keys import key_patterns
from ringtrue.rules import RULES

Line = tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    proofs: tuple[Proof, ...]
    problems: tuple[tuple[str, Problem], ...]

    def verdicts(self) -> list[Line]:
        """Sorted: who calls what, and how it ends."""
        return sorted((*_asked(each), each.verdict.value, each.reason.value, str(each.target)) for each in self.proofs)

    def chains(self) -> list[Line]:
        """Sorted: the verdicts with every step, the words and the severity."""
        return sorted(
            (
                *_asked(p),
                p.reason.value,
                str(p.target),
                *(f"{s.stage} {s.result} {s.evidence}" for s in p.steps),
                p.message,
                p.hint,
                str(p.severity),
            )
            for p in self.proofs
        )

    def says(self) -> list[Line]:
        """Sorted: what the rules say, and where."""
        return sorted(
            (
                name,
                str(problem.where.resource.id),
                str(problem.where.route),
                problem.message,
                problem.hint,
                str(problem.severity),
            )
            for name, problem in self.problems
            if not hasattr(problem.where, "path")
        )


def judged(world: World) -> Judged:
    """What a run makes of a world, from the resources on."""
    return _judged(world.resources(), world.profile)


def judged_raw(values: Iterable[dict[str, Any]], profile: Profile) -> Judged:
    """What a run makes of documents as they come out of a file: any JSON object that names its kind."""
    documents = [Document(value, "apps", index) for index, value in enumerate(values)]
    scoped = scopes(documents)
    resources = tuple(place(document, "", scoped) for document in documents)
    schemas = extra_schemas(resources, ())
    for resource in resources:
        violations(resource, profile.version, schemas)
        rejections(resource, profile)
    return _judged(resources, profile)


def _judged(resources: tuple[Resource, ...], profile: Profile) -> Judged:
    cluster = build("here", resources, profile)
    own = filled(resources)
    scope = Scope(cluster, "prod", True, own, filled=own, open=opened(resources))
    source = Source("apps", resources=resources)
    environment = Environment("prod", cluster, scope, (source,), resources, schemas=extra_schemas(resources, ()))
    environment = replace(environment, proofs=prove_all(find(cluster, resources, key_patterns()), scope))
    return Judged(environment.proofs, tuple((rule.NAME, each) for rule in RULES for each in rule.check(environment)))


def _asked(proof: Proof) -> Line:
    reference = proof.reference
    return (
        reference_id(reference, "prod"),
        str(reference.client.id),
        reference.container or "",
        reference.field,
        reference.host,
    )
