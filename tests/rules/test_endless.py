"""Which commands certainly never end."""

import pytest

from ringtrue.rules._endless import endless

NEVER = {
    "sleep infinity": "sleep infinity",
    "/bin/sleep inf": "/bin/sleep inf",
    "tail -f /dev/null": "tail -f /dev/null",
    "tail -n0 -F log": "tail -n0 -F log",
}
SCRIPTS = {
    "sleep infinity": "sleep infinity",
    "echo ready; sleep infinity": "sleep infinity",
    "echo ready && exec sleep infinity": "sleep infinity",
    "exec tail -f /dev/null": "tail -f /dev/null",
    "while true; do curl http://cart/; sleep 5; done": "while true",
    "while :\ndo\n  sleep 1\ndone": "while :",
    "while [ 1 ]; do sleep 1; done": "while [ 1 ]",
    "until false; do sleep 1; done": "until false",
    "trap 'exit 0' TERM\nwhile true; do\n  curl http://cart/ || echo none\n  sleep 5 & wait $!\ndone": "while true",
    "sleep infinity & wait": "sleep infinity",
    "if [ -f x ]; then echo x; fi; sleep infinity": "sleep infinity",
    "for x in a b; do while read y; do echo $y; done; done; tail -f log": "tail -f log",
}
ENDING = [
    "sleep 3600",
    "tail -n 5 log",
    "echo sleep infinity",
    "timeout 60 sleep infinity",
    "sleep infinity & curl http://cart/",
    "curl http://cart/ || sleep infinity",
    "[ -f /debug ] && sleep infinity",
    "grep -q x y && sleep infinity",
    "if [ -n \"$DEBUG\" ]; then sleep infinity; fi",
    "while true; do curl http://cart/ && break; sleep 1; done",
    "while true; do if curl http://cart/; then exit 0; fi; done",
    "until curl http://cart/; do sleep 1; done",
    "tail -f log | head -1",
    "run() { sleep infinity; }\necho done",
    "exit 0; sleep infinity",
    "exec migrate; sleep infinity",
    "$COMMAND",
    "",
]  # fmt: skip


@pytest.mark.parametrize("line", NEVER)
def test_commands_that_never_end(line: str) -> None:
    assert endless(line.split()) == NEVER[line]


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_that_never_end(script: str) -> None:
    assert endless(["/bin/sh", "-c", script]) == SCRIPTS[script]


@pytest.mark.parametrize("script", ENDING)
def test_scripts_that_end_or_may_end(script: str) -> None:
    assert endless(["bash", "-ec", script]) == ""


@pytest.mark.parametrize(
    "words", [[], ["sh"], ["sh", "run.sh"], ["sh", "-c"], ["tail", "--pid=1", "-f", "log"], ["nginx"]], ids=str
)
def test_command_lines_that_say_nothing(words: list[str]) -> None:
    assert endless(words) == ""
