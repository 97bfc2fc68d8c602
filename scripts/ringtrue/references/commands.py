"""Reads what a container runs: known clients' operands, shell scripts, and the arguments of anything else."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ringtrue.references.clients import CLIENTS, Operand, operands
from ringtrue.references.mentions import Mention, mention, with_port
from ringtrue.references.reference import Certainty
from ringtrue.references.scanning import Hit, urls, whole
from ringtrue.references.schemes import protocol
from ringtrue.references.shell.script import Assigned, Command, Document, Opened, Reading, Scope
from ringtrue.references.values import Reader
from ringtrue.references.written import Written

SHELLS = frozenset({"sh", "bash", "ash", "dash", "zsh", "ksh"})
_WRAPPERS = {
    "exec": 0, "command": 0, "nohup": 0, "setsid": 0, "eval": 0, "time": 0, "builtin": 0, "busybox": 0, "tini": 0,
    "dumb-init": 0, "sudo": 0, "su-exec": 1, "gosu": 1, "timeout": 1, "nice": 0, "xargs": 0, "watch": 0, "stdbuf": 0,
    "env": 0, "catatonit": 0, "ionice": 0, "chrt": 1, "unbuffer": 0, "until": 0, "retry": 0,
}  # fmt: skip
"""Programs that run the rest of their words, and how many operands come before it."""
_WRAPPER_VALUES = frozenset({"-n", "-I", "-s", "-k", "-u", "-g", "-L", "-P", "-d", "-c", "-o", "-i", "-e"})

_QUIET = frozenset(
    ": true false test [ [[ grep egrep fgrep sed awk gawk tr cut sort uniq head tail cat ls cd mkdir rmdir rm "
    "mv cp ln touch chmod chown chgrp install tar gzip gunzip unzip date sleep kill wait trap exit return "
    "break continue shift set unset shopt ulimit umask basename dirname expr seq jq yq which type hash alias "
    "source . ps id whoami hostname uname df du find diff cmp wc tee pgrep pkill printenv let local readonly "
    "docker podman addgroup adduser useradd sysctl".split()
)
"""Commands whose words are patterns, files, owners or times: none of them connects."""
_PRINTING = frozenset({"echo", "printf", "log", "info", "warn", "error", "die"})
_SEVERAL = re.compile(r"\$[@*]|\$\{(?:\w+\[)?[@*]\]?\}")
"""All that a function is given, or all of an array."""
_HEADERS = frozenset({"-H", "--header", "-A", "--user-agent", "-e", "--referer", "-u", "--user"})
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Commands:
    """Reads the commands of one container."""

    reader: Reader
    scope: Scope

    def read(self, words: Sequence[Written], depth: int = 0) -> Iterator[Mention]:
        """The hosts that a command's words name."""
        words = unwrapped(words)
        if not words or depth > _DEEPEST:
            return
        name = words[0].text.rpartition("/")[2]
        script = _script(words) if name in SHELLS else None
        if script is not None:
            yield from self.script(words[script], words[script + 1 :], depth)
        elif name in CLIENTS:
            for operand in operands(name, words[1:]):
                yield from self._operand(operand)
        elif name not in SHELLS and name not in _QUIET:
            yield from self.arguments(words[1:])

    def arguments(self, words: Sequence[Written]) -> Iterator[Mention]:
        """Each word on its own; a flag without a value names the word after it."""
        flag = ""
        for word in words:
            text = word.text
            if flag not in _HEADERS:
                yield from self._found(word, self.reader.value(text, "" if text.startswith("-") else flag.lstrip("-")))
            flag = text if text.startswith("-") and "=" not in text and not any(c.isspace() for c in text) else ""

    def script(self, script: Written, rest: Sequence[Written] = (), depth: int = 0) -> Iterator[Mention]:
        """The hosts that a shell script names; `rest` are the words after it: `$0`, `$1` and so on."""
        values = dict(self.scope.values) | {str(number): (word,) for number, word in enumerate(rest)}
        scope = replace(self.scope, values=values)
        inner = Commands(self.reader, scope)
        for event in Reading(script, scope).events():
            match event:
                case Command(words, kept):
                    yield from inner.command(words, kept, depth)
                case Assigned(name, value):
                    yield from (
                        replace(m, use=m.use and m.field is not script.field) for m in inner.setting(name, value)
                    )
                case Document(text):
                    yield from self._found(text, self.reader.file("", text.text))
                case Opened(target):
                    yield from self._device(target)

    def command(self, words: Sequence[Written], kept: bool, depth: int) -> Iterator[Mention]:
        """A command of a script; what it only prints for people is not called."""
        name = words[0].text
        if name in _PRINTING:
            if kept:
                for word in words[1:]:
                    yield from self._found(word, self.reader.file("", word.text))
            return
        yield from self.read(words, depth + 1)
        for word in words:
            yield from self._device(word)

    def setting(self, name: str, value: Written) -> Iterator[Mention]:
        """A variable that a script sets."""
        for hit in self.reader.value(value.text, name):
            if (found := mention(value, hit)) is not None and not found.unresolved:
                yield found

    def _device(self, word: Written) -> Iterator[Mention]:
        """bash's `/dev/tcp/host/port`."""
        if not word.text.startswith(("/dev/tcp/", "/dev/udp/")):
            return
        slash = word.text.find("/", 9)
        if slash > 0:
            host, port = word.slice(9, slash), word.slice(slash + 1, len(word.text))
            yield from self._operand(Operand(host, word.text[5:8], port=port))

    def _found(self, written: Written, hits: Sequence[Hit]) -> Iterator[Mention]:
        yield from (found for hit in hits if (found := mention(written, hit, use=True)) is not None)

    def _operand(self, operand: Operand) -> Iterator[Mention]:
        word = operand.word
        if word.reason and _SEVERAL.fullmatch(word.shown):
            return  # words that are put together elsewhere, options more often than a host
        hits = list(urls(word.text)) if "://" in word.text else []
        if not hits and "://" not in word.text:
            end = min([len(word.text), *(at for c in "/?#" if (at := word.text.find(c, operand.start)) > 0)])
            hit = whole(word.text, operand.start, end, bare=True, operand=True)
            hits = [self._completed(hit, operand)] if hit else []
        for hit in hits:
            elsewhere = operand.port if not hit.port_at and not hit.implied else None
            if (found := mention(word, hit, elsewhere, use=True)) is not None:
                yield found

    def _completed(self, hit: Hit, operand: Operand) -> Hit:
        """The hit with the client's scheme and port."""
        hit = replace(
            hit, scheme=operand.scheme, protocol=protocol(operand.scheme), certainty=Certainty.SURE, bare=False
        )
        if operand.port is not None and operand.port.text.isdecimal() and hit.port is None:
            return with_port(hit, int(operand.port.text))
        if hit.port is None and hit.open_port is None and operand.port is None and operand.default:
            return with_port(hit, operand.default, implied=True)
        return hit


def runs(word: str) -> bool:
    """Whether a word names a shell or a client, or a program that runs one."""
    name = word.rpartition("/")[2]
    return name in SHELLS or name in CLIENTS or name in _WRAPPERS


def unwrapped(words: Sequence[Written]) -> Sequence[Written]:
    """The command that is run in the end: `timeout 5 env A=b curl x` is `curl x`."""
    while words:
        name = words[0].text.rpartition("/")[2]
        if "=" in words[0].text and words[0].text.partition("=")[0].isidentifier():
            words = words[1:]
            continue
        if name not in _WRAPPERS:
            return words
        words, operands_left = words[1:], _WRAPPERS[name]
        while words and (words[0].text.startswith("-") or operands_left):
            if words[0].text == "--":
                words = words[1:]
                break
            if not words[0].text.startswith("-"):
                operands_left -= 1
            elif words[0].text in _WRAPPER_VALUES and len(words) > 1:
                words = words[1:]
            words = words[1:]
    return words


def _script(words: Sequence[Written]) -> int | None:
    """The place of the script in `sh -c SCRIPT`, `bash -euxo pipefail -c SCRIPT`; None when a file is run."""
    at = 1
    while at < len(words):
        text = words[at].text
        if not text.startswith(("-", "+")) or text == "--":
            return None
        if text.startswith("--"):
            at += 1
            continue
        if "c" in text[1:]:
            at += 1
            while at < len(words) and words[at].text.startswith(("-", "+")) and len(words[at].text) > 1:
                at += 2 if words[at].text.endswith("o") else 1
            return at if at < len(words) else None
        at += 2 if text.endswith(("o", "O")) else 1
    return None
