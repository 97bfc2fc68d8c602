"""What an environment is called (design section 5)."""

import re

from ringtrue.config import Config
from ringtrue.environments.applications import Declared

_BRANCH = re.compile(r"(?:refs/heads/)?env/([^/]+)")
_FOLDER = re.compile(r"(?:^|/)(?:overlays|environments|envs)/([^/]+)")


def environment_name(source: Declared, config: Config) -> str:
    """From the settings, the label `environment`, the branch `env/<name>`, the folder; "" when nothing says."""
    label = source.labels.get("environment")
    return (
        config.names.get(source.name, "")
        or (label if isinstance(label, str) else "")
        or branch_name(source.revision)
        or folder_name(source.path)
    )


def branch_name(revision: str) -> str:
    """The environment that a branch is named for; "" for any other revision."""
    found = _BRANCH.fullmatch(revision)
    return found[1] if found else ""


def folder_name(path: str) -> str:
    """The environment that a folder is named for; "" for any other folder."""
    found = _FOLDER.search(path)
    return found[1] if found else ""
