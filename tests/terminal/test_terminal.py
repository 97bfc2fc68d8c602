"""The ten most common faults as a terminal shows them, to the letter: 80 and 160 columns, coloured and plain.

Each is printed into a real pty of that width. What the words must hold is said in `SAYS`.
"""

import fcntl
import os
import struct
import termios
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ringtrue.__main__ import main
from ringtrue.reports.cells import cells

HERE = Path(__file__).parent
SCENARIOS = HERE.parent / "scenarios"
SAYS = {
    # The object, the value, what exists instead, the fix.
    "deployment-name": ("Deployment 'dep-centos'", "'dep-httpd.httpd-prod", "is a Deployment", "'svc-clusterip-httpd"),
    "egress-without-dns": ("Deployment 'dep-centos'", "53", "NetworkPolic", "allow"),
    "name-prefix": (
        "Deployment 'prod-dep-centos'",
        "'svc-clusterip-httpd.",
        "has no Service",
        "copy the Service's name into",
    ),
    "namespace-typo": ("Deployment 'dep-centos'", "httpd-prd", "httpd-prod", "httpd-prod"),
    "nobody-let-in": ("Deployment 'dep-centos'", "8080", "polic", "allow"),
    "policy-lists-service-port": ("Deployment 'dep-centos'", "80", "8080", "8080"),
    "port-undeclared": ("Deployment 'dep-centos'", "8080/TCP", "it has 80/TCP 'http'", "call port 80"),
    "selector-matches-nothing": (
        "Service 'svc-clusterip-httpd'",
        "component=httpd_webservr",
        "the labels of the pods of Deployment 'dep-httpd'",
        "did you mean component=httpd_webserver",
    ),
    "service-name-typo": ("Deployment 'dep-centos'", "'svc-clusterip-htpd", "has no Service", "'svc-clusterip-httpd"),
    "target-port-unnamed": ("Service 'svc-clusterip-httpd'", "targetPort 'web'", "'http'", "'http'"),
}
WIDTHS = (80, 160)


@contextmanager
def terminal(width: int) -> Iterator[tuple[int, list[bytes]]]:
    """A pty of that many columns, and what was written to it."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)  # no carriage return is added
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    read: list[bytes] = []
    reader = threading.Thread(target=_drain, args=(ours, read))
    reader.start()
    try:
        yield theirs, read
    finally:
        os.close(theirs)
        reader.join()
        os.close(ours)


def _drain(ours: int, read: list[bytes]) -> None:
    try:
        while data := os.read(ours, 65536):
            read.append(data)
    except OSError:  # how Linux says that the other end is closed
        return


def printed(name: str, width: int, monkeypatch: pytest.MonkeyPatch, **environ: str) -> str:
    for variable in ("CI", "COLUMNS", "FORCE_COLOR", "NO_COLOR", "PRE_COMMIT"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for variable, value in environ.items():
        monkeypatch.setenv(variable, value)
    with (
        terminal(width) as (theirs, read),
        os.fdopen(os.dup(theirs), "w", encoding="utf-8") as stream,
        monkeypatch.context() as patch,
    ):
        patch.setattr("sys.stdout", stream)
        assert main(["check", "--root", str(SCENARIOS / name)]) == 1
        stream.flush()
    return b"".join(read).decode()


@pytest.mark.parametrize("colour", [False, True], ids=["plain", "coloured"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", SAYS)
def test_what_a_terminal_shows(
    name: str, width: int, colour: bool, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    shown = printed(name, width, monkeypatch, **({} if colour else {"NO_COLOR": "1"}))
    expected = HERE / name / f"{width}{'-colour' if colour else ''}.txt"
    if request.config.getoption("update_expected"):
        assert not os.environ.get("CI"), "--update-expected is for people, never for CI"
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(shown)

    assert shown == expected.read_text()
    assert ("\x1b[" in shown) is colour


@pytest.mark.parametrize("name", SAYS)
def test_colour_changes_no_letter_and_no_line_is_too_long(name: str) -> None:
    for width in WIDTHS:
        plain = (HERE / name / f"{width}.txt").read_text()
        head, *pieces = (HERE / name / f"{width}-colour.txt").read_text().split("\x1b[")
        long = [line for line in plain.splitlines() if cells(line) > width]

        assert head + "".join(piece.partition("m")[2] for piece in pieces) == plain
        # A path, or a word, is never torn.
        assert all(len(line.split()) <= 2 for line in long)


@pytest.mark.parametrize(("name", "words"), SAYS.items(), ids=SAYS)
def test_a_finding_holds_object_value_what_exists_and_the_fix(name: str, words: tuple[str, str, str, str]) -> None:
    finding = " ".join((HERE / name / "160.txt").read_text().partition("\n\n")[0].split())
    message, _, hint = finding.partition("hint: ")
    subject, value, exists, fix = words

    assert subject in message
    assert value in message
    assert exists in finding
    assert fix in hint


def test_in_a_job_of_ci_lines_stay_whole_though_there_is_a_pty(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = printed("service-name-typo", 80, monkeypatch, CI="true", NO_COLOR="1").splitlines()

    assert lines[0].endswith("[reference-nxdomain]")


def test_columns_says_how_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = printed("service-name-typo", 80, monkeypatch, COLUMNS="160", NO_COLOR="1")

    assert wide == (HERE / "service-name-typo" / "160.txt").read_text()


PIPED = {
    "piped": ({}, (), False),
    "FORCE_COLOR": ({"FORCE_COLOR": "1"}, (), True),
    "FORCE_COLOR is 0": ({"FORCE_COLOR": "0"}, (), False),
    "NO_COLOR outranks FORCE_COLOR": ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, (), False),
    "--color outranks NO_COLOR": ({"NO_COLOR": "1"}, ("--color", "always"), True),
    "--color outranks FORCE_COLOR": ({"FORCE_COLOR": "1"}, ("--color", "never"), False),
}


@pytest.mark.parametrize(("environ", "words", "coloured"), PIPED.values(), ids=PIPED)
def test_colour_where_stdout_is_no_terminal(
    environ: dict[str, str],
    words: tuple[str, ...],
    coloured: bool,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for variable in ("FORCE_COLOR", "NO_COLOR", "PRE_COMMIT"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environ.items():
        monkeypatch.setenv(variable, value)
    main(["check", "--root", str(SCENARIOS / "service-name-typo"), *words])

    out = capfd.readouterr().out
    assert ("\x1b[" in out) is coloured
    assert coloured or out.splitlines()[0].endswith("[reference-nxdomain]")


def test_the_concise_form_has_no_source_lines(capfd: pytest.CaptureFixture[str]) -> None:
    main(["check", "-q", "--root", str(SCENARIOS / "service-name-typo"), "--format", "concise"])

    assert capfd.readouterr().out == (SCENARIOS / "service-name-typo" / "expected.txt").read_text()


def test_a_line_of_a_secret_is_not_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    pod = "spec: {containers: [{name: a, image: a, envFrom: [{secretRef: {name: db}}]}]}"
    (tmp_path / "all.yaml").write_text(
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\n"
        f"apiVersion: v1\nkind: Pod\nmetadata: {{name: a, namespace: shop}}\n{pod}\n---\n"
        "apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: shop}\n"
        "stringData:\n  DB_URL: postgres://me:hunter2@db.shop.svc.cluster.local:5432/x\n"
    )
    main(["check", "--root", str(tmp_path)])
    out = capfd.readouterr().out

    assert "all.yaml:14:" in out
    assert "has no Service 'db'" in out
    assert "hunter2" not in out
    assert "  14 | " not in out
