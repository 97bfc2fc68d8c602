"""The Applications whose sources fill an environment, and what they bring."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ringtrue.argocd.hooks import has_steps
from ringtrue.environments.environment import Environment, Source
from ringtrue.manifests.problem import Problem
from ringtrue.manifests.resource import Resource, Spot


def applications(environment: Environment) -> Iterator[tuple[Resource, Sequence[Source]]]:
    """Each once, with those of its sources that are of this environment."""
    found: dict[int, tuple[Resource, list[Source]]] = {}
    for source in environment.sources:
        if source.application is not None:
            found.setdefault(id(source.application), (source.application, []))[1].append(source)
    yield from found.values()


def synced(environment: Environment) -> Iterator[tuple[Resource, Resource]]:
    """Each Application with each object that it brings here, as far as its sources were rendered."""
    for application, sources in applications(environment):
        for source in sources:
            for resource in source.resources:
                yield application, resource


def homes(environment: Environment) -> Mapping[int, Resource]:
    """The Application of each object, by the object's identity."""
    return {id(resource): application for application, resource in synced(environment)}


def waiting(environment: Environment) -> frozenset[int]:
    """The Applications, by identity, whose syncs wait for each object's health: they have phases or waves."""
    found: dict[int, list[Mapping[str, str]]] = {}
    for application, resource in synced(environment):
        found.setdefault(id(application), []).append(resource.annotations)
    version = environment.instance.version
    return frozenset(key for key, objects in found.items() if has_steps(objects, version))


def is_automated(application: Resource) -> bool:
    """Whether it syncs by itself."""
    automated = application.get("spec", "syncPolicy", "automated")
    return isinstance(automated, Mapping) and automated.get("enabled") is not False


def destination_namespace(application: Resource) -> str:
    namespace = application.get("spec", "destination", "namespace")
    return namespace if isinstance(namespace, str) else ""


def together(problems: Iterable[Problem]) -> Iterator[Problem]:
    """One problem for all Applications of one ApplicationSet that have it at the same field of the template."""
    found: dict[tuple[object, ...], list[Problem]] = {}
    earlier: Counter[tuple[object, ...]] = Counter()
    for each in problems:
        field, name = _field(each)
        earlier[field, name] += 1
        found.setdefault((field, earlier[field, name]), []).append(each)
    for first, *others in found.values():
        likewise = f"; likewise {len(others)} more of its ApplicationSet" if others else ""
        yield replace(first, message=first.message + likewise)


def _field(problem: Problem) -> tuple[object, str]:
    """Where it is written, which Applications of one set share, and the object's name."""
    where = problem.where
    if not isinstance(where, Spot):
        return where, ""
    made = where.resource
    return (made.source, made.index, made.within, where.route), made.name
