"""A chart to be rendered: what `helm template` is told, as Argo CD tells it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

Pairs = tuple[tuple[str, str], ...]

_COMMA = re.compile(r"(?<!\\),")
_ESCAPED = r"\\,"


@dataclass(frozen=True, slots=True)
class Chart:
    """The fields of `spec.source.helm` that change what is rendered, variables already put in; paths root-relative."""

    release: str
    namespace: str
    kubernetes: str
    """ "1.35"."""
    values_files: tuple[str, ...] = ()
    values: str = ""
    """YAML that is laid over the files; "" for none."""
    parameters: Pairs = ()
    texts: Pairs = ()
    """Parameters that stay texts, whatever they look like."""
    files: Pairs = ()
    """Parameters whose value is the text of a file."""
    api_versions: tuple[str, ...] = ()
    skip_crds: bool = False
    skip_schema: bool = False
    skip_tests: bool = False

    def arguments(self, path: str, values: str) -> tuple[str, ...]:
        """For `helm` in the root; `path` is the chart's, `values` where the own values were written, "" for none."""
        files = [*map(_relative, self.values_files), *filter(None, (values,))]
        contents = ((name, _relative(file)) for name, file in self.files)
        return (
            *("template", _relative(path), "--name-template", self.release),
            *(("--namespace", self.namespace) if self.namespace else ()),
            *("--kube-version", self.kubernetes),
            *_repeated("--set", map(_assigned, self.parameters)),
            *_repeated("--set-string", map(_assigned, self.texts)),
            *_repeated("--set-file", map(_assigned, contents)),
            *_repeated("--values", files),
            *_repeated("--api-versions", self.api_versions),
            *(() if self.skip_crds else ("--include-crds",)),
            *(("--skip-schema-validation",) if self.skip_schema else ()),
            *(("--skip-tests",) if self.skip_tests else ()),
        )

    def reads(self) -> tuple[str, ...]:
        """The files that it needs beside those of its folder."""
        return (*self.values_files, *(file for _, file in self.files))


def _relative(path: str) -> str:
    """Never an option, nor a repository of charts."""
    return f"./{path}"


def _assigned(pair: tuple[str, str]) -> str:
    """A comma would begin another assignment, but for those of a list in braces."""
    name, value = pair
    is_list = value.startswith("{") and value.endswith("}")
    return f"{name}={value}" if is_list else f"{name}={_COMMA.sub(_ESCAPED, value)}"


def _repeated(option: str, values: Iterable[str]) -> tuple[str, ...]:
    return tuple(part for value in values for part in (option, value))
