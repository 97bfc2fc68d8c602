"""Undeclared manifests that are installed beside what they call: a miss there warns."""

import pytest
import yaml

from ringtrue.cluster.cluster import build
from ringtrue.cluster.profile import Profile
from ringtrue.findings import Severity
from ringtrue.manifests.resource import Resource
from ringtrue.reachability.prove import prove_all
from ringtrue.reachability.reasons import Reason
from ringtrue.reachability.scope import Scope
from ringtrue.references.find import find
from ringtrue.references.keys import key_patterns

OF_THE_CLIENT = """
apiVersion: v1
kind: Service
metadata: {name: chat, namespace: tools}
spec: {selector: {app: client}, ports: [{port: 80}]}
"""
ANOTHER = """
apiVersion: v1
kind: Service
metadata: {name: web, namespace: tools}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: tools, labels: {app: web}}
spec: {containers: [{name: web, image: web}]}
"""
PODS_WITHOUT_SERVICE = """
apiVersion: v1
kind: Pod
metadata: {name: cache-0, namespace: tools, labels: {app: vectors}}
spec: {containers: [{name: vectors, image: vectors}]}
"""
CASES = [
    ("nothing-is-served", "", True, Severity.WARNING),
    ("only-the-caller-is-served", OF_THE_CLIENT, True, Severity.WARNING),
    ("another-is-served", OF_THE_CLIENT + "---" + ANOTHER, True, None),
    ("the-pods-are-there", PODS_WITHOUT_SERVICE, True, None),
    ("declared", "", False, None),
]


@pytest.mark.parametrize(("add", "leaf", "severity"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_missing_service(ask, add, leaf, severity):
    proof = ask("vectors", client="tools", port=6333, add=add, scope={"leaf": leaf})

    assert (proof.reason, proof.severity) == (Reason.NXDOMAIN, severity)


SERVED = """
apiVersion: v1
kind: Pod
metadata: {{name: {name}, namespace: shop, labels: {{app: {name}}}}}
spec: {{containers: [{{name: {name}, image: {name}, env: [{{name: VECTORS, value: "http://vectors:6333"}}]}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: {name}, namespace: shop}}
spec: {{selector: {{app: {name}}}, ports: [{{port: 80}}]}}
"""


def test_all_who_are_served_call_what_is_missing() -> None:
    text = "---".join(SERVED.format(name=name) for name in ("chat", "index"))
    objects = [Resource(each, "shop") for each in yaml.safe_load_all(text)]
    cluster, shop = build("here", objects, Profile()), frozenset({"shop"})

    proofs = prove_all(find(cluster, objects, key_patterns()), Scope(cluster, "", False, shop, filled=shop, leaf=True))

    assert [(str(each.reference.client), each.severity) for each in proofs] == [
        ("Pod shop/chat", Severity.WARNING),
        ("Pod shop/index", Severity.WARNING),
    ]


SERVICE_IN = """
apiVersion: v1
kind: Service
metadata: {name: notes, namespace: %s}
spec: {selector: {app: notes}, ports: [{port: 80}]}
"""


def test_a_caller_whose_namespace_nobody_says_only_warns(ask):
    """kubectl and Argo CD put it where they are told; `default` is a guess."""
    world = "apiVersion: v1\nkind: Pod\nmetadata: {name: client}\nspec: {containers: [{name: curl, image: curl}]}\n"

    proof = ask("notes", client="", port=80, world=world, add=SERVICE_IN % "notes", scope={"leaf": True})

    assert (proof.reason, proof.severity) == (Reason.WRONG_NAMESPACE, Severity.WARNING)
