"""Everything one container is configured with: its variables, its files, its commands, its probes and hooks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ringtrue.cluster.cluster import Cluster
from ringtrue.cluster.workloads import Container, Workload
from ringtrue.findings import Route
from ringtrue.manifests.resource import follow
from ringtrue.references.commands import Commands, runs
from ringtrue.references.config_data import ConfigData
from ringtrue.references.environment import Environment, environment, with_services
from ringtrue.references.keys import Meaning, stem
from ringtrue.references.mentions import Mention, mention, with_port
from ringtrue.references.merging import merged
from ringtrue.references.node_hosts import node_hosts
from ringtrue.references.own_addresses import OwnAddresses
from ringtrue.references.reference import Reference, Via
from ringtrue.references.service_variables import ServiceVariables
from ringtrue.references.shell.script import Scope
from ringtrue.references.structured.making import shown
from ringtrue.references.values import Reader
from ringtrue.references.volumes import files
from ringtrue.references.written import Field, Written, expanded, verbatim

_OWN_NAMES = frozenset({"HOST", "HOSTNAME"})
"""Variables that by custom hold the process' own name or the address it listens on."""

_SCRIPT = re.compile(r"#!\s*(?:/usr/bin/env\s+)?\S*?(?:sh|bash|ash|dash|ksh)\b")

_HOOKS: tuple[tuple[Route, Via], ...] = (
    *(((probe, "exec", "command"), Via.PROBE) for probe in ("startupProbe", "readinessProbe", "livenessProbe")),
    *((("lifecycle", hook, "exec", "command"), Via.LIFECYCLE) for hook in ("postStart", "preStop")),
)


@dataclass(frozen=True, slots=True)
class Containers:
    """Reads containers of one cluster."""

    cluster: Cluster
    data: ConfigData
    reader: Reader
    services: ServiceVariables
    own: OwnAddresses

    def references(self, workload: Workload, container: Container) -> list[Reference]:
        made = environment(workload, container, self.services, self.data)
        scope = Scope(
            {name: (written,) for name, written in made.values.items()},
            lambda name: name in _OWN_NAMES,
            made.incomplete,
            lambda name: self.services.value(name, workload),
            lambda name: None if made.incomplete else self.services.lacking(name, workload),
        )
        commands = Commands(self.reader, scope)
        mentions = [
            *self._variables(made),
            *self._files(workload, container, commands),
            *self._commands(workload, container, made, commands),
        ]
        found = merged(mentions, workload, container) if mentions else []
        found = [reference for reference in found if not self.own.holds(reference)]
        return [*found, *node_hosts(workload, container)]

    def _variables(self, made: Environment) -> Iterator[Mention]:
        for name, written in made.values.items():
            meaning = Meaning.OTHER if name in _OWN_NAMES else self.reader.keys.meaning(name)
            hits = self.reader.meant(written.text, meaning)
            port = self._sibling(name, made) if len(hits) == 1 and hits[0].bare else None
            for hit in hits:
                found = (
                    mention(written, with_port(hit, int(port.text), implied=True), port)
                    if port is not None
                    else mention(written, hit)
                )
                if found is not None:
                    yield _told(found, name, made)

    @staticmethod
    def _sibling(name: str, made: Environment) -> Written | None:
        """The value of REDIS_PORT for REDIS_HOST."""
        prefix = stem(name)
        port = (
            made.values.get(f"{prefix}_PORT") or made.values.get("PGPORT" if prefix == "PG" else "") if prefix else None
        )
        return port if port is not None and port.text.isdecimal() and 0 < int(port.text) < 65536 else None

    def _files(self, workload: Workload, container: Container, commands: Commands) -> Iterator[Mention]:
        """The hosts in mounted files. A script counts where the container names it; what it leaves open is not told."""
        run = list(_run(container))
        for path, written in files(workload, container, self.data):
            if path.endswith(".sh") or _SCRIPT.match(written.text):
                if any(path.rpartition("/")[2] in text for text in run):
                    yield from (found for found in commands.script(written) if not found.unresolved)
                continue
            for hit in self.reader.file(path, written.text):
                if (found := mention(written, hit)) is not None:
                    yield found

    def _commands(
        self, workload: Workload, container: Container, made: Environment, commands: Commands
    ) -> Iterator[Mention]:
        command = [
            self._word(workload, container, ("command", i), text, made)
            for i, text in _texts(container.data.get("command"))
        ]
        args = [
            self._word(workload, container, ("args", i), text, made) for i, text in _texts(container.data.get("args"))
        ]
        if command or (args and runs(args[0].text)):
            yield from commands.read((*command, *args))
        else:
            yield from commands.arguments(args)  # of the image's own entrypoint
        for route, via in _HOOKS:
            known = made.literal if via is Via.PROBE else {}
            hook = _texts(follow(container.data, route))
            yield from commands.read(
                [self._hook(workload, container, (*route, i), via, text, known) for i, text in hook]
            )

    def _word(self, workload: Workload, container: Container, route: Route, text: str, made: Environment) -> Written:
        via = Via.COMMAND if route[0] == "command" else Via.ARGS
        spot = workload.resource.at(*container.route, *route)
        here = Field(via, spot, shown(route))
        return expanded(text, here, with_services(text, here, made, workload, self.services))

    @staticmethod
    def _hook(
        workload: Workload, container: Container, route: Route, via: Via, text: str, known: Mapping[str, Written]
    ) -> Written:
        """REF-01: an exec probe sees literal values only, a lifecycle hook is not expanded at all."""
        field = Field(via, workload.resource.at(*container.route, *route), shown(route))
        return expanded(text, field, known) if via is Via.PROBE else verbatim(text, field)


def _run(container: Container) -> Iterator[str]:
    """Every text that the container runs."""
    for route in (("command",), ("args",), *(route for route, _ in _HOOKS)):
        yield from (text for _, text in _texts(follow(container.data, route)))


def _told(found: Mention, name: str, made: Environment) -> Mention:
    """REF-01: a variable that is declared below stays open for another reason than one that is not set."""
    hole = found.hit.hole
    if not found.unresolved or not hole.startswith("$(") or hole[2:-1] not in made.values:
        return found
    return replace(found, unresolved=f"{hole} is declared after {name!r}, so it stays as it is written")


def _texts(value: Any) -> Iterator[tuple[int, str]]:
    if isinstance(value, list):
        yield from ((index, text) for index, text in enumerate(value) if isinstance(text, str))
