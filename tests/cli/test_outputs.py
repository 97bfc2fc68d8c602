"""Files named by --output."""

import os
import resource
import signal
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


def test_two_reports_need_two_files(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to("r.txt")
    with pytest.raises(UsageError) as caught:
        check_writable([Output("json", tmp_path / "r.txt"), Output("text", tmp_path / "link.txt")])

    assert str(caught.value) == (
        f"--output {str(tmp_path / 'link.txt')!r} is given twice; each report needs a file of its own"
    )


def test_a_device_takes_several() -> None:
    check_writable([Output("json", Path(os.devnull)), Output("text", Path(os.devnull))])


def test_a_full_disk_is_one_sentence() -> None:
    with pytest.raises(UsageError) as caught:
        write(Path("/dev/full"), "text")

    assert str(caught.value) == "--output '/dev/full' cannot be written: No space left on device"


def test_what_cannot_be_written_as_a_whole_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("old")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limit[1]))
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        with pytest.raises(UsageError) as caught:
            write(path, "x" * 5000)
    finally:
        signal.signal(signal.SIGXFSZ, ignored)
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)

    assert str(caught.value) == f"--output {str(path)!r} cannot be written: File too large"
    assert (path.read_text(), list(tmp_path.iterdir())) == ("old", [path])


def test_the_rights_of_a_file_that_was_there_stay(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.touch(0o600)

    write(path, "new")

    assert path.stat().st_mode & 0o777 == 0o600


def test_a_long_name_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / ("r" * 255)

    write(path, "new")

    assert path.read_text() == "new"


def test_a_folder_of_others() -> None:
    """Nobody may create files in /proc, not even root; others are told so before the check."""

    def written() -> None:
        check_writable([Output("text", Path("/proc/report.txt"))])
        write(Path("/proc/report.txt"), "text")

    with pytest.raises(UsageError) as caught:
        written()

    assert str(caught.value).startswith("--output '/proc/report.txt' ")
    assert "cannot be written" in str(caught.value)
