"""The pushes that the pages of refusals show: what the gate says, to the letter.

`examples/NAME.txt` has a sentence on who is where, an empty line, then commands, each with what is said of it.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from ringtrue.gates.names import NAMES

EXAMPLES = Path(__file__).with_name("examples")
# That of the other name needs two environments that call each other: `test_judging.py` has them.
SHOWN = sorted(path.stem for path in EXAMPLES.glob("*.txt") if path.stem != "environment-broken")


def test_every_refusal_has_an_example() -> None:
    assert {path.stem for path in EXAMPLES.iterdir()} == {*NAMES}


@pytest.mark.parametrize("name", SHOWN)
def test_what_an_example_says(place: Any, name: str, request: pytest.FixtureRequest) -> None:
    path = EXAMPLES / f"{name}.txt"
    text = path.read_text(encoding="utf-8")
    place.prepared({"main": "c3", "env/dev": "c2", "env/staging": "c1", "env/prod": "c1"})
    intro, _, _ = text.partition("\n\n")
    made = [f"{intro}\n"]
    for pushed in re.findall(r"^\$ git push origin (.+)$", text, re.M):
        said = place.push(*pushed.split())[1]
        made += [f"$ git push origin {pushed}", *said]
    if request.config.getoption("update_expected"):
        text = "\n".join(made) + "\n"
        path.write_text(text, encoding="utf-8")

    assert f"[{name}]" in text
    assert text == "\n".join(made) + "\n"
