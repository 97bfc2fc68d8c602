"""What a push is checked for, where environments share a cluster, and where nothing here says who reads the branch."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

APPLICATION = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: shop-{env}, namespace: argocd}}
spec:
  project: shop
  source: {{repoURL: "https://git.example.com/shop.git", path: overlays/{env}, targetRevision: refs/heads/env/{env}}}
  destination: {{server: "https://kubernetes.default.svc", namespace: shop-{env}}}
"""
CALLER = """\
apiVersion: v1
kind: Pod
metadata: {{name: caller, labels: {{app: caller}}}}
spec: {{containers: [{{name: curl, image: "curl:8", env: [{{name: WEB_HOST, value: "{host}"}}]}}]}}
"""
WEB = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: "web:1", ports: [{containerPort: 80}]}]}
"""
SETTINGS = """\
[cluster]
complete = true
[environments]
shared = ["shop-dev"]
[argocd]
repository = "https://git.example.com/shop.git"
"""
NOBODY = CALLER.format(host="nobody.shop-prod.svc.cluster.local")
SAID = "refused: env/{env} at {commit}: the check finds 1 error in '{env}' [check-failed]"


def overlay(env: str, **files: str) -> dict[str, str]:
    names = ", ".join(f"{name}.yaml" for name in sorted(files))
    kustomization = f"namespace: shop-{env}\nresources: [{names}]\n"
    texts = {f"overlays/{env}/{name}.yaml": text for name, text in files.items()}
    return {f"overlays/{env}/kustomization.yaml": kustomization, **texts}


SHOP = {
    "ringtrue.toml": SETTINGS,
    "argocd/dev.yaml": APPLICATION.format(env="dev"),
    "argocd/prod.yaml": APPLICATION.format(env="prod"),
    **overlay("dev", web=WEB),
    # Prod calls what dev provides.
    **overlay("prod", caller=CALLER.format(host="web.shop-dev.svc.cluster.local")),
}

Server = Callable[..., Any]


@pytest.fixture
def server(place: Any) -> Server:
    """A server with commits of its own; each is named, and the branches stand where they are put."""

    def made(commits: Mapping[str, Mapping[str, str]], refs: Mapping[str, str]) -> Any:
        place.git(".", "init", "-q", "-b", "main", "shop")
        for name, files in commits.items():
            for path, text in files.items():
                (place.folder / "shop" / path).parent.mkdir(parents=True, exist_ok=True)
                (place.folder / "shop" / path).write_text(text)
            place.git("shop", "add", "--all")
            place.git("shop", "commit", "-q", "--allow-empty", "-m", name)
            place.keep(name, "shop")
        place.git(".", "init", "-q", "--bare", "-b", "main", "shop.git")
        if refs:
            place.git("shop", "push", "-q", "../shop.git", *(f"{at}:refs/heads/{ref}" for ref, at in refs.items()))
        place.install("shop.git")
        return place

    return made


def push(place: Any, *words: str) -> tuple[int, list[str]]:
    done = place.run("shop", "git", "push", "-q", "../shop.git", *words)
    return done.returncode, place.told(done.stderr)


def test_a_push_to_dev_must_not_break_prod(server: Server) -> None:
    renamed = WEB.replace("kind: Service\nmetadata: {name: web}", "kind: Service\nmetadata: {name: site}")
    commits = {"first": SHOP, "renamed": overlay("dev", web=renamed)}
    refs = {"main": "renamed", "env/dev": "first", "env/prod": "first"}

    status, said = push(server(commits, refs), "renamed:env/dev")

    # The page of this refusal shows the same push.
    example = Path(__file__).with_name("examples") / "environment-broken.txt"
    shown = example.read_text(encoding="utf-8").partition("$ git push origin renamed:env/dev\n")[2]
    assert (status, said[0]) == (
        1,
        (
            "refused: env/dev at renamed: the push would break what it does not touch: 1 error in 'prod'"
            " [environment-broken]"
        ),
    )
    assert said == shown.splitlines()


def test_an_error_that_prod_has_already_does_not_stop_dev(server: Server) -> None:
    broken = {**SHOP, **overlay("prod", caller=NOBODY)}
    commits = {"first": broken, "second": {"notes.txt": "x"}}

    place = server(commits, {"main": "second", "env/dev": "first", "env/prod": "first"})

    assert push(place, "second:env/dev") == (0, ["accepted: env/dev first -> second"])


def test_an_error_that_prod_has_already_stops_prod(server: Server) -> None:
    broken = {**SHOP, **overlay("prod", caller=NOBODY)}
    commits = {"first": broken, "second": {"notes.txt": "x"}}

    status, said = push(
        server(commits, {"main": "second", "env/dev": "second", "env/prod": "first"}), "second:env/prod"
    )

    assert (status, said[0]) == (1, SAID.format(env="prod", commit="second"))


def test_main_may_not_take_an_application_away_that_another_environment_needs(server: Server) -> None:
    """`argocd/` is read from main: what main takes away is gone at once, whatever the other branches hold."""
    commits = {"first": SHOP, "second": {"argocd/dev.yaml": "# nothing\n"}}

    status, said = push(server(commits, {"main": "first", "env/dev": "first", "env/prod": "first"}), "second:main")

    assert (status, said[:2]) == (
        1,
        [
            "refused: main at second: the check finds 1 error in 'prod' [check-failed]",
            (
                "overlays/prod/caller.yaml:4:82: error: Pod 'caller' calls 'web.shop-dev.svc.cluster.local',"
                " but nothing fills namespace 'shop-dev' [reference-nxdomain]"
            ),
        ],
    )


def test_a_comment_counts_where_it_stands_in_the_commit_that_is_pushed(server: Server) -> None:
    """Main has moved the line since."""
    accepted = NOBODY.replace("spec:", "# ringtrue: ignore[reference-nxdomain] -- made by hand\nspec:")
    first = {**SHOP, **overlay("prod", caller=accepted)}
    commits = {"first": first, "second": {"notes.txt": "x"}, "third": overlay("prod", caller=f"# A\n# B\n{accepted}")}
    place = server(commits, {"main": "third", "env/dev": "first", "env/prod": "first"})

    assert push(place, "second:env/prod") == (0, ["accepted: env/prod first -> second"])


def test_an_ignore_that_comes_to_main_need_not_be_deployed(server: Server) -> None:
    accepted = NOBODY.replace("spec:", "# ringtrue: ignore[reference-nxdomain] -- made by hand\nspec:")
    commits = {"first": {**SHOP, "ringtrue.toml": f'{SETTINGS}[rules]\nignore-unused = "error"\n'}}
    commits["second"] = overlay("prod", caller=accepted)
    place = server(commits, {"main": "first", "env/dev": "first", "env/prod": "first"})

    assert push(place, "second:main") == (
        0,
        [
            "accepted: main first -> second",
            "weakens: overlays/prod/caller.yaml:4: accepts reference-nxdomain: made by hand",
        ],
    )


def test_a_warning_is_printed_and_refuses_nothing(server: Server) -> None:
    settings = {"ringtrue.toml": f'{SETTINGS}[rules]\nreference-nxdomain = "warning"\n'}
    other = {"caller": CALLER.format(host="web.shop-dev.svc.cluster.local"), "other": NOBODY.replace("caller", "other")}
    commits = {"first": {**SHOP, **settings}, "second": overlay("prod", **other)}
    place = server(commits, {"main": "second", "env/dev": "second", "env/prod": "first"})

    status, said = push(place, "second:env/prod")

    assert (status, said[0]) == (0, "accepted: env/prod first -> second")
    assert [line.split(": ")[1] for line in said if "[reference-nxdomain]" in line] == ["warning"]


def test_a_change_that_the_cluster_would_refuse(server: Server) -> None:
    """A Pod's variables cannot be changed in place."""
    moved = CALLER.format(host="web.shop-dev.svc.cluster.local.")
    place = server({"first": SHOP, "second": overlay("prod", caller=moved)}, {"main": "first", "env/dev": "first"})
    assert push(place, "first:refs/heads/env/prod")[0] == 0

    status, said = push(place, "second:main", "second:env/prod")

    assert (status, said[0]) == (1, "refused: env/prod at second: the check finds 1 error in 'prod' [check-failed]")
    assert [line.rpartition(" ")[2] for line in said if ": error: " in line] == ["[update-rejected]"]


def test_without_applications_the_commit_alone_is_checked(server: Server) -> None:
    """Argo CD's objects may be kept elsewhere."""
    own = CALLER.format(host="web.shop-prod.svc.cluster.local")
    first = {
        "ringtrue.toml": "[cluster]\ncomplete = true\n",
        **overlay("dev", web=WEB),
        **overlay("prod", web=WEB, x=own),
    }
    commits = {"first": first, "second": overlay("prod", web=WEB, x=NOBODY), "third": first}
    place = server(commits, {"main": "third", "env/dev": "first", "env/prod": "first"})

    dev, prod, mended = push(place, "second:env/dev"), push(place, "second:env/prod"), push(place, "third:env/prod")

    assert dev == (0, ["accepted: env/dev first -> second"])
    assert (prod[0], prod[1][0]) == (
        1,
        "refused: env/prod at second: the check finds 1 error in 'overlays/prod' [check-failed]",
    )
    assert mended == (0, ["accepted: env/prod first -> third"])


def test_a_push_of_nothing_that_can_be_checked_ends_with_2(server: Server) -> None:
    place = server({"first": {"notes.txt": "x"}}, {})
    done = place.run("shop", "git", "push", "-q", "../shop.git", "first:refs/heads/main")

    assert (done.returncode, place.told(done.stderr)) == (
        1,
        ["ringtrue: nothing to check: no kustomization, and no YAML or JSON file with apiVersion and kind"],
    )
