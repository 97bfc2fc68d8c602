"""What Kustomize refuses: our sentence at the line to edit, the same by every renderer, for all environments."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits, Renderer

ORDER = ("dev", "staging", "prod")
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: client
spec:
  template:
    spec:
      containers:
        - name: curl
          env:
            - {name: PAUSE, value: "10"}
            - {name: HOST, value: web.default}
"""
SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports: [{port: 80}]\n"
JOB = DEPLOYMENT.replace("apps/v1", "batch/v1").replace("Deployment", "Job").replace("name: client", "name: test")
BASE = "resources:\n  - client.yaml\n  - web.yaml\n  - job.yaml\n"
PATH = "spec.template.spec.containers.[name=curl].env.[name=HOST].value"
OVERLAY = f"""\
resources: [../../base]
replacements:
  - source: {{kind: Service, name: web, fieldPath: metadata.name}}
    targets:
      - select: {{kind: Deployment, name: client}}
        fieldPaths:
          - {PATH}
      - select: {{kind: Job, name: test}}
        fieldPaths:
          - {PATH}
"""


@pytest.fixture(params=["built-in", "kustomize"])
def renderer(request: pytest.FixtureRequest) -> Renderer:
    """Both renderers. The second is the one of `make tools`."""
    if request.param == "built-in":
        return choose(Limits(), {})
    places = os.pathsep.join((str(Path(__file__).parents[2] / ".tools/bin"), os.environ.get("PATH", "")))
    assert shutil.which("kustomize", path=places), "kustomize is missing: run `make tools`"
    return choose(Limits(), {"PATH": places}, Path("/nowhere"))


@pytest.fixture
def world(world: Any, renderer: Renderer) -> Any:
    world._renderer = renderer
    for name in ORDER:
        world.write({f"overlays/{name}/kustomization.yaml": OVERLAY})
        world.write({f"apps/{name}.yaml": world.application(f"shop-{name}", f"overlays/{name}", name)})
    world.write(
        {
            "base/kustomization.yaml": BASE,
            "base/client.yaml": DEPLOYMENT,
            "base/web.yaml": SERVICE,
            "base/job.yaml": JOB,
        }
    )
    return world


def told(world: Any) -> list[tuple[str, str, str, tuple[str, ...]]]:
    faults = world.survey(order=ORDER).faults
    assert {fault.rule for fault in faults} == {"source-does-not-render"}
    return [(str(f.problem.where), f.problem.message, f.problem.hint, f.environments) for f in faults]


NO_OBJECT = "write an object with apiVersion, kind and metadata.name, or remove the file and its entry"
INTO = "is rendered here, but replacements copy from it into Deployment 'client' and Job 'test'"
COPIED = "; replacements copy from Service 'web' into Deployment 'client' and Job 'test'"


@pytest.mark.parametrize(
    ("files", "place", "message", "hint"),
    [
        (
            {"base/web.yaml": SERVICE.replace("kind: Service\n", "")},
            "base/web.yaml:1:1",
            "the object has no kind",
            "write its kind, such as Service",
        ),
        (
            {"base/web.yaml": SERVICE.replace("  name: web", "  labels: {}")},
            "base/web.yaml:3:1",
            "Service has no metadata.name",
            "give it a name",
        ),
        (
            {"base/web.yaml": "web\n"},
            "base/web.yaml:1:1",
            "the file holds a single value, where an object should stand",
            NO_OBJECT,
        ),
        (
            {"base/web.yaml": "- web\n"},
            "base/web.yaml:1:1",
            "the file holds a list, where an object should stand",
            NO_OBJECT,
        ),
        (
            {"base/web.yaml": ""},
            "base/web.yaml:1:1",
            f"the file is empty, so no Service 'web' {INTO}",
            "restore what it held, or remove it and what names it",
        ),
        (
            {"base/job.yaml": SERVICE},
            "base/job.yaml:4:3",
            "Service 'web' is defined twice: here and in 'base/web.yaml'",
            "rename or remove one of them",
        ),
        (
            {"base/kustomization.yaml": BASE + "  - web.yaml\n"},
            "base/kustomization.yaml:5:5",
            "'web.yaml' is named twice",
            "remove one of the lines",
        ),
        (
            {"base/kustomization.yaml": BASE.replace("resources", "resource")},
            "base/kustomization.yaml:1:1",
            "Kustomize knows no field 'resource' here",
            "did you mean 'resources'?",
        ),
        (
            {"base/client.yaml": DEPLOYMENT.replace("            - {name: HOST, value: web.default}\n", "")},
            "overlays/dev/kustomization.yaml:7:13",
            f"Deployment 'client' has no field '{PATH}', which a replacement writes into",
            "restore the field, or remove this path",
        ),
        (
            {"base/kustomization.yaml": BASE + "configMapGenerator: [{name: c, files: [a.conf]}]\n"},
            "base/kustomization.yaml:5:40",
            "'a.conf' does not exist",
            "restore it, or remove this line",
        ),
        (
            {"base/kustomization.yaml": BASE + "components: [../part]\n", "part/kustomization.yaml": "resources: []\n"},
            "base/kustomization.yaml:5:14",
            "'../part' is no Component, and stands under components",
            "name it under resources",
        ),
        (
            {"base/kustomization.yaml": ""},
            "base/kustomization.yaml:1:1",
            f"the kustomization is empty{COPIED}",
            "",
        ),
    ],
    ids=[
        "no-kind",
        "no-name",
        "scalar",
        "list",
        "emptied",
        "twice",
        "named-twice",
        "field",
        "lost-field",
        "generator",
        "no-component",
        "empty-kustomization",
    ],
)
def test_slip_is_told_once_where_it_is_edited(
    world: Any, files: dict[str, str], place: str, message: str, hint: str
) -> None:
    world.write(files)
    assert told(world) == [(place, message, hint, ORDER)]


def test_dangling_link_that_is_a_resource(world: Any) -> None:
    (world.root / "base/web.yaml").unlink()
    (world.root / "base/web.yaml").symlink_to("nowhere.yaml")
    message = f"'web.yaml' is a link to 'nowhere.yaml', which does not exist{COPIED}"
    hint = "restore what it links to, or remove the link and this line"
    assert told(world) == [("base/kustomization.yaml:3:5", message, hint, ORDER)]


PATCHED = OVERLAY + "patches:\n  - target: {kind: Deployment, name: client}\n"


@pytest.mark.parametrize(
    ("patch", "place", "message", "hint"),
    [
        (
            "    patch: |-\n      - op: remove\n        path: /spec/gone\n",
            "overlays/prod/kustomization.yaml:15:15",
            "the patch cannot remove '/spec/gone': the object has no such path",
            "correct the path, or remove the operation",
        ),
        (
            "    path: p.yaml\n",
            "overlays/prod/p.yaml:2:9",
            "the patch cannot replace '/spec/gone/x': the object has no such path",
            "correct the path, or remove the operation",
        ),
        (
            "  - patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata: {name: clint}\n",
            "overlays/prod/kustomization.yaml:12:12",
            "no Deployment 'clint' is rendered here, so the patch has nothing to change",
            "did you mean 'client'?",
        ),
    ],
    ids=["inline", "file", "merge"],
)
def test_patch_of_one_environment(world: Any, patch: str, place: str, message: str, hint: str) -> None:
    text = PATCHED if not patch.startswith("  - ") else OVERLAY + "patches:\n"
    world.write({"overlays/prod/kustomization.yaml": text + patch})
    world.write({"overlays/prod/p.yaml": "- op: replace\n  path: /spec/gone/x\n  value: 1\n"})
    assert told(world) == [(place, message, hint, ("prod",))]


def test_path_that_two_patches_write_is_not_guessed(world: Any) -> None:
    same = "    patch: |-\n      - op: replace\n        path: /spec/gone/x\n        value: 1\n"
    item = "  - target: {kind: Deployment, name: client}\n"
    world.write({"overlays/prod/kustomization.yaml": PATCHED + same + item + same})
    message = (
        "the kustomization does not render: replace operation does not apply: doc is missing path: "
        "/spec/gone/x: missing value"
    )
    assert told(world) == [("overlays/prod/kustomization.yaml:1:1", message, "", ("prod",))]
