"""How grave a rule is with the settings of a repository."""

import pytest

from ringtrue.checking.severities import effective, higher, lower, raised_rule
from ringtrue.config.reading import parse
from ringtrue.errors import ConfigError
from ringtrue.findings import Severity
from ringtrue.reachability.reasons import Reason

SETTINGS = {
    "a failure is an error": ("", "service-selects-nothing", Severity.ERROR),
    "a risk is a warning": ("", "ignore-unused", Severity.WARNING),
    "a house rule is off": ("", "reference-unqualified", None),
    "a house rule with policy": ("[rules]\npolicy = true", "reference-unqualified", Severity.ERROR),
    "a house rule that is named": (
        '[rules]\nreference-unqualified = "warning"',
        "reference-unqualified",
        Severity.WARNING,
    ),
    "a rule raised": ('[rules]\nignore-unused = "error"', "ignore-unused", Severity.ERROR),
    "a rule switched off": ('[rules]\nservice-selects-nothing = "off"', "service-selects-nothing", None),
    "refuted": ("", "reference-nxdomain", Severity.ERROR),
    "unknown": ("", "reference-unresolved-text", Severity.NOTE),
    "unknown raised": ('[verdicts]\nunknown = "error"', "reference-unresolved-text", Severity.ERROR),
    "unknown raised, but named": (
        '[verdicts]\nunknown = "error"\n[rules]\nreference-unresolved-text = "off"',
        "reference-unresolved-text",
        None,
    ),
    "external": ('[verdicts]\nunknown = "error"', "reference-external", None),
    "external by name": ('[rules]\nreference-external = "error"', "reference-external", None),
}


@pytest.mark.parametrize(("text", "rule", "severity"), SETTINGS.values(), ids=SETTINGS)
def test_effective(text: str, rule: str, severity: Severity | None) -> None:
    assert effective(parse(text))[rule] is severity


WRONG = {
    "in [rules]": (
        '[rules]\nservice-selects-nothin = "off"',
        "ringtrue.toml:2: no rule is called 'service-selects-nothin'; did you mean 'service-selects-nothing'?",
    ),
    "in [[ignore]]": (
        '[[ignore]]\nrule = "zzz"\nreason = "x"',
        "ringtrue.toml:1: no rule is called 'zzz'; `ringtrue rules` lists them",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), WRONG.values(), ids=WRONG)
def test_a_name_that_no_rule_has(text: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as caught:
        effective(parse(text))

    assert str(caught.value) == sentence


def test_a_problem_can_only_lower() -> None:
    assert [lower(Severity.ERROR, other) for other in (None, Severity.NOTE, Severity.ERROR)] == [
        Severity.ERROR,
        Severity.NOTE,
        Severity.ERROR,
    ]
    assert lower(Severity.WARNING, Severity.ERROR) is Severity.WARNING
    assert higher(Severity.WARNING, Severity.ERROR) is Severity.ERROR


def test_the_rule_of_an_unknown_reference_is_named_only_where_it_is_raised() -> None:
    quiet, raised = effective(parse("")), effective(parse('[verdicts]\nunknown = "warning"'))

    assert [raised_rule(reason, quiet) for reason in (Reason.OK, Reason.NXDOMAIN, Reason.FOREIGN_NAMESPACE)] == [
        None,
        "reference-nxdomain",
        None,
    ]
    assert raised_rule(Reason.FOREIGN_NAMESPACE, raised) == "reference-foreign-namespace"
    assert raised_rule(Reason.EXTERNAL, raised) is None
