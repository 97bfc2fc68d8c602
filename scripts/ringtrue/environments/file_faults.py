"""What stops a plain file from being read as YAML."""

from dataclasses import dataclass

from ringtrue.manifests.yaml_values import YamlFault, decode, read_leniently


@dataclass(frozen=True, slots=True)
class FileFault:
    """A plain file that cannot be read as YAML."""

    path: str
    line: int
    column: int
    problem: str


def file_faults(path: str, content: bytes) -> tuple[FileFault, ...]:
    """Each reason why kubectl could not read the file, at its place."""
    try:
        text = decode(content)
    except YamlFault as fault:
        return (FileFault(path, fault.line, fault.column, fault.problem),)
    return tuple(FileFault(path, f.line, f.column, f.problem) for f in read_leniently(text)[1])
