"""A revision renders as the same files do on disk, and nothing of the user's is touched."""

import base64
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ringtrue.rendering.overrides import Overrides
from ringtrue.rendering.request import Rendered, Renderer, Request

HERE = Path(__file__).parent
CLEAN = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")} | {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
MakeRenderer = Callable[[str], Renderer]
CONFIG = "configMapGenerator: [{name: page, files: [page.txt]}]\n"


def git(root: Path, *arguments: str, **variables: str) -> str:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always"]
    done = subprocess.run(
        [*command, *arguments], cwd=root, env=CLEAN | variables, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def commit(root: Path) -> str:
    if not (root / ".git").exists():
        git(root, "init", "-q", "-b", "main")
    git(root, "add", "--all", "--force")
    git(root, "commit", "-q", "--allow-empty", "-m", "one")
    return git(root, "rev-parse", "HEAD")


def at(request: Request, repository: Path, revision: str = "HEAD", folder: str = "") -> Request:
    return replace(request, revision=revision, repository=str(repository), folder=folder)


def rendered(renderer: Renderer, request: Request, root: Path) -> Rendered:
    return renderer.render([request], root)[0]


def text_of(renderer: Renderer, path: str, repository: Path, revision: str = "HEAD", folder: str = "") -> str:
    """The text, or the error."""
    answer = rendered(renderer, at(Request(path, "yaml"), repository, revision, folder), repository.parent)
    return answer.text or answer.error


@pytest.fixture(params=["builtin", "kustomize"])
def either(request: pytest.FixtureRequest, make_renderer: MakeRenderer) -> Renderer:
    return make_renderer(request.param)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Both repositories of this room's tests in one commit."""
    root = tmp_path.resolve() / "work"
    shutil.copytree(HERE / "overridden", root / "overridden", symlinks=True)
    shutil.copytree(HERE / "kustomizations", root / "kustomizations", symlinks=True)
    commit(root)
    return root


def requests_in(root: Path, folder: str) -> list[Request]:
    folders = {path.parent for path in (root / folder).rglob("kustomization.y*ml") if ".hidden" not in path.parts}
    paths = sorted(path.relative_to(root / folder).as_posix() for path in folders)
    files = sorted(path.relative_to(root / folder).as_posix() for path in (root / folder).rglob("*.yaml"))
    overrides = Overrides(name_prefix="x-", components=("../c*/debug", "../component"), ignore_missing="directory")
    return [
        *(Request(path, "yaml", origins=True) for path in paths),
        *(Request(path, "yaml", overrides=overrides) for path in paths),
        *(Request(path, "file") for path in [*files, "none.yaml", "."]),
        Request("none", "yaml"),
    ]


@pytest.mark.parametrize("folder", ["kustomizations", "overridden"])
def test_a_revision_gives_what_the_disk_gives(folder: str, repository: Path, either: Renderer) -> None:
    """Resources, origins and errors; the root is a folder of the repository."""
    requests = requests_in(repository, folder)
    root = repository / folder
    from_disk = either.render(requests, root)
    assert sum(bool(answer.text) for answer in from_disk) >= 14
    asked = [at(request, repository / ".git", "main", folder) for request in requests]
    root.rename(repository / "gone")
    from_git = either.render(asked, root)
    assert [replace(answer, request=plain) for answer, plain in zip(from_git, requests, strict=True)] == from_disk


def test_kubectl_reads_a_revision_too(repository: Path, make_renderer: MakeRenderer) -> None:
    renderers = (make_renderer("builtin"), make_renderer("kubectl"))
    both = [text_of(renderer, "kustomizations/composed", repository / ".git") for renderer in renderers]
    assert both[0].startswith("apiVersion: v1\n")
    assert both[0] == both[1]


def test_nothing_of_the_users_is_touched(repository: Path, either: Renderer) -> None:
    (repository / "kustomizations/base/service.yaml").unlink()
    (repository / "untracked.yaml").write_text("a: 1\n")
    git(repository, "add", "kustomizations")
    before = state(repository)
    assert "kind: Service" in text_of(either, "kustomizations/base", repository / ".git")
    assert state(repository) == before


def state(root: Path) -> dict[str, str]:
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {str(path): f"{path.stat().st_mtime_ns} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files}


@pytest.mark.parametrize("name", ["main", "HEAD", "v1", "refs/heads/main", "HEAD~1", "{commit}", "{short}"])
def test_a_revision_has_many_names(name: str, tmp_path: Path, either: Renderer) -> None:
    root = tmp_path.resolve() / "work"
    root.mkdir()
    (root / "kustomization.yaml").write_text(CONFIG)
    (root / "page.txt").write_text("first\n")
    first = commit(root)
    (root / "page.txt").write_text("second\n")
    second = commit(root)
    git(root, "tag", "-a", "-m", "one", "v1", first)
    expected = "first" if name in ("v1", "HEAD~1") else "second"
    text = text_of(either, ".", root / ".git", name.format(commit=second, short=second[:9]))
    assert f"page.txt: |\n    {expected}\n" in text


def test_many_revisions_in_one_call_do_not_mix(tmp_path: Path, either: Renderer) -> None:
    root = tmp_path.resolve() / "work"
    root.mkdir()
    (root / "kustomization.yaml").write_text(CONFIG)
    commits = []
    for number in range(20):
        (root / "page.txt").write_text(f"page {number}\n")
        commits.append(commit(root))
    answers = either.render([at(Request(".", "yaml"), root / ".git", each) for each in commits * 2], root)
    assert [f"    page {number}\n" in (answer.text or "") for number, answer in enumerate(answers[:20])] == [True] * 20
    assert [answer.text for answer in answers[:20]] == [answer.text for answer in answers[20:]]


def test_a_bare_repository_is_read(repository: Path, tmp_path: Path, either: Renderer) -> None:
    bare = tmp_path.resolve() / "bare.git"
    git(tmp_path, "clone", "-q", "--bare", str(repository), str(bare))
    assert text_of(either, "base", bare, "main", "kustomizations") == text_of(
        either, "kustomizations/base", repository / ".git"
    )


def test_what_an_export_leaves_out_is_there(tmp_path: Path, either: Renderer) -> None:
    root = tmp_path.resolve() / "work"
    root.mkdir()
    (root / ".gitattributes").write_text("page.txt export-ignore\n* text=auto eol=lf\n")
    (root / "kustomization.yaml").write_text(CONFIG)
    (root / "page.txt").write_text("here\n")
    commit(root)
    assert "    here\n" in text_of(either, ".", root / ".git")


def test_content_is_what_a_checkout_writes(tmp_path: Path, either: Renderer) -> None:
    """The attributes are those of the revision: not of the working tree, the index or the user's configuration."""
    root = tmp_path.resolve() / "work"
    (root / "sub").mkdir(parents=True)
    (root / ".gitattributes").write_text("*.txt working-tree-encoding=UTF-16LE\n*.id ident\n*.secret filter=own\n")
    (root / "sub/.gitattributes").write_text("plain.txt -working-tree-encoding\n")
    names = ("page.txt", "sub/plain.txt", "a.id", "b.secret", "with space.txt", "empty.txt", "open.txt")
    files = ", ".join(f"'{name}'" for name in names)
    (root / "kustomization.yaml").write_text(f"configMapGenerator: [{{name: page, files: [{files}]}}]\n")
    for name in names:
        text = {"a.id": "$Id$\n", "empty.txt": "", "open.txt": "aé\nb"}.get(name, "aé\nb\n")
        encoding = "utf-8" if name in ("a.id", "b.secret", "sub/plain.txt") else "utf-16-le"
        (root / name).write_text(text, encoding=encoding)
    first = commit(root)
    git(root, "config", "filter.own.smudge", "sed s/a/z/")
    git(root, "config", "filter.own.required", "true")
    (root / ".gitattributes").write_text("* -text\n")
    commit(root)
    copy = tmp_path.resolve() / "copy"
    git(tmp_path, "clone", "-q", "--no-checkout", str(root), str(copy))
    git(copy, "checkout", "-q", first)
    expected = rendered(either, Request(".", "yaml"), copy).text
    assert expected
    assert base64.b64encode("aé\nb\n".encode("utf-16-le")).decode() in expected
    assert "  b.secret: |\n    aé\n    b\n" in expected
    assert "$Id: " in expected
    assert text_of(either, ".", root / ".git", first) == expected


def test_links_are_followed_inside_the_tree(tmp_path: Path, either: Renderer) -> None:
    root = tmp_path.resolve() / "work"
    for folder in ("base", "overlay", "up"):
        (root / folder).mkdir(parents=True)
    (root / "base/kustomization.yaml").write_text(CONFIG)
    (root / "base/page.txt").symlink_to("real.txt")
    (root / "base/real.txt").write_text("linked\n")
    (root / "overlay/base").symlink_to("../base")
    (root / "overlay/kustomization.yaml").write_text("resources: [base]\n")
    (root / "up/circle").symlink_to("circle")
    (root / "up/secret").symlink_to("../../secret")
    (root / "up/absolute").symlink_to("/etc")
    (root / "up/none").symlink_to("none-there")
    (tmp_path / "secret").write_text("kind: Secret\n")
    names = ("circle", "secret", "absolute", "none", "../base/page.txt/x")
    for number, name in enumerate(names):
        (root / f"up/{number}").mkdir()
        (root / f"up/{number}/kustomization.yaml").write_text(f"resources: [../{name}]\n")
    commit(root)
    requests = [Request("overlay", "yaml"), *(Request(f"up/{number}", "yaml") for number in range(len(names)))]
    on_disk = either.render(requests, root)
    answers = either.render([at(request, root / ".git") for request in requests], root)
    assert "    linked\n" in (answers[0].text or "")
    assert [answer.text for answer in answers] == [answer.text for answer in on_disk]
    assert [answer.error for answer in answers] == [answer.error for answer in on_disk]
    assert [bool(answer.error) for answer in answers] == [False, True, True, True, True, True]
    assert answers[2].error == "up/1/kustomization.yaml: resources entry '../secret' leads out of the root"


def test_a_submodule_is_an_empty_folder(tmp_path: Path, either: Renderer) -> None:
    other, root = tmp_path.resolve() / "other", tmp_path.resolve() / "work"
    other.mkdir()
    root.mkdir()
    (other / "kustomization.yaml").write_text(CONFIG)
    commit(other)
    (root / "kustomization.yaml").write_text("resources: [other]\n")
    commit(root)
    git(root, "submodule", "--quiet", "add", str(other), "other")
    commit(root)
    copy = tmp_path.resolve() / "copy"
    git(tmp_path, "clone", "-q", str(root), str(copy))
    expected = rendered(either, Request(".", "yaml"), copy).error
    assert "unable to find one of 'kustomization.yaml'" in expected
    assert rendered(either, at(Request(".", "yaml"), root / ".git"), root).error == expected


def test_what_is_pushed_is_read_from_quarantine(
    tmp_path: Path, either: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server's hook sees the pushed objects through variables, before they are in the repository."""
    root, bare, incoming = (tmp_path.resolve() / name for name in ("work", "bare.git", "incoming"))
    root.mkdir()
    (root / "kustomization.yaml").write_text(CONFIG)
    (root / "page.txt").write_text("pushed\n")
    pushed = commit(root)
    git(tmp_path, "init", "-q", "--bare", str(bare))
    shutil.copytree(root / ".git/objects", incoming)
    absent = f"no revision '{pushed}' in this repository; run `git fetch` if it exists elsewhere"
    assert text_of(either, ".", bare, pushed) == absent
    monkeypatch.chdir(bare)
    monkeypatch.setenv("GIT_DIR", ".")
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(incoming))
    monkeypatch.setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", str(bare / "objects"))
    monkeypatch.setenv("GIT_QUARANTINE_PATH", str(incoming))
    assert "    pushed\n" in text_of(either, ".", bare, pushed)
    assert "    pushed\n" in text_of(either, ".", root / ".git", "main")


@pytest.mark.parametrize(
    ("revision", "error"),
    [
        ("env/prod", "no revision 'env/prod' in this repository; run `git fetch` if it exists elsewhere"),
        ("HEAD:apps", "no revision 'HEAD:apps' in this repository; run `git fetch` if it exists elsewhere"),
        ("--help", "'--help' is no revision"),
    ],
    ids=["absent", "folder", "flag"],
)
def test_a_revision_that_is_not_there(revision: str, error: str, repository: Path, either: Renderer) -> None:
    assert text_of(either, "kustomizations/base", repository / ".git", revision) == error


def test_a_shallow_clone_says_so(repository: Path, tmp_path: Path, either: Renderer) -> None:
    commit(repository)
    first = git(repository, "rev-parse", "HEAD~1")
    copy = tmp_path / "copy"
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", str(copy))
    assert "kind: Service" in text_of(either, "kustomizations/base", copy / ".git")
    assert text_of(either, "kustomizations/base", copy / ".git", first) == (
        f"no revision '{first}' in this clone, which is shallow; run `git fetch --unshallow`"
    )


def test_a_partial_clone_fetches_nothing(repository: Path, tmp_path: Path, either: Renderer) -> None:
    git(repository, "config", "uploadpack.allowFilter", "true")
    copy = tmp_path / "copy"
    git(tmp_path, "clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{repository}", str(copy))
    lacking = git(copy, "rev-list", "--objects", "--missing=print", "HEAD").count("?")
    lost = "the content of 'kustomizations/base/{}' is not in this clone; if it is partial, clone without --filter"
    request = at(Request("kustomizations/base/service.yaml", "file"), copy / ".git")
    assert rendered(either, request, copy).error == lost.format("service.yaml")
    assert text_of(either, "kustomizations/base", copy / ".git") == lost.format("kustomization.yaml")
    assert git(copy, "rev-list", "--objects", "--missing=print", "HEAD").count("?") == lacking > 10


def test_a_folder_that_is_no_repository(tmp_path: Path, either: Renderer) -> None:
    folder = tmp_path.resolve() / "folder"
    folder.mkdir()
    assert text_of(either, ".", folder, "main") == "'folder' is no git repository"
