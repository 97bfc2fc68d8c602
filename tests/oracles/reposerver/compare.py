"""`environments` against Argo CD's repo-server: the objects that each source of an Application gives, or that it fails.

First the Applications of this repository and of its tests, then generated ones.
"""

import copy
import json
import os
import shutil
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from components.building import COMPONENTS, Unavailable, go_program
from frame.lines import LineProgram
from frame.shrinking import shrink
from frame.tally import Disagreement, Tally
from reposerver.applications import application
from reposerver.checkouts import ROOT, Held, copied, held, repositories
from reposerver.worlds import APPLICATION, world, write

from ringtrue.environments.environment import Status
from ringtrue.manifests.resource import follow, mappings_at, text_at
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits, Renderer

FULL = 100
_TOOLS = ROOT / ".tools" / "bin"
_BY_DESIGN = ("is rendered by a plugin", "is written in Jsonnet")
"""Sources that ringtrue says it cannot render."""

_MOST_TRIES = 150
"""Each takes a second or so."""

Outcome = list[Any] | str
"""The objects in their order, or why there are none."""


def run(size: int, seed: int) -> Tally:
    """Asks about `size` generated Applications, and about the share size / 100 of the repositories there are."""
    random, tally = Random(seed), Tally("rendering", seed, "sources")
    program = str(go_program(COMPONENTS / "argocd", "./manifests", name="argocd-manifests"))
    renderer = choose(Limits(), os.environ | {"PATH": _path()})
    known = repositories()
    chosen = known if size >= FULL else [ROOT, *random.sample(known, len(known) * size // FULL)]
    with TemporaryDirectory(prefix="ringtrue-oracle-") as scratch:
        environment = os.environ | {"PATH": _path(), "TMPDIR": scratch, "ARGOCD_LOG_LEVEL": "fatal"}
        with LineProgram([program], "argocd-manifests", environment) as component:
            desk = Desk(Path(scratch), renderer, component)
            for repository in chosen:
                _judge(tally, repository, desk)
            for _ in range(size):
                _judge_generated(tally, random, desk)
    return tally


class Desk:
    """Both who are asked, and room for checkouts."""

    def __init__(self, scratch: Path, renderer: Renderer, component: LineProgram) -> None:
        self._scratch = scratch
        self._renderer = renderer
        self._component = component
        self._number = 0

    def room(self) -> Path:
        """A path where nothing is yet."""
        self._number += 1
        return self._scratch / str(self._number)

    def held(self, root: Path) -> list[Held]:
        return list(held(root, self._renderer))

    def theirs(self, root: Path, asked: Held) -> Outcome:
        """What the repo-server makes of it, in a copy, which it changes."""
        checkout = self.room()
        shutil.copytree(root, checkout, symlinks=True)
        try:
            real = self._component.ask(question(checkout, asked))
        finally:
            shutil.rmtree(checkout)
        return str(real["refused"]).replace(str(checkout), "") if real["refused"] else list(real["manifests"])


def question(checkout: Path, asked: Held) -> dict[str, Any]:
    """What the Application controller asks the repo-server; no tracking is asked for, since that is no rendering."""
    spec = asked.application.data["spec"]
    name, own = asked.application.name, text_at(asked.application.data, "metadata", "namespace")
    sources = mappings_at(spec, "sources")
    return {
        "root": str(checkout),
        "source": follow(asked.application.data, asked.source.route),
        "references": {each["ref"]: each.get("repoURL", "") for each in sources if each.get("ref")},
        "name": name if own in ("", asked.config.argocd_namespace) else f"{own}_{name}",
        "namespace": text_at(spec, "destination", "namespace"),
        "project": text_at(spec, "project"),
        "revision": "0" * 40,
        "kubeVersion": "{}.{}".format(*asked.config.version),
        "linksMayLeave": asked.may_leave,
    }


def ours(asked: Held) -> Outcome:
    if asked.leaving and not asked.may_leave:
        return "a link leads out of the repository"
    if asked.source.status is Status.FAILED:
        return asked.source.reason
    return [each.data for each in asked.source.resources]


def _path() -> str:
    for name in ("kustomize", "helm"):
        if not (_TOOLS / name).exists():
            raise Unavailable(f"{name} is missing; `make tools` builds it")
    return os.pathsep.join((str(_TOOLS), os.environ.get("PATH", "")))


def _judge(tally: Tally, repository: Path, desk: Desk) -> None:
    root = copied(repository, desk.room())
    for asked in desk.held(root):
        if _is_counted_open(tally, asked):
            continue
        real = desk.theirs(root, asked)
        _count(tally, real)
        if agree(ours(asked), real):
            tally.agreed += 1
        else:
            where = repository.relative_to(ROOT)
            called = f"{where}: {asked.application.name} {'.'.join(map(str, asked.source.route))}"
            tally.disagreements.append(Disagreement(called, *differing(ours(asked), real)))
    shutil.rmtree(root)


def _judge_generated(tally: Tally, random: Random, desk: Desk) -> None:
    files = world(random)
    document = application(random, files)
    asked, real = _both(files, document, desk)
    if asked is None:
        tally.disagreements.append(Disagreement("is it read at all?", "no", real, json.dumps(document)))
        return
    if _is_counted_open(tally, asked):
        return
    _count(tally, real)
    if agree(ours(asked), real):
        tally.agreed += 1
    else:
        tally.disagreements.append(_smallest(files, document, desk))


def _is_counted_open(tally: Tally, asked: Held) -> bool:
    source = asked.source
    if source.foreign or source.absent or source.reason.startswith(_BY_DESIGN):
        tally.by_design += 1
    elif source.status is Status.SKIPPED:
        tally.undecided += 1
    else:
        return False
    return True


def _count(tally: Tally, real: Outcome) -> None:
    tally.seen["refused" if isinstance(real, str) else "rendered"] += 1


def _both(files: dict[str, str], document: dict[str, Any], desk: Desk) -> tuple[Held | None, Outcome]:
    root = desk.room()
    write(root, {**files, APPLICATION: json.dumps(document)})
    try:
        asked = next((each for each in desk.held(root)), None)
        return asked, desk.theirs(root, asked) if asked else "not asked"
    finally:
        shutil.rmtree(root)


def agree(model: Outcome, real: Outcome) -> bool:
    """The same objects in the same order, or a refusal by both; why is not compared."""
    if isinstance(model, str) or isinstance(real, str):
        return isinstance(model, str) and isinstance(real, str)
    return list(map(_text, model)) == list(map(_text, real))


def _text(value: Any) -> str:
    """Tells true from 1 and "1" from 1, but not 1.0 from 1, which are the same in JSON."""
    return json.dumps(_plain(value), sort_keys=True)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def differing(model: Outcome, real: Outcome) -> tuple[str, str]:
    """Both outcomes, without the objects that are alike."""
    if isinstance(model, str) or isinstance(real, str):
        return tuple(f"refused: {each}" if isinstance(each, str) else f"{len(each)} objects" for each in (model, real))
    left, right = list(map(_text, model)), list(map(_text, real))
    alone = [each for each in left if each not in right], [each for each in right if each not in left]
    if not any(alone):
        alone = [_called(each) for each in model], [_called(each) for each in real]
    return "\n".join(alone[0]), "\n".join(alone[1])


def _called(value: Any) -> str:
    return f"{follow(value, ('kind',))} {follow(value, ('metadata', 'name'))}"


def _smallest(files: dict[str, str], document: dict[str, Any], desk: Desk) -> Disagreement:
    tries = 0

    def fails(smaller: list[Any]) -> bool:
        nonlocal tries
        tries += 1
        if tries > _MOST_TRIES or len(smaller) < 2 or not {"path", "repoURL"} <= smaller[0].keys():
            return False
        asked, real = _both(smaller[1], _with(document, smaller[0]), desk)
        return asked is not None and asked.source.status is not Status.SKIPPED and not agree(ours(asked), real)

    source, kept = shrink([document["spec"]["source"], files], fails)
    asked, real = _both(kept, _with(document, source), desk)
    assert asked is not None
    return Disagreement(json.dumps(source), *differing(ours(asked), real), json.dumps(kept))


def _with(document: dict[str, Any], source: dict[str, Any]) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    changed["spec"]["source"] = source
    return changed
