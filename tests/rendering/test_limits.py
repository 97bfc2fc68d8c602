"""A source that hangs, eats memory or brings the renderer down is blamed alone; the others go on."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from ringtrue.rendering import messages
from ringtrue.rendering.binary import BinaryRenderer
from ringtrue.rendering.builtin import BuiltinRenderer
from ringtrue.rendering.request import Limits, Rendered, Renderer, Request

Tree = Mapping[str, str]
Plant = Callable[[Tree], Path]
MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n"
BOMB = (
    MAP
    + "data:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
)
TREE = {
    "bomb/kustomization.yaml": "resources: [bomb.yaml]",
    "bomb/bomb.yaml": BOMB,
    "good/kustomization.yaml": "resources: [m.yaml]",
    "good/m.yaml": MAP,
}
SOURCES = [Request("good"), Request("bomb"), Request("good")]


def errors(renderer: Renderer, requests: Sequence[Request], root: Path) -> list[str]:
    return [answer.error for answer in renderer.render(requests, root)]


def test_an_alias_bomb_meets_the_limit_on_memory(plant: Plant, with_limits: Callable[[Limits], Renderer]) -> None:
    limits = Limits(seconds=60, memory=1500 << 20, jobs=2)
    assert errors(with_limits(limits), SOURCES, plant(TREE)) == [
        "",
        "rendering needed more than 1500 MB of memory; is there an alias bomb in it?",
        "",
    ]


def test_an_alias_bomb_meets_its_deadline(plant: Plant, with_limits: Callable[[Limits], Renderer]) -> None:
    limits = Limits(seconds=2, memory=16 << 30, jobs=2)
    assert errors(with_limits(limits), SOURCES, plant(TREE)) == [
        "",
        "rendering took longer than 2 s; is there an alias bomb in it?",
        "",
    ]


# A stand-in for the renderer: its own program, which answers as the real one does until a request names a fault.
STAND_IN = f"""#!{sys.executable}
import json, os, sys, time
print(json.dumps({{"renderer": "stand-in", "version": "0"}}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({{"id": request["id"], "started": True}}), flush=True)
    match request["path"]:
        case "hang": time.sleep(60)
        case "crash": os._exit(3)
        case "out-of-memory":
            print("fatal error: runtime: out of memory", file=sys.stderr, flush=True)
            os._exit(2)
        case "rubbish": print("warning: something else", flush=True)
    print(json.dumps({{"id": request["id"], "resources": []}}), flush=True)
"""


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "program"
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
        return path

    return write


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("hang", messages.too_long(1)),
        ("crash", messages.STOPPED),
        ("out-of-memory", messages.too_large(1 << 30)),
        ("rubbish", messages.RUBBISH),
    ],
)
def test_a_fault_blames_the_source_in_flight(
    program: Callable[[str], Path], tmp_path: Path, fault: str, message: str
) -> None:
    renderer = BuiltinRenderer(program(STAND_IN), Limits(seconds=1, memory=1 << 30), "0")
    requests = [Request(path) for path in ("a", fault, "b")]
    assert errors(renderer, requests, tmp_path) == ["", message, ""]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"#!{sys.executable}\nprint('hello')\n", messages.RUBBISH),
        (f"#!{sys.executable}\n", messages.STOPPED),
        (f"#!{sys.executable}\nimport time\ntime.sleep(60)\n", messages.too_long(1)),
    ],
    ids=["rubbish", "exit", "silence"],
)
def test_a_renderer_that_never_begins_blames_every_source(
    program: Callable[[str], Path], tmp_path: Path, text: str, message: str
) -> None:
    renderer = BuiltinRenderer(program(text), Limits(seconds=1), "0")
    assert errors(renderer, [Request("a"), Request("b")], tmp_path) == [message, message]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("#!/bin/sh\nexec /bin/sleep 60\n", messages.too_long(1)),
        ("#!/bin/sh\nkill -SEGV $$\n", messages.STOPPED),
        ("#!/bin/sh\nprintf '\\377\\376'\n", messages.RUBBISH),
        ("#!/bin/sh\necho 'fatal error: stack overflow' >&2; exit 2\n", messages.STOPPED),
        ("no program\n", messages.STOPPED),
    ],
    ids=["hang", "crash", "rubbish", "overflow", "no program"],
)
def test_a_binary_with_a_fault(plant: Plant, program: Callable[[str], Path], text: str, message: str) -> None:
    renderer = BinaryRenderer("kustomize", program(text), Limits(seconds=1))
    assert errors(renderer, [Request("good")], plant(TREE)) == [message]


def test_more_requests_than_a_pipe_holds(builtin: Renderer, plant: Plant) -> None:
    requests = [Request(f"good/{'./' * 100}") for _ in range(1000)]
    assert set(errors(builtin, requests, plant(TREE))) == {""}


def test_progress_hears_every_answer_in_the_calling_thread(renderer: Renderer, plant: Plant) -> None:
    heard: list[Rendered] = []
    answers = renderer.render([Request("good"), Request("missing"), Request("good")], plant(TREE), heard.append)
    assert sorted(map(repr, heard)) == sorted(map(repr, answers))


def children(process: int | str = "self") -> set[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return {int(child) for task in tasks for child in task.read_text().split()}


def wait_for(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + 10
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def gone(process: int) -> bool:
    """No such process, or one that only waits for its parent to read its status."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].startswith("Z")
    except (FileNotFoundError, ProcessLookupError):
        return True


def is_rendering(process: int) -> bool:
    return any(Path(f"/proc/{child}/comm").read_text().strip() == "_renderer" for child in children(process))


def test_an_interrupt_leaves_no_child(plant: Plant, with_limits: Callable[[Limits], Renderer]) -> None:
    def interrupt(_: Rendered) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        with_limits(Limits(memory=16 << 30, jobs=2)).render(SOURCES, plant(TREE), interrupt)
    assert children() == set()


def test_a_killed_ringtrue_leaves_no_renderer(plant: Plant) -> None:
    code = (
        "import os; from pathlib import Path; from ringtrue.rendering.choose import choose\n"
        "from ringtrue.rendering.request import *\n"
        f"choose(Limits(memory=16 << 30), {{}}).render([Request('bomb')], Path({str(plant(TREE))!r}))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "scripts")}
    with subprocess.Popen([sys.executable, "-c", code], env=environment) as ringtrue:
        assert wait_for(lambda: is_rendering(ringtrue.pid))
        time.sleep(0.2)  # past the check of the version, into the rendering
        renderers = children(ringtrue.pid)
        ringtrue.send_signal(signal.SIGKILL)
    assert renderers
    assert wait_for(lambda: all(map(gone, renderers)))
