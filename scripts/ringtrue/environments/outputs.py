"""Rendering plans: the documents of each, as raw values, and what went wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ringtrue.environments.file_faults import FileFault, file_faults
from ringtrue.environments.plans import Form, Plan
from ringtrue.environments.views import Views
from ringtrue.findings import Route
from ringtrue.flux.substitution import finished
from ringtrue.manifests.yaml_values import read_leniently
from ringtrue.rendering.request import Rendered, Renderer, Request
from ringtrue.repository.tree import Tree

Progress = Callable[[Rendered], None]

_NESTED_LISTS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A manifest; `source` and `index` are what the renderer is asked for its origin with.

    `within` leads to it in a document that is a `List`.
    """

    value: Mapping[str, Any]
    source: str
    index: int
    within: Route = ()
    made_by: "Document | None" = None
    """The ApplicationSet of a generated Application, which stands in no file."""


@dataclass(frozen=True, slots=True, eq=False)
class Output:
    """What a plan gave. `error` is Kustomize's, of a source that gave nothing; faults are of single files."""

    plan: Plan
    documents: tuple[Document, ...] = ()
    error: str = ""
    faults: tuple[FileFault, ...] = ()
    templates: int = 0
    """Files that are templates of another tool, left alone."""
    lost: tuple[tuple[Document, str], ...] = ()
    """Objects that are not known whole, each with the expression in it that is not known."""

    @property
    def failed(self) -> bool:
        return bool(self.error or self.faults)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request gave, read once."""

    path: str
    documents: tuple[Document, ...]
    error: str
    faults: tuple[FileFault, ...]


class Rendering:
    """Renders plans in batches, each file and each kustomization once, however many plans hold it."""

    def __init__(self, views: Views, renderer: Renderer, progress: Progress | None) -> None:
        self._views = views
        self._renderer = renderer
        self._progress = progress
        self._answers: dict[Request, Answer] = {}

    def outputs(self, plans: Sequence[Plan]) -> list[Output]:
        """One output a plan, in order; the renderer is started once for all of them."""
        refusals = {plan: why for plan in plans if (why := self._refusal(plan))}
        asked = [plan for plan in plans if plan not in refusals]
        wanted = list(dict.fromkeys(request for plan in asked for request in self._requests(plan)))
        requests = [request for request in wanted if request not in self._answers]
        if requests:
            for rendered in self._renderer.render(requests, self._views.start.tree.root, self._progress):
                tree = self._views.at(rendered.request.revision).tree
                self._answers[rendered.request] = _answer(rendered, tree)
        return [Output(plan, error=refusals[plan]) if plan in refusals else self._output(plan) for plan in plans]

    def _output(self, plan: Plan) -> Output:
        answers = [self._answers[each] for each in self._requests(plan)]
        output = _output(plan, answers, self._views.at(plan.commit).tree)
        return _finished(output) if plan.finish else output

    def _requests(self, plan: Plan) -> list[Request]:
        view = self._views.at(plan.commit)
        if plan.form is Form.KUSTOMIZATION:
            return [view.request(plan.path, "kustomize", plan.overrides)]
        if plan.form is Form.CHART:
            return [view.request(plan.path, "helm", chart=plan.chart)]
        return [view.request(path, "file") for path in plan.files]

    def _refusal(self, plan: Plan) -> str:
        """Why a plan must not be given to the renderer; "" for most."""
        view = self._views.at(plan.commit)
        reached = view.bombs(plan.path) if plan.form is Form.KUSTOMIZATION else ()
        return f"{reached[0]!r} holds an alias bomb" if reached else ""


def _answer(rendered: Rendered, tree: Tree) -> Answer:
    if rendered.request.form in ("kustomize", "helm"):
        documents = () if rendered.error else tuple(_documents(rendered))
        return Answer(rendered.request.path, documents, rendered.error, ())
    documents = tuple(each for each in _documents(rendered) if _is_manifest(each.value))
    return Answer(rendered.request.path, documents, "", tuple(_faults(rendered, tree)))


def _output(plan: Plan, answers: Sequence[Answer], tree: Tree) -> Output:
    if plan.form in (Form.KUSTOMIZATION, Form.CHART):
        return Output(plan, answers[0].documents, answers[0].error)
    documents: list[Document] = []
    faults: list[FileFault] = []
    templates = 0
    for answer in answers:
        if answer.faults and not plan.declared and _is_template(answer.path, tree):
            templates += 1
            continue
        faults += answer.faults
        documents += answer.documents
    return Output(plan, tuple(documents), faults=tuple(faults), templates=templates)


def _finished(output: Output) -> Output:
    """What Flux makes of the objects; what would be guessed of one with an unknown variable is not said of it."""
    kept: list[Document] = []
    lost: list[tuple[Document, str]] = []
    for document in output.documents:
        made = finished(document.value, output.plan.finish)
        changed = replace(document, value=made.value)
        if made.open:
            lost.append((changed, made.open))
        else:
            kept.append(changed)
    return replace(output, documents=tuple(kept), lost=tuple(lost))


def _faults(answer: Rendered, tree: Tree) -> Iterator[FileFault]:
    if not answer.error and answer.text is None:
        return
    path = answer.request.path
    try:
        found = file_faults(path, tree.read(path))
    except OSError as error:
        found = (FileFault(path, 1, 1, f"cannot be read: {error.strerror or error}"),)
    yield from found
    if answer.error and not found:
        yield FileFault(path, 1, 1, answer.error)


def _is_template(path: str, tree: Tree) -> bool:
    try:
        return b"{{" in tree.read(path)
    except OSError:
        return False


def _documents(answer: Rendered) -> Iterator[Document]:
    values: Sequence[Any] = answer.values or ()
    if answer.values is None and answer.text is not None:
        values = [document.value for document in read_leniently(answer.text)[0]]
    for index, value in enumerate(values):
        for within, each in _flat(value, _NESTED_LISTS, ()):
            yield Document(each, answer.request.path, index, within)


def _flat(value: Any, depth: int, within: Route) -> Iterator[tuple[Route, Mapping[str, Any]]]:
    """The objects of a `List`, as kubectl and Argo CD apply them one by one; none of one whose `items` are null."""
    if not isinstance(value, Mapping) or _is_null_list(value):
        return
    kind, items = value.get("kind"), value.get("items")
    if depth and isinstance(kind, str) and kind.endswith("List") and isinstance(items, list):
        for number, item in enumerate(items):
            yield from _flat(item, depth - 1, (*within, "items", number))
        return
    yield within, value


def _is_null_list(value: Mapping[str, Any]) -> bool:
    return "items" in value and value["items"] is None and "spec" not in value and "status" not in value


def _is_manifest(value: Mapping[str, Any]) -> bool:
    return all(isinstance(value.get(key), str) and value[key] for key in ("apiVersion", "kind"))
