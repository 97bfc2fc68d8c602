"""Anchors of one document, and how much their aliases stand for: an alias bomb costs milliseconds."""

from dataclasses import dataclass, field
from typing import Any

from ringtrue.manifests.scalars import Unusable, json_value, key_text


@dataclass(frozen=True, slots=True)
class Anchored:
    """What an alias stands for.

    `text` is the scalar as written, None for a collection; `size` the nodes it is worth when written out, 0 while
    the collection is still being read.
    """

    value: Any
    text: str | None
    size: int


@dataclass(slots=True)
class Anchors:
    """The anchors seen so far, and goyaml's two counters: all nodes, and those that came from aliases."""

    named: dict[str, Anchored] = field(default_factory=dict)
    nodes: int = 0
    from_aliases: int = 0

    def value(self, name: str) -> Any:
        """What the alias stands for; Unusable when it is unknown, contains itself, or grows out of bounds."""
        found = self._use(name)
        return found.value if found.text is None else json_value(found.value, found.text)

    def key(self, name: str) -> str:
        """What the alias stands for as a key."""
        found = self._use(name)
        if found.text is None:
            raise Unusable("a mapping or a list cannot be a key")
        return key_text(found.value, found.text)

    def _use(self, name: str) -> Anchored:
        found = self.named.get(name)
        if found is None:
            raise Unusable(f"alias *{name} has no anchor &{name} before it in this document")
        if found.size == 0:
            raise Unusable(f"alias *{name} stands inside its own anchor")
        self.nodes += found.size + 1
        self.from_aliases += found.size
        if self._is_excessive():
            raise Unusable(f"alias *{name} makes the document grow out of bounds (an alias bomb)")
        return found

    def _is_excessive(self) -> bool:
        """goyaml's bound: 99 % of up to 400,000 nodes may come from aliases, falling to 10 % of 4,000,000.

        Collections that are still open are not counted yet, so small documents get more room than goyaml gives.
        """
        if self.from_aliases <= 10_000:
            return False
        beyond = min(max(self.nodes - 400_000, 0) / 3_600_000, 1.0)
        return self.from_aliases / self.nodes > 0.99 - 0.89 * beyond
