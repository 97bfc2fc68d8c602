"""How a live cluster shows each fault of tests/properties/breaks.yaml, and why it cannot show the rest."""

import copy
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from properties.test_healthy_broken import BREAKS, HEALTHY, broken, checked

from ringtrue.checking.question import Trace, trace
from ringtrue.config import load
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits
from ringtrue.repository.checkout import working_tree
from standing import HOOK, Document, stood_in

PROD, CLIENT = "httpd-prod", "dep-centos"
STAGING, NEIGHBOUR = "httpd-staging", "httpd-neighbour"
"""The cluster may have a real staging, so another namespace stands in its place."""
ADDRESS = f"http://svc-clusterip-httpd.{PROD}.svc.cluster.local"

REFUSED = {
    "schema-invalid": "tpye",
    "object-rejected": "spec.ports[0].name: Invalid value: ",
    "api-removed": "Ingress",
    "kind-unknown": "Ingres",
    "workload-selector-mismatch": "`selector` does not match template `labels`",
}
"""The API server does not take it: words that it and ringtrue both say."""

CALLED = frozenset(
    "object-rejected workload-selector-mismatch service-selects-nothing networkpolicy-selects-nothing "
    "service-port-unserved probe-port-missing networkpolicy-port-is-service-port "
    "networkpolicy-port-is-service-port-and-blocks scheme-port-mismatch reference-unqualified "
    "externalname-unresolvable leaves-environment nxdomain wrong-namespace port-undeclared no-endpoints blocked "
    "dns-blocked workload-selectors-overlap pdb-blocks-drain pdb-selects-nothing hpa-target-missing".split()
)
"""curl in the client's pod ends as `checking/curl.py` says: with an error, or well where the fault is only a risk."""

SHARED = {"service-selects-strangers": {0, 7}, "partial": {0, 28}}
"""A share of the calls fails: both ends must be seen."""

SAID = {
    "probe-port-missing": 'parsing "web": invalid syntax',
    "serviceaccount-missing": 'serviceaccount "httpd" not found',
    "claim-missing": 'persistentvolumeclaim "data" not found',
    "config-key-missing": "couldn't find key LEVLE in ConfigMap",
    "hpa-target-missing": '"dep-http" not found',
    "pdb-selects-nothing": "No matching pods found",
}
"""The controllers, the scheduler or the kubelet say so in an event."""

ELSEWHERE = {
    "pdb-blocks-drain": "an eviction is refused",
    "statefulset-service-missing": "the name of its pod does not resolve",
}
"""Shown by a test of its own."""

NOT_LIVE = {
    "resource-duplicated": "two Applications write one object: a rule about Argo CD",
    "monitor-selects-nothing": "no Prometheus Operator runs here",
    "monitor-port-missing": "no Prometheus Operator runs here",
    "image-unpinned": "a house rule: the tag is served",
    "ingress-backend-missing": "no Ingress controller runs here",
    "route-backend-missing": "no Gateway controller runs here",
    "webhook-service-missing": "the webhook has no rules, so the API server never calls it",
    "kustomize-field-deprecated": "about Kustomize: what is rendered is the healthy twin",
    "source-does-not-render": "about Kustomize: nothing is rendered",
    "foreign-namespace": "unknown by design: what nobody declares may be there or not",
    "open-namespace": "unknown by design: no operator runs here that could bring the name",
    "unresolved-text": "unknown by design: the text is no host",
    "policy-not-modelled": "unknown by design: no Cilium runs here",
    "resolver-dependent": "unknown by design: CoreDNS is asked in one way only",
    "external": "not judged: nothing leaves the cluster",
}

LIVE = tuple(name for name in BREAKS if name not in NOT_LIVE)
_MANY_PODS = frozenset({"pdb-blocks-drain"})
"""Faults about the number of pods; the others are shown with one of each."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What ringtrue says of prod, and the objects to apply, in a namespace of their own."""

    namespace: str
    url: str
    documents: tuple[Document, ...]
    trace: Trace
    findings: dict[str, str]
    """The message of each rule."""


def judge(name: str, folder: Path) -> Judged:
    """A fault of breaks.yaml, or "healthy"; rendered by the project's own renderer."""
    fault: dict[str, Any] = BREAKS.get(name, {})
    root = broken(fault, folder) if fault else HEALTHY
    report = checked(root)
    [prod] = [each for each in report.environments if each.name == "prod"]
    url = fault.get("url", ADDRESS)
    traced = trace(
        working_tree(root),
        load(root),
        choose(Limits(), os.environ),
        (f"{PROD}/{CLIENT}", url.removeprefix("http://")),
        ("prod",),
    )
    namespace = f"httpd-{name}"
    documents = [_moved(each.data, namespace, name in _MANY_PODS) for each in prod.resources if not _is_hook(each.data)]
    return Judged(
        namespace,
        moved(url, namespace),
        tuple(documents),
        traced,
        {each.rule: each.message for each in report.findings if "prod" in each.environments},
    )


def moved(text: str, namespace: str) -> str:
    return text.replace(PROD, namespace).replace(STAGING, NEIGHBOUR)


def _is_hook(data: Any) -> bool:
    """Argo CD's business, not kubectl's."""
    return HOOK in (data["metadata"].get("annotations") or {})


def _moved(data: Any, namespace: str, many: bool) -> Document:
    """The object in another namespace, names in full and all, with programs that run here."""
    made: Document = json.loads(moved(json.dumps(data), namespace))
    made = stood_in(copy.deepcopy(made))
    if not many and made["kind"] in ("Deployment", "StatefulSet"):
        made["spec"]["replicas"] = min(1, made["spec"].get("replicas", 1))
    return made
