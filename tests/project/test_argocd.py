"""argocd/: the projects allow what the environments hold, and nothing else."""

from typing import Any

import pytest
import yaml

from render_environments import ROOT, environments

ENVIRONMENTS = environments()


def manifest(path: str) -> dict[str, Any]:
    value: dict[str, Any] = yaml.safe_load((ROOT / "argocd" / path).read_text(encoding="utf-8"))
    return value


def kinds(environment: str) -> set[tuple[str, str]]:
    golden = ROOT / "tests" / "golden" / f"{environment}.yaml"
    documents = yaml.safe_load_all(golden.read_text(encoding="utf-8"))
    return {(d["apiVersion"].rpartition("/")[0], d["kind"]) for d in documents}


def test_bootstrap_holds_the_projects_and_root() -> None:
    resources = manifest("bootstrap/kustomization.yaml")["resources"]

    assert {(d["kind"], d["metadata"]["name"]) for d in (manifest(f"bootstrap/{path}") for path in resources)} == {
        ("AppProject", "default"),
        ("AppProject", "bootstrap"),
        ("AppProject", "httpd"),
        ("Application", "root"),
    }


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_project_allows_the_kinds_that_are_in_git_and_their_children(environment: str) -> None:
    spec = manifest("bootstrap/project-httpd.yaml")["spec"]
    allowed = {(entry["group"], entry["kind"]) for entry in spec["namespaceResourceWhitelist"]}

    assert allowed == kinds(environment) - {("", "Namespace")} | {("", "Pod"), ("apps", "ReplicaSet")}
    assert spec["clusterResourceWhitelist"] == [{"group": "", "kind": "Namespace", "name": "httpd-*"}]


def test_the_project_allows_every_destination_and_no_other() -> None:
    spec = manifest("bootstrap/project-httpd.yaml")["spec"]
    used = [manifest(f"applications/httpd-{environment}.yaml")["spec"]["destination"] for environment in ENVIRONMENTS]

    assert sorted(spec["destinations"], key=lambda d: d["namespace"]) == sorted(used, key=lambda d: d["namespace"])


def test_the_default_project_allows_nothing() -> None:
    assert manifest("bootstrap/project-default-locked.yaml")["spec"] == {
        "sourceRepos": [],
        "sourceNamespaces": [],
        "destinations": [],
        "namespaceResourceBlacklist": [{"group": "*", "kind": "*"}],
    }


def test_root_reads_main_and_its_loss_deletes_nothing() -> None:
    root = manifest("bootstrap/root.yaml")

    assert root["spec"]["source"]["targetRevision"] == "refs/heads/main"
    assert "finalizers" not in root["metadata"]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_a_change_in_any_folder_that_an_overlay_reaches_is_seen(environment: str) -> None:
    application = manifest(f"applications/httpd-{environment}.yaml")
    watched = application["metadata"]["annotations"]["argocd.argoproj.io/manifest-generate-paths"]

    assert watched.split(";") == [".", "/base", "/apps"]
    assert reached(f"overlays/{environment}") <= {f"overlays/{environment}", "base", "apps"}


def reached(folder: str) -> set[str]:
    """The folder and those below it in the build; of apps/NAME only apps."""
    text = (ROOT / folder / "kustomization.yaml").read_text(encoding="utf-8")
    below = [
        (ROOT / folder / entry).resolve().relative_to(ROOT).as_posix()
        for entry in yaml.safe_load(text)["resources"]
        if not entry.endswith(".yaml")
    ]
    return {folder if folder.startswith("overlays/") else folder.partition("/")[0]}.union(*map(reached, below))
