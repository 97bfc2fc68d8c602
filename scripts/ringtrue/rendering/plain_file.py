"""Reads a plain file where the built-in renderer does not: the same refusals, word for word, as its plain.go."""

from pathlib import Path

from ringtrue.rendering import places
from ringtrue.rendering.request import Rendered, Request


def read(root: Path, request: Request) -> Rendered:
    """The text of the file, still to be parsed, or why there is none."""
    path = places.target(root, request.path)
    problem = _problem(root, path)
    if problem:
        return Rendered(request, error=problem)
    try:
        return Rendered(request, text=path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        problem = "no such file"
    except PermissionError:
        problem = "the file may not be read: permission denied"
    except UnicodeDecodeError:
        problem = "the file is not UTF-8 text"
    except OSError:
        problem = "the file cannot be read"
    return Rendered(request, error=problem)


def _problem(root: Path, path: Path) -> str:
    if places.outside(root, path):
        return "the file leads out of the root"
    found = places.kind(path)
    if found is places.Kind.SPECIAL:
        return "it is neither a file nor a directory"
    if found is places.Kind.DIRECTORY:
        return "it is a directory, not a file"
    return ""
