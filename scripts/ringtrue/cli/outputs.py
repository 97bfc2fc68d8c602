"""Where each report goes: pairs of --format and --output, and files that are never half written."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ringtrue.errors import UsageError


@dataclass(frozen=True, slots=True)
class Output:
    """One report; to stdout when `path` is None."""

    format: str
    path: Path | None = None


def paired(given: Sequence[tuple[str, str]], default: str = "text") -> tuple[Output, ...]:
    """The reports asked for; `given` are (option, value) in the order of the command line.

    An `--output` belongs to the `--format` beside it: the one before, or the next when that one has its own already.
    `default` without a format. Raises UsageError for two reports on stdout.
    """
    reports: list[list[str | None]] = []
    for option, value in given:
        place = 0 if option == "--format" else 1
        if not reports or reports[-1][place] is not None or (place == 0 and reports[-1][1] is None):
            reports.append([None, None])
        reports[-1][place] = value
    outputs = tuple(Output(name or default, Path(path) if path else None) for name, path in reports) or (
        Output(default),
    )
    if sum(output.path is None for output in outputs) > 1:
        raise UsageError("only one report can go to stdout; give the other --format an --output")
    return outputs


def check_writable(outputs: Sequence[Output]) -> None:
    """Raises UsageError now for what could not be written after the check, or not as a whole."""
    seen: set[Path] = set()
    for path in filter(None, (output.path for output in outputs)):
        if path.resolve() in seen and not _is_device(path):
            raise UsageError(f"--output {str(path)!r} is given twice; each report needs a file of its own")
        seen.add(path.resolve())
        if path.is_dir():
            raise UsageError(f"--output {str(path)!r} is a folder")
        if not path.parent.is_dir():
            raise UsageError(f"--output {str(path)!r} is in a folder that does not exist")
        if not _is_device(path) and not os.access(path.resolve().parent, os.W_OK):
            raise UsageError(f"--output {str(path)!r} is in a folder that cannot be written to")


def write(path: Path, text: str) -> None:
    """Writes the file as a whole or not at all; a device or a pipe is written to. Raises UsageError."""
    try:
        if _is_device(path):
            path.write_bytes(text.encode(errors="backslashreplace"))
            return
        _replace(path.resolve(), text.encode(errors="backslashreplace"))
    except OSError as error:
        raise UsageError(f"--output {str(path)!r} cannot be written: {error.strerror}") from None


def _is_device(path: Path) -> bool:
    """Or a pipe: it cannot be replaced, and holds what is written one after the other."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _replace(path: Path, data: bytes) -> None:
    # Beside the file, so that the rename stays on one file system; named for the process, so that two runs may meet.
    part = path.with_name(f".ringtrue.{os.getpid()}")
    try:
        part.write_bytes(data)
        if path.exists():
            part.chmod(path.stat().st_mode & 0o777)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
