"""A proof as its chain: who, where, each stage with its evidence, the verdict."""

from collections.abc import Iterator

from ringtrue.checking import CheckedReference
from ringtrue.reachability.reasons import Verdict
from ringtrue.references.reference import Reference
from ringtrue.reports.lines import Line, Style, clean

_LONGEST = 100
"""A longer text, such as a script, is not repeated: the host and port found in it are."""

_STYLES: dict[Verdict, Style] = {Verdict.PROVED: "good", Verdict.REFUTED: "error", Verdict.UNKNOWN: "note"}


def chain(checked: CheckedReference) -> Iterator[Line]:
    proof = checked.proof
    place = f"   {clean(checked.location.path)}:{checked.location.line}" if checked.location else ""
    yield ((clean(_client(proof.reference)), "place"), (f"  {clean(_written(proof.reference))}", ""), (place, "faint"))
    for step in proof.steps:
        yield ((f"  {step.stage.value:<9} ", "faint"), (clean(step.evidence), ""))
    if proof.verdict is Verdict.PROVED:
        yield (("  proved", "good"),)
        return
    message = f": {clean(proof.message)}" if proof.message else ""
    yield ((f"  {proof.verdict.value} ({proof.reason.value})", _STYLES[proof.verdict]), (message, ""))


def asked(reference: Reference) -> str:
    """Who calls what, and where that is written: `shop/web [curl]  env API_HOST = api`."""
    return f"{_client(reference)}  {_written(reference)}"


def _client(reference: Reference) -> str:
    client = reference.client
    if reference.workload is None:
        return str(client)
    container = f" [{reference.container}]" if reference.container else ""
    return f"{client.namespace}/{client.name}{container}" if client.name else f"{client}{container}"


def _written(reference: Reference) -> str:
    if reference.text and len(reference.text) <= _LONGEST:
        return f"{reference.field} = {reference.text}"
    port = reference.port or reference.port_name
    host = reference.host + (f":{port}" if port else "")
    return f"{reference.field} -> {host}" if host else reference.field
