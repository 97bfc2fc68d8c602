"""What of an environment changes, against what is deployed, and how that is brought about."""

from collections import Counter
from collections.abc import Iterator, Mapping

from ringtrue.argocd import applying
from ringtrue.argocd.applying import Way
from ringtrue.environments.environment import Environment, Source
from ringtrue.flux import applying as by_flux
from ringtrue.manifests.resource import Key, Resource


def changed(environment: Environment) -> Iterator[tuple[Resource, Resource]]:
    """Objects of one key that are there before and after, and differ; none where a key is there twice."""
    before = single(environment.deployed) if environment.deployed else {}
    for key, new in single(environment).items():
        old = before.get(key)
        if old is not None and new.name and old.data != new.data:
            yield old, new


def single(environment: Environment) -> Mapping[Key, Resource]:
    """The environment's own objects by key, without those that several sources bring."""
    count = Counter(each.key for each in environment.resources)
    return {each.key: each for each in environment.resources if count[each.key] == 1}


def homes(environment: Environment) -> Mapping[int, Source]:
    """The source of each object, by the object's identity."""
    return {id(resource): source for source in environment.sources for resource in source.resources}


def way(old: Resource, new: Resource, before: Source | None, after: Source | None, environment: Environment) -> Way:
    """How the old object becomes the new one; by `kubectl apply` where nothing declares it.

    Never, where another Application takes it over: the one may delete it before the other applies it.
    """
    if before is None or after is None or before.application_name != after.application_name:
        return Way.NEVER
    if after.application is not None:
        if applying.leaves_alone(after.application, new):
            return Way.NEVER
        return applying.way(old, new, after.application, environment.instance.version)
    if after.kustomization is not None:
        if by_flux.leaves_alone(old, new):
            return Way.NEVER
        return Way.ANEW if by_flux.makes_anew(old, new, after.kustomization.mapping("spec")) else Way.SERVER
    return Way.CLIENT
