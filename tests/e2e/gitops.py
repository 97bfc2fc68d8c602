"""Argo CD's side of the story: the bare repository, pushes into it, and what becomes of an Application."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from cluster.running import Cluster
from cluster.site import TOP
from waiting import until

_FOLDERS = ("apps", "base", "overlays", "argocd")
_WHO = {"name": "e2e", "email": "e2e@example.com"}
SECONDS = 150
"""What a push is given until its Application is synced, its hooks have run and all is healthy."""
_FRIDAY, _WINDOW_START, _WINDOW = 4, 17, timedelta(hours=63)


class Repository:
    """A working copy of what Argo CD reads, and the bare repository that it is pushed to."""

    def __init__(self, cluster: Cluster, copy: Path) -> None:
        self._bare = cluster.site.repositories / "platform" / "httpd-gitops.git"
        self.copy = copy
        for folder in _FOLDERS:
            shutil.copytree(TOP / folder, copy / folder)
        _git(copy, "init", "--quiet", "--initial-branch=main")
        _git(copy, "init", "--quiet", "--bare", "--initial-branch=main", str(self._bare))

    def commit(self, subject: str) -> str:
        """Commits everything; the revision."""
        _git(self.copy, "add", "--all")
        _git(self.copy, "commit", "--quiet", f"--message={subject}")
        return self.revision()

    def revision(self) -> str:
        return _git(self.copy, "rev-parse", "HEAD").strip()

    def at(self, revision: str, folder: Path) -> Path:
        """A working copy of its own, at a revision."""
        _git(self.copy, "clone", "--quiet", "--no-checkout", str(self.copy), str(folder))
        _git(folder, "checkout", "--quiet", revision)
        return folder

    def push(self, *branches: str) -> None:
        """HEAD onto branches of the bare repository."""
        _git(self.copy, "push", "--quiet", str(self._bare), *(f"HEAD:refs/heads/{branch}" for branch in branches))


def _git(folder: Path, *words: str) -> str:
    settings = [f"user.{key}={value}" for key, value in _WHO.items()] + ["commit.gpgsign=false"]
    command = ["git", *(word for each in settings for word in ("-c", each)), *words]
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout


def application(cluster: Cluster, name: str) -> dict[str, Any]:
    """The Application's status; empty where there is no such Application, or nothing is known of it yet."""
    found = cluster.kubectl("get", "application", "-n", "argocd", name, "--ignore-not-found", "-o", "json")
    return json.loads(found).get("status", {}) if found else {}


def synced(cluster: Cluster, name: str, revision: str, seconds: float) -> dict[str, Any]:
    """Waits until the Application is Synced and Healthy at a revision and its sync, hooks and all, has succeeded."""

    def look() -> dict[str, Any] | None:
        status = application(cluster, name)
        return status if _state(status) == ("Synced", "Healthy", "Succeeded", revision, revision) else None

    def seen() -> str:
        status = application(cluster, name)
        said = [each.get("message") for each in status.get("conditions") or []]
        return f"{_state(status)} {said} {status.get('operationState', {}).get('message', '')}"

    return until(f"{name} is synced at {revision}", look, seconds, seen)


def _state(status: dict[str, Any]) -> tuple[Any, ...]:
    sync, operation = status.get("sync", {}), status.get("operationState", {})
    health, applied = status.get("health", {}), operation.get("syncResult", {})
    return (
        sync.get("status"),
        health.get("status"),
        operation.get("phase"),
        sync.get("revision"),
        applied.get("revision"),
    )


def is_frozen(now: datetime) -> bool:
    """Whether production rests: argocd/bootstrap's window opens on Fridays at 17:00 UTC, for 63 hours."""
    start = (now - timedelta(days=(now.weekday() - _FRIDAY) % 7)).replace(hour=_WINDOW_START, minute=0, second=0)
    if start > now:
        start -= timedelta(days=7)
    return now < start + _WINDOW


def sync_by_hand(cluster: Cluster, name: str, revision: str) -> None:
    """What a person may do also while production rests."""
    operation = f'{{"operation": {{"sync": {{"revision": "{revision}"}}}}}}'
    cluster.kubectl("patch", "application", "-n", "argocd", name, "--type=merge", f"--patch={operation}")


def bootstrap(cluster: Cluster, copy: Path) -> Repository:
    """Pushes main, and applies what an administrator applies once."""
    made = Repository(cluster, copy)
    made.commit("all of it")
    made.push("main")
    cluster.kubectl("apply", "-k", str(TOP / "argocd" / "bootstrap"))
    return made


@dataclass(frozen=True, slots=True)
class Deployed:
    """What became of a push to an environment's branch: seconds until all was well, until its smoke test had passed."""

    well: float
    tested: float
    status: dict[str, Any]


def deploy(cluster: Cluster, repository: Repository, environment: str) -> Deployed:
    """Pushes HEAD to the environment's branch and waits for its smoke test, which is a hook of the sync."""
    name, revision = f"httpd-{environment}", repository.revision()
    synced(cluster, "root", revision, SECONDS)
    start = monotonic()
    repository.push(f"env/{environment}")
    if environment == "prod" and is_frozen(datetime.now(UTC)):
        sync_by_hand(cluster, name, revision)
    until(f"{name} is Healthy", lambda: _is_well(cluster, name, revision), SECONDS)
    well = monotonic() - start
    status = synced(cluster, name, revision, SECONDS)
    return Deployed(well, monotonic() - start, status)


def _is_well(cluster: Cluster, name: str, revision: str) -> bool:
    status = application(cluster, name)
    sync = status.get("sync", {})
    found = (sync.get("status"), sync.get("revision"), status.get("health", {}).get("status"))
    return found == ("Synced", revision, "Healthy")
