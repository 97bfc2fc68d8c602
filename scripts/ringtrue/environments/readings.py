"""What each source of an Application is to this repository: something to render, or the reason why it is not."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ringtrue.environments import plans
from ringtrue.environments.applications import Declared
from ringtrue.environments.chart_parameters import ChartParameters, NotHere, Refused
from ringtrue.environments.clusters import Landing
from ringtrue.environments.directories import directory_files, is_jsonnet
from ringtrue.environments.ownership import shown
from ringtrue.environments.parameter_files import BadParameters, merged
from ringtrue.environments.plain import chart_folder
from ringtrue.environments.plans import Plan
from ringtrue.environments.views import View, Views
from ringtrue.rendering.overrides import Overrides, overrides_of
from ringtrue.rendering.substitution import application_variables
from ringtrue.repository.deployed import NotDeployed
from ringtrue.repository.tree import Tree


@dataclass(frozen=True, slots=True)
class Reading:
    """What an Application's source is to us: a plan, or why there is none."""

    source: Declared
    plan: Plan | None
    failed: str = ""
    """Argo CD would refuse it (C1)."""
    skipped: str = ""
    """It cannot be rendered here."""
    absent: bool = False
    """It is skipped since nothing was pushed to its branch yet."""
    foreign: bool = False
    instances: tuple[str, ...] | None = None
    """Where it holds, if not everywhere that the source is."""

    def on(self, landings: Iterable[Landing]) -> Iterator[Landing]:
        """Those of its source's landings where it holds."""
        return (each for each in landings if self.instances is None or each.instance in self.instances)


@dataclass(frozen=True, slots=True)
class Readings:
    """How the sources of this repository are read: its files, and the settings of the Argo CD that does it."""

    views: Views
    argocd_version: tuple[int, int]
    argocd_namespace: str
    kubernetes: tuple[int, int]
    charts: bool
    """Whether charts can be rendered."""

    def of(self, source: Declared) -> Reading:
        """As Argo CD's repo-server looks at a path (C1): what the source says of itself counts before what is there."""
        if self.views.deployed and _RANGE.search(source.revision):
            return Reading(source, None, skipped=f"follows the range {source.revision!r} of tags")
        try:
            view = self.views.named(source.revision)
        except NotDeployed as branch:
            return not_deployed(source, branch)
        failed = next((problem for test, problem in _REFUSALS if test(source, view.tree)), "")
        if failed:
            return Reading(source, None, failed=failed)
        try:
            parameters = merged(source.parameters, source.path, self._instance_name(source), view.tree)
        except BadParameters as error:
            return Reading(source, None, failed=str(error))
        tools = [tool for tool in _TOOLS if parameters.get(tool)]
        if len(tools) > 1:
            return Reading(source, None, failed=f"has parameters for {' and '.join(tools)}, and takes one kind only")
        return self._read(source, parameters, tools[0] if tools else "", view)

    def _read(self, source: Declared, parameters: Mapping[str, Any], tool: str, view: View) -> Reading:
        skipped = _why_not(source, tool)
        if skipped:
            return Reading(source, None, skipped=skipped)
        if tool == "kustomize" or (not tool and view.graph.get(source.path)):
            return self._kustomization(source, parameters, view)
        if tool == "helm" or (not tool and chart_folder(view.tree, source.path)):
            return self._chart(source, parameters, view)
        options = parameters.get("directory")
        files = directory_files(source.path, options if isinstance(options, Mapping) else {}, view.tree)
        if any(map(is_jsonnet, files)):
            return Reading(source, None, skipped="is written in Jsonnet")
        return Reading(source, plans.directory(source.path, files, commit=self.views.mark(view)))

    def _kustomization(self, source: Declared, parameters: Mapping[str, Any], view: View) -> Reading:
        if view.graph.get(source.path) is None:
            return Reading(source, None, failed="holds no kustomization, and the source has parameters for one")
        overrides = self._overrides(source, parameters, view)
        return Reading(source, plans.kustomization(source.path, overrides, self.views.mark(view)))

    def _chart(self, source: Declared, parameters: Mapping[str, Any], view: View) -> Reading:
        if not chart_folder(view.tree, source.path):
            return Reading(source, None, failed="holds no Chart.yaml, and the source has parameters for a chart")
        if not self.charts:
            return Reading(source, None, skipped="is a Helm chart, and helm is not on PATH")
        reader = ChartParameters(source, view.tree, self._variables(source, view), self.kubernetes)
        try:
            chart = reader.chart(parameters.get("helm"))
        except NotHere as reason:
            return Reading(source, None, skipped=str(reason))
        except Refused as reason:
            return Reading(source, None, failed=str(reason))
        return Reading(source, plans.chart(source.path, chart, self.views.mark(view)))

    def _overrides(self, source: Declared, parameters: Mapping[str, Any], view: View) -> Overrides | None:
        return overrides_of(parameters.get("kustomize"), self._variables(source, view), self.argocd_version)

    def _variables(self, source: Declared, view: View) -> Mapping[str, str]:
        return application_variables(
            name=self._instance_name(source),
            namespace=source.namespace,
            project=source.project or "default",
            repository=source.url,
            path=source.text,
            target_revision=source.revision,
            commit=view.commit,
        )

    def _instance_name(self, source: Declared) -> str:
        """An Application outside the control plane's namespace is told apart by its own."""
        own = source.own_namespace
        return source.name if own in ("", self.argocd_namespace) else f"{own}_{source.name}"


def not_deployed(source: Declared, branch: NotDeployed) -> Reading:
    """A source whose branch holds nothing yet: Argo CD has nothing to sync."""
    return Reading(source, None, skipped=f"reads {str(branch)!r}, where nothing is deployed yet", absent=True)


def elsewhere(source: Declared) -> Reading:
    """A source of another repository: an Application that this run cannot judge."""
    tool = next((tool for tool in _TOOLS if source.parameters.get(tool)), "")
    skipped = source.outside or _why_not(source, tool) or f"reads another repository, {shown(source.url)!r}"
    return Reading(source, None, skipped=skipped, foreign=True)


_RANGE = re.compile(r"[*<>=~^|,]|\.x\b")
"""A `targetRevision` that is a constraint on versions, not a name."""

_TOOLS = ("kustomize", "helm", "directory", "plugin")


def _why_not(source: Declared, tool: str) -> str:
    if source.chart:
        return f"is the Helm chart {str(source.parameters['chart'])!r}"
    return "is rendered by a plugin" if tool == "plugin" else ""


_REFUSALS: tuple[tuple[Callable[[Declared, Tree], bool], str], ...] = (
    (lambda source, tree: source.text.startswith("/"), "is absolute"),
    (
        lambda source, tree: source.path == ".." or source.path.startswith("../") or tree.escapes(source.path),
        "leads out of the repository",
    ),
    (lambda source, tree: tree.is_file(source.path), "is a file, not a directory"),
    (lambda source, tree: not tree.is_dir(source.path), "does not exist"),
)
