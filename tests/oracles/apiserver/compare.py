"""`cluster.admission`, with the schema tables before it, against kube-apiserver's dry-run creation."""

import json
import sys
from random import Random
from typing import Any

from apiserver.mutations import mutated
from apiserver.naming import refused_fields, unnamed
from apiserver.objects import CLUSTER_SCOPED, good
from components.building import tool
from components.kubernetes import VERSION, kubernetes
from frame.clusters import Document
from frame.lines import LineProgram
from frame.namespaces import in_namespaces
from frame.shrinking import shrink
from frame.tally import Disagreement, Tally

from ringtrue.cluster.admission import rejections, selector_mismatch
from ringtrue.cluster.admission.rejection import path
from ringtrue.cluster.profile import Profile
from ringtrue.manifests.resource import Resource
from ringtrue.manifests.schema import ExtraSchemas, violations

_NAMESPACE = "shop"


def run(size: int, seed: int) -> Tally:
    """Dry-runs `size` objects, good ones first, then mutations. Compared: verdicts and fields, not wordings."""
    random, tally = Random(seed), Tally("admission", seed, "objects")
    with LineProgram(command("apiserver.inside"), "kube-apiserver") as component:
        documents = good()
        documents += [mutated(random, random.choice(good())) for _ in range(size - len(documents))]
        for document in documents:
            _judge(tally, document, component)
    return tally


def command(module: str, *more: str) -> list[str]:
    """A module that starts kube-apiserver in namespaces of its own, with what it is given to start."""
    etcd, openssl = tool("etcd", "etcd-server"), tool("openssl", "openssl")
    private = in_namespaces("--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
    return [*private, sys.executable, "-m", module, etcd, str(kubernetes()), openssl, *more]


def _judge(tally: Tally, document: Document, component: LineProgram) -> None:
    real = component.ask(document)
    tally.seen["accepted" if real["accepted"] else "rejected"] += 1
    if _quarrel(document, real) is None:
        tally.agreed += 1
    else:
        tally.disagreements.append(_smallest(document, component))


def _quarrel(document: Document, real: dict[str, Any]) -> str | None:
    """What the two differ about: the verdict, or fields that only the API server names; None when they agree."""
    ours = said(document)
    if bool(ours) is real["accepted"]:
        return "verdict"
    missed = unnamed((field for field, _ in ours), refused_fields(real["fields"], real["message"]))
    return f"fields {missed}" if missed else None


def _smallest(document: Document, component: LineProgram) -> Disagreement:
    before = component.ask(document)
    quarrel = _quarrel(document, before)

    def fails(smaller: list[Document]) -> bool:
        """Still the same quarrel: about no other field."""
        if not smaller:
            return False
        after = component.ask(smaller[0])
        return _quarrel(smaller[0], after) == quarrel and set(after["fields"]) <= set(before["fields"])

    [small] = shrink([document], fails)
    real = component.ask(small)["message"] or "accepted"
    ours = [message for _, message in said(small)]
    return Disagreement(f"{document['kind']}: {quarrel}", ours or "accepted", real, json.dumps(small))


def said(document: Document) -> list[tuple[str, str]]:
    """What ringtrue says against the object: the field, and the sentence."""
    resource = Resource(document, "" if document["kind"] in CLUSTER_SCOPED else _NAMESPACE)
    wrong = [(path(each.route), f"schema: {each.message}") for each in violations(resource, VERSION, ExtraSchemas())]
    refused = (*rejections(resource, Profile(version=VERSION)), *selector_mismatch(resource))
    return wrong + [(each.message.partition(": ")[0], f"{each.id}: {each.message}") for each in refused]
