"""When a sync applies an object: its phases and its wave, and when a hook is removed again."""

import re
from collections.abc import Iterable, Mapping

from ringtrue.argocd.settings import NEWEST, Version

HOOK = "argocd.argoproj.io/hook"
DELETE_POLICY = "argocd.argoproj.io/hook-delete-policy"
WAVE = "argocd.argoproj.io/sync-wave"

SYNC = "Sync"
BEFORE_CREATION = "BeforeHookCreation"

TYPES: Mapping[str, Version] = {
    "PreSync": (0, 0),
    SYNC: (0, 0),
    "PostSync": (0, 0),
    "SyncFail": (0, 0),
    "Skip": (0, 0),
    "PostDelete": (2, 10),
    "PreDelete": (3, 3),
}
"""Types of hooks, and since when each is known."""

DELETE_POLICIES = ("HookSucceeded", "HookFailed", BEFORE_CREATION)

_HELM = "helm.sh/hook"
_HELM_TYPES = {
    "pre-install": "PreSync",
    "pre-upgrade": "PreSync",
    "post-install": "PostSync",
    "post-upgrade": "PostSync",
    "pre-delete": "PreDelete",
    "post-delete": "PostDelete",
}
_HELM_POLICIES = {
    "before-hook-creation": BEFORE_CREATION,
    "hook-succeeded": "HookSucceeded",
    "hook-failed": "HookFailed",
}
_NUMBER = re.compile(r"[+-]?[0-9]+")


def listed(annotations: Mapping[str, str], key: str) -> tuple[str, ...]:
    """The entries of an annotation, with commas between them."""
    return tuple(dict.fromkeys(filter(None, (each.strip() for each in annotations.get(key, "").split(",")))))


def is_hook(annotations: Mapping[str, str]) -> bool:
    """Whether it is run by a sync, not kept: `Skip` alone makes none; of Helm's hooks `crd-install` is none."""
    if HOOK in annotations:
        return [each for each in listed(annotations, HOOK) if each in TYPES] != ["Skip"]
    return annotations.get(_HELM, "crd-install") != "crd-install"


def phases(annotations: Mapping[str, str], version: Version = NEWEST) -> tuple[str, ...]:
    """When it is applied, by the types of hook that this version knows; () for never. Of no hook it is the sync.

    Argo CD's own annotation goes before Helm's, unless it names no type that is known.
    """
    if not is_hook(annotations):
        return () if HOOK in annotations else (SYNC,)
    own = _known(listed(annotations, HOOK), version)
    return own or _known((_HELM_TYPES.get(each, "") for each in listed(annotations, _HELM)), version)


def delete_policies(annotations: Mapping[str, str]) -> tuple[str, ...]:
    """When a hook is removed; before the next one is made where nothing known is said."""
    own = (each for each in listed(annotations, DELETE_POLICY) if each in DELETE_POLICIES)
    of_helm = (_HELM_POLICIES.get(each, "") for each in listed(annotations, f"{_HELM}-delete-policy"))
    return tuple(dict.fromkeys(filter(None, (*own, *of_helm)))) or (BEFORE_CREATION,)


def wave(annotations: Mapping[str, str]) -> int:
    """Lower waves come first, within a phase; what is no number counts as Helm's weight, or 0."""
    for key in (WAVE, f"{_HELM}-weight"):
        number = integer(annotations.get(key, ""))
        if number is not None:
            return number
    return 0


def integer(text: str) -> int | None:
    """A whole number as Go reads it: ASCII digits and a sign, no spaces, in 64 bits."""
    number = int(text) if _NUMBER.fullmatch(text) else None
    return number if number is not None and -(2**63) <= number < 2**63 else None


def _known(names: Iterable[str], version: Version) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in names if each in TYPES and each != "Skip" and TYPES[each] <= version))


def has_steps(objects: Iterable[Mapping[str, str]], version: Version = NEWEST) -> bool:
    """Whether a sync of objects with these annotations goes from phase to phase, or from wave to wave.

    Only then does it wait until each object is healthy; for hooks it always waits.
    """
    at_once = {(phase, wave(each)) for each in objects for phase in phases(each, version) if phase not in _DELETING}
    return len(at_once) > 1


_DELETING = frozenset({"PreDelete", "PostDelete"})
