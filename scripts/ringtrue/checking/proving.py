"""Fills the proofs of an environment; one reference that cannot be judged does not stop the others."""

from dataclasses import dataclass, replace

from ringtrue.checking import bugs
from ringtrue.config import Config
from ringtrue.environments.environment import Environment
from ringtrue.reachability.facts import facts_of
from ringtrue.reachability.proof import Proof
from ringtrue.reachability.prove import prove
from ringtrue.references.find import find
from ringtrue.references.keys import key_patterns
from ringtrue.references.reference import Reference


@dataclass(frozen=True, slots=True)
class Proven:
    environment: Environment
    bugs: tuple[str, ...]


def proven(environment: Environment, config: Config) -> Proven:
    """The environment with a proof for every reference of its own objects."""
    found, failures = _references(environment, config)
    proofs: list[Proof] = []
    facts = facts_of(found, environment.scope)
    for reference in found:
        try:
            proofs.append(prove(reference, facts))
        except Exception as error:  # our own fault in one proof: it is named, the others are still worth having
            failures.append(bugs.sentence(_subject(reference, environment), error))
    return Proven(replace(environment, proofs=tuple(proofs)), tuple(failures))


def _references(environment: Environment, config: Config) -> tuple[tuple[Reference, ...], list[str]]:
    try:
        return find(environment.cluster, environment.resources, key_patterns(config.host_keys)), []
    except Exception as error:  # our own fault: the rules can still look at the environment
        return (), [bugs.sentence(f"the search for references in environment {environment.name!r}", error)]


def _subject(reference: Reference, environment: Environment) -> str:
    return f"the proof of {reference.client}, {reference.field}, in environment {environment.name!r}"
