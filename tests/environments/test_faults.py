"""What stops a source: one fault for one cause, at the line to edit."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ringtrue.errors import UsageError
from ringtrue.findings import Severity
from ringtrue.repository.checkout import index

REPLACEMENTS = """\
namespace: {name}
resources: [../../base]
replacements:
  - source: {{kind: Service, name: web, fieldPath: metadata.namespace}}
    targets:
      - select: {{kind: Deployment, name: client}}
        fieldPaths: [metadata.annotations.host]
"""

CLIENT = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: client, annotations: {host: x}}\n"


@pytest.fixture
def shop(world: Any) -> Any:
    """Two declared overlays whose replacements copy from a Service of the base."""
    for name in ("dev", "prod"):
        world.write({f"overlays/{name}/kustomization.yaml": REPLACEMENTS.format(name=name)})
        world.write({f"apps/{name}.yaml": world.application(f"shop-{name}", f"overlays/{name}", name)})
    world.write(
        {
            "base/kustomization.yaml": "resources:\n  - client.yaml\n  - web.yaml\n",
            "base/client.yaml": CLIENT,
            "base/web.yaml": world.service("web"),
        }
    )
    return world


def test_missing_file_names_environments_and_what_wanted_it(shop: Any, said: Any) -> None:
    (shop.root / "base/web.yaml").unlink()
    found = shop.survey()
    message = "'web.yaml' does not exist; replacements copy from Service 'web' into Deployment 'client'"
    assert said(found) == [("source-does-not-render", "base/kustomization.yaml:3:5", message, ("dev", "prod"))]
    (fault,) = found.faults
    assert fault.problem.hint == "restore it, or remove this line"
    assert [(str(where), remark) for where, remark in fault.problem.related] == [
        ("overlays/dev/kustomization.yaml:6:17", "Deployment 'client' gets a value from Service 'web'"),
        ("overlays/prod/kustomization.yaml:6:17", "Deployment 'client' gets a value from Service 'web'"),
    ]
    assert {(e.name, e.complete, e.sources[0].status.value) for e in found.environments if e.listed} == {
        ("dev", False, "failed"),
        ("prod", False, "failed"),
    }


def test_missing_file_and_its_line_is_one_fault_of_all_replacements(shop: Any, said: Any) -> None:
    (shop.root / "base/web.yaml").unlink()
    shop.write({"base/kustomization.yaml": "resources:\n  - client.yaml\n"})
    found = shop.survey()
    message = "no Service 'web' is rendered here, but replacements copy from it into Deployment 'client'"
    place = "overlays/dev/kustomization.yaml:4:13"
    assert said(found) == [("source-does-not-render", place, message, ("dev", "prod"))]
    assert [str(where) for where, _ in found.faults[0].problem.related] == [
        "overlays/dev/kustomization.yaml:6:17",
        "overlays/prod/kustomization.yaml:6:17",
    ]


YAML = "yaml-unreadable"
RENDER = "source-does-not-render"


@pytest.mark.parametrize(
    ("files", "rule", "place", "message"),
    [
        (
            {"base/web.yaml": "apiVersion: v1\nkind: Service\nmetadata:\n\tname: web\n"},
            YAML,
            "base/web.yaml:4:1",
            "a tab stands in the indentation: YAML allows only spaces there",
        ),
        (
            {"base/web.yaml": "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  name: web\n"},
            YAML,
            "base/web.yaml:5:3",
            "key 'name' stands twice in one mapping, at lines 4 and 5",
        ),
        (
            {"base/kustomization.yaml": "resources:\n\t- web.yaml\n"},
            RENDER,
            "base/kustomization.yaml:2:1",
            "the kustomization cannot be read: found character that cannot start any token",
        ),
        (
            {"base/kustomization.yaml": "resources:\n- web.yaml\n- https://user:secret@example.com/x.yaml\n"},
            RENDER,
            "base/kustomization.yaml:3:3",
            "'https://***@example.com/x.yaml' is remote, and a check fetches nothing: what it brings is not checked",
        ),
        (
            {"base/kustomization.yaml": "resources: [client.yaml, web.yaml]\nhelmCharts: [{name: redis}]\n"},
            RENDER,
            "base/kustomization.yaml:2:21",
            "Helm chart 'redis' is not rendered: ringtrue does not run Helm, nor does Argo CD by default",
        ),
        (
            {"base/kustomization.yaml": "resources: [web.yaml, ../../up.yaml]\n"},
            RENDER,
            "base/kustomization.yaml:1:23",
            "'../../up.yaml' leads out of the repository",
        ),
        (
            {"base/kustomization.yaml": "resources: [web.yaml, ../parts]\n", "parts/x.yaml": "a: 1\n"},
            RENDER,
            "base/kustomization.yaml:1:23",
            "folder '../parts' holds no kustomization.yaml",
        ),
        (
            {"base/kustomization.yaml": "resources: [web.yaml]\nresorces: []\n"},
            RENDER,
            "base/kustomization.yaml:2:1",
            "Kustomize knows no field 'resorces' here",
        ),
        (
            {"base/kustomization.yaml": "resources: [../base]\n"},
            RENDER,
            "base/kustomization.yaml:1:13",
            "'../base' leads back here: the kustomizations build on each other in a cycle",
        ),
        (
            {"base/kustomization.yaml": "resources: [../overlays/prod]\n"},
            RENDER,
            "base/kustomization.yaml:1:13",
            "'../overlays/prod' leads back here: the kustomizations build on each other in a cycle",
        ),
    ],
    ids=["tab", "twice", "broken", "remote", "helm", "outside", "folder", "field", "itself", "cycle"],
)
def test_one_fault_in_a_base_is_one_for_both_environments(
    world: Any, said: Any, files: dict[str, str], rule: str, place: str, message: str
) -> None:
    for name in ("dev", "prod"):
        world.write({f"overlays/{name}/kustomization.yaml": "resources: [../../base]\n"})
        world.write({f"apps/{name}.yaml": world.application(f"shop-{name}", f"overlays/{name}", name)})
    world.write({"base/client.yaml": CLIENT, "base/web.yaml": world.service("web")})
    world.write({"base/kustomization.yaml": "resources: [client.yaml, web.yaml]\n", **files})
    assert said(world.survey()) == [(rule, place, message, ("dev", "prod"))]


def test_patch_without_a_target_is_at_its_line(world: Any, said: Any) -> None:
    world.write(
        {
            "a/kustomization.yaml": "resources: [s.yaml]\npatches:\n  - path: p.yaml\n",
            "a/s.yaml": world.service("web"),
            "a/p.yaml": world.service("wob"),
        }
    )
    message = "no Service 'wob' is rendered here, so the patch has nothing to change"
    found = world.survey()
    assert said(found) == [(RENDER, "a/kustomization.yaml:3:11", message, ("a",))]
    assert found.faults[0].problem.hint == "did you mean 'web'?"


def test_patch_of_the_same_name_in_another_namespace_says_so(world: Any) -> None:
    world.write(
        {
            "a/kustomization.yaml": "resources: [s.yaml]\npatches:\n  - path: p.yaml\n",
            "a/s.yaml": world.service("web", "shop"),
            "a/p.yaml": world.service("web"),
        }
    )
    assert world.survey().faults[0].problem.hint == (
        "the Service of that name has another namespace or API group: the patch must say the same ones"
    )


@pytest.mark.parametrize(
    "kustomization", [{}, {"k8s/kustomization.yaml": "resources: [s.yaml]\n"}], ids=["plain", "kustomize"]
)
def test_alias_bomb_is_told_at_its_line(world: Any, said: Any, kustomization: dict[str, str]) -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
    )
    world.write({"k8s/s.yaml": f"apiVersion: v1\nkind: ConfigMap\n{bomb}", **kustomization})
    message = "alias *a2 makes the document grow out of bounds (an alias bomb)"
    assert said(world.survey()) == [(YAML, "k8s/s.yaml:6:40", message, ("k8s",))]


def test_alias_bomb_in_a_kustomization(world: Any, said: Any) -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9))
    world.write({"k8s/kustomization.yaml": bomb})
    message = "alias *a3 makes the document grow out of bounds (an alias bomb)"
    assert said(world.survey()) == [(YAML, "k8s/kustomization.yaml:5:15", message, ("k8s",))]


def test_one_broken_document_leaves_the_others(world: Any, said: Any, shape: Any) -> None:
    world.write({"k8s/s.yaml": f"{world.service('a')}---\nkind: [\n---\n{world.service('b')}"})
    found = world.survey()
    assert [(rule, place, who) for rule, place, _, who in said(found)] == [(YAML, "k8s/s.yaml:7:1", ("k8s",))]
    expected = ["Service default/a", "Service default/b"]
    assert shape(found) == {"k8s": (True, "k8s", [("k8s", None, "failed")], expected)}


def test_binary_file_named_yaml(world: Any, said: Any) -> None:
    world.write({"k8s/s.yaml": b"\x7fELF\0\0"})
    message = "the file is binary: a NUL byte stands on this line"
    assert said(world.survey()) == [(YAML, "k8s/s.yaml:1:1", message, ("k8s",))]


@pytest.mark.parametrize(
    ("path", "problem", "hint"),
    [
        ("overlays/prd", "does not exist", "did you mean 'overlays/prod'?"),
        ("/overlays/prod", "is absolute", "did you mean 'overlays/prod'?"),
        ("../x", "leads out of the repository", ""),
        ("base/web.yaml", "is a file, not a directory", ""),
    ],
)
def test_path_that_argo_cd_refuses(shop: Any, said: Any, path: str, problem: str, hint: str) -> None:
    shop.write({"apps/prod.yaml": shop.application("shop-prod", path, "prod", more=", labels: {environment: prod}")})
    found = shop.survey()
    message = f"Application 'shop-prod' reads path {path!r}, which {problem}"
    assert said(found) == [(RENDER, "apps/prod.yaml spec.source.path", message, ("prod",))]
    assert found.faults[0].problem.hint.startswith(hint)


@pytest.mark.parametrize(
    ("ignore", "message", "hint"),
    [
        ("", "'base/web.yaml' is on disk but is not in git: the commit would lack it", "git add base/web.yaml"),
        (
            "web.yaml\n",
            "'base/web.yaml' is on disk but is ignored by git: the commit would lack it",
            "git add --force base/web.yaml",
        ),
    ],
    ids=["untracked", "ignored"],
)
def test_file_that_is_not_in_the_index(shop: Any, said: Any, ignore: str, message: str, hint: str) -> None:
    (shop.root / "base/web.yaml").rename(shop.root / "web")
    subprocess.run(["git", "init", "-q"], cwd=shop.root, check=True)
    shop.write({".gitignore": ignore})
    subprocess.run(["git", "add", "."], cwd=shop.root, check=True)
    (shop.root / "web").rename(shop.root / "base/web.yaml")
    with index(shop.root) as tree:
        found = shop.survey(tree=tree)
    assert said(found) == [("file-untracked", "base/kustomization.yaml:3:5", message, ("dev", "prod"))]
    assert found.faults[0].problem.hint == hint


def test_base_that_is_not_in_the_index(shop: Any, said: Any) -> None:
    subprocess.run(["git", "init", "-q"], cwd=shop.root, check=True)
    subprocess.run(["git", "add", "overlays", "apps"], cwd=shop.root, check=True)
    with index(shop.root) as tree:
        found = said(shop.survey(tree=tree))
    message = "'base' is on disk but is not in git: the commit would lack it"
    assert found == [
        ("file-untracked", "overlays/dev/kustomization.yaml:2:13", message, ("dev",)),
        ("file-untracked", "overlays/prod/kustomization.yaml:2:13", message, ("prod",)),
    ]


def test_dangling_link_is_named(world: Any, said: Any) -> None:
    world.write({"k8s/s.yaml": world.service("web")})
    (world.root / "k8s/gone.yaml").symlink_to("nowhere.yaml")
    (world.root / "k8s/notes").symlink_to("nowhere")
    message = "file 'k8s/gone.yaml' is a link to 'nowhere.yaml', which does not exist, so it was not checked"
    assert said(world.survey()) == [(YAML, "k8s/gone.yaml:1:1", message, ())]


def test_name_that_is_not_utf8_is_a_warning(world: Any) -> None:
    world.write({"k8s/s.yaml": world.service("web")})
    Path(os.fsdecode(os.fsencode(world.root) + b"/k8s/caf\xe9.yaml")).write_text(world.service("other"))
    (fault,) = world.survey().faults
    assert (fault.problem.severity, fault.problem.message) == (
        Severity.WARNING,
        r"file 'k8s/caf\\xe9.yaml' has a name that is not UTF-8, so it was not checked",
    )


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root reads everything: step down to a user who does not."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def closed(world: Any) -> Iterator[Any]:
    """A root that any user may enter, with a file, a folder and a resource that nobody may read."""
    with tempfile.TemporaryDirectory() as folder:
        world.root = Path(folder)
        world.write(
            {
                "k8s/s.yaml": world.service("web"),
                "k8s/closed.yaml": world.service("api"),
                "secret/s.yaml": "",
                "app/kustomization.yaml": "resources: [s.yaml]\n",
                "app/s.yaml": world.service("app"),
            }
        )
        for path in ("", "k8s", "app"):
            (world.root / path).chmod(0o755)
        names = ("k8s/closed.yaml", "secret", "app/s.yaml")
        for name in names:
            (world.root / name).chmod(0)
        yield world
        (world.root / "secret").chmod(0o755)


def test_what_the_user_may_not_read_is_named(closed: Any, said: Any) -> None:
    with as_nobody():
        found = said(closed.survey())
    assert found == [
        (YAML, "app/s.yaml:1:1", "the file cannot be read: Permission denied", ("app",)),
        (YAML, "secret:1:1", "folder 'secret' cannot be read: Permission denied, so it was not checked", ()),
        (YAML, "k8s/closed.yaml:1:1", "file 'k8s/closed.yaml' cannot be read: Permission denied", ()),
    ]


@pytest.mark.parametrize("path", ["k8s/closed.yaml", "secret"])
def test_named_path_that_the_user_may_not_read(closed: Any, path: str) -> None:
    with as_nobody(), pytest.raises(UsageError, match=f"^'{path}' cannot be read: Permission denied$"):
        closed.survey(path)
