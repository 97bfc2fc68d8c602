"""Kinds that the API server does not know, where they were meant for it: a slip in `kind` or `apiVersion`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from ringtrue.manifests import tables
from ringtrue.manifests.removals import removals
from ringtrue.manifests.tables import Version

_ALIKE = 0.85
_OPENSHIFT_3 = frozenset({"ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"})
"""OpenShift 3 served these in `v1`, beside kinds of its own that no table here holds."""
_OPEN = ("", tables.ARGO_GROUP)
"""Groups that may hold kinds no table has: OpenShift 3's in the core group, those of Argo's other projects."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A kind that its API version does not have, and what was probably meant: one of the two, or neither."""

    api_version: str = ""
    kind: str = ""


def slip(api_version: str, kind: str, version: Version) -> Slip | None:
    """Why the API server of a minor answers "no matches for kind"; None for a kind that it, or a CRD, may have.

    A CustomResourceDefinition's group holds a dot, and the built-in groups take none: what says it is of a built-in
    group, or of one without a dot, is either built in or nothing. What any minor with a table serves, or used to serve,
    is no slip, and a list of such objects is none.
    """
    single = kind.removesuffix("List")
    if (api_version, single) in removals() or any(_serves(minor, api_version, single) for minor in tables.MINORS):
        return None
    known = tables.kinds_of(version)
    homes = [each for each, name in known if name == kind]
    if homes:
        return Slip(api_version=_best(homes, api_version)) if _is_ours(api_version, kind, homes) else None
    kinds = [name for each, name in known if each == api_version]
    near = _nearest(kind, kinds)
    return Slip(kind=near) if near or (kinds and group_of(api_version) not in _OPEN) else None


def group_of(api_version: str) -> str:
    """ "" for the core group."""
    return api_version.rpartition("/")[0]


def _serves(version: Version, api_version: str, kind: str) -> bool:
    return f"{api_version}/{kind}" in tables.table(version).kinds


def _is_ours(api_version: str, kind: str, homes: Iterable[str]) -> bool:
    """Whether nobody but Kubernetes could have a kind of this name there."""
    group = group_of(api_version)
    if api_version == "v1" and kind in _OPENSHIFT_3:
        return False
    return "." not in group or bool(get_close_matches(group, {group_of(each) for each in homes}, n=1, cutoff=0.9))


def _best(homes: Iterable[str], api_version: str) -> str:
    """Of the same group if there is one, and of those the newest that is no preview."""
    group = group_of(api_version)
    return min(homes, key=lambda each: (group_of(each) != group, *_age(each.rpartition("/")[2])))


def _age(version: str) -> tuple[bool, bool, int]:
    """Sorts the newest first, previews last."""
    number = re.match(r"v(\d+)", version)
    return "alpha" in version, "beta" in version, -int(number[1] if number else 0)


def _nearest(kind: str, kinds: Iterable[str]) -> str:
    names = {name.lower(): name for name in kinds}
    return next((names[near] for near in get_close_matches(kind.lower(), names, n=1, cutoff=_ALIKE)), "")
