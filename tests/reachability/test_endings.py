"""Every way in which a proof can end, with all that it says: the words, the places, the steps before."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from ringtrue.cluster.providers import Opening
from ringtrue.findings import Severity
from ringtrue.manifests.resource import Spot
from ringtrue.reachability.proof import Part, Proof
from ringtrue.references.reference import Certainty

HERE = Path(__file__).parent
ENDINGS: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "endings.yaml").read_text())
EXPECTED = HERE / "endings.txt"
GROUPS = {
    "Deployment": "apps/v1",
    "DaemonSet": "apps/v1",
    "StatefulSet": "apps/v1",
    "NetworkPolicy": "networking.k8s.io/v1",
    "EndpointSlice": "discovery.k8s.io/v1",
    "CiliumNetworkPolicy": "cilium.io/v2",
}
CLIENT = {"containers": [{"name": "curl"}]}
OTHERS = (
    {"kind": "Pod", "name": "client", "namespace": "hosted", "spec": {**CLIENT, "hostNetwork": True}},
    {
        "kind": "Pod",
        "name": "client",
        "namespace": "resolved",
        "spec": {
            **CLIENT,
            "dnsPolicy": "None",
            "dnsConfig": {"nameservers": ["192.0.2.53"], "searches": ["shop.svc.cluster.local"]},
        },
    },
)


def manifest(short: dict[str, Any]) -> dict[str, Any]:
    head = ("kind", "name", "namespace", "labels")
    metadata = {"name": short["name"], "namespace": short.get("namespace", "shop"), "labels": short.get("labels", {})}
    rest = {key: value for key, value in short.items() if key not in head}
    return {"apiVersion": GROUPS.get(short["kind"], "v1"), "kind": short["kind"], "metadata": metadata, **rest}


def proved(ending: dict[str, Any], ask: Any) -> Proof:
    asked = dict(ending["ask"])
    scope = dict(ending.get("scope", {}))
    if "certainty" in asked:
        asked["certainty"] = Certainty(asked["certainty"])
    for name in ("own", "filled"):
        if name in scope:
            scope[name] = frozenset(scope[name])
    if "external" in scope:
        scope["external"] = {tuple(name.split("/")): frozenset(ports) for name, ports in scope["external"].items()}
    if "open" in scope:
        scope["open"] = {namespace: (Opening(why),) for namespace, why in scope["open"].items()}
    if "named_service" in asked:
        asked["named_service"] = tuple(asked["named_service"])
    client = asked.pop("client", asked.pop("at", "shop"))
    added = (*OTHERS, *ending.get("add", ()))
    text = yaml.safe_dump_all(map(manifest, added))
    return ask(asked.pop("host"), client=client, add=text, scope=scope, profile=ending.get("profile"), **asked)


def shown(proof: Proof) -> str:
    """One line for each thing that a proof carries."""
    severity = proof.severity.name.lower() if isinstance(proof.severity, Severity) else ""
    lines = [f"{proof.verdict.value}: {proof.reason.value} {severity}".rstrip()]
    lines += [
        f"{step.stage.value} {step.result.value}: {step.evidence} {places(step.spots)}".rstrip() for step in proof.steps
    ]
    lines += [f"says: {proof.message}"] if proof.message else []
    lines += [f"hint: {proof.hint}"] if proof.hint else []
    if proof.target:
        port = proof.target.port_name or proof.target.port or ""
        lines.append(f"target: {proof.target.namespace}/{proof.target.service} {port}".rstrip())
    lines += [f"edit: {place(proof.spot)}"] if proof.spot else []
    lines += [f"blame: {place(proof.blame)}"] if proof.blame else []
    lines += [f"part: {proof.part.value}"] if proof.part is not Part.SERVICE else []
    lines += [f"near: {place(proof.near)}"] if proof.near else []
    lines += [f"related: {place(spot)}, {remark}" for spot, remark in proof.related]
    return "\n".join(lines)


def places(spots: tuple[Spot, ...]) -> str:
    return f"({', '.join(map(place, spots))})" if spots else ""


def place(spot: Spot) -> str:
    return f"{spot.resource.id} {'.'.join(map(str, spot.route))}"


def sections() -> dict[str, str]:
    """What the file of expectations says under each name."""
    found = {}
    for section in EXPECTED.read_text().removeprefix("# ").rstrip("\n").split("\n\n# "):
        name, _, text = section.partition("\n")
        found[name] = text
    return found


@pytest.mark.parametrize("name", ENDINGS)
def test_ending(name: str, ask: Any, request: pytest.FixtureRequest) -> None:
    proof = proved(ENDINGS[name], ask)
    found = shown(proof)
    if request.config.getoption("update_expected"):
        known = sections() | {name: found}
        EXPECTED.write_text("\n\n".join(f"# {each}\n{known[each]}" for each in ENDINGS if each in known) + "\n")
    assert found == sections()[name]
    assert {type(said) for said in (proof.message, proof.hint)} == {str}


def test_every_expectation_has_an_ending() -> None:
    assert list(sections()) == list(ENDINGS)
