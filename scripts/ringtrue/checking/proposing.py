"""What a first `ringtrue.toml` should say, read off a check without one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ringtrue.checking.report import Report
from ringtrue.checking.versions import kubernetes_minor
from ringtrue.config.proposal import Probable, Proposal
from ringtrue.environments.environment import Environment
from ringtrue.findings import Severity
from ringtrue.manifests.resource import Resource
from ringtrue.reachability.proof import Proof
from ringtrue.reachability.reasons import Reason
from ringtrue.repository.tree import Tree

_STAGES = (
    ("dev", "develop", "development", "local", "sandbox"),
    ("int", "integration", "test", "testing", "ci"),
    ("qa", "uat", "acceptance", "acc"),
    ("stage", "staging", "stg", "preprod", "pre-prod", "canary"),
    ("prod", "production", "prd", "live"),
)
"""Names in the order of promotion; any other stands before staging."""
_OTHER = 2.5

_TESTS = frozenset({"benchmarks", "doc", "docs", "e2e", "fixtures", "test", "testdata", "tests"})
_EXAMPLES = frozenset({"demo", "demos", "example", "examples", "sample", "samples"})
_MANY = 5
"""From so many objects on that stand there again, the files of a folder are taken for alternatives."""

_UNPROVIDED = (Reason.FOREIGN_NAMESPACE, Reason.OPEN_NAMESPACE)


def propose(report: Report, tree: Tree) -> Proposal:
    """Only what makes a check quieter and hides no error is set; all else is a comment."""
    listed = report.listed
    named = [each for each in listed if each.scope.named]
    version, where = kubernetes_minor((r for each in listed for r in each.resources), tree)
    applications = [each for environment in report.environments for each in environment.applications]
    return Proposal(
        version,
        where,
        tuple((each.name, each.cluster.name) for each in listed if not each.scope.leaf),
        tuple(sorted({each.name for each in named}, key=_stage)) if len(named) > 1 else (),
        tuple(sorted(_shared(named))),
        *_folders(listed),
        tuple(_alternatives(listed)),
        _only(_urls(named)),
        _only({each.namespace for each in applications} - {"argocd", ""}),
        tuple(_external(listed)),
    )


def _stage(name: str) -> tuple[float, str]:
    ranks = (rank for rank, names in enumerate(_STAGES) if name.lower() in names)
    return next(ranks, _OTHER), name


def _shared(named: Iterable[Environment]) -> set[str]:
    """Where the caller's own environment has no Service of that name, another's may be meant."""
    return {
        proof.target.namespace
        for environment in named
        for proof in environment.proofs
        if proof.reason is Reason.LEAVES_ENVIRONMENT and proof.severity is Severity.WARNING and proof.target
    }


def _folders(listed: Sequence[Environment]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Folders of undeclared environments to skip, and perhaps to skip; none where nothing else would be left."""
    skip = {folder for each in listed if (folder := _named_for(each, _TESTS))}
    declared = {source.path for each in listed if not each.scope.leaf for source in each.sources}
    skip = {folder for folder in skip if not any(_is_below(path, folder) for path in declared)}
    left = [each for each in listed if not any(_is_below(source.path, f) for source in each.sources for f in skip)]
    if not left:
        return (), ()
    return tuple(sorted(skip)), tuple(sorted({f for each in left if (f := _named_for(each, _EXAMPLES))}))


def _named_for(environment: Environment, words: frozenset[str]) -> str:
    if not environment.scope.leaf or not environment.sources:
        return ""
    parts = environment.sources[0].path.split("/")
    at = next((index for index, part in enumerate(parts) if part.lower() in words), None)
    return "" if at is None else "/".join(parts[: at + 1])


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def _alternatives(listed: Iterable[Environment]) -> Iterator[tuple[str, int]]:
    for environment in listed:
        named = [resource.key for resource in environment.resources if resource.name]
        again = len(named) - len(set(named))
        if environment.scope.leaf and again >= _MANY:
            yield environment.name, again


def _urls(named: Iterable[Environment]) -> set[str]:
    return {url for each in named for source in each.sources if (url := _url(source.application))}


def _url(application: Resource | None) -> str:
    url = application.get("spec", "source", "repoURL") if application else None
    return url if isinstance(url, str) else ""


def _only(found: set[str]) -> str:
    """The one that all agree on; "" when they do not."""
    return next(iter(found)) if len(found) == 1 else ""


def _external(listed: Iterable[Environment]) -> Iterator[Probable]:
    called: dict[tuple[str, str], list[Proof]] = defaultdict(list)
    for environment in listed:
        for proof in environment.proofs:
            if proof.reason in _UNPROVIDED and proof.target is not None:
                called[proof.target.namespace, proof.target.service].append(proof)
    for (namespace, service), proofs in sorted(called.items()):
        ports = sorted({proof.reference.port for proof in proofs if proof.reference.port is not None})
        yield Probable(namespace, service, tuple(ports), str(proofs[0].reference.client))
