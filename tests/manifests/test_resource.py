"""What a message and a chain call an object."""

from typing import Any

import pytest

from ringtrue.manifests.resource import Resource

NAMES: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "a name": ({"name": "web"}, "shop", "Job 'web'", "Job shop/web"),
    "a name and no namespace": ({"name": "web"}, "", "Job 'web'", "Job web"),
    "a prefix": (
        {"generateName": "web-"},
        "shop",
        "Job with generateName 'web-'",
        "Job with generateName 'web-' in namespace shop",
    ),
    "nothing": ({}, "shop", "Job without a name", "Job without a name in namespace shop"),
    "nothing, and no namespace": ({}, "", "Job without a name", "Job without a name"),
    "a number": ({"name": 7}, "shop", "Job without a name", "Job without a name in namespace shop"),
    "both": ({"name": "web", "generateName": "web-"}, "shop", "Job 'web'", "Job shop/web"),
}


@pytest.mark.parametrize(("metadata", "namespace", "called", "shown"), NAMES.values(), ids=NAMES)
def test_what_an_object_is_called(metadata: dict[str, Any], namespace: str, called: str, shown: str) -> None:
    resource = Resource({"kind": "Job", "metadata": metadata}, namespace)

    assert (resource.called, str(resource)) == (called, shown)
