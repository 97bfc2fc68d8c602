"""`ringtrue trace` for people: each stage with its evidence, the verdict, what curl would say, what would mend it."""

from collections.abc import Iterator

from ringtrue.checking.curl import Outcome
from ringtrue.checking.question import Evidence, Trace
from ringtrue.findings import Location
from ringtrue.reachability.reasons import Verdict
from ringtrue.reports.lines import Line, Piece, Style, clean, plain

_STYLES: dict[Verdict, Style] = {Verdict.PROVED: "good", Verdict.REFUTED: "error", Verdict.UNKNOWN: "note"}


def render(trace: Trace) -> str:
    return plain(lines(trace))


def lines(trace: Trace) -> Iterator[Line]:
    """The call, its stages as far as they go, then the verdict and what follows from it."""
    reference = trace.proof.reference
    environment = f" in environment {trace.environment}" if trace.environment not in ("", ".") else ""
    host = f"[{reference.host}]" if ":" in reference.host else reference.host
    called = f"{host}:{reference.port}" if reference.port else host
    yield ((clean(str(reference.client)), "place"), (clean(f" calls {called}{environment}"), ""), _at(trace.client))
    for stage in trace.stages:
        yield ((f"  {stage.step.stage.value:<9} ", "faint"), (clean(stage.step.evidence), ""))
        yield from _evidence(stage.evidence)
    yield from _verdict(trace)
    for outcome in trace.curl:
        yield _curl(outcome)
    if trace.hint:
        yield (("  hint: ", "faint"), (clean(trace.hint), ""))
    for assumption in trace.assumptions:
        yield ((f"assumed: {clean(assumption.sentence)}", "faint"),)


def _evidence(found: tuple[Evidence, ...]) -> Iterator[Line]:
    width = max((len(clean(each.subject)) for each in found), default=0)
    for each in found:
        yield ((f"    {clean(each.subject):<{width}}  ", "faint"), (clean(each.result), ""), _at(each.location))


def _verdict(trace: Trace) -> Iterator[Line]:
    proof = trace.proof
    if proof.verdict is Verdict.PROVED:
        yield (("  proved", "good"),)
        return
    message = f": {clean(proof.message)}" if proof.message else ""
    yield ((f"  {proof.verdict.value} ({proof.reason.value})", _STYLES[proof.verdict]), (message, ""))


def _curl(outcome: Outcome) -> Line:
    status = "not known: " if outcome.status is None else f"[{outcome.status}] "
    when = f", {outcome.when}" if outcome.when else ""
    return (("  curl: ", "faint"), (clean(f"{status}{outcome.says}{when}"), ""))


def _at(location: Location | None) -> Piece:
    return (f"   {clean(location.path)}:{location.line}" if location else "", "faint")
