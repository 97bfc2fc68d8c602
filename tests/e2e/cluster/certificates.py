"""A certificate authority for one cluster, its certificates, and a kubeconfig for each user; made by openssl.

Users and groups are those that Kubernetes' own roles name: a certificate's CN is the user, its O the group.
"""

import json
import subprocess
from pathlib import Path

from cluster.site import API_ADDRESS, GIT_HOST, NODE, NODE_ADDRESS, Site

USERS = {
    "admin": "/O=system:masters/CN=admin",
    "kubelet-client": "/O=system:masters/CN=kube-apiserver-kubelet-client",
    "controllers": "/CN=system:kube-controller-manager",
    "scheduler": "/CN=system:kube-scheduler",
    "proxy": "/CN=system:kube-proxy",
    "kubelet": f"/O=system:nodes/CN=system:node:{NODE}",
}
_API = ("kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local")
SERVERS = {
    "apiserver": [f"DNS:{name}" for name in (*_API, "localhost")]
    + [f"IP:{address}" for address in ("127.0.0.1", API_ADDRESS, NODE_ADDRESS)],
    "kubelet-server": [f"DNS:{NODE}", f"IP:{NODE_ADDRESS}"],
    "git": [f"DNS:{GIT_HOST}"],
}
_DAYS = "30"


def make(site: Site, port: int) -> None:
    """Fills `site.etc`. `port` of the machine's loopback is where the API server is reached from outside."""
    site.etc.mkdir(parents=True)
    _authority(site.etc)
    for name, subject in USERS.items():
        _certificate(site.etc, name, subject, "extendedKeyUsage=clientAuth")
        _kubeconfig(site, name, f"https://{NODE_ADDRESS}:6443")
    for name, names in SERVERS.items():
        _certificate(site.etc, name, f"/CN={name}", f"extendedKeyUsage=serverAuth\nsubjectAltName={','.join(names)}")
    _kubeconfig(site, "admin", f"https://127.0.0.1:{port}", "outside")
    _kubeconfig(site, "admin", f"https://{NODE_ADDRESS}:6443", "argocd", namespace="argocd")


def _authority(folder: Path) -> None:
    _key(folder, "ca")
    _openssl(folder, "req -x509 -new -key ca.key -subj /CN=kubernetes-ca -out ca.crt -days", _DAYS)
    _key(folder, "service-accounts")
    _openssl(folder, "ec -in service-accounts.key -pubout -out service-accounts.pub")


def _certificate(folder: Path, name: str, subject: str, extensions: str) -> None:
    _key(folder, name)
    (folder / f"{name}.ext").write_text(f"keyUsage=digitalSignature\n{extensions}\n")
    _openssl(folder, f"req -new -key {name}.key -out {name}.csr -subj {subject}")
    signed = f"x509 -req -in {name}.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out {name}.crt -extfile {name}.ext"
    _openssl(folder, f"{signed} -days", _DAYS)


def _key(folder: Path, name: str) -> None:
    _openssl(folder, f"ecparam -name prime256v1 -genkey -noout -out {name}.key")


def _openssl(folder: Path, *words: str) -> None:
    command = ["openssl", *" ".join(words).split()]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _kubeconfig(site: Site, user: str, server: str, name: str = "", namespace: str = "default") -> None:
    """A kubeconfig whose certificates are paths beside it. Argo CD takes its own namespace from the context."""
    etc = site.etc
    cluster = {"server": server, "certificate-authority": str(etc / "ca.crt")}
    keys = {"client-certificate": str(etc / f"{user}.crt"), "client-key": str(etc / f"{user}.key")}
    written = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": site.name, "cluster": cluster}],
        "users": [{"name": user, "user": keys}],
        "contexts": [{"name": site.name, "context": {"cluster": site.name, "user": user, "namespace": namespace}}],
        "current-context": site.name,
    }
    site.kubeconfig(name or user).write_text(json.dumps(written, indent=2))
