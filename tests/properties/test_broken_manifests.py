"""However broken a manifest is, the engine reads it to the end: it neither raises nor hangs."""

from copy import deepcopy
from typing import Any

from generated.broken import damaged, wild
from generated.judging import judged_raw
from generated.limits import tried, within
from hypothesis import given
from hypothesis import strategies as st

from ringtrue.cluster.profile import Profile

LONG = 20.0
"""Seconds; an example takes 10 ms, but a machine may be busy."""


@given(damaged())
@tried(40)
def test_damaged_worlds_are_read_to_the_end(manifests: list[dict[str, Any]]) -> None:
    before = deepcopy(manifests)
    with within(LONG):
        judged_raw(manifests, Profile())
    assert manifests == before


@given(st.lists(wild(), min_size=1, max_size=4))
@tried(40)
def test_anything_under_a_known_kind_is_read_to_the_end(manifests: list[dict[str, Any]]) -> None:
    with within(LONG):
        judged_raw(manifests, Profile())
