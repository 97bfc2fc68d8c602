"""What the API server's defaults, the workload controllers and the kubelet make of manifests.

Written apart from `ringtrue.cluster`, in the terms of pods that exist and have addresses.
"""

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from frame.clusters import Document, identity

NODE = "node-1"
_ANY = "7d4b9c8f6"
"""A hash or an id, where only the controller knows it."""


@dataclass(frozen=True, slots=True)
class Running:
    """A pod as the API server holds it, its address, and the manifest that it comes from."""

    pod: Document
    address: str
    owner: str


def running(documents: Iterable[Document], completed: bool) -> list[Running]:
    """The pods, all of them ready; those of Jobs and CronJobs have succeeded if `completed`, else they still run."""
    made = [(document, pod) for document in documents for pod in _pods(document)]
    return [
        _run(document, pod, f"10.244.{number // 250}.{number % 250 + 1}", completed)
        for number, (document, pod) in enumerate(made)
    ]


def services(documents: Iterable[Document]) -> list[Document]:
    """The Services with the API server's defaults; those with a virtual address get one each."""
    found = [copy.deepcopy(each) for each in documents if each["kind"] == "Service"]
    for number, service in enumerate(found):
        _default_service(service["spec"], f"10.96.{number // 250}.{number % 250 + 1}")
    return found


def _default_service(spec: dict[str, Any], address: str) -> None:
    spec.setdefault("type", "ClusterIP")
    for port in spec.get("ports", []):
        port.setdefault("protocol", "TCP")
        if port.get("targetPort") in (None, 0, ""):
            port["targetPort"] = port["port"]
    if spec["type"] == "ExternalName":
        return
    spec.setdefault("clusterIP", address)
    spec["clusterIPs"] = [spec["clusterIP"]]
    spec["ipFamilies"] = ["IPv4"]


def _pods(document: Document) -> Iterator[Document]:
    spec, name = document.get("spec", {}), document["metadata"]["name"]
    match document["kind"]:
        case "Pod":
            yield _pod(document, name, document, {})
        case "Deployment":
            for number in range(spec.get("replicas", 1)):
                yield _pod(document, f"{name}-{_ANY}-{number}", spec["template"], {"pod-template-hash": _ANY})
        case "ReplicaSet" | "ReplicationController":
            for number in range(spec.get("replicas", 1)):
                yield _pod(document, f"{name}-{number}", spec["template"], {})
        case "DaemonSet":
            added = {"controller-revision-hash": _ANY, "pod-template-generation": "1"}
            yield _pod(document, f"{name}-{_ANY}", spec["template"], added)
        case "StatefulSet":
            yield from _stateful(document, spec, name)
        case "Job":
            yield from _job(document, spec, name)
        case "CronJob":
            yield from _job(document, spec["jobTemplate"]["spec"], f"{name}-29400000")


def _stateful(document: Document, spec: dict[str, Any], name: str) -> Iterator[Document]:
    start = spec.get("ordinals", {}).get("start", 0)
    for number in range(start, start + spec.get("replicas", 1)):
        own = f"{name}-{number}"
        added = {
            "controller-revision-hash": _ANY,
            "statefulset.kubernetes.io/pod-name": own,
            "apps.kubernetes.io/pod-index": str(number),
        }
        yield _pod(document, own, spec["template"], added, hostname=own, subdomain=spec.get("serviceName", ""))


def _job(document: Document, spec: dict[str, Any], name: str) -> Iterator[Document]:
    added = {
        "job-name": name,
        "batch.kubernetes.io/job-name": name,
        "controller-uid": _ANY,
        "batch.kubernetes.io/controller-uid": _ANY,
    }
    if spec.get("completionMode") != "Indexed":
        yield _pod(document, f"{name}-{_ANY}", spec["template"], added)
        return
    for number in range(spec.get("completions", 1)):
        index = {"batch.kubernetes.io/job-completion-index": str(number)}
        yield _pod(document, f"{name}-{number}-{_ANY}", spec["template"], added | index, hostname=f"{name}-{number}")


def _pod(document: Document, name: str, template: Document, added: dict[str, str], **written: str) -> Document:
    template = copy.deepcopy(template)
    labels = template.get("metadata", {}).get("labels", {}) | added
    metadata = {"name": name, "namespace": document["metadata"]["namespace"], "labels": labels, "uid": name}
    spec = template["spec"] | {key: value for key, value in written.items() if value} | {"nodeName": NODE}
    if "subdomain" in written and not written["subdomain"]:
        spec.pop("subdomain", None)
    for container in (*spec.get("containers", []), *spec.get("initContainers", [])):
        for port in container.get("ports", []):
            port.setdefault("protocol", "TCP")
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}


def _run(document: Document, pod: Document, address: str, completed: bool) -> Running:
    succeeded = completed and document["kind"] in ("Job", "CronJob")
    pod["status"] = {
        "phase": "Succeeded" if succeeded else "Running",
        "podIP": address,
        "podIPs": [{"ip": address}],
        "conditions": [{"type": "Ready", "status": "False" if succeeded else "True"}],
    }
    return Running(pod, address, identity(document))
