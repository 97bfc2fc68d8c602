"""Accepted findings: comments, annotations, `[[ignore]]`; and those that accept nothing."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ringtrue.checking import Options, check
from ringtrue.config import load
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits
from ringtrue.repository.checkout import working_tree

SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop{annotation}
spec:
{comment}  selector: {{app: web}}
  ports: [{{port: 80}}]
---
apiVersion: v1
kind: Pod
metadata: {{name: web, namespace: shop, labels: {{app: wob}}}}
spec:
  containers:
  - {{name: web, image: "registry.example/web:1"}}
"""

ANNOTATION = '\n  annotations: {{ringtrue/ignore: "{}"}}'
NO_REASON = "the ignore of 'service-selects-nothing' has no reason, so it silences nothing"
NO_RULE = "no rule is called 'service-selects-nothin', so this ignore silences nothing"

Said = Callable[..., list[str]]


@pytest.fixture
def said(tmp_path: Path) -> Said:
    """What a check of these files says: place, severity, rule, and of unused ignores the message."""

    def checked(files: Mapping[str, str], paths: tuple[str, ...] = ()) -> list[str]:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        report = check(working_tree(tmp_path), load(tmp_path), choose(Limits(), os.environ), Options(), paths)
        assert report.bugs == ()
        return [
            f"{each.location.path}:{each.location.line}: {each.severity} [{each.rule}]"
            + (f" {each.message}" if each.rule == "ignore-unused" else "")
            for each in report.findings
        ]

    return checked


def service(comment: str = "", annotation: str = "") -> dict[str, str]:
    return {"web.yaml": SERVICE.format(comment=comment, annotation=ANNOTATION.format(annotation) if annotation else "")}


def settings(**keys: str) -> dict[str, str]:
    keys = {"rule": "service-selects-nothing", "reason": "made elsewhere", **keys}
    return {"ringtrue.toml": "[[ignore]]\n" + "".join(f'{key} = "{value}"\n' for key, value in keys.items())}


def test_without_an_ignore(said: Said) -> None:
    assert said(service()) == ["web.yaml:7: error [service-selects-nothing]"]


SILENT = {
    "a comment above": service("  # ringtrue: ignore[service-selects-nothing] -- made elsewhere\n"),
    "a comment on the line": {
        "web.yaml": SERVICE.format(comment="", annotation="").replace(
            "{app: web}", "{app: web}  # ringtrue: ignore[service-selects-nothing] -- made elsewhere"
        )
    },
    "an annotation": service(annotation="service-selects-nothing -- made elsewhere"),
    "an entry": service() | settings(),
    "an entry for the object": service() | settings(object="Service shop/web"),
    "an entry for objects": service() | settings(object="Service shop/*"),
    "an entry for the environment": service() | settings(environment="."),
}


@pytest.mark.parametrize("files", SILENT.values(), ids=SILENT)
def test_an_accepted_finding_is_silent(files: dict[str, str], said: Said) -> None:
    assert said(files) == []


UNUSED = {
    "a comment elsewhere": (
        service() | {"other.yaml": "# ringtrue: ignore[service-selects-nothing] -- made elsewhere\na: b\n"},
        [
            "other.yaml:1: warning [ignore-unused] the ignore of 'service-selects-nothing' silences nothing",
            "web.yaml:7: error [service-selects-nothing]",
        ],
    ),
    "a comment of another rule": (
        service("  # ringtrue: ignore[schema-invalid] -- legacy\n"),
        [
            "web.yaml:7: warning [ignore-unused] the ignore of 'schema-invalid' silences nothing",
            "web.yaml:8: error [service-selects-nothing]",
        ],
    ),
    "a comment without a reason": (
        service("  # ringtrue: ignore[service-selects-nothing]\n"),
        [
            f"web.yaml:7: warning [ignore-unused] {NO_REASON}",
            "web.yaml:8: error [service-selects-nothing]",
        ],
    ),
    "an annotation without a reason": (
        service(annotation="service-selects-nothing"),
        [
            f"web.yaml:6: warning [ignore-unused] {NO_REASON}",
            "web.yaml:8: error [service-selects-nothing]",
        ],
    ),
    "a rule that does not exist": (
        service(annotation="service-selects-nothin -- made elsewhere"),
        [
            f"web.yaml:6: warning [ignore-unused] {NO_RULE}",
            "web.yaml:8: error [service-selects-nothing]",
        ],
    ),
    "an entry for another object": (
        service() | settings(object="Service shop/wob"),
        [
            "ringtrue.toml:1: warning [ignore-unused] the ignore of 'service-selects-nothing' silences nothing",
            "web.yaml:7: error [service-selects-nothing]",
        ],
    ),
    "raised by the settings": (
        service() | {"ringtrue.toml": settings(object="X y")["ringtrue.toml"] + '[rules]\nignore-unused = "error"\n'},
        [
            "ringtrue.toml:1: error [ignore-unused] the ignore of 'service-selects-nothing' silences nothing",
            "web.yaml:7: error [service-selects-nothing]",
        ],
    ),
}


@pytest.mark.parametrize(("files", "expected"), UNUSED.values(), ids=UNUSED)
def test_an_ignore_that_silences_nothing_is_a_finding(files: dict[str, str], expected: list[str], said: Said) -> None:
    assert said(files) == expected


def test_unused_ignores_are_judged_on_complete_runs_only(said: Said) -> None:
    assert said(service() | settings(object="Service shop/wob"), ("web.yaml",)) == [
        "web.yaml:7: error [service-selects-nothing]"
    ]


def test_unused_ignores_are_not_judged_while_a_source_does_not_render(said: Said) -> None:
    broken = {"app/kustomization.yaml": "resources: [missing.yaml]\n"}

    assert said(service() | settings(object="Service shop/wob") | broken) == [
        "app/kustomization.yaml:1: error [source-does-not-render]",
        "web.yaml:7: error [service-selects-nothing]",
    ]


def test_a_rule_that_is_off_cannot_be_judged(said: Said) -> None:
    off = settings()["ringtrue.toml"] + '[rules]\nservice-selects-nothing = "off"\n'

    assert said(service() | {"ringtrue.toml": off}) == []


def test_one_annotation_in_a_base_counts_for_every_environment(said: Said) -> None:
    base = SERVICE.format(comment="", annotation=ANNOTATION.format("service-selects-nothing -- made elsewhere"))
    files = {"base/web.yaml": base, "base/kustomization.yaml": "resources: [web.yaml]\n"}
    for name in ("dev", "prod"):
        files[f"overlays/{name}/kustomization.yaml"] = f"namespace: shop-{name}\nresources: [../../base]\n"

    assert said(files) == []
