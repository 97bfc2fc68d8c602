"""How Flux changes an object that is there."""

from collections.abc import Mapping
from typing import Any

from ringtrue.manifests.resource import Resource, follow

_PREFIX = "kustomize.toolkit.fluxcd.io/"
FORCE = f"{_PREFIX}force"
_LEFT_ALONE = ((f"{_PREFIX}reconcile", "disabled"), (f"{_PREFIX}ssa", "ignore"), (f"{_PREFIX}ssa", "ifnotpresent"))


def makes_anew(live: Resource, target: Resource, spec: Any) -> bool:
    """Whether it deletes what it cannot change: `spec.force` of the Kustomization, or an annotation or label of that.

    It applies on the server's side otherwise.
    """
    marks = [each for resource in (live, target) for each in (resource.annotations, resource.labels)]
    return follow(spec, ("force",)) is True or any(_says(each, FORCE, "enabled") for each in marks)


def leaves_alone(live: Resource, target: Resource) -> bool:
    """Whether it does not change the object at all once it is there."""
    marks = [each for resource in (live, target) for each in (resource.annotations, resource.labels)]
    return any(_says(each, key, value) for each in marks for key, value in _LEFT_ALONE)


def _says(marks: Mapping[str, str], key: str, value: str) -> bool:
    return marks.get(key, "").lower() == value
