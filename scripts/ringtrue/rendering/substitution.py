"""The variables that Argo CD puts into Kustomize overrides, and the way it puts them in."""

import re
from collections.abc import Mapping

_UNKNOWN_COMMIT = "0" * 40

# A brace without its partner, and an empty pair, are dropped, as Go's os.Expand does.
_VARIABLE = re.compile(r"\$(?:\{(?P<braced>[^}]+)\}|\{\}?|(?P<special>[*#$@!?0-9-])|(?P<name>[A-Za-z_][A-Za-z0-9_]*))")


def expand(text: str, variables: Mapping[str, str]) -> str:
    """Replace `$NAME` and `${NAME}`, an unknown one by nothing and `$$` by `$`, as Argo CD's Envsubst does."""

    def value(found: re.Match[str]) -> str:
        name = found["braced"] or found["special"] or found["name"] or ""
        return "$" if name == "$" else variables.get(name, "")

    return _VARIABLE.sub(value, text)


def application_variables(
    *,
    name: str = "",
    namespace: str = "",
    project: str = "",
    repository: str = "",
    path: str = "",
    target_revision: str = "",
    commit: str = "",
) -> dict[str, str]:
    """What Argo CD tells a build about its Application; `namespace` is that of the destination.

    A commit that is not known (the working tree has none yet) is written as zeros, so that names and labels made of
    it stay valid.
    """
    commit = commit or _UNKNOWN_COMMIT
    return {
        "ARGOCD_APP_NAME": name,
        "ARGOCD_APP_NAMESPACE": namespace,
        "ARGOCD_APP_PROJECT_NAME": project,
        "ARGOCD_APP_REVISION": commit,
        "ARGOCD_APP_REVISION_SHORT": commit[:7],
        "ARGOCD_APP_REVISION_SHORT_8": commit[:8],
        "ARGOCD_APP_SOURCE_REPO_URL": repository,
        "ARGOCD_APP_SOURCE_PATH": path,
        "ARGOCD_APP_SOURCE_TARGET_REVISION": target_revision,
    }
