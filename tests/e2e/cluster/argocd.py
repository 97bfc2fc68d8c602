"""Argo CD without its web server: redis, repo-server and application-controller, and the git host they read."""

import json
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cluster.api import Api, answers
from cluster.daemons import Daemons
from cluster.node import apply
from cluster.site import GIT_HOST, Site

NAMESPACE = "argocd"
_KINDS = ("application", "appproject", "applicationset")
_MAPS = ("cm", "cmd-params-cm", "rbac-cm", "gpg-keys-cm", "ssh-known-hosts-cm", "tls-certs-cm")
_POLL = "5s"
_REDIS, _REPO_SERVER = "127.0.0.1:6379", "127.0.0.1:8081"
_FOLDERS = {
    "ARGOCD_GNUPGHOME": "gpg",
    "ARGOCD_GPG_DATA_PATH": "gpg-data",
    "ARGOCD_TLS_DATA_PATH": "tls",
    "ARGOCD_SSH_DATA_PATH": "ssh",
    "ARGOCD_PLUGINSOCKFILEPATH": "plugins",
    "HOME": "home",
    "TMPDIR": "tmp",
}


def start(site: Site, daemons: Daemons, api: Api) -> None:
    """Its kinds and settings, then its processes, until they say that they are well."""
    _prepare(site)
    _settle(site, daemons, api)
    daemons.start("git-host", [sys.executable, "-m", "cluster.git_host", f"{site.folder}/site.json"])
    redis = [site.programs["redis-server"], "--port", "6379", "--bind", "127.0.0.1", "--appendonly", "no"]
    daemons.start("redis", [*redis, "--save", "", "--dir", str(_home(site))])
    repo_server = ["--port", "8081", "--redis", _REDIS]
    controller = ["--redis", _REDIS, "--repo-server", _REPO_SERVER, "--namespace", NAMESPACE]
    _start(site, daemons, "argocd-repo-server", repo_server)
    _start(site, daemons, "argocd-application-controller", controller)
    daemons.wait("argocd-repo-server", lambda: answers(8084, "/healthz"), 120)
    daemons.wait("argocd-application-controller", lambda: answers(8082, "/healthz"), 120)


def _start(site: Site, daemons: Daemons, role: str, flags: list[str]) -> None:
    """One program is all of Argo CD; a variable says which part it is."""
    daemons.start(role, [site.programs["argocd"], *flags], _environment(site) | {"ARGOCD_BINARY_NAME": role})


def _home(site: Site) -> Path:
    return site.state / "argocd"


def _environment(site: Site) -> dict[str, str]:
    """The poll's interval is the repo-server's business too: it remembers for as long what a branch points to."""
    tools = Path(site.programs["kustomize"]).parent
    path = f"{_home(site)}/bin:{tools}:/usr/local/bin:/usr/bin:/bin"
    return {name: str(_home(site) / folder) for name, folder in _FOLDERS.items()} | {
        "PATH": path,
        "KUBECONFIG": str(site.kubeconfig("argocd")),
        "ARGOCD_FAKE_IN_CLUSTER": "true",
        "ARGOCD_GPG_ENABLED": "false",
        "ARGOCD_RECONCILIATION_TIMEOUT": _POLL,
        "ARGOCD_RECONCILIATION_JITTER": "0s",
    }


def _prepare(site: Site) -> None:
    """Folders, the git host's authority, and a stand-in for a script that 3.6 calls though it checks no signatures."""
    for folder in ("bin", *_FOLDERS.values()):
        (_home(site) / folder).mkdir(parents=True)
    (_home(site) / "gpg").chmod(0o700)
    (_home(site) / "tls" / GIT_HOST).write_bytes((site.etc / "ca.crt").read_bytes())
    script = _home(site) / "bin" / "git-verify-wrapper.sh"
    script.write_text("#!/bin/sh\nexit 0\n")
    script.chmod(0o755)


def _settle(site: Site, daemons: Daemons, api: Api) -> None:
    for kind in _KINDS:
        crd = Path(site.programs["argocd-crds"]) / f"{kind}-crd.yaml"
        apply(site, crd.read_text(), "--server-side")
    base = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
    paths = [f"{base}/{kind}s.argoproj.io" for kind in _KINDS]
    daemons.wait("kube-apiserver", lambda: all(api.condition(path, "Established") for path in paths), 90)
    apply(site, json.dumps({"apiVersion": "v1", "kind": "List", "items": list(_settings())}))


def _settings() -> Iterator[dict[str, Any]]:
    yield {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}}
    for name in _MAPS:
        yield {"apiVersion": "v1", "kind": "ConfigMap", "metadata": _metadata(f"argocd-{name}")}
    key = {"server.secretkey": secrets.token_hex(16)}
    yield {"apiVersion": "v1", "kind": "Secret", "metadata": _metadata("argocd-secret"), "stringData": key}


def _metadata(name: str) -> dict[str, Any]:
    labels = {"app.kubernetes.io/part-of": "argocd", "app.kubernetes.io/name": name}
    return {"name": name, "namespace": NAMESPACE, "labels": labels}
