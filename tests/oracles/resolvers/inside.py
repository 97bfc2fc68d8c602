"""Runs in network, mount and UTS namespaces of its own: the pod's two files, a DNS server, and the look-up program.

One JSON line in: {"program", "resolv", "hosts", "records": {name: address, or "" for no address}, "questions"}.
One out: for each question [outcome, [names asked, in order]]. What is not in the records is NXDOMAIN.
"""

import selectors
import socket
import struct
import subprocess
from pathlib import Path
from typing import Any

from frame.private import serve, settle

_CACHE = "/run/nscd"
"""Where the machine's own name service cache listens, if it has one: glibc would ask that first."""
A, HEADER, NXDOMAIN, ANSWERED = 1, 12, 3, 0x8180


class Server:
    """A DNS server on 127.0.0.1:53 that knows a table and keeps the names asked for, those with type A."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 53))
        self.socket.setblocking(False)
        self.records: dict[str, str] = {}
        self.asked: list[str] = []

    def serve(self) -> None:
        """Answers all that has come in."""
        while True:
            try:
                query, sender = self.socket.recvfrom(4096)
            except BlockingIOError:
                return
            self.socket.sendto(self._answer(query), sender)

    def _answer(self, query: bytes) -> bytes:
        name, end = _name(query)
        kind = struct.unpack_from("!H", query, end)[0]
        if kind == A:
            self.asked.append(name)
        known = self.records.get(name)
        address = known if kind == A else ""
        flags = ANSWERED if known is not None else ANSWERED | NXDOMAIN
        head = query[:2] + struct.pack("!HHHHH", flags, 1, 1 if address else 0, 0, 0)
        record = b"\xc0\x0c" + struct.pack("!HHIH", A, 1, 5, 4) + socket.inet_aton(address) if address else b""
        return head + query[HEADER : end + 4] + record


def _name(query: bytes) -> tuple[str, int]:
    labels, at = [], HEADER
    while length := query[at]:
        labels.append(query[at + 1 : at + 1 + length].decode("latin-1"))
        at += 1 + length
    return ".".join(labels).lower(), at + 1


def answer(task: dict[str, Any], server: Server, files: dict[str, Path]) -> list[tuple[str, list[str]]]:
    """The outcomes of a task's questions, by one process, since a resolver reads its files once."""
    files["resolv"].write_text(task["resolv"])
    files["hosts"].write_text(task["hosts"])
    server.records = task["records"]
    child = subprocess.Popen([task["program"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    assert child.stdin is not None
    assert child.stdout is not None
    found = []
    with selectors.DefaultSelector() as both:
        both.register(server.socket, selectors.EVENT_READ)
        both.register(child.stdout, selectors.EVENT_READ)
        for question in task["questions"]:
            server.asked = []
            child.stdin.write(question.encode() + b"\n")
            found.append((_outcome(both, server, child.stdout), server.asked))
    child.communicate()
    return found


def _outcome(both: selectors.BaseSelector, server: Server, output: Any) -> str:
    while True:
        for key, _ in both.select():
            if key.fileobj is server.socket:
                server.serve()
            else:
                return str(output.readline().decode().strip())


def main() -> None:
    folder = settle()
    subprocess.run(["hostname", "pod"], check=True)
    if Path(_CACHE).exists():
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", _CACHE], check=True)
    files = {}
    for key, path in (("resolv", "/etc/resolv.conf"), ("hosts", "/etc/hosts"), ("switch", "/etc/nsswitch.conf")):
        files[key] = folder / key
        files[key].write_text("hosts: files dns\n")
        subprocess.run(["mount", "--bind", str(files[key]), str(Path(path).resolve())], check=True)
    server = Server()
    serve(lambda task: answer(task, server, files))


if __name__ == "__main__":
    main()
