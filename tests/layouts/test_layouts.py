"""Ways to lay out a repository for Argo CD and Flux: which environments are seen, and the report, both exact."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ringtrue.checking import Options, Report, check
from ringtrue.config import load
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits
from ringtrue.reports import text
from ringtrue.repository.checkout import working_tree

HERE = Path(__file__).parent
LAYOUTS = sorted(path for path in HERE.iterdir() if (path / "expected.txt").is_file())


def environments(report: Report) -> Iterator[str]:
    """One line an environment, one a source: what is put where."""
    for each in report.environments:
        kept = "" if each.listed else " (no environment)"
        yield f"{each.name or '(unnamed)'} on {each.cluster.name}{kept}"
        for source in each.sources:
            objects = " ".join(sorted(str(resource.id).replace(" ", ":") for resource in source.resources))
            by = f" by {source.application_name}" if source.application_name else ""
            yield f"  {source.path}{by}: {objects or f'{source.status}, {source.reason}'}"


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_layout(layout: Path, request: pytest.FixtureRequest) -> None:
    report = check(working_tree(layout), load(layout), choose(Limits(), os.environ), Options())
    assert report.bugs == ()
    printed = "\n".join((*environments(report), "", text.render(report, text.View())))
    expected = layout / "expected.txt"
    if request.config.getoption("update_expected"):
        assert not os.environ.get("CI"), "--update-expected is for people, never for CI"
        expected.write_text(printed)
    assert printed == expected.read_text()
