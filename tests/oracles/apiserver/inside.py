"""Runs in network, PID and mount namespaces of its own: etcd, kube-apiserver, and dry-run creation over loopback.

Arguments: etcd, the Kubernetes program, openssl. One JSON object a line in, and out: {"accepted", "message",
"fields"}, where `fields` are those that the API server names. Whatever was started ends with this process, the first
one of its PID namespace.
"""

import http.client
import json
import ssl
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from frame.private import serve, settle

NAMESPACE = "shop"
TOKEN = "oracle"
_READY_SECONDS = 120
_ETCD = "http://127.0.0.1:2379"


class Unready(Exception):
    """The API server does not come up; the text says what its log says."""


class Server:
    """etcd and kube-apiserver in a folder of their own."""

    def __init__(self, etcd: str, kubernetes: str, openssl: str, folder: Path) -> None:
        self._folder = folder
        self._served: dict[str, dict[str, tuple[str, bool]]] = {}
        self._started: dict[str, subprocess.Popen[bytes]] = {}
        (folder / "tokens.csv").write_text(f"{TOKEN},oracle,oracle,system:masters\n")
        key = str(folder / "sa.key")
        subprocess.run(f"{openssl} ecparam -name prime256v1 -genkey -noout -out {key}".split(), check=True)
        data = f"--data-dir={folder / 'etcd'} --unsafe-no-fsync --listen-peer-urls=http://127.0.0.1:2380"
        self._start(f"{etcd} {data} --listen-client-urls={_ETCD} --advertise-client-urls={_ETCD}", "etcd")
        self._start(
            f"{kubernetes} kube-apiserver --etcd-servers={_ETCD} --cert-dir={folder}"
            f" --token-auth-file={folder / 'tokens.csv'} --authorization-mode=RBAC --allow-privileged"
            f" --disable-admission-plugins=ServiceAccount,PersistentVolumeClaimResize"
            f" --service-cluster-ip-range=10.96.0.0/16,fd00:96::/108"
            f" --bind-address=127.0.0.1 --advertise-address=10.99.0.1"
            f" --service-account-issuer=https://kubernetes.default.svc --endpoint-reconciler-type=none"
            f" --service-account-key-file={key} --service-account-signing-key-file={key}",
            "kube-apiserver",
        )
        self._connection = http.client.HTTPSConnection("127.0.0.1", 6443, context=_unverified(), timeout=30)

    def _start(self, command: str, name: str) -> None:
        with (self._folder / f"{name}.log").open("wb") as log:
            self._started[name] = subprocess.Popen(command.split(), stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def prepare(self) -> None:
        """Waits until it is ready and makes the namespace; raises Unready."""
        deadline = monotonic() + _READY_SECONDS
        while not self._ready():
            for name, child in self._started.items():
                if child.poll() is not None:
                    raise Unready(f"{name} ended with status {child.returncode}: {self._last_words(name)}")
            if monotonic() > deadline:
                name = "kube-apiserver"
                raise Unready(f"{name} is not ready after {_READY_SECONDS} s: {self._last_words(name)}")
            sleep(0.1)
        namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}}
        self.request("POST", "/api/v1/namespaces", namespace)

    def _last_words(self, name: str) -> str:
        return (self._folder / f"{name}.log").read_text(errors="replace").strip().rpartition("\n")[2]

    def _ready(self) -> bool:
        try:
            return self.request("GET", "/readyz", None)[0] == http.client.OK
        except OSError:
            self._connection.close()
            return False

    def create(self, manifest: dict[str, Any]) -> dict[str, Any]:
        """What the API server says to creating the object, without creating it; unknown fields count as faults."""
        status, said = self.request("POST", f"{self.place(manifest)}?dryRun=All&fieldValidation=Strict", manifest)
        return verdict(status, said)

    def place(self, manifest: dict[str, Any]) -> str:
        """Where objects of its kind are."""
        version, kind = manifest["apiVersion"], manifest["kind"]
        plural, namespaced = self._resources(version)[kind]
        group = "apis" if "/" in version else "api"
        return f"/{group}/{version}{f'/namespaces/{NAMESPACE}' if namespaced else ''}/{plural}"

    def _resources(self, version: str) -> dict[str, tuple[str, bool]]:
        """What the server itself says it serves of a group: by kind, the plural and whether it is namespaced."""
        if version not in self._served:
            group = "apis" if "/" in version else "api"
            listed = json.loads(self.request("GET", f"/{group}/{version}", None)[1])["resources"]
            own = [each for each in listed if "/" not in each["name"]]
            self._served[version] = {each["kind"]: (each["name"], each["namespaced"]) for each in own}
        return self._served[version]

    def request(self, method: str, path: str, body: Any, content: str = "application/json") -> tuple[int, bytes]:
        """Status and body of the answer."""
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": content}
        self._connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        response = self._connection.getresponse()
        return response.status, response.read()


def verdict(status: int, said: bytes) -> dict[str, Any]:
    """Whether an object was taken; if not, what the answer says, and the fields that it names."""
    if status in (http.client.OK, http.client.CREATED):
        return {"accepted": True, "message": "", "fields": []}
    answer = json.loads(said)
    causes = (answer.get("details") or {}).get("causes") or []
    fields = sorted({cause.get("field", "") for cause in causes})
    return {"accepted": False, "message": answer["message"], "fields": fields}


def _unverified() -> ssl.SSLContext:
    """The server signs its own certificate; nobody else is in this network namespace."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def main() -> None:
    server = Server(sys.argv[1], sys.argv[2], sys.argv[3], settle())
    try:
        server.prepare()
    except Unready as failed:
        sys.exit(f"oracles: {failed}")
    serve(server.create)


if __name__ == "__main__":
    main()
