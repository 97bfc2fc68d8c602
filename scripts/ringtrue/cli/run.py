"""One call of ringtrue, from words to an exit status."""

from collections.abc import Sequence

from ringtrue.checking import bugs
from ringtrue.cli import checks, pages
from ringtrue.cli.arguments import parse
from ringtrue.cli.terminal import forget_stdout, say
from ringtrue.errors import RingtrueError
from ringtrue.rendering.request import Limits

_COMMANDS = {"explain": pages.explain, "rules": pages.rules}


def run(argv: Sequence[str], limits: Limits | None = None) -> int:
    """The exit status; nothing but KeyboardInterrupt, and SystemExit of --help, is raised."""
    try:
        arguments = parse(argv)
        if arguments.command == "check":
            return checks.run(arguments, limits=limits)
        return _COMMANDS[arguments.command](arguments)
    except RingtrueError as error:
        say(str(error))
        return error.exit_code
    except BrokenPipeError:
        forget_stdout()
        return 0
    except Exception as error:  # noqa: BLE001 - our own fault, which nothing below could put a name to
        say(bugs.sentence("the check", error))
        return 3
