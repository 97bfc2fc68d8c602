"""The API server, and anything else that answers HTTP, asked from inside the namespaces."""

import http.client
import json
import ssl
from typing import Any

from cluster.site import NODE_ADDRESS, Site

_SECONDS = 5


class Api:
    """Reads objects as an administrator, over one connection that is kept."""

    def __init__(self, site: Site) -> None:
        context = ssl.create_default_context(cafile=str(site.etc / "ca.crt"))
        context.load_cert_chain(site.etc / "admin.crt", site.etc / "admin.key")
        self._connection = http.client.HTTPSConnection(NODE_ADDRESS, 6443, context=context, timeout=_SECONDS)

    def get(self, path: str) -> Any:
        """What lies at a path, parsed; None where there is nothing, or nobody answers."""
        try:
            self._connection.request("GET", path, headers={"Accept": "application/json"})
            response = self._connection.getresponse()
            said = response.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return None
        if response.status != http.client.OK:
            return None
        return json.loads(said) if "json" in response.headers["Content-Type"] else said.decode()

    def ready(self) -> bool:
        return bool(self.get("/readyz") == "ok")

    def condition(self, path: str, name: str) -> bool:
        """Whether an object's status has the condition, and it is True."""
        found = self.get(path) or {}
        conditions = found.get("status", {}).get("conditions") or []
        return any(each["type"] == name and each["status"] == "True" for each in conditions)


def answers(port: int, path: str) -> bool:
    """Whether plain HTTP at a port of loopback answers with success."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
