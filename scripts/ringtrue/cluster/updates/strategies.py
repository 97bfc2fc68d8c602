"""How pods are replaced: what was filled in for one strategy may not stay beside another."""

from collections.abc import Iterator
from typing import Any

from ringtrue.cluster.admission import Rejection
from ringtrue.manifests.resource import Resource

_HINT = "write `rollingUpdate: null` beside the type"


def deployment_strategy(old: Resource, new: Resource, server_side: bool) -> Iterator[Rejection]:
    """UPD-01: to `Recreate` by server-side apply, where `rollingUpdate` was never written: it was filled in, and stays.

    Client-side apply takes it away with the type.
    """
    if server_side and _stays(old, new, "strategy", "Recreate"):
        said = "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"
        yield Rejection("UPD-01", ("spec", "strategy", "type"), said, _HINT)


def stateful_set_strategy(old: Resource, new: Resource) -> Iterator[Rejection]:
    """UPD-02: to `OnDelete`, where no strategy was written: `rollingUpdate` was filled in, and stays."""
    written: Any = old.get("spec", "updateStrategy", "type")
    if not written and _stays(old, new, "updateStrategy", "OnDelete"):
        said = "spec.updateStrategy.rollingUpdate: Invalid value: only allowed for updateStrategy 'RollingUpdate'"
        yield Rejection("UPD-02", ("spec", "updateStrategy", "type"), said, _HINT)


def _stays(old: Resource, new: Resource, field: str, kind: str) -> bool:
    before, after = old.mapping("spec", field), new.mapping("spec", field)
    rolling = before.get("type") in (None, "", "RollingUpdate")
    return rolling and after.get("type") == kind and not {"rollingUpdate"} & {*before, *after}
