"""Which lines of a file may be shown to people: what is part of a Secret may not."""

import re
from collections.abc import Iterator

from ringtrue.manifests.faults import YamlFault
from ringtrue.manifests.marks import Node, trees

_SECRETIVE = re.compile(r"secret|stringData|/data|\\[xu]", re.I)
"""A word may be spelt with escapes."""
_INSIDE = re.compile(r"""\bkind["']?\s*:\s*["']?Secret\b|secretGenerator|stringData|/data""")
_MANIFEST = re.compile(r"""^[\s{,-]*["']?(?:apiVersion|kind)["']?\s*:""", re.M)
_LARGEST = 256 * 1024
"""Letters of a file that is read as YAML for this; a larger one in which a Secret may be is not shown."""
_KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml", "Kustomization")


def looks_like_a_manifest(path: str, text: str) -> bool:
    """Whether the file is one of Kubernetes or Kustomize; any other may be what a Secret is generated from."""
    if path.endswith(_KUSTOMIZATIONS):
        return True
    return path.endswith((".yaml", ".yml", ".json")) and (_MANIFEST.search(text) is not None or _is_patch(text))


def concealed(text: str) -> frozenset[int] | None:
    """The lines, from 1, that are part of a Secret, of a patch for one, or of what one is generated from.

    Whole objects are meant, since a value may stand on any line of theirs. None where it cannot be told of any line:
    the text may hold a Secret, and is no YAML or too large.
    """
    if not _SECRETIVE.search(text):
        return frozenset()
    if len(text) > _LARGEST:
        return None
    try:
        roots = list(trees(text.encode(), text))
    except (YamlFault, UnicodeEncodeError):
        return None
    return frozenset(line for root in roots for line in _lines(root))


def _is_patch(text: str) -> bool:
    """A JSON patch in a file of its own: a list of operations."""
    return re.search(r"""^\s*\[?\s*(?:- |\{)\s*["']?(?:op|path)["']?\s*:""", text, re.M) is not None


def _lines(node: Node) -> Iterator[int]:
    if _is_secret(node):
        yield from _all(node)
        return
    for key, _, value in node.entries:
        yield from _all(value) if key in ("secretGenerator", "stringData") else _lines(value)
    for item in node.items:
        yield from _lines(item)


def _is_secret(node: Node) -> bool:
    """A Secret, a patch whose target is one, an operation of a JSON patch on data, or a text that holds any of them."""
    if node.text is not None:
        return _INSIDE.search(node.text) is not None and ("\n" in node.text or ":" in node.text)
    fields = _fields(node)
    if _kind(fields) == "Secret" or ("target" in fields and _kind(_fields(fields["target"])) == "Secret"):
        return True
    path = fields["path"].text if "path" in fields else None
    return "op" in fields and path is not None and path.startswith(("/data", "/stringData"))


def _fields(node: Node) -> dict[str, Node]:
    return {key: value for key, _, value in node.entries if isinstance(key, str)}


def _kind(fields: dict[str, Node]) -> str | None:
    return fields["kind"].text if "kind" in fields else None


def _all(node: Node) -> Iterator[int]:
    """Every line of it, and of what its aliases stand for."""
    yield from range(node.span.line, node.span.end_line + 1)
    for _, key, value in node.entries:
        yield from range(key.span.line, key.span.end_line + 1)
        yield from _all(value)
    for item in node.items:
        yield from _all(item)
