"""Files named by --output."""

import os
from pathlib import Path

import pytest

from ringtrue.cli.outputs import Output, check_writable, write
from ringtrue.errors import UsageError


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("old, and longer")

    write(path, "new\n")

    assert path.read_text() == "new\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_keeps_pointing_at_its_file(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    link = tmp_path / "link.txt"
    link.symlink_to("real.txt")

    write(link, "new")

    assert (link.is_symlink(), (tmp_path / "real.txt").read_text()) == (True, "new")


def test_a_device_is_written_to() -> None:
    write(Path(os.devnull), "gone")

    assert not Path(os.devnull).is_file()


WRONG = {"a folder": ("", "is a folder"), "no such folder": ("missing/r.txt", "is in a folder that does not exist")}


@pytest.mark.parametrize(("name", "words"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_written_is_said_before_the_check(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_writable([Output("json"), Output("text", tmp_path / name)])

    assert str(caught.value) == f"--output {str(tmp_path / name)!r} {words}"
