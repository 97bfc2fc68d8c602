"""One caller and one host are one finding, however often the caller's configuration names the host."""

from collections.abc import Iterable
from dataclasses import replace

from ringtrue.checking.raised import Raised
from ringtrue.reachability.proof import Proof

Fault = tuple[int, int, str, str]
"""The environment, the caller, the rule and the words: equal words mean the same fault."""


def folded(callers: Iterable[tuple[Proof, Raised]]) -> list[Raised]:
    """The first of each fault, with the other places that name the host as related ones."""
    first: dict[Fault, Raised] = {}
    for proof, each in callers:
        fault = (id(each.environment), id(each.client), each.rule, each.problem.message)
        earlier = first.get(fault)
        first[fault] = each if earlier is None else _also(earlier, each, proof)
    return list(first.values())


def _also(first: Raised, other: Raised, proof: Proof) -> Raised:
    problem = first.problem
    again = (other.problem.where, f"named here too: {proof.reference.field}")
    related = problem.related if other.problem.where == problem.where else (*problem.related, again)
    references = (*problem.references, *other.problem.references)
    return replace(first, problem=replace(problem, related=related, references=references))
