"""Selectors of Jobs, which the API server makes itself."""

from collections.abc import Iterator, Mapping

from ringtrue.cluster.admission.rejection import Rejection, path, required
from ringtrue.cluster.labels import describe, pairs
from ringtrue.findings import Route
from ringtrue.manifests.resource import Resource

_OWN = ("batch.kubernetes.io/controller-uid", "controller-uid")
"""Labels that a selector made by the API server asks for."""
_ROUTE: Route = ("spec", "selector")
_HINT = "leave it out: the API server makes it"


def job(resource: Resource) -> Iterator[Rejection]:
    """ADM-21: a Job's selector is made for it, unless `manualSelector: true` says that it is its author's.

    Passed over is a selector that the API server has made: the manifest was read from the cluster that holds the Job.
    """
    selector = resource.get(*_ROUTE)
    if resource.get("spec", "manualSelector") is True:
        if selector is None:
            yield required("ADM-21", _ROUTE)
    elif isinstance(selector, Mapping) and _asks(selector) and not any(own in pairs(selector) for own in _OWN):
        yield _refused(_ROUTE, selector, "`selector` not auto-generated")


def cron_job(resource: Resource) -> Iterator[Rejection]:
    """ADM-21: the Jobs of a CronJob take no selector at all, also no empty one, and none by hand."""
    above: Route = ("spec", "jobTemplate", "spec")
    selector, manual = (resource.get(*above, field) for field in ("selector", "manualSelector"))
    if isinstance(selector, Mapping):
        yield _refused((*above, "selector"), selector, "`selector` will be auto-generated")
    if manual is True:
        said = 'spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: "nil", "false"'
        yield Rejection("ADM-21", (*above, "manualSelector"), said, _HINT)


def _refused(route: Route, selector: Mapping[str, object], why: str) -> Rejection:
    shown = describe(selector) if _asks(selector) else "{}"
    return Rejection("ADM-21", route, f"{path(route)}: Invalid value: {shown}: {why}", _HINT)


def _asks(selector: Mapping[str, object]) -> bool:
    return bool(selector.get("matchLabels") or selector.get("matchExpressions"))
