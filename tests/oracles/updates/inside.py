"""Runs in namespaces of its own: makes an object for real, then asks for its change in a dry run, as Argo CD does.

Arguments: etcd, the Kubernetes program, openssl, the program that makes patches. One JSON object {"old", "new"} a line
in; out {"made", "message", "client", "server"}: whether the old one was taken, and what is said to the new one by
client-side and by server-side apply.
"""

import json
import subprocess
import sys
from typing import Any

from apiserver.inside import Server, Unready, verdict
from frame.private import serve, settle

_MERGE = "application/merge-patch+json"
_STRATEGIC = "application/strategic-merge-patch+json"
_APPLY = "application/apply-patch+yaml"
_MANAGER = "fieldManager=argocd-controller&force=true"


class Changes:
    """Each pair has a name of its own, so that what is slow to go disturbs nobody."""

    def __init__(self, server: Server, patches: str) -> None:
        self._server = server
        self._patches = subprocess.Popen([patches], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._pairs = 0

    def judge(self, asked: dict[str, Any]) -> dict[str, Any]:
        self._pairs += 1
        old, new = (_named(asked[each], f"web-{self._pairs}") for each in ("old", "new"))
        place = self._server.place(old)
        status, said = self._server.request("POST", place, old)
        made = verdict(status, said)
        if not made["accepted"]:
            return {"made": False, "message": made["message"]}
        at = f"{place}/web-{self._pairs}"
        current = self._settled(at, json.loads(said))
        patch = self._patch({"original": old, "modified": new, "current": current})
        if patch is None:
            return {"made": False, "message": "no patch can be made"}
        by_client = verdict(*self._server.request("PATCH", f"{at}?dryRun=All", patch, _STRATEGIC))
        self._remove(at)

        at = f"{place}/web-{self._pairs}-s"
        old, new = (_named(each, f"web-{self._pairs}-s") for each in (old, new))
        status, said = self._server.request("PATCH", f"{at}?{_MANAGER}", old, _APPLY)
        if status >= 300:
            return {"made": False, "message": verdict(status, said)["message"]}
        self._settled(at, json.loads(said))
        by_server = verdict(*self._server.request("PATCH", f"{at}?{_MANAGER}&dryRun=All", new, _APPLY))
        self._remove(at)
        return {"made": True, "message": "", "client": by_client, "server": by_server}

    def _patch(self, change: dict[str, Any]) -> Any:
        """What kubectl would send; None where it cannot make a patch."""
        assert self._patches.stdin is not None
        assert self._patches.stdout is not None
        self._patches.stdin.write(json.dumps(change) + "\n")
        self._patches.stdin.flush()
        return json.loads(self._patches.stdout.readline())

    def _settled(self, at: str, made: dict[str, Any]) -> Any:
        """The object as controllers leave it: a claim is bound."""
        if made["kind"] != "PersistentVolumeClaim":
            return made
        if not made["spec"].get("volumeName"):
            self._server.request("PATCH", at, {"spec": {"volumeName": "volume"}}, _MERGE)
        status = {"phase": "Bound", "capacity": made["spec"]["resources"]["requests"]}
        return json.loads(self._server.request("PATCH", f"{at}/status", {"status": status}, _MERGE)[1])

    def _remove(self, at: str) -> None:
        self._server.request("DELETE", f"{at}?gracePeriodSeconds=0&propagationPolicy=Background", None)


def _named(manifest: dict[str, Any], name: str) -> dict[str, Any]:
    return {**manifest, "metadata": {**manifest["metadata"], "name": name}}


def main() -> None:
    server = Server(sys.argv[1], sys.argv[2], sys.argv[3], settle())
    try:
        server.prepare()
    except Unready as failed:
        sys.exit(f"oracles: {failed}")
    serve(Changes(server, sys.argv[4]).judge)


if __name__ == "__main__":
    main()
