"""What counts as remote is what Kustomize would fetch, no more: a local directory may have an odd name."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ringtrue.rendering.remote import remote_file, remote_root, without_password
from ringtrue.rendering.request import Renderer, Request

ROOTS = {
    "https://host.example/owner/repository": True,
    "ssh://git@host.example/owner/repository": True,
    "file:///srv/repository": True,
    "git::https://host.example/owner/repository": True,
    "git@host.example:owner/repository": True,
    "git@host.example:repository.git": True,
    "github.com/owner/repository?ref=v1": True,
    "GitHub.com:owner/repository": True,
    "github.com": False,
    "github.com/owner": False,
    "../base": False,
    "app@v1": False,
    "app@v1/base": False,
    "host.example/owner/repository": False,
    "/srv/git@host:owner/repository": False,
    "base?x": False,
}
FILES = {
    "http://host.example/x.yaml": True,
    "HTTPS://host.example/x.yaml": True,
    "ssh://host.example/x.yaml": False,
    "github.com/owner/repository/x.yaml": False,
    "https.yaml": False,
    "https://host.example\nname: a patch": False,
}


@pytest.mark.parametrize("name", ROOTS)
def test_remote_root(name: str) -> None:
    assert remote_root(name) is ROOTS[name]


@pytest.mark.parametrize("name", FILES)
def test_remote_file(name: str) -> None:
    assert remote_file(name) is FILES[name]


def test_a_password_is_hidden() -> None:
    assert without_password("https://me:secret@host.example/x") == "https://***@host.example/x"


@pytest.mark.parametrize("name", ["builtin", "kustomize"])
def test_both_renderers_refuse_the_same_roots(
    plant: Callable[[Mapping[str, str]], Path], make_renderer: Callable[[str], Renderer], name: str
) -> None:
    local = [root for root in ROOTS if not root.startswith("/")]
    root = plant({f"{n}/kustomization.yaml": f"components: ['{text}']" for n, text in enumerate(local)})
    answers = make_renderer(name).render([Request(str(n)) for n in range(len(local))], root)
    refused = {
        text: answer.error.endswith("ringtrue fetches nothing") for text, answer in zip(local, answers, strict=True)
    }
    assert refused == {text: ROOTS[text] for text in local}
