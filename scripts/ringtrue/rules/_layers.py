"""The kustomizations that an environment is built from."""

from collections.abc import Iterator

from ringtrue.environments.environment import Environment
from ringtrue.repository.graph import Kustomization


def layers(environment: Environment) -> Iterator[Kustomization]:
    """Each once, children before those that build on them."""
    seen: set[str] = set()
    for source in environment.sources:
        for layer in source.graph.layers(source.path):
            if layer.file not in seen:
                seen.add(layer.file)
                yield layer
