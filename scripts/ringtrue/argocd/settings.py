"""An Argo CD's own settings: its version, and what its ConfigMap `argocd-cm` says."""

import re
from collections.abc import Mapping

Version = tuple[int, int]

NEWEST: Version = (3, 6)
"""The newest version that the rules know; also what is assumed where a version cannot be read."""

INSTANCE_LABEL = "app.kubernetes.io/instance"
"""The label that tracking writes, unless `application.instanceLabelKey` names another one."""

ANNOTATION_BY_DEFAULT: Version = (3, 0)
"""Older ones track by label unless they are told otherwise."""

_METHODS = ("annotation", "label", "annotation+label")


def version(text: str) -> Version:
    """ "3.5", "v3.5.1" and the like as (3, 5)."""
    found = re.match(r"v?(\d+)\.(\d+)", text)
    return (int(found[1]), int(found[2])) if found else NEWEST


def tracking(settings: Mapping[str, str], of: Version) -> str:
    """How it marks what it owns: "annotation", "label" or "annotation+label"."""
    written = settings.get("application.resourceTrackingMethod", "")
    if written in _METHODS:
        return written
    return "annotation" if of >= ANNOTATION_BY_DEFAULT else "label"


def instance_label(settings: Mapping[str, str]) -> str:
    return settings.get("application.instanceLabelKey") or INSTANCE_LABEL


def shown(of: Version) -> str:
    """For people: "Argo CD 3.6"."""
    return f"Argo CD {of[0]}.{of[1]}"
