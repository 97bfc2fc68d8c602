"""However a cluster ends, nothing of it stays: no process, mount, namespace, cgroup or file. `SEED` repeats a run."""

import pytest

from conftest import Say
from endings import ENDINGS, Endings


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_end_leaves_nothing(endings: Endings, say: Say, ending: str) -> None:
    say(endings.result(ending))
