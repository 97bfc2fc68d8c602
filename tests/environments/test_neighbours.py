"""What undeclared manifests are applied beside: other sources that have what they call."""

from typing import Any

import pytest

from ringtrue.reachability.prove import prove_all
from ringtrue.references.find import find
from ringtrue.references.keys import key_patterns

SERVED = """
apiVersion: v1
kind: Service
metadata: {name: api, namespace: "%(namespace)s"}
spec: {selector: {app: api}, ports: [{port: %(port)s, targetPort: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: "%(namespace)s", labels: {app: api}}
spec: {containers: [{name: api, image: api}]}
"""
CALLER = """
apiVersion: v1
kind: Pod
metadata: {name: caller, namespace: "%s"}
spec: {containers: [{name: curl, image: curl, env: [{name: API, value: "http://%s"}]}]}
"""
UNSAID = SERVED.replace(', namespace: "%(namespace)s"', "")
UNSAID_CALLER = CALLER.replace(', namespace: "%s"', "") % "api.shop.svc"
SHOP = {"namespace": "shop", "port": 80}
BESIDE = "'api' is taken to be applied to the same cluster"
CASES = [
    ("another-folder", {"api/a.yaml": SERVED % SHOP, "client/c.yaml": CALLER % ("load", "api.shop")}, BESIDE),
    ("a-namespace-of-its-own-is-judged", {"api/a.yaml": SERVED % SHOP, "client/c.yaml": CALLER % ("shop", "api")}, ""),
    (
        "another-port",
        {"api/a.yaml": SERVED % {**SHOP, "port": 81}, "client/c.yaml": CALLER % ("x", "api.shop.svc")},
        "",
    ),
    ("another-namespace", {"api/a.yaml": SERVED % SHOP, "client/c.yaml": CALLER % ("shop", "api.tools.svc")}, ""),
    (
        "one-of-two-has-no-such-port",
        {
            "api/a.yaml": SERVED % SHOP,
            "old/a.yaml": SERVED % {**SHOP, "port": 81},
            "client/c.yaml": CALLER % ("load", "api.shop.svc"),
        },
        "",
    ),
    (
        "a-variant-is-put-in-its-place",
        {"client/c.yaml": CALLER % ("shop", "api"), "full/a.yaml": SERVED % SHOP + "---" + CALLER % ("shop", "api")},
        "",
    ),
    ("a-namespace-that-nobody-fills", {"client/all.yaml": UNSAID % SHOP + "---" + UNSAID_CALLER}, ""),
    (
        "a-namespace-that-is-theirs",
        {"client/all.yaml": UNSAID % SHOP + "---" + CALLER % ("shop", "api.shop.svc")},
        "",
    ),
]


@pytest.mark.parametrize(("files", "assumed"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_call(files: dict[str, str], assumed: str, world: Any) -> None:
    world.write(files)
    environment = next(each for each in world.survey().environments if each.name == "client")

    found = find(environment.cluster, environment.resources, key_patterns())
    proofs = prove_all(found, environment.scope)

    assert [(proof.assumed, str(proof.verdict) == "proved") for proof in proofs] == [(assumed, assumed != "")]


def test_what_is_known_of_the_name_stands_in_the_chain(world: Any) -> None:
    world.write(dict(CASES[0][1]))
    environment = next(each for each in world.survey().environments if each.name == "client")

    (proof,) = prove_all(find(environment.cluster, environment.resources, key_patterns()), environment.scope)

    assert proof.steps[0].evidence.endswith(f"Service shop/api; {BESIDE}")
