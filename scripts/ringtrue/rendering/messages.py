"""What is said of a source that does not render: the tool's own words made fit for a report, or ours."""

import re
from pathlib import Path

STOPPED = "the renderer stopped while it rendered this source"
RUBBISH = "the renderer's answer could not be read"
NO_TEMPLATES = "Go templates need the built-in renderer, which could not be built here"

_OUT_OF_MEMORY = ("out of memory", "cannot allocate memory", "failed to create new OS thread")
_WARNING = re.compile(r"^# Warning:.*\n", re.MULTILINE)
_USAGE = re.compile(r"\s*^Usage:\n  (?:kustomize|kubectl) .*", re.DOTALL | re.MULTILINE)
_PREFIX = re.compile(r"^[Ee]rror: ", re.MULTILINE)
_PANIC = re.compile(r"^panic: (?P<what>.*?)(?: \[recovered\].*)?(?=\n\ngoroutine |\Z)", re.DOTALL | re.MULTILINE)
_LITERALS = re.compile(r"literal sources \[.*\]: invalid literal source .*, expected ", re.DOTALL)
_CONFIG = re.compile(r" with config: `\n.*?`(?=: )", re.DOTALL)


def too_long(seconds: float) -> str:
    """A source that met its deadline."""
    return f"rendering took longer than {seconds:g} s; is there an alias bomb in it?"


def too_large(memory: int) -> str:
    """A source that met the limit on address space."""
    return f"rendering needed more than {memory >> 20} MB of memory; is there an alias bomb in it?"


def ran_out_of_memory(log: str) -> bool:
    """Whether the last words of a Go program say that it met the limit on address space."""
    return any(words in log for words in _OUT_OF_MEMORY)


def own_words(log: str) -> str:
    """The error in what a binary wrote to standard error: without its prefix, usage, warnings and a panic's stack."""
    panic = _PANIC.search(log)
    if panic:
        return f"panic: {panic['what']}"
    if "fatal error: " in log:
        return ""  # Go's runtime gave up, and what follows is its stack
    prefix = _PREFIX.search(log)
    if prefix:
        return _USAGE.sub("", log[prefix.end() :]).strip()
    return next((line for line in _WARNING.sub("", log).splitlines() if line.strip()), "").strip()


def cleaned(error: str, root: Path) -> str:
    """Root-relative paths; no value of a Secret; not the configuration that Kustomize failed on, printed whole."""
    error = _LITERALS.sub("a literal source is malformed, expected ", _CONFIG.sub("", error))
    if str(root) != root.anchor:
        error = re.sub(rf"(?<![\w./-]){re.escape(str(root))}(?:/|(?![\w.-]))", _relative, error)
    if error.startswith("panic: "):
        error = f"Kustomize panics: {error.removeprefix('panic: ')}"
    return error.strip()


def _relative(found: re.Match[str]) -> str:
    return "" if found[0].endswith("/") else "."
