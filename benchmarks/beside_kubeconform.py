"""Times `ringtrue check` beside kubeconform on the same 5,000 generated objects, in one run, and prints the ratio.

    python -m benchmarks.beside_kubeconform [RUNS]

First asserts that every reference is proved, so that the whole chain is what is timed, and that kubeconform validates
every object at the same schemas. Then each program runs in turn, as a whole process. `make tools` builds kubeconform.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import generate

ROOT = Path(__file__).parents[1]
APPS = 500
OBJECTS = 10 * APPS
RINGTRUE = (sys.executable, "-m", "ringtrue", "check", "--root")
KUBECONFORM = (
    str(ROOT / ".tools/bin/kubeconform"),
    "-strict",
    "-summary",
    "-output=json",
    "-kubernetes-version=1.35.0",
    f"-schema-location={ROOT}/.tools/schemas/v1.35/{{{{.ResourceKind}}}}{{{{.KindSuffix}}}}.json",
)


def main(argv: Sequence[str]) -> int:
    """Print a line for each program and one for the ratio of the medians."""
    runs = int(argv[0]) if argv else 7
    with tempfile.TemporaryDirectory() as folder:
        generate.main([folder, str(APPS)])
        proved = assert_proved(folder)
        assert_valid(folder)
        pairs = [(seconds((*RINGTRUE, folder)), seconds((*KUBECONFORM, folder))) for _ in range(runs)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    lines = (
        f"{OBJECTS} objects, {proved} references proved; medians of {runs} runs in turn",
        f"ringtrue     {ours:.2f} s",
        f"kubeconform  {theirs:.2f} s",
        f"ratio        {ours / theirs:.1f}",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def assert_proved(folder: str) -> int:
    """How many references there are, all of them proved."""
    done = subprocess.run((*RINGTRUE, folder, "--format", "json"), capture_output=True, check=True)
    environments = json.loads(done.stdout)["environments"]
    counts: list[dict[str, int]] = [environment["references"] for environment in environments]
    proved = sum(each["proved"] for each in counts)
    assert proved == sum(sum(each.values()) for each in counts) >= APPS, counts
    return proved


def assert_valid(folder: str) -> None:
    done = subprocess.run((*KUBECONFORM, folder), capture_output=True, check=True)
    summary = json.loads(done.stdout)["summary"]
    assert summary == {"valid": OBJECTS, "invalid": 0, "errors": 0, "skipped": 0}, summary


def seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
