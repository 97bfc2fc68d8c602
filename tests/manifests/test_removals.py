"""The table of removed API versions, held against the schemas of each minor."""

import pytest

from ringtrue.manifests.removals import Removal, removal, removals
from ringtrue.manifests.tables import MINORS, table


def test_a_version_is_gone_from_its_minor_on():
    assert removal("batch/v1beta1", "CronJob", (1, 24)) is None
    assert removal("batch/v1beta1", "CronJob", (1, 25)) == Removal((1, 25), "batch/v1")
    assert removal("batch/v1", "CronJob", (1, 37)) is None
    assert removal("policy/v1beta1", "PodSecurityPolicy", (1, 35)) == Removal((1, 25), "")


@pytest.mark.parametrize("minor", MINORS, ids=lambda minor: f"{minor[0]}.{minor[1]}")
def test_no_minor_has_a_schema_of_what_it_does_not_serve(minor):
    kinds = table(minor).kinds

    assert [key for key, each in removals().items() if each.minor <= minor and "/".join(key) in kinds] == []


@pytest.mark.parametrize("minor", MINORS[1:], ids=lambda minor: f"{minor[0]}.{minor[1]}")
def test_every_beta_that_went_with_a_minor_is_in_the_table(minor):
    before, now = table((minor[0], minor[1] - 1)).kinds, table(minor).kinds
    gone = {tuple(key.rsplit("/", 1)) for key in before.keys() - now.keys() if "beta" in key}
    asked_not_stored = {("authentication.k8s.io/v1beta1", "SelfSubjectReview")}

    assert {key for key in gone if not key[1].endswith("List")} - asked_not_stored <= {
        key for key, each in removals().items() if each.minor == minor
    }


@pytest.mark.parametrize("key", removals(), ids="/".join)
def test_the_successor_is_served_today(key):
    successor = removals()[key].successor

    assert successor == "" or f"{successor}/{key[1]}" in table((1, 35)).kinds
