"""One call of ringtrue, from words to an exit status. Each command is imported only when it is asked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ringtrue.cli.arguments import Arguments, parse
from ringtrue.cli.terminal import forget_stdout, say
from ringtrue.errors import RingtrueError

if TYPE_CHECKING:
    from ringtrue.rendering.request import Limits


def run(argv: Sequence[str], limits: "Limits | None" = None) -> int:
    """The exit status; nothing but KeyboardInterrupt, and SystemExit of --help, is raised."""
    try:
        return _done(parse(argv), limits)
    except RingtrueError as error:
        say(str(error))
        return error.exit_code
    except BrokenPipeError:
        forget_stdout()
        return 0
    except Exception as error:  # noqa: BLE001 - our own fault, which nothing below could put a name to
        from ringtrue.checking import bugs

        say(bugs.sentence("the check", error))
        return 3


def _done(arguments: Arguments, limits: "Limits | None") -> int:
    match arguments.command:
        case "check":
            from ringtrue.cli import checks

            return checks.run(arguments, limits=limits)
        case "trace":
            from ringtrue.cli import traces

            return traces.run(arguments, limits=limits)
        case "map":
            from ringtrue.cli import maps

            return maps.run(arguments, limits=limits)
        case "diff":
            from ringtrue.cli import diffs

            return diffs.run(arguments, limits=limits)
        case "gate":
            from ringtrue.cli import gates

            return gates.run(arguments, limits=limits)
        case "init":
            from ringtrue.cli import inits

            return inits.run(arguments, limits=limits)
        case "explain":
            from ringtrue.cli import pages

            return pages.explain(arguments)
        case "rules":
            from ringtrue.cli import pages

            return pages.rules(arguments)
