"""Which workload a CLIENT on the command line means."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn

from ringtrue.cluster.workloads import Workload, workload
from ringtrue.environments.environment import Environment, Status
from ringtrue.errors import UsageError
from ringtrue.manifests.resource import Resource

_SHOWN = 6
"""Candidates that one sentence lists."""

_DEBUG = "debug"
"""What `kubectl run debug` makes: a pod that no policy and no Service was written for."""


@dataclass(frozen=True, slots=True)
class Client:
    """A workload as one environment sees it."""

    environment: Environment
    workload: Workload

    @property
    def full(self) -> tuple[str, str, str]:
        """`namespace/Kind/name`, then with the environment before it, then with the cluster too."""
        made, environment = self.workload, self.environment
        short = f"{made.namespace}/{made.kind}/{made.name}"
        return short, f"{_name(environment)}/{short}", f"{environment.cluster.name}/{_name(environment)}/{short}"

    @property
    def spellings(self) -> frozenset[str]:
        """The name, with or without kind, namespace and environment before it; lower-case, as kubectl takes kinds."""
        made = self.workload
        names = {made.name, f"{made.kind}/{made.name}"}
        names |= {f"{made.namespace}/{name}" for name in names}
        names |= {f"{_name(self.environment)}/{name}" for name in names}
        return frozenset(map(str.lower, names | {self.full[2]}))


def find(word: str, environments: Sequence[Environment]) -> Client:
    """The client that the word means; raises UsageError where none or several are meant, naming the candidates.

    `namespace/` and `environment/namespace/` mean the pod that `kubectl run debug` would make there.
    """
    if word.endswith("/"):
        return _any_pod(word.rstrip("/"), environments)
    clients = list(_clients(environments))
    meant = [client for client in clients if word.lower() in client.spellings]
    if len(meant) == 1:
        return meant[0]
    if not meant:
        _unknown(word, clients, environments)
    raise UsageError(f"{len(meant)} workloads are called {word!r}; say which one: {_listed(_apart(meant))}")


def _apart(clients: Sequence[Client]) -> Sequence[str]:
    """The shortest spellings that tell all of them apart."""
    columns = list(zip(*(client.full for client in clients), strict=True))
    return next((names for names in columns if len(set(names)) == len(clients)), columns[-1])


def _clients(environments: Iterable[Environment]) -> Iterator[Client]:
    for environment in environments:
        own = {id(resource) for resource in environment.resources}
        seen: set[tuple[str, str, str]] = set()
        for made in environment.cluster.workloads:
            key = (made.kind, made.namespace, made.name)
            if id(made.resource) in own and key not in seen:  # of two objects with one key the first counts
                seen.add(key)
                yield Client(environment, made)


def _any_pod(word: str, environments: Sequence[Environment]) -> Client:
    found = []
    for environment in environments:
        for namespace in sorted(environment.scope.own):
            if word in (namespace, f"{_name(environment)}/{namespace}"):
                found.append(Client(environment, _pod(namespace)))
    if len(found) == 1:
        return found[0]
    if not found:
        known = sorted({namespace for environment in environments for namespace in environment.scope.own})
        raise UsageError(f"no environment fills a namespace {word!r}; {_near(word, known)}")
    listed = _listed(f"{_name(client.environment)}/{client.workload.namespace}/" for client in found)
    raise UsageError(f"{len(found)} environments fill namespace {word!r}; say which one: {listed}")


def _pod(namespace: str) -> Workload:
    metadata = {"name": _DEBUG, "namespace": namespace, "labels": {"run": _DEBUG}}
    spec = {"containers": [{"name": "curl"}]}
    made = workload(Resource({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}, namespace))
    assert made is not None
    return made


def _unknown(word: str, clients: Sequence[Client], environments: Iterable[Environment]) -> NoReturn:
    failed = [source for each in environments for source in each.sources if source.status is Status.FAILED]
    unseen = "".join(f"; source {path!r} does not render" for path in dict.fromkeys(each.path for each in failed))
    if not clients:
        raise UsageError(f"there is no workload that could call anything{unseen}")
    same = [client for client in clients if client.workload.name == word.rpartition("/")[2]]
    if same:
        meant = _listed(client.full[0] for client in same)
        raise UsageError(f"no workload is called {word!r}; did you mean {meant}?")
    near = get_close_matches(word.lower(), {name for client in clients for name in client.spellings}, n=1)
    hint = _near(word, near or sorted({client.full[0] for client in clients}))
    raise UsageError(f"no workload is called {word!r}; {hint}{unseen}")


def _near(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, n=1) or (list(known) if len(known) == 1 else [])
    return f"did you mean {near[0]!r}?" if near else f"there are {_listed(known)}"


def _listed(names: Iterable[str]) -> str:
    found = list(dict.fromkeys(names))
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return ", ".join(map(repr, found[:_SHOWN])) + more


def _name(environment: Environment) -> str:
    """A cluster's one unnamed environment goes by the cluster's name."""
    return environment.name or environment.cluster.name
