"""An odd value at one place of a whole set of manifests: every place, and every value, in turn."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from generated.broken import ODD, places
from generated.judging import judged_raw
from generated.limits import EXAMPLES, within

from ringtrue.cluster import updates
from ringtrue.cluster.profile import Profile
from ringtrue.manifests.resource import Resource

FULL = list(yaml.safe_load_all((Path(__file__).parent / "generated" / "full.yaml").read_text()))
COMPANY = [
    each
    for each in FULL
    if each["metadata"]["name"] in ("api", "db", "settings", "keys") and each["apiVersion"] in ("v1", "apps/v1")
]
PLACES = [(index, at) for index, each in enumerate(FULL) for at in range(len(list(places(each))))]
STRIDE = max(1, len(PLACES) * len(ODD) // (EXAMPLES or 200)) | 1
"""Odd, so that each value and each object is met by a small share too; all of them are 36,000."""


def broken() -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """An object with one odd value, and those that it names or that name it."""
    for number in range(0, len(PLACES) * len(ODD), STRIDE):
        index, at = PLACES[number // len(ODD)]
        made = deepcopy(FULL[index])
        container, key = list(places(made))[at]
        container[key] = deepcopy(ODD[number % len(ODD)])
        yield number, [made, *(each for each in COMPANY if each is not FULL[index])]


FOUND = [
    ("StatefulSet", "replicas", 2**63),
    ("StatefulSet", "value", "9" * 5000),
    ("StatefulSet", "cpu", "9" * 5000),
    ("StatefulSet", "name", {}),
    ("StatefulSet", "key", []),
    ("Rollout", "kind", []),
    ("Service", "apps.kubernetes.io/pod-index", "9" * 5000),
]
"""Once an error each."""


@pytest.mark.parametrize(("kind", "key", "value"), FOUND, ids=lambda each: str(each)[:30])
def test_what_was_an_error_once_is_none(kind: str, key: str, value: Any) -> None:
    for index, at in PLACES:
        made = deepcopy(FULL[index])
        container, name = list(places(made))[at]
        if (made["kind"], name) == (kind, key):
            container[name] = value
            judged_raw([made, *(each for each in COMPANY if each is not FULL[index])], Profile())


def test_one_odd_value_stops_nothing() -> None:
    failed = []
    for number, manifests in broken():
        try:
            with within(20):
                judged_raw(manifests, Profile())
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            failed.append((PLACES[number // len(ODD)], ODD[number % len(ODD)], repr(error)[:80]))
    assert failed == []


def test_a_change_to_an_odd_value_stops_nothing() -> None:
    failed = []
    for number, (made, *_) in broken():
        index = PLACES[number // len(ODD)][0]
        odd, whole = Resource(made, "apps"), Resource(FULL[index], "apps")
        for old, new in ((whole, odd), (odd, whole)):
            try:
                updates.rejections(old, new, Profile(), server_side=True)
            except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
                failed.append((whole.kind, ODD[number % len(ODD)], repr(error)[:80]))
    assert failed == []


@pytest.mark.parametrize("name", [[], {}])
def test_a_container_without_a_text_for_a_name_is_compared(name: object) -> None:
    old, new = (
        Resource({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": [each]}}, "apps")
        for each in ({"name": "web"}, {"name": name})
    )
    assert [each.id for each in updates.rejections(old, new, Profile())] == ["UPD-04"]
