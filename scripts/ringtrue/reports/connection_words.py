"""How a connection, and a change of one, is called in a report for people."""

from collections.abc import Sequence

from ringtrue.changes import Address, Connection, ConnectionChange
from ringtrue.findings import ObjectId
from ringtrue.reachability.reasons import Reason, Verdict
from ringtrue.reports.lines import clean

_NOWHERE = "a host that is not known"


def called(changes: Sequence[ConnectionChange]) -> str:
    """Equal changes of several environments in one sentence; names of namespaces only where they are the same."""
    full = {_sentence(each, "") for each in changes}
    if len(full) == 1:
        return full.pop()
    return _sentence(changes[0], changes[0].here.client.namespace)


def environments(changes: Sequence[ConnectionChange]) -> str:
    """Their environments for the start of a line; "" for the one that has no name."""
    names = ", ".join(each.environment for each in changes if each.environment not in ("", "."))
    return f"{clean(names)}: " if names else ""


def verdict(connection: Connection) -> str:
    if connection.verdict is Verdict.PROVED:
        return "proved"
    if connection.reason is Reason.EXTERNAL:
        return "outside the cluster"
    return f"{connection.verdict.value} ({connection.reason.value})"


def _sentence(change: ConnectionChange, home: str) -> str:
    here, before = change.here, change.before
    client = _client(here.client, home)
    if before is not None and before.client != here.client:
        client += f" (was {_client(before.client, '')})"
    text = f"{client} calls {_address(here.address, home)}"
    if before is not None and before.address != here.address:
        text += f" (was {_address(before.address, home)})"
    return f"{clean(text)}, {clean(_fields(here))}"


def _client(client: ObjectId, home: str) -> str:
    return f"{client.kind} {client.name}" if client.namespace == home and client.name else client.shown


def _address(address: Address, home: str) -> str:
    """Without its namespace where that is the client's own, and differs from environment to environment."""
    port = f":{address.port}" if address.port else ""
    if not address.service:
        return f"{address.host or _NOWHERE}{port}"
    place = "" if address.namespace == home else f"{address.namespace}/"
    return f"Service {place}{address.service}{port}"


def _fields(connection: Connection) -> str:
    fields = list(dict.fromkeys(each.proof.reference.field for each in connection.references))
    return f"by {fields[0]}" if len(fields) == 1 else f"by {fields[0]} and {len(fields) - 1} more"
