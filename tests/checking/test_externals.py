"""When an `[[external]]` entry is needed."""

import os
from pathlib import Path

import pytest

from ringtrue.checking import Options, check
from ringtrue.config import load
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits
from ringtrue.repository.checkout import working_tree

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
  - {name: web, image: "registry.example/web:1", env: [{name: CACHE_URL, value: "redis://redis.cache:6379"}]}
"""
BROKEN = {"broken/kustomization.yaml": "resources: [gone.yaml]\n"}
UNUSED = "no reference needs Service 'cache/redis', which [[external]] declares"


def entry(ports: str = "", more: str = "") -> str:
    return f'[[external]]\nnamespace = "cache"\nservice = "redis"\nreason = "theirs"\n{ports}\n{more}'


@pytest.mark.parametrize(
    ("settings", "files", "paths", "said"),
    [
        (entry(), {}, (), []),
        (entry("ports = [6379]"), {}, (), []),
        (entry("ports = [6380]") + entry("ports = [6379]"), {}, (), [f"1 warning {UNUSED}"]),
        (entry("ports = [6380]"), {}, (), [f"1 warning {UNUSED}"]),
        (entry("ports = [6380]", '[rules]\nexternal-unused = "error"\n'), {}, (), [f"1 error {UNUSED}"]),
        (entry("ports = [6380]", '[rules]\nexternal-unused = "off"\n'), {}, (), []),
        (entry("ports = [6380]", '[[ignore]]\nrule = "external-unused"\nreason = "soon"\n'), {}, (), []),
        (entry("ports = [6380]"), {}, ("web.yaml",), []),
        (entry("ports = [6380]"), BROKEN, (), []),
    ],
    ids=["used", "port used", "other entry used", "other port", "error", "off", "ignored", "path", "incomplete"],
)
def test_external_unused(
    tmp_path: Path, settings: str, files: dict[str, str], paths: tuple[str, ...], said: list[str]
) -> None:
    for name, text in {"web.yaml": POD, "ringtrue.toml": settings, **files}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)

    report = check(working_tree(tmp_path), load(tmp_path), choose(Limits(), os.environ), Options(), paths)

    assert report.bugs == ()
    found = [each for each in report.findings if each.rule in ("external-unused", "ignore-unused")]
    assert [f"{each.location.line} {each.severity} {each.message}" for each in found] == said
