"""From a tree to a report, in one straight line."""

from collections.abc import Iterable, Iterator, Sequence

from ringtrue.checking import externals, pieces, raising
from ringtrue.checking.assumptions import assumptions
from ringtrue.checking.baseline import compared
from ringtrue.checking.cascades import joined
from ringtrue.checking.comments import may_hold_comments
from ringtrue.checking.ignores import RULE, Ignores
from ringtrue.checking.merging import merged
from ringtrue.checking.pairing import paired
from ringtrue.checking.places import Places
from ringtrue.checking.raised import Placed, Raised
from ringtrue.checking.raising import Severities
from ringtrue.checking.report import CheckedReference, Options, Report
from ringtrue.checking.severities import raised_rule
from ringtrue.checking.standing import Standing, standing
from ringtrue.config import Config
from ringtrue.environments.environment import Environment
from ringtrue.environments.views import Revisions
from ringtrue.reachability.proof import Proof
from ringtrue.reachability.prove import reference_id
from ringtrue.rendering.request import Progress, Renderer
from ringtrue.repository.tree import Tree
from ringtrue.rules import RULES, Rule


def check(
    tree: Tree,
    config: Config,
    renderer: Renderer,
    options: Options,
    paths: Sequence[str] = (),
    progress: Progress | None = None,
    rules: Sequence[Rule] = RULES,
    revisions: Revisions | None = None,
    before: Report | None = None,
) -> Report:
    """Judges everything below the root, or only what `paths` (root-relative) name; with `revisions` what is deployed.

    With `before`, the report on what is there today, the change to it is judged too.
    Raises RingtrueError for what stops a run: settings that name no rule, an environment that does not exist, and
    what the rooms below raise. A fault of ringtrue itself in one rule, proof or trace is in `Report.bugs`.
    """
    at = standing(tree, config, renderer, options, paths, progress, revisions)
    return judged(at, options, rules, before.environments if before else ())


def judged(at: Standing, options: Options, rules: Sequence[Rule] = RULES, before: Iterable[Environment] = ()) -> Report:
    """What the rules say of what stands, each finding at the line to edit, and of what changed since `before`."""
    config, severities = at.config, at.severities
    environments = paired(at.environments, before)
    by_rules, failures = raising.from_rules(rules, environments, severities)
    names = frozenset(options.environments) or None
    raised = [*raising.from_faults(at.survey.faults, names, severities), *by_rules]
    bugs = [*at.bugs, *failures]
    complete = not at.paths and not names and not bugs and all(each.complete for each in environments)
    # What is deployed need not be what the settings and the comments of this tree were written for.
    own = complete and not at.deployed
    if own:
        raised += raising.from_faults(externals.unused(config.external, environments), names, severities)
    everything = joined(raised, list(_callers(environments, severities)))

    places = Places(at.tree, at.renderer, at.survey.environments)
    proofs = [proof for each in environments for proof in each.proofs] if options.places else []
    wanted = (*(spot for each in everything for spot in each.spots), *(proof.reference.spot for proof in proofs))
    places.ask(wanted, at.progress)
    ignores = Ignores(config, at.tree, places)
    placed = [each for each in map(places.placed, everything) if not ignores.silence(each)]
    if own:
        placed += _unused(ignores, environments, _commented(at.tree, config), severities)
    result = compared(merged(placed), options.baseline or {}, complete)
    return Report(
        environments,
        result.new,
        tuple(_references(environments, severities, places if options.places else None)),
        assumptions(environments, config, at.survey.assumptions),
        tuple(dict.fromkeys((*bugs, *places.bugs))),
        at.survey.skipped,
        None if options.baseline is None else result.known,
        result.gone,
    )


def _callers(environments: Iterable[Environment], severities: Severities) -> Iterator[tuple[Proof, Raised]]:
    for environment in environments:
        for proof in environment.proofs:
            name = reference_id(proof.reference, environment.name)
            raised = raising.from_proof(proof, environment, name, severities)
            if raised is not None:
                yield proof, raised


def _commented(tree: Tree, config: Config) -> Iterator[str]:
    """Files whose ignore comments are judged: those in which environments are looked for."""
    skipped = tuple(f"{folder.rstrip('/')}/" for folder in config.skip)
    return (path for path in tree.files() if may_hold_comments(path) and not path.startswith(skipped))


def _unused(
    ignores: Ignores, environments: Sequence[Environment], files: Iterable[str], severities: Severities
) -> Iterator[Placed]:
    severity = severities[RULE]
    if severity is None:
        return
    for location, problem in ignores.unused(environments, files, severities):
        yield Placed(Raised(RULE, problem, severity, None), location, ())


def _references(
    environments: Iterable[Environment], severities: Severities, places: Places | None
) -> Iterator[CheckedReference]:
    for environment in environments:
        for proof in environment.proofs:
            yield CheckedReference(
                reference_id(proof.reference, environment.name),
                environment.name,
                proof,
                raised_rule(proof.reason, severities),
                places.of(proof.reference.spot, pieces.host(proof.reference)) if places else None,
            )
