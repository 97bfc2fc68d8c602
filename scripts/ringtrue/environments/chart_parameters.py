"""`spec.source.helm`: how a chart of this repository is rendered for one Application."""

import json
import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ringtrue.environments.applications import Declared
from ringtrue.manifests.resource import mappings_at, text_at, texts_at
from ringtrue.manifests.yaml_values import YamlFault, decode, read
from ringtrue.rendering.charts import Chart, Pairs
from ringtrue.rendering.substitution import expand
from ringtrue.repository.remotes import same_repository
from ringtrue.repository.tree import Tree


class NotHere(Exception):
    """What the chart needs is not in this repository: the message is the rest of a sentence about the source."""


class Refused(Exception):
    """Argo CD would fail: the message is the rest of a sentence about the source."""


@dataclass(frozen=True, slots=True)
class ChartParameters:
    """Reads one source of an Application."""

    source: Declared
    tree: Tree
    variables: Mapping[str, str]
    kubernetes: tuple[int, int]

    def chart(self, helm: Any) -> Chart:
        """Raises NotHere or Refused."""
        given = helm if isinstance(helm, Mapping) else {}
        self._dependencies()
        optional = given.get("ignoreMissingValueFiles") is True
        files = (self._file(text, optional) for text in texts_at(given, "valueFiles"))
        parameters = [each for each in mappings_at(given, "parameters") if text_at(each, "name")]
        return Chart(
            text_at(given, "releaseName") or self.source.name,
            text_at(given, "namespace") or self.source.namespace,
            text_at(given, "kubeVersion") or "{}.{}".format(*self.kubernetes),
            tuple(dict.fromkeys(filter(None, files))),
            _values(given),
            self._pairs(parameters, False),
            self._pairs(parameters, True),
            tuple(
                (text_at(each, "name"), self._file(text_at(each, "path"), False))
                for each in mappings_at(given, "fileParameters")
            ),
            texts_at(given, "apiVersions"),
            given.get("skipCrds") is True,
            given.get("skipSchemaValidation") is True,
            given.get("skipTests") is True,
        )

    def _pairs(self, parameters: Sequence[Mapping[str, Any]], texts: bool) -> Pairs:
        """Of those of one name the last counts."""
        wanted = (each for each in parameters if (each.get("forceString") is True) is texts)
        pairs = {each["name"]: expand(text_at(each, "value"), self.variables) for each in wanted}
        return tuple(sorted(pairs.items()))

    def _file(self, written: str, optional: bool) -> str:
        """Root-relative; "" for one that may be missing, and is."""
        text = expand(written, self.variables) if not written.startswith("$") else written
        if "://" in text:
            raise NotHere(f"reads the values file {text!r} from elsewhere")
        if any(sign in text for sign in "*?["):
            raise NotHere(f"reads values files by the pattern {text!r}")
        reference, _, rest = text.removeprefix("$").partition("/")
        if text.startswith("$"):
            if not self._is_ours(reference):
                raise NotHere(f"reads the values file {text!r} of another source")
            path = posixpath.normpath(rest)
        else:
            start = "." if text.startswith("/") else self.source.path
            path = posixpath.normpath(posixpath.join(start, text.lstrip("/")))
        if path.startswith("../") or self.tree.escapes(path):
            raise Refused(f"reads the values file {written!r}, which leads out of the repository")
        if self.tree.is_file(path):
            return path
        if optional:
            return ""
        raise Refused(f"reads the values file {written!r}, which does not exist")

    def _is_ours(self, reference: str) -> bool:
        """Whether a source of the Application with this `ref` reads the same repository."""
        sources = mappings_at(self.source.document.value, "spec", "sources")
        named = [text_at(each, "repoURL") for each in sources if each.get("ref") == reference]
        return any(same_repository(url, self.source.url) for url in named)

    def _dependencies(self) -> None:
        """Charts that Argo CD would fetch."""
        path = self.source.path
        missing = [
            name
            for name in self._needed("Chart.yaml", "requirements.yaml")
            if not self.tree.is_dir(f"{path}/charts/{name}")
            and not any(file.startswith(f"{path}/charts/{name}-") for file in self.tree.below(path))
        ]
        if missing:
            raise NotHere(f"is a chart that needs others, which are not here: {', '.join(map(repr, missing))}")

    def _needed(self, *names: str) -> list[str]:
        found: list[str] = []
        for name in names:
            file = posixpath.join(self.source.path, name)
            if not self.tree.is_file(file):
                continue
            try:
                documents = read(decode(self.tree.read(file)))
            except (OSError, YamlFault):
                continue
            chart = documents[0].value if documents else None
            found += [text_at(each, "name") for each in mappings_at(chart, "dependencies")]
        return [name for name in found if name]


def _values(given: Mapping[str, Any]) -> str:
    """`valuesObject` outweighs the text, be it empty; as JSON, since Go's YAML has other plain words for booleans."""
    if isinstance(given.get("valuesObject"), Mapping):
        return json.dumps(given["valuesObject"], sort_keys=True)
    return text_at(given, "values")
