"""One run of ringtrue, and its JSON report. Nothing else here knows the command line or the report."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.accuracy.edges import Edge
from benchmarks.accuracy.labels import Spec

RINGTRUE = (sys.executable, "-m", "ringtrue")
_SEVERITIES = ("note", "warning", "error")


@dataclass(frozen=True, slots=True)
class Found:
    """A finding: where, about what, and all its words in one text."""

    severity: str
    object: str
    shown: str
    text: str

    def is_about(self, spec: Spec) -> bool:
        """Whether every given part of the spec holds."""
        low = self.text.lower()
        return (
            spec.given
            and all(word.lower() in low for word in spec.words)
            and (not spec.some or any(word.lower() in low for word in spec.some))
            and (not spec.pattern or re.search(spec.pattern, self.text) is not None)
            and (not spec.objects or any(self._names(name) for name in spec.objects))
        )

    def at_least(self, level: str) -> bool:
        return _SEVERITIES.index(self.severity) >= _SEVERITIES.index(level)

    def _names(self, name: str) -> bool:
        return name == self.object or re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", self.text) is not None


@dataclass(frozen=True, slots=True)
class Call:
    """A reference: client, target, verdict."""

    client_namespace: str
    client: str
    namespace: str
    service: str
    ports: frozenset[str]
    """As the reference and as its target say it, numbers and names."""
    host: str
    via: str
    verdict: str
    reason: str
    shown: str

    def is_edge(self, edge: Edge, ports: bool = True) -> bool:
        """Whether the reference is the labelled connection; namespaces count where both say one."""
        return (
            self.client == edge.client
            and self.service == edge.service
            and edge.client_namespace in ("", self.client_namespace)
            and (not edge.namespace or self.namespace in ("", edge.namespace))
            and (not ports or not edge.port or edge.port in self.ports)
        )


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    seconds: float
    stderr: str
    findings: tuple[Found, ...] = ()
    calls: tuple[Call, ...] = ()
    sources: tuple[str, ...] = ()
    """The paths that were taken for environments."""

    @property
    def errors(self) -> tuple[Found, ...]:
        return tuple(each for each in self.findings if each.severity == "error")


def ask(root: Path, paths: Sequence[str]) -> Answer:
    """Runs the checker on one unit; without a report, findings and calls are empty."""
    start = time.perf_counter()
    command = (*RINGTRUE, "check", "--format", "json", "--root", str(root), *(str(root / path) for path in paths))
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1):
        return Answer(done.returncode, seconds, done.stderr)
    report = json.loads(done.stdout)
    return Answer(
        done.returncode,
        seconds,
        done.stderr,
        tuple(_found(each) for each in report["findings"]),
        tuple(_call(each) for each in report["references"]),
        tuple(source["path"] for each in report["environments"] for source in each["sources"]),
    )


def init(root: Path) -> None:
    """Writes the ringtrue.toml that it proposes; a tree that cannot be checked, or that has one, stays as it is."""
    subprocess.run((*RINGTRUE, "init", "--root", str(root)), capture_output=True, check=False)


def _found(data: Mapping[str, Any]) -> Found:
    subject = data["object"] or {"kind": "", "namespace": "", "name": ""}
    name = f"{subject['kind']} {subject['namespace']}/{subject['name']}"
    words = (data["rule"], data["message"], data["hint"], data["path"], *subject.values(), *_words(data["related"]))
    shown = f"{data['severity']} {data['path']}:{data['line']}: {name}: {data['message']} [{data['rule']}]"
    return Found(data["severity"], subject["name"], shown, " ".join(words))


def _words(related: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for each in related:
        yield from map(str, each.values())


def _call(data: Mapping[str, Any]) -> Call:
    client, target = data["client"], data["target"] or {}
    ports = (data["port"], data["port_name"], target.get("port"), target.get("port_name"))
    named = {str(port) for port in ports if port is not None}
    shown = (
        f"{client['namespace']}/{client['name']} {data['field']} -> {data['host']} = "
        f"{target.get('service', '')}.{target.get('namespace', '')}:{','.join(sorted(named))} "
        f"{data['verdict']} {data['reason']}"
    )
    return Call(
        client["namespace"],
        client["name"],
        target.get("namespace", ""),
        target.get("service", ""),
        frozenset(named),
        data["host"].rstrip("."),
        data["via"],
        data["verdict"],
        data["reason"],
        shown,
    )
