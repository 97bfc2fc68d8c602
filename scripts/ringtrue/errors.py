"""What stops a run. Everything found in somebody's YAML is a finding instead, and the run goes on.

RingtrueError            exit 2
├── UsageError           a wrong option, or a named path that cannot be read
├── ConfigError          ringtrue.toml is not right
├── NothingToCheck       no manifest was found: never a silent pass
├── ToolMissing          git, or every renderer, is absent
└── GitError             git answered with an error
"""


class RingtrueError(Exception):
    """One sentence for the user: what, where, and what to do. No traceback is shown."""

    exit_code = 2


class UsageError(RingtrueError):
    """A wrong option, or a path on the command line that cannot be read."""


class ConfigError(RingtrueError):
    """`ringtrue.toml` is not valid; the sentence names the key and the line where that is known."""


class NothingToCheck(RingtrueError):
    """No environment, kustomization or manifest was found under the root."""


class ToolMissing(RingtrueError):
    """A program that the run needs is not installed; the sentence names it and the version to install."""


class GitError(RingtrueError):
    """git failed; the sentence carries its own first line."""
