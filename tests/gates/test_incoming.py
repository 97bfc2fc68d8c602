"""What git writes to its hooks."""

import pytest

from ringtrue.errors import UsageError
from ringtrue.gates.incoming import pushed, received
from ringtrue.gates.refs import Update

A, B, LONG = "a" * 40, "b" * 40, "c" * 64
NONE, NONE_LONG = "0" * 40, "0" * 64


@pytest.mark.parametrize(
    ("text", "updates"),
    [
        pytest.param("", (), id="nothing"),
        pytest.param("\n", (), id="an empty line"),
        pytest.param(f"{A} {B} refs/heads/main\n", (Update("refs/heads/main", A, B),), id="moved"),
        pytest.param(f"{NONE} {B} refs/heads/main\n", (Update("refs/heads/main", "", B),), id="made"),
        pytest.param(f"{A} {NONE} refs/tags/v1\n", (Update("refs/tags/v1", A, ""),), id="deleted"),
        pytest.param(f"{NONE_LONG} {LONG} refs/heads/x", (Update("refs/heads/x", "", LONG),), id="SHA-256"),
        pytest.param(f"{A} {B} refs/heads/main\r\n", (Update("refs/heads/main", A, B),), id="lines of Windows"),
        pytest.param(
            f"{A} {B} refs/heads/x\n{B} {A} refs/heads/y\n",
            (Update("refs/heads/x", A, B), Update("refs/heads/y", B, A)),
            id="two refs",
        ),
    ],
)
def test_received(text: str, updates: tuple[Update, ...]) -> None:
    assert received(text) == updates


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("x", "line 1 of stdin must be `<old> <new> <ref>`, not 'x'", id="a word"),
        pytest.param(
            f"\n{A} {B}", f"line 2 of stdin must be `<old> <new> <ref>`, not '{A} {B}'", id="a ref is missing"
        ),
        pytest.param(
            f"{A[:39]} {B} refs/heads/x",
            f"line 1 of stdin must be `<old> <new> <ref>`, not '{A[:39]} {B} refs/heads/x'",
            id="a short id",
        ),
        pytest.param(f"{A} {B} main", f"line 1 of stdin must be `<old> <new> <ref>`, not '{A} {B} main'", id="no ref"),
        pytest.param(
            f"{A} {B} refs/heads/a b",
            f"line 1 of stdin must be `<old> <new> <ref>`, not '{A} {B} refs/heads/a b'",
            id="a ref with a space",
        ),
        pytest.param(f"{A} {B} refs/heads/x\n" * 2, "'refs/heads/x' is pushed twice", id="a ref twice"),
    ],
)
def test_received_something_else(text: str, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        received(text)

    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("text", "updates"),
    [
        pytest.param("", (), id="nothing"),
        pytest.param(f"HEAD {B} refs/heads/main {A}\n", (Update("refs/heads/main", A, B),), id="moved"),
        pytest.param(f"HEAD^{{/a fix}} {B} refs/heads/x {NONE}", (Update("refs/heads/x", "", B),), id="spaces"),
        pytest.param(f"(delete) {NONE} refs/heads/x {A}", (Update("refs/heads/x", A, ""),), id="deleted"),
    ],
)
def test_pushed(text: str, updates: tuple[Update, ...]) -> None:
    assert pushed(text) == updates


def test_pushed_something_else() -> None:
    with pytest.raises(UsageError) as caught:
        pushed(f"{A} {B} refs/heads/main")

    expected = "line 1 of stdin must be `<local ref> <local id> <remote ref> <remote id>`"
    assert str(caught.value) == f"{expected}, not '{A} {B} refs/heads/main'"
