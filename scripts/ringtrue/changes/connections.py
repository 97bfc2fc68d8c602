"""A connection: who calls what in which environment, however many fields say so."""

from collections.abc import Iterable
from dataclasses import dataclass

from ringtrue.checking import CheckedReference
from ringtrue.findings import ObjectId
from ringtrue.reachability.proof import Proof
from ringtrue.reachability.reasons import Reason, Verdict

_GRAVITY = (Verdict.REFUTED, Verdict.UNKNOWN, Verdict.PROVED)


@dataclass(frozen=True, slots=True)
class Address:
    """What a client calls: a Service of the cluster and its port, or the host text where no Service is meant.

    `port` is the number, else the name of the port, else None where the text and the Service leave it open.
    """

    namespace: str = ""
    service: str = ""
    host: str = ""
    """Only without a Service; "" when no letter of it is known."""
    port: int | str | None = None
    field: str = ""
    """Where a host that is not known is written: nothing else tells it from another one."""

    @property
    def key(self) -> tuple[str, ...]:
        """For sorting: Services before hosts."""
        return (self.host, self.field, self.namespace, self.service, str(self.port or ""))


@dataclass(frozen=True, slots=True)
class Connection:
    """One client and one address in one environment; `references` are its evidence, in the order found."""

    environment: str
    client: ObjectId
    address: Address
    references: tuple[CheckedReference, ...]

    @property
    def decisive(self) -> CheckedReference:
        """The first of the gravest: a connection is proved only when every field that makes it is."""
        return min(self.references, key=lambda each: _GRAVITY.index(each.proof.verdict))

    @property
    def verdict(self) -> Verdict:
        return self.decisive.proof.verdict

    @property
    def reason(self) -> Reason:
        return self.decisive.proof.reason

    @property
    def texts(self) -> frozenset[tuple[str, int | str | None]]:
        """The hosts and ports as they are written."""
        written = (each.proof.reference for each in self.references)
        return frozenset((each.host, each.port or each.port_name) for each in written)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(each.id for each in self.references)


def connection(references: Iterable[CheckedReference]) -> Connection:
    """The connection of references that share environment, client and address."""
    given = tuple(references)
    first = given[0]
    return Connection(first.environment, first.proof.reference.client.id, address(first.proof), given)


def by_address(references: Iterable[CheckedReference]) -> dict[Address, list[CheckedReference]]:
    """The references of one client in one environment, by what they call."""
    found: dict[Address, list[CheckedReference]] = {}
    for each in references:
        found.setdefault(address(each.proof), []).append(each)
    return found


def address(proof: Proof) -> Address:
    """What a reference means to reach.

    A lookup that fails names the Service that it asked for, but not its port (a port is looked at only once the name
    has led somewhere); the port is then the one that is written, so that a broken connection keeps its address.
    """
    target, reference = proof.target, proof.reference
    written = reference.port or reference.port_name
    if target is not None:
        return Address(target.namespace, target.service, port=target.port or written or target.port_name)
    field = "" if reference.host else reference.field
    return Address(host=reference.host.lower().removesuffix("."), port=written, field=field)
