"""A report on what is there before a change, and one on the change."""

import os
from pathlib import Path

from ringtrue.checking import Options, Report, check
from ringtrue.config import Config
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits
from ringtrue.repository.checkout import working_tree

POD = """\
apiVersion: v1
kind: Pod
metadata: {{name: client, namespace: {namespace}}}
spec: {{containers: [{{name: curl, image: "curl:8", env: [{{name: URL, value: "http://web.{namespace}"}}]}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: {service}, namespace: {namespace}}}
spec: {{type: ExternalName, externalName: example.com}}
"""


def judged(root: Path, files: dict[str, str], before: Report | None = None) -> Report:
    for name, text in files.items():
        (root / name).mkdir(parents=True)
        (root / name / "kustomization.yaml").write_text("resources: [all.yaml]")
        (root / name / "all.yaml").write_text(text)
    return check(working_tree(root), Config(), choose(Limits(), os.environ), Options(), before=before)


def test_each_environment_knows_what_it_was(tmp_path: Path) -> None:
    old, new = (
        {"overlays/a": POD.format(namespace="a", service=name), "overlays/b": POD.format(namespace="b", service="web")}
        for name in ("web", "site")
    )
    before = judged(tmp_path / "before", old)
    new["overlays/c"] = POD.format(namespace="c", service="web")

    after = judged(tmp_path / "after", new, before)

    verdicts = [
        (each.name, each.deployed and each.deployed.proofs[0].verdict.value, each.proofs[0].verdict.value)
        for each in after.environments
    ]
    assert verdicts == [
        ("overlays/a", "unknown", "refuted"),
        ("overlays/b", "unknown", "unknown"),
        ("overlays/c", None, "unknown"),
    ]
    assert [each.deployed for each in before.environments] == [None, None]
