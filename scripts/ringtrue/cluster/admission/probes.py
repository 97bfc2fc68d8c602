"""The probes of a container."""

from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.cluster.admission import text
from ringtrue.cluster.admission.rejection import Rejection, forbidden, invalid, negative, required
from ringtrue.cluster.workloads import Container
from ringtrue.findings import Route

_PROBES = ("startupProbe", "livenessProbe", "readinessProbe")
_COUNTS = ("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold")
_HANDLERS = ("exec", "httpGet", "tcpSocket", "grpc")


def probes(found: Container) -> Iterator[Rejection]:
    """ADM-06, ADM-15: exactly one handler, a port's form, `successThreshold` 1; none on a plain init container.

    Whether a container declares the named port is not checked by the API server (EP-06).
    """
    for name in _PROBES:
        probe = found.data.get(name)
        route = (*found.route, name)
        if not isinstance(probe, Mapping):
            continue
        if found.init and not found.sidecar:
            said = "may not be set for init containers without restartPolicy=Always"
            yield forbidden("ADM-15", route, said)
            continue
        yield from _handler(probe, route)
        for field in _COUNTS:
            yield from negative("ADM-15", (*route, field), probe.get(field))
        threshold = probe.get("successThreshold")
        if name != "readinessProbe" and isinstance(threshold, int) and threshold > 1:
            yield invalid("ADM-15", (*route, "successThreshold"), threshold, "must be 1")


def _handler(probe: Mapping[str, Any], route: Route) -> Iterator[Rejection]:
    given = [each for each in _HANDLERS if isinstance(probe.get(each), Mapping)]
    if not given:
        yield required("ADM-15", route, "must specify a handler type")
    for extra in given[1:]:
        yield forbidden("ADM-15", (*route, extra), "may not specify more than 1 handler type")
    for each in given:
        port = probe[each].get("port")
        if text.port(port):
            yield invalid("ADM-06", (*route, each, "port"), port, text.port(port), text.quoted_number(port))
