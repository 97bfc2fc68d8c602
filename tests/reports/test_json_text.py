"""JSON text, read back by a strict reader."""

import json

import pytest

from ringtrue.reports.json_text import written

TEXTS = {
    "letters": ("größer 😀", "größer 😀"),
    "half a pair": ("a\ud83db\udcff", "a\ufffdb\ufffd"),
    "the halves of two pairs": ("\ude00\ud83d", "\ufffd\ufffd"),
    "a pair beside a half": ("😀\ud83d😀", "😀\ufffd😀"),
    "a backslash and the letters of an escape": (r"\ud83d", r"\ud83d"),
    "a backslash and half a pair": ("\\\ud83d", "\\\ufffd"),
    "control characters": ("\x00\x1b\n", "\x00\x1b\n"),
}


@pytest.mark.parametrize(("text", "read"), TEXTS.values(), ids=TEXTS)
def test_it_reads_back(text: str, read: str) -> None:
    made = written({text: [text]}, None)

    assert (made.isascii(), json.loads(made)) == (True, {read: [read]})


def test_keys_stay_in_order() -> None:
    assert written({"b": 1, "a": [2]}) == '{\n  "b": 1,\n  "a": [\n    2\n  ]\n}'
