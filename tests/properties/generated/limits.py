"""How often a property is tried, and for how long one example may run."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("EXAMPLES", "0"))
"""`EXAMPLES=2000 .venv/bin/python -m pytest tests/properties` looks further, with new examples in each run."""


def tried(usual: int) -> settings:
    """The decorator of a property: always the same `usual` examples, so that CI does not fail by chance."""
    return settings(
        max_examples=EXAMPLES or usual,
        derandomize=not EXAMPLES,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises TimeoutError in a body that goes on for longer: it hangs."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"still not through after {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
