"""What tracing knows and a proof does not: Kustomize itself wrote the fault, so its field is what to edit."""

import posixpath
import re
from collections.abc import Callable
from dataclasses import replace

from ringtrue.checking.raised import Placed
from ringtrue.findings import Related
from ringtrue.manifests.resource import Spot
from ringtrue.reachability.proof import Part, Proof
from ringtrue.reachability.reasons import Reason
from ringtrue.tracing import Traced

_AFFIXES = ("namePrefix", "nameSuffix")


def amended(placed: Placed, proof: Proof, found: Traced, trace: Callable[[Spot], Traced]) -> Placed:
    """The finding with a hint that mends it where the proof's own, to write another text, does not.

    `found` is where the wrong text is written, `trace` finds the place of another field.
    """
    if proof.reason is Reason.WRONG_NAMESPACE and found.copies == "metadata.namespace":
        return _copied_too_early(placed, proof, found, trace)
    if proof.near is None or proof.part is not Part.SERVICE:
        return placed
    return _renamed(placed, proof, proof.near, trace) or _in_part(placed, found, proof.near)


def _in_part(placed: Placed, found: Traced, near: Spot) -> Placed:
    """The name alone: the text there has another namespace, or none, until a replacement writes it."""
    name, hint = near.resource.name, placed.raised.problem.hint
    return _hinted(placed, re.sub(rf"'{re.escape(name)}\.[^']*'", repr(name), hint)) if found.partly else placed


def _copied_too_early(placed: Placed, proof: Proof, found: Traced, trace: Callable[[Spot], Traced]) -> Placed:
    """KUS: a replacement copies what its own layer has; a layer further out sets the namespace after that."""
    later = next((trace(spot.resource.at("metadata", "namespace")) for spot, _ in proof.related), None)
    if later is None or later.by != "namespace" or later.location.path == found.location.path or proof.target is None:
        return placed
    return _hinted(
        placed,
        f"the replacement copies a namespace that {later.location.path!r} changes later: "
        f"set namespace: {proof.target.namespace} beside it, or move it there",
    )


def _renamed(placed: Placed, proof: Proof, near: Spot, trace: Callable[[Spot], Traced]) -> Placed | None:
    """KUS-03: a prefix renames the Service, and no string; the text of a base stays right for the other overlays."""
    by, written = trace(near), proof.target.service if proof.target else ""
    if by.by not in _AFFIXES or by.declared != written:
        return None
    if posixpath.dirname(by.location.path) == posixpath.dirname(placed.location.path):
        return None
    text = Related(placed.location, f"{proof.reference.field} names it")
    hint = (
        f"{by.by} renames Service {written!r}, but no text that names it: leave it out, "
        f"or copy the Service's name into {proof.reference.field} with a replacement"
    )
    return replace(_hinted(placed, hint), location=by.location, related=(*placed.related, text))


def _hinted(placed: Placed, hint: str) -> Placed:
    raised = placed.raised
    return replace(placed, raised=replace(raised, problem=replace(raised.problem, hint=hint)))
