"""Bad input, one sentence and the right exit status each, with the real command."""

import itertools
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]
Write = Callable[[Mapping[str, str | bytes]], Path]

PACKAGE = Path(__file__).parents[2] / "scripts" / "ringtrue"


def findings(done: Done) -> list[str]:
    return [line for line in done.stdout.splitlines() if line.endswith("]") and line[0] != " "]


CANNOT_RUN = {
    "no such path": (["missing.yaml"], {"web.yaml": ""}, "no such path: 'missing.yaml'"),
    "no such root": (["--root", "missing"], {"web.yaml": ""}, "--root 'missing' is no folder"),
    "an empty folder": (
        [],
        {},
        "nothing to check: no kustomization, and no YAML or JSON file with apiVersion and kind",
    ),
    "invalid TOML": (
        [],
        {"ringtrue.toml": "[cluster\n"},
        "ringtrue.toml is not TOML: Expected ']' at the end of a table declaration (at line 1, column 9)",
    ),
    "an unknown key": (
        [],
        {"ringtrue.toml": '[cluster]\nversoin = "1.35"\n'},
        "ringtrue.toml:2: unknown key 'versoin' in [cluster]; did you mean 'version'?",
    ),
    "an unknown rule": (
        [],
        {"ringtrue.toml": '[rules]\nservice-selects-nothin = "off"\n'},
        "ringtrue.toml:2: no rule is called 'service-selects-nothin'; did you mean 'service-selects-nothing'?",
    ),
}


@pytest.mark.parametrize(("words", "files", "sentence"), CANNOT_RUN.values(), ids=CANNOT_RUN)
def test_what_stops_a_run(words: list[str], files: dict[str, str], sentence: str, run: Run, write: Write) -> None:
    write(files)
    done = run(*words)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"ringtrue: {sentence}\n"


def bomb(levels: int = 9) -> str:
    """Nine lists of nine, each in the next: 400 million items from a few lines."""
    names = "abcdefghi"[:levels]
    lines = [f"{names[0]}: &{names[0]} [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{name}: &{name} [{', '.join([f'*{below}'] * 9)}]" for below, name in itertools.pairwise(names)]
    return "\n".join(lines)


CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\n"

IN_THE_TREE = {
    "a binary file": (
        {"x.yaml": b"\x00\x01\x02\xff\xfe"},
        ["x.yaml:1:1: error: the file is binary: a NUL byte stands on this line [yaml-unreadable]"],
    ),
    "a tab for indentation": (
        {"x.yaml": f"{CONFIG}data:\n\ta: b\n"},
        ["x.yaml:5:1: error: a tab stands in the indentation: YAML allows only spaces there [yaml-unreadable]"],
    ),
    "one broken document of two": (
        {"x.yaml": f"{CONFIG}---\n{CONFIG}data: [\n"},
        [
            (
                "x.yaml:9:1: error: did not find expected node content (while parsing a flow node that "
                "starts at line 9) [yaml-unreadable]"
            )
        ],
    ),
    "duplicate keys": (
        {"x.yaml": f"{CONFIG}data:\n  a: b\n  a: c\n"},
        ["x.yaml:6:3: error: key 'a' stands twice in one mapping, at lines 5 and 6 [yaml-unreadable]"],
    ),
    "an alias bomb in a plain file": (
        {"x.yaml": f"{CONFIG}{bomb()}\n"},
        ["x.yaml:7:40: error: alias *c makes the document grow out of bounds (an alias bomb) [yaml-unreadable]"],
    ),
    "a missing resource": (
        {"app/kustomization.yaml": "resources:\n- missing.yaml\n"},
        ["app/kustomization.yaml:2:3: error: 'missing.yaml' does not exist [source-does-not-render]"],
    ),
    "kustomizations in a cycle": (
        {"a/kustomization.yaml": "resources: [../b]\n", "b/kustomization.yaml": "resources: [../a]\n"},
        [
            (
                "a/kustomization.yaml:1:13: error: '../b' leads back here: the kustomizations build on each other in a "
                "cycle [source-does-not-render]"
            )
        ],
    ),
    "a kustomization that names itself": (
        {"a/kustomization.yaml": "resources: [.]\n"},
        [
            (
                "a/kustomization.yaml:1:13: error: '.' leads back here: the kustomizations build on each other in a "
                "cycle [source-does-not-render]"
            )
        ],
    ),
}


@pytest.mark.parametrize(("files", "lines"), IN_THE_TREE.values(), ids=IN_THE_TREE)
def test_what_is_wrong_in_the_tree_is_a_finding(
    files: dict[str, str | bytes], lines: list[str], run: Run, write: Write, web: str
) -> None:
    write({"web.yaml": web, **files})
    done = run()

    assert (done.returncode, done.stderr, findings(done)) == (1, "", lines)


REMOTE = (
    "'https://git.example.com/shop//base?ref=v1' is remote, and a check fetches nothing: what it brings is not checked "
    "[source-does-not-render]"
)


@pytest.mark.parametrize(("settings", "status", "severity"), [("", 0, "warning"), ('"error"', 1, "error")])
def test_a_remote_base(settings: str, status: int, severity: str, run: Run, write: Write, web: str) -> None:
    base = {"a/kustomization.yaml": "resources: [https://git.example.com/shop//base?ref=v1]\n"}
    toml = {"ringtrue.toml": f"[verdicts]\nunknown = {settings}\n"} if settings else {}
    write({"web.yaml": web, **base, **toml})
    done = run()

    assert (done.returncode, findings(done)[0]) == (status, f"a/kustomization.yaml:1:13: {severity}: {REMOTE}")


def test_the_rest_of_the_tree_is_still_judged(run: Run, write: Write, web: str) -> None:
    write({"web.yaml": web, "other/x.yaml": f"{CONFIG}data: [\n"})
    done = run()

    assert "; 1 reference: 1 proved, " in done.stdout
    assert [line.partition(":")[0] for line in findings(done)] == ["other/x.yaml"]


def test_a_dangling_link(run: Run, write: Write, web: str) -> None:
    (write({"web.yaml": web}) / "gone.yaml").symlink_to("nowhere.yaml")
    done = run()

    assert (done.returncode, [line.partition(":")[0] for line in findings(done)]) == (1, ["gone.yaml"])


def test_a_folder_named_like_a_file(run: Run, write: Write, web: str) -> None:
    done = run() if write({"x.yaml/web.yaml": web}) else None

    assert done is not None
    assert (done.returncode, findings(done)) == (0, [])


def test_a_large_config_map(run: Run, write: Write, web: str) -> None:
    lines = "".join(f"    line {number}\n" for number in range(100_000))
    write({"web.yaml": web, "large.yaml": f"{CONFIG}data:\n  text: |\n{lines}"})
    done = run()

    assert (done.returncode, findings(done)) == (0, [])


def test_a_value_nested_without_end(run: Run, write: Write, web: str) -> None:
    deep = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: deep}\ndata: {a: " + "[" * 5000 + "]" * 5000 + "}\n"
    write({"deep.yaml": deep, "web.yaml": web})
    done = run()

    assert "; 1 reference: 1 proved, " in done.stdout
    assert (done.returncode, findings(done)) == (
        1,
        ["deep.yaml:4:265: error: the document is nested deeper than 256 levels [yaml-unreadable]"],
    )


def test_a_folder_without_git(run: Run, write: Write, web: str) -> None:
    write({"web.yaml": web})
    done = run()

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == (
        "1 environment; 1 reference: 1 proved, 0 refuted, 0 unknown, 0 external; 0 errors, 0 warnings"
    )


def without_privilege(*words: str) -> list[str]:
    """The command as somebody whom file permissions bind; root keeps its files, but not its power over modes."""
    command = [sys.executable, "-m", "ringtrue", *words]
    if os.geteuid():
        return command
    powers = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={powers}", f"--inh-caps={powers}", *command]


CLOSED = {
    "in the tree": ([], 1),
    "named": (["closed.yaml"], 2),
}


@pytest.mark.parametrize(("words", "status"), CLOSED.values(), ids=CLOSED)
def test_a_file_that_may_not_be_read(
    words: list[str], status: int, write: Write, web: str, clean_environment: dict[str, str]
) -> None:
    folder = write({"web.yaml": web, "closed.yaml": web})
    (folder / "closed.yaml").chmod(0)
    done = subprocess.run(
        without_privilege(*words), cwd=folder, env=clean_environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == status
    if status == 2:
        assert done.stderr == "ringtrue: 'closed.yaml' cannot be read: Permission denied\n"
    else:
        assert [line.partition(":")[0] for line in findings(done)] == ["closed.yaml"]


def test_a_closed_pipe(write: Write, web: str, clean_environment: dict[str, str]) -> None:
    folder = write({"web.yaml": web.replace("web.shop.svc", "wob.shop.svc")})
    with subprocess.Popen(
        [sys.executable, "-m", "ringtrue"],
        cwd=folder,
        env=clean_environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()

        assert (process.wait(60), process.stderr.read()) == (0, "")


# A renderer that misbehaves stands where the built-in one would, in a copy of the package.

RENDERERS = {
    "crashes": "exit 3",
    "prints rubbish": "echo rubbish; cat >/dev/null",
    "hangs": "exec sleep 60",
}


@pytest.fixture
def package(tmp_path_factory: pytest.TempPathFactory, clean_environment: dict[str, str]) -> dict[str, str]:
    """The environment that runs a copy of the package without its renderer."""
    library = tmp_path_factory.mktemp("library")
    shutil.copytree(PACKAGE, library / "ringtrue", ignore=shutil.ignore_patterns("_renderer*", "__pycache__"))
    return {**clean_environment, "PYTHONPATH": str(library)}


def install(package: dict[str, str], body: str) -> None:
    program = Path(package["PYTHONPATH"]) / "ringtrue" / "rendering" / "_renderer"
    program.write_text(f'#!/bin/sh\n[ "$1" = -version ] && {{ echo 5.8.1; exit; }}\n{body}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def test_no_renderer_at_all(package: dict[str, str], write: Write, web: str) -> None:
    folder = write({"web.yaml": web})
    done = subprocess.run(
        [sys.executable, "-m", "ringtrue"],
        cwd=folder,
        env={**package, "PATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("ringtrue: nothing can render a kustomization: ")
    assert done.stderr.count("\n") == 1


def limited(folder: Path, variables: dict[str, str], **limits: float) -> Done:
    """The command with less patience than users have."""
    program = "import sys; from ringtrue.cli.run import run; from ringtrue.rendering.request import Limits\n"
    program += f"sys.exit(run([], Limits(**{limits})))"
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("body", RENDERERS.values(), ids=RENDERERS)
def test_a_renderer_that_misbehaves(body: str, package: dict[str, str], write: Write, web: str) -> None:
    install(package, body)
    folder = write({"app/kustomization.yaml": "resources: [web.yaml]\n", "app/web.yaml": web})
    done = limited(folder, package, seconds=0.5)

    assert (done.returncode, done.stderr) == (1, "")
    assert [line.rpartition(" ")[2] for line in findings(done)] == ["[source-does-not-render]"]


def test_an_alias_bomb_that_kustomize_renders(clean_environment: dict[str, str], write: Write) -> None:
    folder = write({"app/kustomization.yaml": "resources: [x.yaml]\n", "app/x.yaml": f"{CONFIG}{bomb()}\n"})
    done = limited(folder, clean_environment, memory=1 << 30)

    assert (done.returncode, done.stderr) == (1, "")
    assert [(line.partition(":")[0], line.rpartition(" ")[2]) for line in findings(done)] == [
        ("app/x.yaml", "[yaml-unreadable]")
    ]


def test_ctrl_c(package: dict[str, str], write: Write, web: str) -> None:
    install(package, 'echo $$ > "$RENDERER_PID"; exec sleep 60')
    folder = write({"app/kustomization.yaml": "resources: [web.yaml]\n", "app/web.yaml": web})
    seen = folder / "pid"
    with subprocess.Popen(
        [sys.executable, "-m", "ringtrue"],
        cwd=folder,
        env={**package, "RENDERER_PID": str(seen)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert eventually(lambda: seen.exists() and seen.read_text().strip() != "")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)

    assert (process.returncode, out, err) == (130, "", "ringtrue: interrupted\n")
    assert eventually(lambda: not alive(int(seen.read_text())))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def eventually(holds: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return False


def test_a_rule_that_raises(package: dict[str, str], write: Write, web: str) -> None:
    rule = Path(package["PYTHONPATH"]) / "ringtrue" / "rules" / "service_selects_nothing.py"
    head, _, _ = rule.read_text().partition("def check(")
    rule.write_text(f"{head}def check(environment: Environment) -> Iterator[Problem]:\n    raise KeyError('secret')\n")
    shutil.copy(PACKAGE / "rendering" / "_renderer", rule.parents[1] / "rendering" / "_renderer")
    folder = write({"web.yaml": web.replace("web.shop.svc", "wob.shop.svc")})
    done = subprocess.run(
        [sys.executable, "-m", "ringtrue"], cwd=folder, env=package, capture_output=True, text=True, check=False
    )

    line = len(head.splitlines()) + 2
    assert done.returncode == 3
    assert [each.rpartition(" ")[2] for each in findings(done)] == ["[reference-nxdomain]"]
    assert done.stderr == (
        "ringtrue: rule service-selects-nothing in environment '.' failed with KeyError "
        f"at rules/service_selects_nothing.py:{line}; please report it\n"
    )


def test_a_file_name_that_the_locale_cannot_write(write: Write, clean_environment: dict[str, str]) -> None:
    root = write({"ä.yaml": CONFIG, "ringtrue.toml": ""})
    environ = {**clean_environment, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "ringtrue", "-q"], cwd=root, env=environ, capture_output=True, text=True
    )

    assert (done.returncode, done.stdout.splitlines()[-1:], done.stderr) == (0, [], "")
