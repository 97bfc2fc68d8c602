"""`ringtrue trace` on small folders of manifests: `command.txt` is the question, `expected.txt` the answer."""

from pathlib import Path

import pytest

from ringtrue.__main__ import main

CASES = sorted(path.parent for path in (Path(__file__).parent / "trace").glob("*/command.txt"))
STATUS = {"proved": 0, "refuted": 1, "unknown": 4}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_answer(case: Path, request: pytest.FixtureRequest, capfd: pytest.CaptureFixture[str]) -> None:
    status = main(["trace", *(case / "command.txt").read_text().split(), "--root", str(case)])
    out, err = capfd.readouterr()
    expected = case / "expected.txt"
    if request.config.getoption("update_expected"):
        expected.write_text(out)

    assert (out, err) == (expected.read_text(), "")
    assert status == next(code for word, code in STATUS.items() if f"\n  {word}" in out)
    assert "\n  curl: [" in out or status == 4
