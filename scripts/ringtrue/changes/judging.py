"""Which kind of change a pair of connections is."""

from ringtrue.changes.connections import Connection
from ringtrue.changes.difference import Change
from ringtrue.changes.pairing import Pair
from ringtrue.reachability.reasons import Reason, Verdict


def judged(pair: Pair) -> Change | None:
    """The kind of change; None where nothing of interest to a caller changed.

    The verdict counts first, for a caller that worked and does not is broken however that came about; only what went
    out of the cluster, or came into it, is called moved. A connection that stays refuted, or unknown, for another
    reason than before is no change.
    """
    before, after = pair
    if before is None:
        return Change.GAINED
    if after is None:
        return Change.LOST
    match before.verdict, after.verdict:
        case Verdict.PROVED, Verdict.REFUTED:
            return Change.BROKEN
        case Verdict.REFUTED, Verdict.PROVED:
            return Change.MENDED
    outside = Reason.EXTERNAL in (before.reason, after.reason)
    if _moved(before, after) and (before.verdict is after.verdict or outside):
        return Change.MOVED
    if before.verdict is after.verdict:
        return None
    return Change.TURNED_UNKNOWN if after.verdict is Verdict.UNKNOWN else Change.BECAME_KNOWN


def _moved(before: Connection, after: Connection) -> bool:
    """Another client, or another text; or the same text, where it was answered and now something else answers."""
    if before.client != after.client:
        return True
    if before.address == after.address:
        return False
    return before.texts != after.texts or before.verdict is after.verdict is Verdict.PROVED
