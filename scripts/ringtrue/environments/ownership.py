"""Which Applications read this repository."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ringtrue.environments.applications import Declared
from ringtrue.repository.remotes import same_repository
from ringtrue.repository.tree import Tree


@dataclass(frozen=True, slots=True)
class Ownership:
    """`ours` in the order found; the others are foreign. `assumption` is a sentence for the report, or ""."""

    ours: tuple[Declared, ...]
    foreign: tuple[Declared, ...]
    assumption: str = ""


def ownership(sources: Sequence[Declared], known: Sequence[str], tree: Tree) -> Ownership:
    """Ours is what reads a remote of this repository or `[argocd] repository`.

    When no Application does, all share one URL and every path exists here, that URL is taken for this repository.
    """
    readers = [source for source in sources if source.url and not source.chart]
    ours = [source for source in readers if any(same_repository(source.url, url) for url in known)]
    assumption = ""
    if readers and not ours:
        urls = sorted({source.url for source in readers})
        shared = all(same_repository(url, urls[0]) for url in urls)
        missing = sorted({source.path for source in readers if not tree.is_dir(source.path)})
        if shared and not missing:
            ours = readers
            assumption = f"the Applications' repository {shown(urls[0])!r} is this one: every path exists here"
        elif shared:
            assumption = (
                f"the Applications' repository {shown(urls[0])!r} is another one: it is no remote of this repository, "
                f"and {missing[0]!r} does not exist here; [argocd] repository in ringtrue.toml can say otherwise"
            )
    own = {id(source) for source in ours}
    return Ownership(tuple(ours), tuple(source for source in sources if id(source) not in own), assumption)


def owners(sources: Sequence[Declared], known: Sequence[str], tree: Tree) -> Ownership:
    """Of Argo CD's Applications and Flux's Kustomizations: what is known of the one helps to tell the other."""
    argo = ownership([each for each in sources if not each.flux], known, tree)
    ours = [*known, *(each.url for each in argo.ours)]
    flux = _flux([each for each in sources if each.flux], ours, tree)
    assumption = "; ".join(filter(None, (argo.assumption, flux.assumption)))
    return Ownership((*argo.ours, *flux.ours), (*argo.foreign, *flux.foreign), assumption)


def _flux(sources: Sequence[Declared], known: Sequence[str], tree: Tree) -> Ownership:
    """A Kustomization that reads the folder it stands in reads this repository, and so do others of its source.

    A source that no object here describes is this repository when a path of it exists: `flux bootstrap` makes it.
    """
    readers = [each for each in sources if each.url]
    unseen = [each for each in sources if not each.url and each.outside.startswith("is GitRepository")]
    rooted = [each for each in readers if _covers(each.path, each.document.source) and tree.is_dir(each.path)]
    ours = [*known, *(each.url for each in rooted)]
    branches = {each.revision for each in rooted}
    own = [each for each in readers if any(same_repository(each.url, url) for url in ours)]
    assumption = ""
    if readers and not own and not unseen:
        found = ownership(readers, (), tree)
        own = list(found.ours)
        assumption = found.assumption.replace("the Applications'", "the Kustomizations'")
    # Another branch may hold another tree; where the path is here, it is taken for what that branch is to become.
    own = [each for each in own if tree.is_dir(each.path) or not branches or each.revision in branches]
    there = {each.outside for each in unseen if tree.is_dir(each.path)}
    own += [each for each in unseen if each.outside in there]
    kept = {id(each) for each in own}
    mine = tuple(each for each in sources if id(each) in kept)
    return Ownership(mine, tuple(each for each in sources if id(each) not in kept), assumption)


def _covers(folder: str, path: str) -> bool:
    return folder == "." or path == folder or path.startswith(f"{folder}/")


def own_urls(urls: Iterable[str], known: Sequence[str]) -> Callable[[str], bool]:
    """Whether a URL is this repository, before it is known what reads it: a known one, else the only one there is."""
    named = sorted(set(urls))
    if not any(same_repository(url, own) for url in named for own in known):
        known = named[:1] if all(same_repository(url, named[0]) for url in named) else ()
    return lambda url: any(same_repository(url, own) for own in known)


def shown(url: str) -> str:
    """A URL without user and password."""
    scheme, found, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}" if found else url
