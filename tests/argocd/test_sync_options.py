"""Which sync options count, and where."""

import pytest

from ringtrue.argocd.sync_options import Ignored, Level, contradictions, ignored, listed

NEWEST = (3, 6)
UNKNOWN = "Argo CD 3.6 does not know"


@pytest.mark.parametrize(
    "text",
    [
        "Validate=false",
        "CreateNamespace=true",
        "CreateNamespace=false",
        "ApplyOutOfSyncOnly=true",
        "PrunePropagationPolicy=foreground",
        "PrunePropagationPolicy=orphan",
        "PruneLast=true",
        "Replace=true",
        "ServerSideApply=true",
        "FailOnSharedResource=true",
        "RespectIgnoreDifferences=true",
        "SkipDryRunOnMissingResource=true",
        "ClientSideApplyMigration=false",
        "Prune=false",
        "Delete=confirm",
    ],
)
def test_an_application_may_say(text: str) -> None:
    assert ignored(text, Level.APPLICATION, NEWEST) is None


@pytest.mark.parametrize(
    "text",
    [
        "Prune=false",
        "Prune=confirm",
        "Delete=false",
        "PruneLast=true",
        "Replace=true",
        "Force=true",
        "ServerSideApply=false",
        "Validate=false",
        "SkipDryRunOnMissingResource=true",
    ],
)
def test_an_object_may_say(text: str) -> None:
    assert ignored(text, Level.OBJECT, NEWEST) is None


@pytest.mark.parametrize(
    ("text", "level", "version", "expected"),
    [
        ("PruneLst=true", Level.APPLICATION, NEWEST, Ignored(UNKNOWN, "PruneLast=true")),
        ("PruneLast=True", Level.APPLICATION, NEWEST, Ignored(UNKNOWN, "PruneLast=true")),
        ("createNamespace=true", Level.APPLICATION, NEWEST, Ignored(UNKNOWN, "CreateNamespace=true")),
        (" CreateNamespace=true", Level.APPLICATION, NEWEST, Ignored(UNKNOWN, "CreateNamespace=true")),
        ("CreateNamespace: true", Level.APPLICATION, NEWEST, Ignored(UNKNOWN, "CreateNamespace=true")),
        ("CreateNamespace", Level.APPLICATION, NEWEST, Ignored(UNKNOWN, "CreateNamespace=true")),
        ("Delete=Confirm", Level.APPLICATION, NEWEST, Ignored(UNKNOWN, "Delete=confirm")),
        (
            "DisableClientSideApplyMigration=true",
            Level.APPLICATION,
            (3, 2),
            Ignored("Argo CD 3.2 does not know", "ClientSideApplyMigration=false"),
        ),
        ("PrunePropagationPolicy=fast", Level.APPLICATION, NEWEST, Ignored(UNKNOWN, "")),
        ("Colour=blue", Level.OBJECT, NEWEST, Ignored(UNKNOWN, "")),
        ("Force=true", Level.APPLICATION, NEWEST, Ignored("counts on an object only")),
        ("CreateNamespace=true", Level.OBJECT, NEWEST, Ignored("counts on an Application only")),
        ("Prune=false", Level.APPLICATION, (3, 3), Ignored("counts on an Application since Argo CD 3.4 only")),
        ("ClientSideApplyMigration=false", Level.OBJECT, NEWEST, Ignored("counts on an Application only")),
    ],
)
def test_ignored(text: str, level: Level, version: tuple[int, int], expected: Ignored) -> None:
    assert ignored(text, level, version) == expected


def test_an_annotation_is_a_list() -> None:
    assert listed(" Force=true, Replace=true ,") == ("Force=true", "Replace=true")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["Replace=true", "Force=true"], []),
        (["Prune=false", "Delete=false", "Prune=false"], []),
        (
            ["ServerSideApply=true", "Replace=true"],
            [("ServerSideApply=true", "Replace=true", "objects are replaced, not applied")],
        ),
        (["Prune=false", "Prune=confirm"], [("Prune=confirm", "Prune=false", "only one of them can hold")]),
        (["a=1", "a=2"], []),
    ],
)
def test_contradictions(options: list[str], expected: list[tuple[str, str, str]]) -> None:
    assert list(contradictions(options)) == expected
