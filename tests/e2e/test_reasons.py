"""Every reason of the closed table has its place: shown live, or said why not."""

from reasons import BY_CHAINS, BY_FAULTS, NOT_LIVE
from ringtrue.reachability.reasons import Reason, Verdict


def test_each_reason_is_shown_or_said_why_not() -> None:
    assert BY_CHAINS | BY_FAULTS | set(NOT_LIVE) == set(Reason)
    assert (BY_CHAINS | BY_FAULTS) & set(NOT_LIVE) == set()


def test_what_is_decided_is_shown() -> None:
    assert {each for each in NOT_LIVE if each.verdict is not Verdict.UNKNOWN} == set()
