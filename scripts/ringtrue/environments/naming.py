"""What an environment is called (design section 5)."""

import re

from ringtrue.config import Config
from ringtrue.environments.applications import Declared

_BRANCH = re.compile(r"(?:refs/heads/)?env/([^/]+)")
_FOLDER = re.compile(r"(?:^|/)(?:overlays|environments|envs)/([^/]+)")


def environment_name(source: Declared, config: Config) -> str:
    """From the settings, the label `environment`, the branch `env/<name>`, the folder; "" when nothing says."""
    label = source.labels.get("environment")
    branch = _BRANCH.fullmatch(source.revision)
    folder = _FOLDER.search(source.path)
    return (
        config.names.get(source.name, "")
        or (label if isinstance(label, str) else "")
        or (branch[1] if branch else "")
        or (folder[1] if folder else "")
    )
