"""Each public function of the room names the rules of the semantics page that it implements."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import ringtrue.cluster

ROOM = Path(ringtrue.cluster.__file__).parent
RULE = re.compile(r"\b(SEL|EP|PORT|DNS|REF|ADM|UPD|NET|KUS|ARGO)-(\d\d|\*)|\b1[abc]\b")


def public_functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield f"{path.relative_to(ROOM).with_suffix('').as_posix()}.{node.name}", node


FUNCTIONS = dict(public_functions())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_docstring_names_a_rule(name: str) -> None:
    assert RULE.search(ast.get_docstring(FUNCTIONS[name]) or "")
