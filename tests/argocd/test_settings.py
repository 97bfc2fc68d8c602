"""Settings of an Argo CD."""

import pytest

from ringtrue.argocd.settings import instance_label, shown, tracking, version

METHOD = "application.resourceTrackingMethod"


@pytest.mark.parametrize(
    ("text", "expected"), [("3.6", (3, 6)), ("v3.5.1", (3, 5)), ("2.14.21", (2, 14)), ("latest", (3, 6))]
)
def test_version(text: str, expected: tuple[int, int]) -> None:
    assert version(text) == expected


@pytest.mark.parametrize(
    ("settings", "of", "expected"),
    [
        ({}, (3, 0), "annotation"),
        ({}, (2, 14), "label"),
        ({METHOD: "label"}, (3, 6), "label"),
        ({METHOD: "annotation+label"}, (3, 6), "annotation+label"),
        ({METHOD: "annotation"}, (2, 14), "annotation"),
        ({METHOD: "labels"}, (3, 6), "annotation"),
    ],
)
def test_tracking(settings: dict[str, str], of: tuple[int, int], expected: str) -> None:
    assert tracking(settings, of) == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [({}, "app.kubernetes.io/instance"), ({"application.instanceLabelKey": "example.com/app"}, "example.com/app")],
)
def test_instance_label(settings: dict[str, str], expected: str) -> None:
    assert instance_label(settings) == expected


def test_a_version_for_people() -> None:
    assert shown((3, 6)) == "Argo CD 3.6"
