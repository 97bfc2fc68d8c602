"""The command line: the only room that writes to stdout and stderr."""

from ringtrue.cli.run import run

__all__ = ["run"]
