"""A first `ringtrue.toml`, from what was found: what is certain is set, what is a guess stands in a comment."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Probable:
    """A Service that nothing here provides, and that somebody calls."""

    namespace: str
    service: str
    ports: tuple[int, ...]
    caller: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was found in a tree; empty where nothing was."""

    version: str = ""
    version_from: str = ""
    """Where the Kubernetes minor is written."""
    clusters: tuple[tuple[str, str], ...] = ()
    """(environment, cluster) in report order."""
    order: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    """Namespaces of one environment that others call."""
    skip: tuple[str, ...] = ()
    """Folders whose manifests are for tests or documentation."""
    examples: tuple[str, ...] = ()
    """Folders that may be."""
    alternatives: tuple[tuple[str, int], ...] = ()
    """Folders that no Application names, with how many objects stand twice in them."""
    repository: str = ""
    argocd_namespace: str = ""
    external: tuple[Probable, ...] = ()


def written(proposal: Proposal) -> str:
    """The text of the file: TOML, one comment a choice."""
    return "\n\n".join("\n".join(section) for section in _sections(proposal)) + "\n"


def _sections(proposal: Proposal) -> Iterator[Iterable[str]]:
    yield (
        "# How ringtrue judges this repository: written by `ringtrue init` from what it found. Every key is optional.",
        "# Behind `# ` stand guesses and choices that only people can make: take the sign away where they are right.",
    )
    yield _cluster(proposal)
    yield _environments(proposal)
    if proposal.repository or proposal.argocd_namespace:
        yield _argocd(proposal)
    yield from (_ignore(folder, count) for folder, count in proposal.alternatives)
    yield from _external(proposal.external)
    yield (
        "# House rules too, such as host names that say their namespace; and what cannot be decided as a warning.",
        "# [rules]",
        "# policy = true",
        "# [verdicts]",
        '# unknown = "warning"',
    )


def _cluster(proposal: Proposal) -> Iterator[str]:
    yield "[cluster]"
    if proposal.version:
        yield comment(f"The Kubernetes minor that {proposal.version_from} names.")
        yield f"version = {_text(proposal.version)}"
    else:
        yield '# version = "1.35"'
    yield '# domain = "cluster.local"'
    yield "# Images of Alpine resolve names by musl, which gives up earlier."
    yield '# resolver = "musl"'
    yield "# Nothing but this repository puts Services on the cluster, so a name that is not here does not exist."
    yield "# complete = true"


def _environments(proposal: Proposal) -> Iterator[str]:
    yield "[environments]"
    for environment, cluster in proposal.clusters:
        yield comment(f"Found: {environment or 'one without a name'}, on cluster {cluster}.")
    if proposal.order:
        yield "# The order of promotion, and of reports."
        yield f"order = {_list(proposal.order)}"
    if proposal.shared:
        yield "# Namespaces that any environment may call. Others call these."
        yield f"# shared = {_list(proposal.shared)}"
    if proposal.skip:
        yield "# Nothing is deployed from there, by their names."
        yield f"skip = {_list(proposal.skip)}"
    if proposal.examples:
        yield "# Perhaps from these neither."
        yield f"# skip = {_list((*proposal.skip, *proposal.examples))}"


def _argocd(proposal: Proposal) -> Iterator[str]:
    yield "[argocd]"
    if proposal.argocd_namespace:
        yield f"namespace = {_text(proposal.argocd_namespace)}"
    if proposal.repository:
        yield "# The repoURL of the Applications whose paths are here."
        yield f"repository = {_text(proposal.repository)}"


def _ignore(folder: str, count: int) -> Iterator[str]:
    yield comment(f"In {folder}, which no Application names, {count} objects stand again.")
    yield "[[ignore]]"
    yield 'rule = "resource-duplicated"'
    yield f"environment = {_text(folder)}"
    yield 'reason = "its files look like alternatives, of which one is applied; to be confirmed"'


def _external(found: tuple[Probable, ...]) -> Iterator[Iterable[str]]:
    if found:
        yield (
            "# Services that are called and that nothing here provides. Who does? Say so in `reason`, and take the",
            "# signs away: then they are no longer unknown.",
        )
    for each in found:
        yield (
            comment(f"Called by {each.caller}."),
            "# [[external]]",
            f"# namespace = {_text(each.namespace)}",
            f"# service = {_text(each.service)}",
            *([f"# ports = {list(each.ports)}"] if each.ports else []),
            '# reason = ""',
        )


def comment(sentence: str) -> str:
    """One line, whatever names stand in it: nothing of a manifest becomes a key of the file."""
    return "# " + " ".join("".join(c if c.isprintable() else " " for c in sentence).split())


def _text(value: str) -> str:
    """A TOML string; its escapes are those of JSON, for text without surrogates."""
    return json.dumps(value.encode(errors="replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"
