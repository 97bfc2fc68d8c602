"""An environment: what may talk to what, on the cluster where it resolves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from ringtrue.cluster.cluster import Cluster
from ringtrue.environments.views import View
from ringtrue.findings import Location, Route
from ringtrue.manifests.ambiguities import Ambiguity
from ringtrue.manifests.problem import Fault
from ringtrue.manifests.resource import Resource
from ringtrue.manifests.schema import ExtraSchemas
from ringtrue.reachability.proof import Proof
from ringtrue.reachability.scope import Scope
from ringtrue.rendering.charts import Chart
from ringtrue.rendering.overrides import Overrides
from ringtrue.repository.graph import Graph


class Status(StrEnum):
    RENDERED = "rendered"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that is rendered: an Application's source, a leaf kustomization, a plain directory, a PATH."""

    path: str
    """Root-relative: a kustomization's folder, a plain directory, or a file."""
    application: Resource | None = None
    revision: str = ""
    namespace: str = ""
    """The destination's namespace: fills missing namespaces only."""
    status: Status = Status.RENDERED
    reason: str = ""
    """Why it failed or was skipped."""
    absent: bool = False
    """It is skipped since nothing was pushed to its branch yet."""
    foreign: bool = False
    """It reads another repository, or a chart: nothing of it is here."""
    route: Route = ()
    """Leads to this source in the Application: ("spec", "source") or ("spec", "sources", 1)."""
    kustomization: Resource | None = None
    """Flux's Kustomization, where it is one that declares this source; `application` is None then."""
    application_set: Resource | None = None
    """What made the Application, which then stands in no file."""
    overrides: Overrides | None = None
    """What the Application changed before the kustomization was built."""
    chart: Chart | None = None
    """What the Application said of its chart; None for any other source."""
    view: View | None = field(default=None, compare=False, repr=False)
    """Where its files are read; None for one that was made by hand."""
    lost: tuple[tuple[Resource, str], ...] = ()
    """Objects left out, since a variable in them is not known: each with what is written there."""
    resources: tuple[Resource, ...] = ()
    """Of a kustomization each has `source` = this path; of a directory or a file the file it stands in."""

    @property
    def graph(self) -> Graph:
        """The kustomizations that it may be built from."""
        return self.view.graph if self.view else Graph({})

    @property
    def declared_by(self) -> Resource | None:
        """The Application or Kustomization."""
        return self.application or self.kustomization

    @property
    def application_name(self) -> str | None:
        """Of what declares it, a Flux Kustomization too."""
        return self.declared_by.name if self.declared_by else None


class Idleness(StrEnum):
    """Why a target changes nothing, or not what it says."""

    UNMATCHED = "unmatched"
    REJECTED = "rejected"
    """What it selects, it rejects."""
    INDEX = "index"
    """An `index` without a `delimiter` has no effect."""


@dataclass(frozen=True, slots=True)
class Idle:
    """A target in a kustomization that selects nothing, whoever builds on it."""

    layer: str
    """The kustomization's file."""
    field: Literal["patches", "replacements"]
    location: Location
    target: str
    """In words: "Deployment 'web'"."""
    reason: Idleness
    hint: str


@dataclass(frozen=True, slots=True, eq=False)
class Relabelled:
    """A kustomization that writes its labels into selectors; files and names are those of the objects' own files."""

    layer: str
    field: Literal["labels", "commonLabels"]
    location: Location
    pairs: Mapping[str, str]
    selecting: tuple[Resource, ...]
    """Objects whose selector changes."""
    peers: tuple[Resource, ...]
    """NetworkPolicies whose peers change."""
    invented: tuple[Resource, ...]
    """Services with endpoints written by hand and no selector of their own, which get one."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One Argo CD: its settings, and the objects of its own that are seen here."""

    version: tuple[int, int] = (3, 6)
    namespace: str = "argocd"
    """The control plane's."""
    tracking: str = "annotation"
    """`application.resourceTrackingMethod`: "annotation", "label" or "annotation+label"."""
    label: str = "app.kubernetes.io/instance"
    """The label that tracking by label writes."""
    settings: Mapping[str, str] | None = None
    """Data of its ConfigMap `argocd-cm`; None when that is kept elsewhere, or is not one and the same everywhere."""
    links_may_leave: bool = False
    """`reposerver.allow.oob.symlinks` in its ConfigMap `argocd-cmd-params-cm`."""
    projects: tuple[Resource, ...] = ()
    """Its AppProjects; none when they are kept elsewhere."""
    applications: tuple[Resource, ...] = ()
    """All its Applications, those of other environments too."""
    namespaces: frozenset[str] = frozenset()
    """What Namespace objects make anywhere in the tree, also where no Application reads them."""


@dataclass(frozen=True, slots=True)
class Environment:
    """What a rule looks at. `resources` are its own; `cluster` holds those of its neighbours too."""

    name: str
    cluster: Cluster
    scope: Scope
    sources: tuple[Source, ...]
    resources: tuple[Resource, ...]
    applications: tuple[Resource, ...] = ()
    """Those that declare its sources, in the order of the sources."""
    instance: Instance = field(default_factory=Instance)
    proofs: tuple[Proof, ...] = ()
    schemas: ExtraSchemas = field(default_factory=ExtraSchemas)
    unnamed: tuple[str, ...] = ()
    """Manifest files beside its kustomizations that no kustomization names, and no Application reads."""
    ambiguous: tuple[Ambiguity, ...] = ()
    """Unquoted scalars in the files of its sources that do not mean what is written."""
    idle: tuple[Idle, ...] = ()
    """Targets in its kustomizations that select nothing."""
    relabelled: tuple[Relabelled, ...] = ()
    """Those of its kustomizations that write labels into selectors."""
    leaving: tuple[str, ...] = ()
    """Links that lead out of the repository, where an Application of this repository fills it."""
    listed: bool = True
    """False for a source that holds only Argo CD or Flux objects: checked, but no environment."""
    deployed: "Environment | None" = field(default=None, compare=False, repr=False)
    """What it was before the change that is judged, with its proofs; None where that is not known, or it is new."""

    @property
    def complete(self) -> bool:
        """Every source was rendered."""
        return all(source.status is Status.RENDERED for source in self.sources)


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything found in a tree: environments in report order, faults of the sources, what was left aside."""

    environments: tuple[Environment, ...]
    faults: tuple[Fault, ...] = ()
    assumptions: tuple[str, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    """Counts of what was left alone, by what it is: "chart", "compose file", "values file"."""
