"""Fields of a kustomization that Kustomize does not know."""

import re
from difflib import get_close_matches

from ringtrue.environments.causes import Cause
from ringtrue.findings import Location
from ringtrue.repository.kustomization import Kustomization
from ringtrue.repository.tree import Tree

_UNKNOWN = re.compile(r'unknown field "([^"]+)"')
_KNOWN = (
    "apiVersion", "bases", "buildMetadata", "commonAnnotations", "commonLabels", "components", "configMapGenerator",
    "configurations", "crds", "generatorOptions", "generators", "helmCharts", "helmGlobals", "images", "kind", "labels",
    "metadata", "namePrefix", "nameSuffix", "namespace", "openapi", "patches", "patchesJson6902",
    "patchesStrategicMerge", "replacements", "replicas", "resources", "secretGenerator", "sortOptions", "transformers",
    "validators", "vars",
)  # fmt: skip
_WITHIN = (
    "behavior", "count", "delimiter", "digest", "env", "envs", "fieldPath", "fieldPaths", "fields", "files",
    "includeSelectors", "includeTemplates", "index", "kind", "literals", "name", "newName", "newTag", "options",
    "pairs", "patch", "path", "reject", "select", "source", "target", "targets", "type",
)  # fmt: skip


def unknown_field(error: str, layer: Kustomization, tree: Tree) -> tuple[Cause, ...]:
    """The field at its line, with the nearest one that there is."""
    said = _UNKNOWN.search(error)
    if said is None:
        return ()
    field = said[1]
    pattern = re.compile(rf"^[\s-]*[\"']?({re.escape(field)})[\"']?\s*:")
    try:
        lines = tree.read(layer.file).decode(errors="replace").splitlines()
    except OSError:
        lines = []
    places = ((number, found.start(1) + 1) for number, line in enumerate(lines, 1) if (found := pattern.match(line)))
    line, column = next(places, (1, 1))
    near = get_close_matches(field, _KNOWN if column == 1 else _WITHIN, n=1)
    hint = f"did you mean {near[0]!r}?" if near else "remove it"
    message = f"Kustomize knows no field {field!r} here"
    return (Cause("source-does-not-render", Location(layer.file, line, column), message, hint, value=field),)
