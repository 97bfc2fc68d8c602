"""Going back undoes a change: whatever two reports say, the difference the other way round mirrors it."""

from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ringtrue.changes import Address, Change, Difference, compare
from ringtrue.checking import CheckedReference, Report
from ringtrue.findings import ObjectId
from ringtrue.reachability.reasons import Reason

Call = Callable[..., CheckedReference]
MakeReport = Callable[..., Report]
End = tuple[ObjectId, Address] | None

MIRROR = {
    Change.BROKEN: Change.MENDED,
    Change.MENDED: Change.BROKEN,
    Change.GAINED: Change.LOST,
    Change.LOST: Change.GAINED,
    Change.TURNED_UNKNOWN: Change.BECAME_KNOWN,
    Change.BECAME_KNOWN: Change.TURNED_UNKNOWN,
    Change.MOVED: Change.MOVED,
}
REASONS = (Reason.OK, Reason.NXDOMAIN, Reason.BLOCKED, Reason.OPEN_NAMESPACE, Reason.EXTERNAL)

PLACE = st.tuples(
    st.sampled_from(["dev", "prod"]),
    st.sampled_from(["client", "job"]),
    st.sampled_from(["one", "two"]),
    st.sampled_from(["env A", "env B"]),
    st.sampled_from(["web", "site", "cache"]),
)
CALLS = st.dictionaries(PLACE, st.tuples(st.sampled_from(REASONS), st.sampled_from([80, None])), max_size=8)
Calls = dict[tuple[str, str, str, str, str], tuple[Reason, int | None]]

QUICK = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def made(calls: Calls, call: Call, report: MakeReport) -> Report:
    references = (
        call(environment, client, host, namespace=namespace, field=field, port=port, reason=reason)
        for (environment, client, namespace, field, host), (reason, port) in calls.items()
    )
    return report(*references, environments=["dev", "prod"])


def ends(difference: Difference, *, back: bool) -> Counter[tuple[Change, End, End]]:
    found: Counter[tuple[Change, End, End]] = Counter()
    for each in difference.connections:
        before, after = (side and (side.client, side.address) for side in (each.before, each.after))
        found[(MIRROR[each.change], after, before) if back else (each.change, before, after)] += 1
    return found


@QUICK
@given(CALLS, CALLS)
def test_the_way_back_mirrors_the_way_there(call: Call, report: MakeReport, before: Calls, after: Calls) -> None:
    old, new = made(before, call, report), made(after, call, report)
    there, back = compare(old, new), compare(new, old)

    assert ends(there, back=False) == ends(back, back=True)
    assert there.same == back.same


@QUICK
@given(CALLS)
def test_nothing_changes_from_a_state_to_itself(call: Call, report: MakeReport, calls: Calls) -> None:
    found = compare(made(calls, call, report), made(dict(reversed(calls.items())), call, report))

    assert not found.changed
    assert not found.worse


@QUICK
@given(CALLS, CALLS)
def test_every_reference_of_a_changed_connection_is_of_its_side(
    call: Call, report: MakeReport, before: Calls, after: Calls
) -> None:
    old, new = made(before, call, report), made(after, call, report)

    for each in compare(old, new).connections:
        for side, whole in ((each.before, old), (each.after, new)):
            assert side is None or set(side.references) <= set(whole.references)
            assert side is None or {found.environment for found in side.references} == {each.environment}
