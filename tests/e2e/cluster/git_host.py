"""https://git.example.com/ inside the cluster: git's own HTTP program behind TLS; `python -m cluster.git_host SITE`.

It is read only: people and tests push into the bare repositories' folders, where hooks run.
"""

import ssl
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

from cluster.site import Site, environment


class _Handler(BaseHTTPRequestHandler):
    """One CGI call for each request."""

    backend: ClassVar[str]
    repositories: ClassVar[str]

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def _answer(self, body: bytes) -> None:
        done = subprocess.run([self.backend], input=body, capture_output=True, env=environment() | self._variables())
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        fields = [line.split(": ", 1) for line in head.decode().splitlines() if ": " in line]
        status = next((int(value.split()[0]) for name, value in fields if name == "Status"), 200 if fields else 500)
        self.send_response(status)
        for name, value in fields:
            if name != "Status":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))  # or git takes the end for a connection that broke
        self.end_headers()
        self.wfile.write(content)

    def _variables(self) -> dict[str, str]:
        asked = urlsplit(self.path)
        return {
            "GIT_PROJECT_ROOT": self.repositories,
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": asked.path,
            "QUERY_STRING": asked.query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REMOTE_ADDR": self.client_address[0],
        }


def main(site: Site) -> None:
    asked = subprocess.run([site.programs["git"], "--exec-path"], capture_output=True, text=True, check=True)
    _Handler.backend = str(Path(asked.stdout.strip()) / "git-http-backend")
    _Handler.repositories = str(site.repositories)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(site.etc / "git.crt", site.etc / "git.key")
    server = ThreadingHTTPServer(("127.0.0.1", 443), _Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()


if __name__ == "__main__":
    main(Site.load(sys.argv[1]))
