"""`ringtrue init`: what it writes, that it overwrites nothing, and that the next check is quieter, never weaker."""

import subprocess
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]
Write = Callable[[Mapping[str, str | bytes]], Path]

BARE = """\
# How ringtrue judges this repository: written by `ringtrue init` from what it found. Every key is optional.
# Behind `# ` stand guesses and choices that only people can make: take the sign away where they are right.

[cluster]
# version = "1.35"
# domain = "cluster.local"
# Images of Alpine resolve names by musl, which gives up earlier.
# resolver = "musl"
# Nothing but this repository puts Services on the cluster, so a name that is not here does not exist.
# complete = true

[environments]

# House rules too, such as host names that say their namespace; and what cannot be decided as a warning.
# [rules]
# policy = true
# [verdicts]
# unknown = "warning"
"""


def application(name: str) -> str:
    return f"""\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: shop-{name}, namespace: gitops}}
spec:
  project: default
  source: {{repoURL: "https://git.example.com/shop.git", path: overlays/{name}, targetRevision: main}}
  destination: {{server: "https://kubernetes.default.svc", namespace: shop-{name}}}
"""


def overlay(name: str, web: str) -> dict[str, str]:
    """An environment of Argo CD's, whose client also calls a Service that nothing here provides."""
    logged = web.replace(
        "web.shop.svc.cluster.local}]}", f"web.shop-{name}.svc}}, {{name: LOKI_HOST, value: loki.logging.svc}}]}}"
    )
    return {
        f"overlays/{name}/kustomization.yaml": "resources: [web.yaml]\n",
        f"overlays/{name}/web.yaml": logged.replace("namespace: shop", f"namespace: shop-{name}"),
        f"argocd/{name}.yaml": application(name),
    }


def findings(done: Done) -> list[str]:
    return [line for line in done.stdout.splitlines() if line.endswith("]")]


def test_where_nothing_is_special(write: Write, web: str, run: Run) -> None:
    folder = write({"web.yaml": web})
    done = run("init")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "wrote ringtrue.toml: nothing is special here\nnow run `ringtrue check`\n"
    assert (folder / "ringtrue.toml").read_text() == BARE
    assert run().returncode == 0


def test_what_it_finds(write: Write, web: str, run: Run) -> None:
    folder = write(
        {
            **overlay("prod", web),
            **overlay("dev", web),
            "tests/broken/web.yaml": web,
            "examples/web.yaml": web.replace("shop", "example"),
            ".github/workflows/ci.yaml": "env:\n  KUBERNETES_VERSION: v1.34.2\n",
        }
    )
    done = run("init")
    text = (folder / "ringtrue.toml").read_text()

    assert done.stdout.splitlines()[0] == (
        "wrote ringtrue.toml: Kubernetes 1.34, 2 environments in order, 1 folder to skip, "
        "1 probable external Service to confirm"
    )
    assert tomllib.loads(text) == {
        "cluster": {"version": "1.34"},
        "environments": {"order": ["dev", "prod"], "skip": ["tests"]},
        "argocd": {"namespace": "gitops", "repository": "https://git.example.com/shop.git"},
    }
    for line in (
        "# The Kubernetes minor that .github/workflows/ci.yaml names.",
        "# Found: dev, on cluster in-cluster.",
        '# skip = ["tests", "examples"]',
        "# Called by Pod shop-dev/client.",
        '# namespace = "logging"',
        '# service = "loki"',
    ):
        assert f"\n{line}\n" in text


def test_a_confirmed_service_is_external(write: Write, web: str, run: Run) -> None:
    folder = write(overlay("dev", web))
    run("init")
    head, _, guess = (folder / "ringtrue.toml").read_text().partition("# [[external]]")
    entry = guess.partition("\n\n")[0].replace("# ", "").replace('reason = ""', 'reason = "the platform team"')
    (folder / "ringtrue.toml").write_text(f"{head}[[external]]{entry}\n")

    assert "1 proved, 0 refuted, 0 unknown, 1 external" in run().stdout


@pytest.mark.parametrize("text", ["", "[cluster\n"], ids=["empty", "broken"])
def test_nothing_is_overwritten(text: str, write: Write, web: str, run: Run) -> None:
    folder = write({"web.yaml": web, "ringtrue.toml": text})
    done = run("init")

    assert (done.returncode, done.stdout, (folder / "ringtrue.toml").read_text()) == (2, "", text)
    assert done.stderr == (
        f"ringtrue: {str(folder / 'ringtrue.toml')!r} is there already; `ringtrue init` overwrites nothing\n"
    )


def test_a_link_to_nowhere_is_not_followed(write: Write, web: str, run: Run) -> None:
    folder = write({"web.yaml": web})
    (folder / "ringtrue.toml").symlink_to("elsewhere.toml")

    assert (run("init").returncode, (folder / "elsewhere.toml").exists()) == (2, False)


def test_an_empty_folder_gets_no_file(write: Write, run: Run) -> None:
    folder = write({})

    assert (run("init").returncode, list(folder.iterdir())) == (2, [])


def test_the_next_check_is_quieter_and_not_weaker(write: Write, web: str, run: Run) -> None:
    broken = web.replace("web.shop.svc", "wob.shop.svc")
    copies = "---\n".join([web.replace("shop", "copies")] * 3)
    write({"app/web.yaml": broken, "install/one.yaml": copies, "install/two.yaml": copies, "tests/bad.yaml": broken})
    before = findings(run())
    run("init")
    done = run()

    assert (done.returncode, done.stderr) == (1, "")
    assert [line.partition(": ")[0] for line in findings(done)] == ["app/web.yaml:20:82"]
    assert [line.partition(": ")[0] for line in before] == [
        "app/web.yaml:20:82",
        "install/one.yaml:38:18",
        "install/two.yaml:17:18",
        "tests/bad.yaml:20:82",
    ]
    assert set(findings(done)) < set(before)


def test_test_folders_that_are_deployed_are_not_skipped(write: Write, web: str, run: Run) -> None:
    moved = application("dev").replace("overlays/dev", "tests/dev")
    folder = write({"tests/dev/web.yaml": web, "argocd/dev.yaml": moved, "app/web.yaml": web.replace("shop", "app")})
    run("init")

    assert "skip" not in tomllib.loads((folder / "ringtrue.toml").read_text())["environments"]


def test_a_repository_of_tests_alone_is_not_skipped(write: Write, web: str, run: Run) -> None:
    folder = write({"tests/web.yaml": web})
    run("init")

    assert "skip" not in tomllib.loads((folder / "ringtrue.toml").read_text())["environments"]
    assert run().returncode == 0
