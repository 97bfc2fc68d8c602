"""`ringtrue explain` and `ringtrue rules`."""

from ringtrue.checking import entries, page
from ringtrue.checking.catalogue import grade, near
from ringtrue.checking.severities import effective
from ringtrue.cli.arguments import Arguments
from ringtrue.cli.place import root_of
from ringtrue.cli.terminal import show
from ringtrue.config import load
from ringtrue.errors import UsageError
from ringtrue.gates.names import NAMES as REFUSALS
from ringtrue.gates.names import REFUSES
from ringtrue.gates.names import page as refusal


def explain(arguments: Arguments) -> int:
    """Prints the page of a rule, of a reason, or of why a push is refused; raises UsageError for another name."""
    (word,) = arguments.words
    if word in REFUSALS:
        show(f"{word}\n\n{refusal(word)}\n{REFUSES}\n")
        return 0
    name = word if word in entries() else f"reference-{word}"
    if name not in entries():
        reasons = [other.removeprefix("reference-") for other in entries()]
        hint = near(word.removeprefix("reference-"), *reasons, *REFUSALS)
        raise UsageError(f"no rule or reason is called {word!r}; {hint}")
    show(f"{name}\n\n{page(name)}\n{grade(entries()[name])}\n")
    return 0


def rules(arguments: Arguments) -> int:
    """Prints every rule with its class, its severity here, and what it says."""
    severities = effective(load(root_of(arguments.root, ())))
    width = max(map(len, entries()))
    for name, entry in entries().items():
        severity = severities[name]
        shown = severity.value if severity else "off"
        show(f"{name:<{width}}  {entry.rule_class.value:<8} {shown:<8} {page(name).splitlines()[0]}\n")
    return 0
