"""`python -m ringtrue` and the console script."""

import gc
import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """The exit status: 0 no errors, 1 errors found, 2 cannot run, 3 our own fault, 130 interrupted."""
    if argv is None:
        _in_utf8()
        gc.disable()  # a run ends before there is anything worth collecting
    try:
        from ringtrue.cli import run  # here, so that an early Ctrl-C is answered in one line too

        return run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        sys.stderr.write("ringtrue: interrupted\n")
        return 130


def _in_utf8() -> None:
    """Starts over where the locale is another than UTF-8: git's and Kustomize's file names are bytes of UTF-8, and
    Python could not open them by name."""
    if sys.getfilesystemencoding() != "utf-8":
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


if __name__ == "__main__":
    raise SystemExit(main())
