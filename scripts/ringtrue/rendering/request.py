"""What is asked of a renderer and what comes back."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

from ringtrue.rendering.charts import Chart
from ringtrue.rendering.overrides import Overrides

KUSTOMIZE_VERSION = "5.8.1"
"""What Argo CD 3.4 and 3.5 ship, and what the built-in renderer is made of (scripts/renderer/version.go)."""

Form = Literal["kustomize", "yaml", "file", "template", "helm"]


@dataclass(frozen=True, slots=True)
class Request:
    """One source: a directory with a kustomization, or a plain YAML or JSON file.

    `path` is POSIX and relative to the root ("." is the root). Form `yaml` gives the text of `kustomize build`,
    whichever renderer answers. With `origins` a second build says where each resource comes from; without `values`
    that second build is the only one.

    `overrides` are what an Application changes before the build. `revision` (a commit, or a name for one) reads git
    instead of the disk: `repository` is the absolute git directory, bare or not, and `folder` the root's place in the
    revision, "" for its top. Nothing is checked out, and the root need not hold any file.

    Form `template` reads no files: `expansion` is the JSON of a `value`, a list of `parameters` and the `options` of
    Go's text/template. Each set of parameters gives the value once, its Go templates filled in. Only the built-in
    renderer can.

    Form `helm` is a chart in a folder, with what its Application says of it; only a renderer that `renders_charts` can.
    """

    path: str
    form: Form = "kustomize"
    origins: bool = False
    values: bool = True
    overrides: Overrides | None = None
    revision: str = ""
    repository: str = ""
    folder: str = ""
    expansion: str = ""
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one rendered document comes from; paths are root-relative, "" when unknown.

    `line` is where the first node of a plain file's document stands (1-based), 0 for a kustomization.
    `configured_in` is the kustomization or plugin configuration of a generated resource, else "".
    """

    path: str
    line: int = 0
    configured_in: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """The answer to one request.

    `values`: what the built-in renderer decoded, exactly as kubectl would; None from a binary.
    `text`: YAML that is still to be parsed: a binary's output, a plain file read without the built-in renderer, or
    form `yaml`. `origins` are parallel to the documents: always for a plain file that the built-in renderer read,
    for a kustomization when asked and known, else (). `error` is "" or says what is wrong, the tool's own message with
    root-relative paths; a plain file can have an error and the values of its other documents.
    """

    request: Request
    values: tuple[Mapping[str, Any], ...] | None = None
    text: str | None = None
    origins: tuple[Origin | None, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one source may cost. `memory` is address space in bytes, enforced on Linux."""

    seconds: float = 30.0
    memory: int = 4 << 30
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)


Progress = Callable[[Rendered], None]


class Renderer(Protocol):
    """The built-in renderer, or a binary in its place; both give the same documents, origins and errors."""

    @property
    def name(self) -> str:
        """Name of the program, for the notice on stderr."""

    @property
    def version(self) -> str:
        """Version of Kustomize in it, "" when it does not say."""

    @property
    def is_fallback(self) -> bool:
        """True for kustomize or kubectl from PATH."""

    @property
    def renders_charts(self) -> bool:
        """Whether helm is there too."""

    def render(self, requests: Sequence[Request], root: Path, progress: Progress | None = None) -> list[Rendered]:
        """Answer in the order of the requests; `progress` is called in the calling thread as answers come in."""
