"""This repository's own environments: rendered as they are committed, each its own, each with its own host."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from render_environments import ROOT, environments, render

ENVIRONMENTS = environments()
HASH = r"(?<=config)-[a-z0-9]{10}$"


def objects(environment: str) -> list[dict[str, Any]]:
    golden = ROOT / "tests" / "golden" / f"{environment}.yaml"
    return list(yaml.safe_load_all(golden.read_text(encoding="utf-8")))


def named(environment: str, kind: str, name: str) -> dict[str, Any]:
    (found,) = [o for o in objects(environment) if (o["kind"], o["metadata"]["name"]) == (kind, name)]
    return found


def kustomization(environment: str) -> dict[str, Any]:
    path = ROOT / "overlays" / environment / "kustomization.yaml"
    value: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return value


def container(environment: str, kind: str, name: str) -> dict[str, Any]:
    (only,) = named(environment, kind, name)["spec"]["template"]["spec"]["containers"]
    value: dict[str, Any] = only
    return value


def test_the_environments_are_those_of_the_design() -> None:
    assert ENVIRONMENTS == ["dev", "prod", "staging"]


def test_golden_holds_every_environment_and_no_other() -> None:
    assert sorted(path.name for path in (ROOT / "tests" / "golden").iterdir()) == [f"{e}.yaml" for e in ENVIRONMENTS]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_golden_is_what_the_overlay_renders_to(environment: str) -> None:
    golden = ROOT / "tests" / "golden" / f"{environment}.yaml"

    assert golden.read_text(encoding="utf-8") == render(environment), "run `make golden` and review the difference"


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_an_environment_holds_the_same_objects_in_its_own_namespace(environment: str) -> None:
    namespace = f"httpd-{environment}"

    metadata = [(o["kind"], o["metadata"]) for o in objects(environment)]
    assert [(kind, m.get("namespace"), re.sub(HASH, "-HASH", m["name"])) for kind, m in metadata] == [
        ("Namespace", None, namespace),
        ("ServiceAccount", namespace, "httpd"),
        ("ConfigMap", namespace, "httpd-config-HASH"),
        ("Service", namespace, "svc-clusterip-httpd"),
        ("Deployment", namespace, "dep-centos"),
        ("Deployment", namespace, "dep-httpd"),
        ("PodDisruptionBudget", namespace, "httpd"),
        ("Job", namespace, "job-smoke-test"),
        ("NetworkPolicy", namespace, "allow-dns"),
        ("NetworkPolicy", namespace, "client-to-httpd"),
        ("NetworkPolicy", namespace, "default-deny"),
        ("NetworkPolicy", namespace, "httpd-from-client"),
    ]


@pytest.mark.parametrize(
    ("environment", "replicas", "pause", "memory"),
    [("dev", 2, "2", "32Mi"), ("staging", 3, "10", "32Mi"), ("prod", 3, "10", "64Mi")],
    ids=lambda value: str(value),
)
def test_environments_differ_where_they_should(environment: str, replicas: int, pause: str, memory: str) -> None:
    env = {entry["name"]: entry["value"] for entry in container(environment, "Deployment", "dep-centos")["env"]}
    requests = container(environment, "Deployment", "dep-httpd")["resources"]["requests"]

    assert (
        named(environment, "Deployment", "dep-httpd")["spec"]["replicas"],
        env["PAUSE_SECONDS"],
        requests["memory"],
        named(environment, "Namespace", f"httpd-{environment}")["metadata"]["labels"]["environment"],
    ) == (replicas, pause, memory, environment)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize(("kind", "name"), [("Deployment", "dep-centos"), ("Job", "job-smoke-test")])
def test_callers_use_their_own_namespace(environment: str, kind: str, name: str) -> None:
    hosts = [entry["value"] for entry in container(environment, kind, name)["env"] if entry["name"] == "HTTPD_HOST"]

    assert hosts == [f"svc-clusterip-httpd.httpd-{environment}.svc.cluster.local"]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_replacement_target_exists(environment: str) -> None:
    targets = [
        (target["select"]["kind"], target["select"]["name"])
        for replacement in kustomization(environment)["replacements"]
        for target in replacement["targets"]
    ]
    rendered = {(o["kind"], o["metadata"]["name"]) for o in objects(environment)}

    assert targets == [("Deployment", "dep-centos"), ("Job", "job-smoke-test")]
    assert set(targets) <= rendered


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_selectors_hold_only_labels_that_no_overlay_changes(environment: str) -> None:
    selectors = [o["spec"]["selector"] for o in objects(environment) if o["kind"] in {"Deployment", "Service"}]

    assert selectors == [
        {"component": "httpd_webserver"},
        {"matchLabels": {"component": "centos_client"}},
        {"matchLabels": {"component": "httpd_webserver"}},
    ]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_an_application_names_its_environment_in_every_field(environment: str) -> None:
    path = ROOT / "argocd" / "applications" / f"httpd-{environment}.yaml"
    application = yaml.safe_load(path.read_text(encoding="utf-8"))

    assert (
        application["metadata"]["name"],
        application["metadata"]["labels"]["environment"],
        application["spec"]["source"],
        application["spec"]["destination"],
    ) == (
        f"httpd-{environment}",
        environment,
        {
            "repoURL": "https://git.example.com/platform/httpd-gitops.git",
            "targetRevision": f"refs/heads/env/{environment}",
            "path": f"overlays/{environment}",
        },
        {"server": "https://kubernetes.default.svc", "namespace": f"httpd-{environment}"},
    )


def test_only_production_outlives_its_application_file() -> None:
    finalizers = {}
    for environment in ENVIRONMENTS:
        path = ROOT / "argocd" / "applications" / f"httpd-{environment}.yaml"
        metadata = yaml.safe_load(path.read_text(encoding="utf-8"))["metadata"]
        finalizers[environment] = metadata.get("finalizers", [])

    assert finalizers == {
        "dev": ["resources-finalizer.argocd.argoproj.io"],
        "staging": ["resources-finalizer.argocd.argoproj.io"],
        "prod": [],
    }


def test_image_versions_stand_in_base_only() -> None:
    tagged = [
        path.relative_to(ROOT).as_posix()
        for folder in ("apps", "base", "overlays")
        for path in sorted((ROOT / folder).rglob("*.yaml"))
        if "newTag:" in path.read_text(encoding="utf-8") or has_tagged_image(path)
    ]

    assert tagged == ["base/kustomization.yaml"]


def has_tagged_image(path: Path) -> bool:
    lines = path.read_text(encoding="utf-8").splitlines()
    return any(line.strip().startswith("image:") and ":" in line.split("image:", 1)[1] for line in lines)
