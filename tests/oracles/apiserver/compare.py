"""`cluster.admission`, with the schema tables before it, against kube-apiserver's dry-run creation."""

import json
import sys
from random import Random

from apiserver.mutations import mutated
from apiserver.objects import good
from frame.clusters import Document
from frame.components import go_program, in_namespaces, tool
from frame.lines import LineProgram
from frame.shrinking import shrink
from frame.tally import Disagreement, Tally

from ringtrue.cluster.admission import rejections, selector_mismatch
from ringtrue.cluster.profile import Profile
from ringtrue.manifests.resource import Resource
from ringtrue.manifests.schema import ExtraSchemas, violations

VERSION = (1, 35)
RELEASE = "1.35.4"
_NAMESPACE = "shop"


def run(size: int, seed: int) -> Tally:
    """Dry-runs `size` objects: good ones, each of them once, then mutations. Verdicts are compared, not wordings."""
    random, tally = Random(seed), Tally("admission", seed, "objects")
    with LineProgram(_command(), "kube-apiserver") as component:
        documents = good()
        documents += [mutated(random, random.choice(good())) for _ in range(size - len(documents))]
        for document in documents:
            _judge(tally, document, component)
    return tally


def _command() -> list[str]:
    linked = [
        f"-X k8s.io/component-base/version.{name}" for name in (f"gitVersion=v{RELEASE}", "gitMajor=1", "gitMinor=35")
    ]
    etcd, openssl = tool("etcd", "etcd-server"), tool("openssl", "openssl")
    private = in_namespaces("--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
    apiserver = go_program("apiserver", "k8s.io/kubernetes/cmd/kube-apiserver", " ".join(linked))
    return [*private, sys.executable, "-m", "apiserver.inside", etcd, str(apiserver), openssl]


def _judge(tally: Tally, document: Document, component: LineProgram) -> None:
    ours, real = _ours(document), component.ask(document)
    tally.seen["accepted" if real["accepted"] else "rejected"] += 1
    if bool(ours) is not real["accepted"]:
        tally.agreed += 1
    else:
        tally.disagreements.append(_smallest(document, component))


def _smallest(document: Document, component: LineProgram) -> Disagreement:
    before = component.ask(document)

    def fails(smaller: list[Document]) -> bool:
        """Still the same quarrel: about no other field."""
        if not smaller or bool(_ours(smaller[0])) is not before["accepted"]:
            return False
        after = component.ask(smaller[0])
        return after["accepted"] is before["accepted"] and set(after["fields"]) <= set(before["fields"])

    [small] = shrink([document], fails)
    said = component.ask(small)["message"] or "accepted"
    return Disagreement(str(document["kind"]), _ours(small) or "accepted", said, json.dumps(small))


def _ours(document: Document) -> list[str]:
    """What ringtrue says against the object."""
    resource = Resource(document, "" if document["kind"] == "Namespace" else _NAMESPACE)
    wrong = [f"schema: {each.message}" for each in violations(resource, VERSION, ExtraSchemas())]
    profile = Profile(version=VERSION)
    refused = (*rejections(resource, profile), *selector_mismatch(resource))
    return wrong + [f"{each.id}: {each.message}" for each in refused]
