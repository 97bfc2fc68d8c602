"""`ringtrue trace` on small folders of manifests: `command.txt` is the question, `expected.txt` the answer."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ringtrue.__main__ import main
from ringtrue.reachability.proof import Result, Stage
from ringtrue.reachability.reasons import Reason, Verdict

SCHEMA: dict[str, Any] = json.loads(files("ringtrue.reports").joinpath("trace.v1.schema.json").read_text())
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


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_answer_for_programs_fits_its_schema(case: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = (case / "command.txt").read_text().split()
    status = main(["trace", *words, "--root", str(case), "--format", "json"])
    answer = json.loads(capfd.readouterr().out)

    Draft202012Validator(SCHEMA).validate(answer)
    assert status == STATUS[answer["verdict"]]


def test_the_schema_holds_the_closed_words() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    properties = SCHEMA["properties"]
    step = properties["steps"]["items"]["properties"]

    assert set(properties["verdict"]["enum"]) == {each.value for each in Verdict}
    assert set(properties["reason"]["enum"]) == {each.value for each in Reason}
    assert set(step["stage"]["enum"]) == {each.value for each in Stage}
    assert set(step["result"]["enum"]) == {each.value for each in Result}
