"""The comparison as Markdown, for the terminal and for docs/answers.md: the same bytes for the same answers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from benchmarks.answers.comparing import Tally
from benchmarks.answers.sources import Connections, Tool
from benchmarks.answers.verdicts import Outcome

_FOLDERS = ("folders with", "folders", "pairs", "agreed", "disagreed", "undecided", "questions", "agreed", "undecided")
_CHECKS = ("tool", "its check", "our rules", "verdicts", "agreed")


def page(known: Connections, tallies: Sequence[Tally], outcomes: Mapping[Tool, Sequence[Outcome]]) -> str:
    """The whole page; it holds no seconds and no machine's names."""
    return "\n".join(
        (
            "# Answers of other tools",
            "",
            "Some tools keep answers beside the manifests of their tests. This is what ringtrue says of the same",
            "manifests. Written by `make answers ANSWERS=DIR WRITE=1`; commits, verdicts and reasons are in",
            "`benchmarks/answers/sources.toml`.",
            "",
            "## Who may reach whom",
            "",
            f"{known.repository} at {known.commit[:10]}, `{known.answers}`: every ordered pair of different workloads",
            "of a folder, for SCTP, TCP and UDP on every stretch of ports that a policy can tell apart. A question is",
            "one stretch of one pair. As for that tool a folder is the whole cluster, and a namespace without a",
            "manifest has no label but its name.",
            "",
            *_row(_FOLDERS),
            *_row(["---"] * len(_FOLDERS)),
            *_groups(tallies),
            "",
            *_different(tallies),
            "",
            *_undecided(tallies),
            "",
            f"Left out: {sum(each.outside for each in tallies)} lines about addresses outside the cluster or an",
            f"ingress controller, {sum(each.secondary for each in tallies)} about secondary networks, and",
            f"{sum(each.left for each in tallies)} about an end that makes no pods here: virtual machines, and Pods",
            "written in a version that no API server knows.",
            "",
            "## What is reported",
            "",
            "A verdict is one file, or one object in it, that the tool's own tests want reported or left alone. Of a",
            "check that says where something is as it should be, a verdict is that we say nothing against it. A case",
            "of kubescape/regolibrary is all that the cluster holds, for that tool and here.",
            "",
            *_row(_CHECKS),
            *_row(["---"] * len(_CHECKS)),
            *_checks(outcomes),
            "",
            "### Disagreements",
            "",
            *_disagreements(outcomes),
            "",
            "### Not compared",
            "",
            *_apart(outcomes),
            "",
        )
    )


def folders(tallies: Iterable[Tally]) -> Iterator[str]:
    """The counts of each folder, for those who mend."""
    for each in tallies:
        counts = ", ".join(f"{each.pairs[key]} {key}" for key in ("agreed", "disagreed", "undecided"))
        yield f"{each.folder}: {counts} pairs; {each.questions.total()} questions"
        yield from map(str, each.differences)


def unexplained(tallies: Iterable[Tally], outcomes: Mapping[Tool, Sequence[Outcome]]) -> list[str]:
    """A sentence for each disagreement without a reason, and for each reason without a disagreement."""
    wrong = [str(difference) for each in tallies for difference in each.differences]
    for tool, found in outcomes.items():
        for each in found:
            if not each.agreed and not each.reason:
                wrong.append(f"{_named(tool, each)}: {_said(each)}, and sources.toml has no reason")
            if each.agreed and each.reason:
                wrong.append(f"{_named(tool, each)}: we agree, but sources.toml has a reason why not")
    return wrong


def _row(cells: Iterable[object]) -> Iterator[str]:
    yield f"| {' | '.join(map(str, cells))} |".replace(" --- ", "---")


def _groups(tallies: Sequence[Tally]) -> Iterator[str]:
    for group in sorted({each.group for each in tallies}):
        yield from _counts(group, [each for each in tallies if each.group == group])
    yield from _counts("all", tallies)


def _counts(name: str, tallies: Sequence[Tally]) -> Iterator[str]:
    pairs = sum((each.pairs for each in tallies), Counter[str]())
    questions = sum((each.questions for each in tallies), Counter[str]())
    counted = (pairs.total(), pairs["agreed"], pairs["disagreed"], pairs["undecided"])
    yield from _row((name, len(tallies), *counted, questions.total(), questions["agreed"], questions["undecided"]))


def _different(tallies: Sequence[Tally]) -> Iterator[str]:
    found = [difference for each in tallies for difference in each.differences]
    if not found:
        yield "Nothing that both decide is decided otherwise."
    yield from (f"- {each}" for each in found)


def _undecided(tallies: Sequence[Tally]) -> Iterator[str]:
    yield from _row(("undecided because of", "questions"))
    yield from _row(("---", "---"))
    reasons = sum((each.reasons for each in tallies), Counter[str]())
    for reason, count in sorted(reasons.items(), key=lambda each: (-each[1], each[0])):
        yield from _row((reason, count))


def _checks(outcomes: Mapping[Tool, Sequence[Outcome]]) -> Iterator[str]:
    everything = [each for found in outcomes.values() for each in found]
    for tool, found in outcomes.items():
        for check in tool.checks:
            own = [each for each in found if each.check is check]
            rules = ", ".join(map(_linked, check.rules))
            yield from _row((tool.repository, check.name, rules, len(own), sum(each.agreed for each in own)))
    yield from _row(("all", "", "", len(everything), sum(each.agreed for each in everything)))


def _linked(rule: str) -> str:
    return rule if " " in rule else f"[{rule}](rules/{rule}.md)"


def _disagreements(outcomes: Mapping[Tool, Sequence[Outcome]]) -> Iterator[str]:
    """One line for the verdicts of a check that differ for the same reason."""
    for tool, found in outcomes.items():
        alike: dict[tuple[str, str, str], list[str]] = {}
        for each in found:
            if not each.agreed:
                alike.setdefault((each.check.name, _said(each), each.reason), []).append(f"`{each.verdict}`")
        for (check, said, reason), verdicts in alike.items():
            yield f"- {tool.repository}, {check}, {said}: {', '.join(verdicts)}. {reason}"


def _apart(tools: Iterable[Tool]) -> Iterator[str]:
    for tool in tools:
        for each in tool.apart:
            yield f"- {tool.repository}, {', '.join(f'`{name}`' for name in each.names)}: {each.reason}"


def _named(tool: Tool, outcome: Outcome) -> str:
    return f"{tool.repository}, {outcome.check.name}, `{outcome.verdict}`"


def _said(outcome: Outcome) -> str:
    return "reported there, not here" if outcome.theirs else "reported here, not there"
