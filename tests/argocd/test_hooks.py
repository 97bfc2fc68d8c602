"""When a sync applies an object."""

import pytest

from ringtrue.argocd.hooks import DELETE_POLICY, HOOK, WAVE, delete_policies, has_steps, integer, is_hook, phases, wave

HELM = "helm.sh/hook"


@pytest.mark.parametrize(
    ("annotations", "hook", "when"),
    [
        ({}, False, ("Sync",)),
        ({HOOK: "PreSync"}, True, ("PreSync",)),
        ({HOOK: "PostSync, PreSync"}, True, ("PostSync", "PreSync")),
        ({HOOK: "Skip"}, False, ()),
        ({HOOK: "Skip,PreSync"}, True, ("PreSync",)),
        ({HOOK: "Skip,Never"}, False, ()),
        ({HOOK: "Presync"}, True, ()),
        ({HOOK: "Presync,Sync"}, True, ("Sync",)),
        ({HELM: "pre-install,pre-upgrade"}, True, ("PreSync",)),
        ({HELM: "post-upgrade"}, True, ("PostSync",)),
        ({HELM: "crd-install"}, False, ("Sync",)),
        ({HELM: "test"}, True, ()),
        ({HELM: "pre-install", HOOK: "PostSync"}, True, ("PostSync",)),
        ({HELM: "pre-install", HOOK: "postsync"}, True, ("PreSync",)),
        ({HOOK: "PostDelete"}, True, ("PostDelete",)),
    ],
    ids=str,
)
def test_phases(annotations: dict[str, str], hook: bool, when: tuple[str, ...]) -> None:
    assert (is_hook(annotations), phases(annotations)) == (hook, when)


@pytest.mark.parametrize(("version", "when"), [((3, 2), ()), ((3, 3), ("PreDelete",))])
def test_a_type_is_known_since_a_version(version: tuple[int, int], when: tuple[str, ...]) -> None:
    assert phases({HOOK: "PreDelete"}, version) == when


@pytest.mark.parametrize(
    ("annotations", "expected"),
    [
        ({}, ("BeforeHookCreation",)),
        ({DELETE_POLICY: "HookSucceeded"}, ("HookSucceeded",)),
        ({DELETE_POLICY: "HookSucceeded, HookFailed"}, ("HookSucceeded", "HookFailed")),
        ({DELETE_POLICY: "hook-succeeded"}, ("BeforeHookCreation",)),
        ({f"{HELM}-delete-policy": "hook-succeeded,before-hook-creation"}, ("HookSucceeded", "BeforeHookCreation")),
        ({f"{HELM}-delete-policy": "never"}, ("BeforeHookCreation",)),
    ],
    ids=str,
)
def test_delete_policies(annotations: dict[str, str], expected: tuple[str, ...]) -> None:
    assert delete_policies(annotations) == expected


@pytest.mark.parametrize(
    ("annotations", "expected"),
    [
        ({}, 0),
        ({WAVE: "5"}, 5),
        ({WAVE: "-1"}, -1),
        ({f"{HELM}-weight": "3"}, 3),
        ({WAVE: "2", f"{HELM}-weight": "3"}, 2),
        ({WAVE: "first", f"{HELM}-weight": "3"}, 3),
        ({WAVE: "first"}, 0),
    ],
    ids=str,
)
def test_wave(annotations: dict[str, str], expected: int) -> None:
    assert wave(annotations) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("7", 7), ("+7", 7), ("007", 7)] + [(text, None) for text in (" 7", "7.0", "1_000", "\u0663", "", "9" * 19)],
)
def test_integer(text: str, expected: int | None) -> None:
    assert integer(text) == expected


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        ([], False),
        ([{}, {}], False),
        ([{}, {WAVE: "0"}], False),
        ([{}, {WAVE: "1"}], True),
        ([{}, {HOOK: "PostSync"}], True),
        ([{}, {HOOK: "Sync"}], False),
        ([{}, {HOOK: "PostDelete"}], False),
        ([{HOOK: "PreSync,PostSync"}], True),
    ],
    ids=str,
)
def test_has_steps(objects: list[dict[str, str]], expected: bool) -> None:
    assert has_steps(objects) is expected
