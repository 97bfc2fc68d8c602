"""Keeps the kernel's table in step with the NetworkPolicies: `python -m cluster.enforcing SITE`.

It asks twice a second, so a new pod is open for as long as that; a test waits, or asks again.
"""

import subprocess
import sys
from time import sleep
from typing import Any

from cluster.api import Api
from cluster.policies import World, ruleset
from cluster.site import Site

_EVERY_SECONDS = 0.5
_LISTS = ("/apis/networking.k8s.io/v1/networkpolicies", "/api/v1/pods", "/api/v1/namespaces")


def main(site: Site) -> None:
    api, written = Api(site), ""
    while True:
        if (world := _world(api)) is not None and (wanted := ruleset(world)) != written:
            subprocess.run([site.programs["nft"], "-f", "-"], input=wanted, text=True, check=True)
            written = wanted
            _say(f"enforced: {wanted.count('  chain ') - 1} isolated directions of pods")
        sleep(_EVERY_SECONDS)


def _world(api: Api) -> World | None:
    """None while the API server does not answer: the table stays as it is."""
    policies, pods, namespaces = (_items(api, path) for path in _LISTS)
    return None if policies is None or pods is None or namespaces is None else World(policies, pods, namespaces)


def _items(api: Api, path: str) -> list[dict[str, Any]] | None:
    found = api.get(f"{path}?resourceVersion=0")
    return None if found is None else found["items"]


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Site.load(sys.argv[1]))
