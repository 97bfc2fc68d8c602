"""Section 5 to the letter: all that is said of an object that the API server refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from ringtrue.cluster.admission import rejections, selector_mismatch
from ringtrue.cluster.profile import Profile
from ringtrue.manifests.resource import Resource

HERE = Path(__file__).parent
OBJECTS: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "refusals.yaml").read_text())
EXPECTED = HERE / "refusals.txt"
APIS = {
    "Deployment": "apps/v1",
    "Job": "batch/v1",
    "NetworkPolicy": "networking.k8s.io/v1",
    "PodDisruptionBudget": "policy/v1",
}


def resource(short: dict[str, Any]) -> Resource:
    kind = short.get("kind", "Pod")
    pod = {"containers": [{"name": "c", "image": "i", **short.get("container", {})}], **short.get("pod", {})}
    metadata = {"name": short.get("name", "web"), "labels": short.get("labels", {})}
    made = {"apiVersion": APIS.get(kind, "v1"), "kind": kind, "metadata": metadata, "spec": short.get("spec", pod)}
    return Resource(json.loads(json.dumps(made).replace("LONG", "a" * 254)) if "labels" not in short else made, "shop")


def said(short: dict[str, Any]) -> str:
    """A line for each refusal: the rule, the field, the API server's words, the hint."""
    found = resource(short)
    refused = (*rejections(found, Profile(version=(1, short.get("minor", 35)))), *selector_mismatch(found))
    assert {type(text) for each in refused for text in (each.message, each.hint)} <= {str}
    return "".join(
        f"{each.id} {'.'.join(map(str, each.route))}: {each.message}" + (f" ({each.hint})\n" if each.hint else "\n")
        for each in refused
    )


def sections() -> dict[str, str]:
    if not EXPECTED.exists():
        return {}
    return dict(each.split("\n", 1) for each in EXPECTED.read_text().removeprefix("# ").split("\n# "))


@pytest.mark.parametrize("name", OBJECTS)
def test_what_is_said(name: str, request: pytest.FixtureRequest) -> None:
    found = said(OBJECTS[name])
    if request.config.getoption("update_expected"):
        known = sections() | {name: found}
        EXPECTED.write_text("\n".join(f"# {each}\n{known[each]}" for each in OBJECTS if each in known))
    assert found == sections()[name]


def test_every_expectation_has_an_object() -> None:
    assert list(sections()) == list(OBJECTS)
