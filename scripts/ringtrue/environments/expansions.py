"""The Applications of ApplicationSets, as far as a repository alone can tell them."""

import json
import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ringtrue.argocd.application_sets import expanded, urls
from ringtrue.argocd.generators import Generating
from ringtrue.argocd.templates import NotExpanded, Parameters, fill_plainly
from ringtrue.environments.applications import destination
from ringtrue.environments.outputs import Document
from ringtrue.environments.views import Views
from ringtrue.manifests.resource import follow
from ringtrue.rendering.request import Renderer, Request
from ringtrue.repository.deployed import NotDeployed
from ringtrue.repository.tree import Tree


@dataclass(frozen=True, slots=True, eq=False)
class Expansion:
    """What a set gives; `why_not` is the rest of a sentence about a set that gives nothing here."""

    document: Document
    applications: tuple[Document, ...] = ()
    why_not: str = ""

    @property
    def name(self) -> str:
        return str(follow(self.document.value, ("metadata", "name")))

    @property
    def namespace(self) -> str:
        """Where its Applications put things; "" where each has its own."""
        template = follow(self.document.value, ("spec", "template"))
        namespace = destination(template)[1] if isinstance(template, Mapping) else ""
        return "" if "{{" in namespace else namespace


class Expansions:
    """Expands each set once, however often it is met."""

    def __init__(self, views: Views, renderer: Renderer) -> None:
        self._views = views
        self._files: dict[str, _Files] = {}
        self._renderer = renderer
        self._known: dict[tuple[object, ...], Expansion] = {}

    def of(self, document: Document, ours: Callable[[str], bool]) -> Expansion:
        """`ours` says whether a URL is this repository."""
        # The same file may be rendered by a directory and by a kustomization.
        key = (json.dumps(document.value, sort_keys=True, default=str), *map(ours, urls(document.value)))
        if key not in self._known:
            self._known[key] = self._expanded(document, ours)
        return self._known[key]

    def _expanded(self, document: Document, ours: Callable[[str], bool]) -> Expansion:
        spec = document.value.get("spec")
        go = follow(spec, ("goTemplate",)) is True
        options = follow(spec, ("goTemplateOptions",))
        filling = self._filling(options if isinstance(options, list) else []) if go else fill_plainly
        generating = Generating(lambda url, name: self._read(name) if ours(url) else None, filling, go)
        try:
            made = expanded(document.value, generating)
        except NotExpanded as reason:
            return Expansion(document, why_not=str(reason))
        where = (document.source, document.index, document.within)
        return Expansion(document, tuple(Document(value, *where, made_by=document) for value in made))

    def _read(self, revision: str) -> "_Files":
        try:
            view = self._views.named(revision)
        except NotDeployed as branch:
            raise NotExpanded(f"reads {str(branch)!r}, where nothing is deployed yet") from None
        return self._files.setdefault(view.commit, _Files(view.tree))

    def _filling(self, options: Sequence[Any]) -> Callable[[Any, Sequence[Parameters]], list[Any]]:
        def fill(value: Any, sets: Sequence[Parameters]) -> list[Any]:
            asked = {"value": {"filled": value}, "parameters": sets, "options": options}
            request = Request("", "template", expansion=json.dumps(asked))
            (answer,) = self._renderer.render([request], self._views.start.tree.root)
            if answer.error:
                raise NotExpanded(f"has a template that cannot be filled: {answer.error}")
            return [each["filled"] for each in answer.values or ()]

        return fill


class _Files:
    """A tree as a git generator sees it."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    @cached_property
    def _folders(self) -> tuple[str, ...]:
        found: set[str] = set()
        for path in self._tree.files():
            folder = posixpath.dirname(path)
            while folder and folder not in found:
                found.add(folder)
                folder = posixpath.dirname(folder)
        return tuple(sorted(found))

    def folders(self) -> Sequence[str]:
        return self._folders

    def files(self) -> Sequence[str]:
        return self._tree.files()

    def read(self, path: str) -> bytes:
        return self._tree.read(path)
