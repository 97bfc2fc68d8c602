"""A Problem on its way to a Finding: who raised it, where it stands, which callers it breaks."""

from dataclasses import dataclass

from ringtrue.checking.callers import Caller
from ringtrue.environments.environment import Environment
from ringtrue.findings import Location, ObjectId, Related, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource, Spot
from ringtrue.reachability.proof import Proof


@dataclass(frozen=True, slots=True)
class Raised:
    """A Problem with its rule and final severity, in one environment; faults of a source name theirs themselves."""

    rule: str
    problem: Problem
    severity: Severity
    environment: Environment | None
    environments: tuple[str, ...] = ()
    client: Resource | None = None
    """The caller, for what a proof raised: the finding is about it, wherever its text stands."""
    proof: Proof | None = None
    """That proof: it says which piece of the field's text is wrong."""
    callers: tuple[Caller, ...] = ()
    """Who depends on the broken object."""

    @property
    def names(self) -> tuple[str, ...]:
        """The environments that show it; none for Argo CD's own objects, which run in no environment."""
        if self.environment is None:
            return self.environments
        return (self.environment.name,) if self.environment.listed else ()

    @property
    def resource(self) -> Resource | None:
        return self.problem.where.resource if isinstance(self.problem.where, Spot) else None

    @property
    def object(self) -> ObjectId | None:
        subject = self.client or self.resource
        return subject.id if subject else None

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Everything about it that has to be traced."""
        near = (self.proof.near,) if self.proof is not None else ()
        callers = (caller.spot for caller in self.callers)
        places = (self.problem.where, *(place for place, _ in self.problem.related), *near, *callers)
        return tuple(place for place in places if isinstance(place, Spot))


@dataclass(frozen=True, slots=True)
class Placed:
    """A raised problem at the line to edit."""

    raised: Raised
    location: Location
    related: tuple[Related, ...]
    callers: tuple[tuple[Location, Caller], ...] = ()
