"""What Argo CD Applications declare."""

import json
import subprocess
from typing import Any

import pytest

from ringtrue.cluster.providers import Opening
from ringtrue.environments.environment import Source
from ringtrue.findings import Severity


def test_app_of_apps_gives_one_environment_a_branch(world: Any, shape: Any) -> None:
    world.write(
        {
            "argocd/root.yaml": world.application("root", "argocd/apps", "argocd"),
            "argocd/apps/dev.yaml": world.application(
                "shop-dev", "overlays/dev", "shop-dev", source=", targetRevision: refs/heads/env/dev"
            ),
            "argocd/apps/prod.yaml": world.application(
                "shop-prod", "overlays/prod", "shop-prod", source=", targetRevision: env/prod"
            ),
            "overlays/dev/kustomization.yaml": "resources: [../../base]\n",
            "overlays/prod/kustomization.yaml": "resources: [../../base]\nnamespace: shop-prod\n",
            "base/kustomization.yaml": "resources: [web.yaml]\n",
            "base/web.yaml": world.service("web"),
        }
    )

    found = world.survey(order=("dev", "prod"))

    assert shape(found) == {
        "dev": (True, "in-cluster", [("overlays/dev", "shop-dev", "rendered")], ["Service shop-dev/web"]),
        "prod": (True, "in-cluster", [("overlays/prod", "shop-prod", "rendered")], ["Service shop-prod/web"]),
        "argocd": (
            False,
            "argocd",
            [("argocd", None, "rendered")],
            ["Application argocd/root"],
        ),
        "argocd/apps": (
            False,
            "in-cluster",
            [("argocd/apps", "root", "rendered")],
            ["Application argocd/shop-dev", "Application argocd/shop-prod"],
        ),
    }
    assert (found.faults, found.assumptions, found.skipped) == ((), (), {})
    dev = found.environments[0]
    assert sorted(str(r.id) for r in dev.cluster.resources) == [
        "Application argocd/shop-dev",
        "Application argocd/shop-prod",
        "Service shop-dev/web",
        "Service shop-prod/web",
    ]
    assert dev.applications[0].source == "argocd/apps/dev.yaml"
    assert dev.sources == (
        Source(
            "overlays/dev",
            dev.applications[0],
            "refs/heads/env/dev",
            "shop-dev",
            route=("spec", "source"),
            resources=dev.resources,
        ),
    )


def test_application_in_a_rendered_leaf_is_found(world: Any, shape: Any) -> None:
    world.write(
        {
            "bootstrap/kustomization.yaml": "resources: [root.yaml]\nnamePrefix: the-\n",
            "bootstrap/root.yaml": world.application("shop", "deploy", "shop", more=", labels: {environment: test}"),
            "deploy/web.yaml": world.service("web"),
        }
    )
    assert shape(world.survey()) == {
        "test": (True, "in-cluster", [("deploy", "the-shop", "rendered")], ["Service shop/web"]),
        "bootstrap": (False, "bootstrap", [("bootstrap", None, "rendered")], ["Application argocd/the-shop"]),
    }


def test_raw_application_that_an_overlay_patches_is_none(world: Any, shape: Any) -> None:
    world.write(
        {
            "apps/kustomization.yaml": (
                "resources: [app.yaml]\npatches:\n- target: {kind: Application}\n"
                "  patch: |-\n    - {op: replace, path: /spec/source/path, value: right}\n"
            ),
            "apps/app.yaml": world.application("a", "wrong", "shop"),
            "right/web.yaml": world.service("web"),
            "wrong/api.yaml": world.service("api"),
        }
    )
    assert {name: sources for name, (_, _, sources, _) in shape(world.survey()).items()} == {
        "": [("right", "a", "rendered")],
        "wrong": [("wrong", None, "rendered")],
        "apps": [("apps", None, "rendered")],
    }


def test_applications_that_lead_to_each_other_end(world: Any, shape: Any) -> None:
    world.write(
        {
            "a/app.yaml": world.application("a", "b", "argocd"),
            "b/app.yaml": world.application("b", "a", "argocd"),
        }
    )
    assert sorted(shape(world.survey())) == ["a", "b"]


@pytest.mark.parametrize(
    ("more", "source", "path", "names", "name"),
    [
        (", labels: {environment: label}", ", targetRevision: env/branch", "overlays/folder", {"app": "told"}, "told"),
        (", labels: {environment: label}", ", targetRevision: env/branch", "overlays/folder", {}, "label"),
        ("", ", targetRevision: env/branch", "overlays/folder", {}, "branch"),
        ("", ", targetRevision: main", "overlays/folder", {}, "folder"),
        ("", "", "shop/environments/folder", {}, "folder"),
        ("", "", "envs/folder/shop", {}, "folder"),
        ("", ", targetRevision: env/a/b", "deploy", {}, ""),
    ],
    ids=["settings", "label", "branch", "overlays", "environments", "envs", "unnamed"],
)
def test_name_of_an_environment(
    world: Any, more: str, source: str, path: str, names: dict[str, str], name: str
) -> None:
    world.write({"app.yaml": world.application("app", path, "shop", more=more, source=source)})
    world.write({f"{path}/web.yaml": world.service("web")})
    found = world.survey(names=names).environments[0]
    assert (found.name, found.scope.named) == (name, bool(name))


def test_two_applications_of_one_name_are_one_environment(world: Any, shape: Any) -> None:
    prod = ", labels: {environment: prod}"
    world.write(
        {
            "apps.yaml": world.application("web", "web", "web", more=prod)
            + "---\n"
            + world.application("db", "db", "db", more=prod),
            "web/s.yaml": world.service("web"),
            "db/s.yaml": world.service("db"),
        }
    )
    sources = [("db", "db", "rendered"), ("web", "web", "rendered")]
    assert shape(world.survey())["prod"] == (True, "in-cluster", sources, ["Service db/db", "Service web/web"])


def test_sources_of_two_clusters_are_kept_apart(world: Any) -> None:
    world.write(
        {
            "apps.yaml": world.application("here", "envs/here", "shop")
            + "---\n"
            + world.application("there", "envs/there", "stock", server="https://10.0.0.1"),
            "envs/here/s.yaml": world.service("web"),
            "envs/there/s.yaml": world.service("api"),
        }
    )
    here, there = world.survey().environments[:2]
    assert (here.cluster.name, there.cluster.name) == ("in-cluster", "https://10.0.0.1")
    assert (here.scope.filled, here.scope.elsewhere) == ({"shop"}, {"stock": "https://10.0.0.1"})
    assert (there.scope.filled, there.scope.elsewhere) == ({"stock"}, {"shop": "in-cluster"})


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ("", ["a"]),
        (", directory: {recurse: true}", ["a", "b", "c"]),
        (", directory: {recurse: true, exclude: '{below/*,x}'}", ["a"]),
        (", directory: {recurse: true, include: '*/b.yaml'}", ["b"]),
        (", directory: {include: '{{x,a},b}.y*ml'}", ["a"]),
        (", directory: {include: '\\a.y?ml'}", ["a"]),
        (", directory: {include: 'n*', disableExtensionFilter: true}", ["notes"]),
    ],
    ids=["flat", "recurse", "exclude", "include", "nested", "quoted", "any-name"],
)
def test_directory_source(world: Any, options: str, names: list[str]) -> None:
    world.write(
        {
            "app.yaml": world.application("app", "deploy", "shop", source=options),
            "deploy/a.yaml": world.service("a"),
            "deploy/below/b.yaml": world.service("b"),
            "deploy/below/c.json": '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "c"}}',
            "deploy/notes.txt": world.service("notes"),
            "deploy/none.yaml": "apiVersion: v1\nkind: ConfigMapList\nitems: null\n",
        }
    )
    assert [resource.name for resource in world.survey().environments[0].resources] == names


def test_directory_source_holds_hidden_files_and_none_that_says_so(world: Any) -> None:
    """In the order in which Argo CD meets them: a folder's files before those of the folder that sorts after it."""
    world.write(
        {
            "app.yaml": world.application("app", "deploy", "shop", source=", directory: {recurse: true}"),
            "deploy/.hidden.yaml": world.service("hidden"),
            "deploy/a-b/beside.yaml": world.service("beside"),
            "deploy/a/.deep/deep.yaml": world.service("deep"),
            "deploy/marked.yaml": "# +argocd:skip-file-rendering\n" + world.service("marked"),
        }
    )
    assert [resource.name for resource in world.survey().environments[0].resources] == ["hidden", "deep", "beside"]


@pytest.mark.parametrize(
    ("text", "status"),
    [("{{ if .on }}\nkey: {{ .on }}\n", "rendered"), ("apiVersion: v1\nkind: Service\nmetadata: [\n", "failed")],
    ids=["template", "manifest"],
)
def test_an_unreadable_file_stops_a_directory_source_where_it_looks_like_a_manifest(
    text: str, status: str, world: Any
) -> None:
    world.write(
        {
            "app.yaml": world.application("app", "deploy", "shop"),
            "deploy/a.yaml": world.service("a"),
            "deploy/other.yaml": text,
        }
    )
    assert world.survey().environments[0].sources[0].status == status


def test_destination_fills_missing_namespaces_only(world: Any, shape: Any) -> None:
    crd = (
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: teams.example.com}\n"
        "spec: {group: example.com, scope: Cluster, names: {kind: Team}}\n"
    )
    world.write(
        {
            "app.yaml": world.application("app", "deploy", "shop"),
            "deploy/a.yaml": "---\n".join(
                [
                    world.service("bare"),
                    world.service("own", "other"),
                    world.object("Namespace", "shop"),
                    world.object("Team", "red", group="example.com/v1"),
                    world.object("Thing", "one", group="example.com/v1"),
                    crd,
                ]
            ),
        }
    )
    assert shape(world.survey())[""][3] == [
        "Service shop/bare",
        "Service other/own",
        "Namespace /shop",
        "Team /red",
        "Thing shop/one",
        "CustomResourceDefinition /teams.example.com",
    ]


def test_lists_are_flattened(world: Any, shape: Any) -> None:
    a, b = ({"apiVersion": "v1", "kind": "Service", "metadata": {"name": name}} for name in "ab")
    inner = {"apiVersion": "v1", "kind": "ServiceList", "items": [b]}
    world.write({"k8s/all.json": json.dumps({"apiVersion": "v1", "kind": "List", "items": [a, inner]})})
    found = world.survey()
    assert shape(found)["k8s"][3] == ["Service default/a", "Service default/b"]
    assert [resource.within for resource in found.environments[0].resources] == [("items", 0), ("items", 1, "items", 0)]


OTHER = "https://git.example.com/team/other"


@pytest.mark.parametrize(
    ("repository", "remote", "urls", "paths", "ours"),
    [
        ("https://git.example.com/team/shop", "", ["git@git.example.com:team/shop.git"], ["deploy"], ["deploy"]),
        ("", "ssh://git@git.example.com/Team/Shop", ["https://git.example.com/team/shop.git"], ["deploy"], ["deploy"]),
        ("", OTHER, ["https://git.example.com/team/shop"], ["deploy"], ["deploy"]),
        ("", "", ["https://a/x", "https://a/x.git"], ["deploy", "more"], ["deploy", "more"]),
        ("", "", ["https://a/x", "https://a/y"], ["deploy", "more"], []),
        ("", "", ["https://a/x", "https://a/x"], ["deploy", "gone"], []),
        ("", OTHER, [OTHER, "https://a/y"], ["deploy", "more"], ["deploy"]),
    ],
    ids=["settings", "remote", "mirror", "shared", "two-urls", "path-gone", "one-is-a-remote"],
)
def test_ours_or_foreign(
    world: Any, repository: str, remote: str, urls: list[str], paths: list[str], ours: list[str]
) -> None:
    world.write({"deploy/s.yaml": world.service("web"), "more/s.yaml": world.service("api")})
    for number, (url, path) in enumerate(zip(urls, paths, strict=True)):
        world.write({f"apps/{number}.yaml": world.application(f"app{number}", path, path, url=url)})
    if remote:
        subprocess.run(["git", "init", "-q"], cwd=world.root, check=True)
        subprocess.run(["git", "remote", "add", "origin", remote], cwd=world.root, check=True)
    found = world.survey(repository=repository)
    assert [s.path for e in found.environments for s in e.sources if s.application and not s.foreign] == ours


def test_assumption_about_the_repository_is_said(world: Any) -> None:
    world.write({"deploy/s.yaml": world.service("web")})
    world.write({"app.yaml": world.application("app", "deploy", "shop", url="https://u:p@a.example/x.git")})
    found = world.survey(repository="")
    assert found.assumptions == (
        "the Applications' repository 'https://a.example/x.git' is this one: every path exists here",
    )


def test_why_a_repository_is_taken_for_another_is_said(world: Any) -> None:
    world.write({"app.yaml": world.application("app", "gone", "shop", url="https://a.example/x.git")})
    (assumption,) = world.survey(repository="").assumptions
    assert assumption == (
        "the Applications' repository 'https://a.example/x.git' is another one: it is no remote of this repository, "
        "and 'gone' does not exist here; [argocd] repository in ringtrue.toml can say otherwise"
    )


@pytest.mark.parametrize(
    ("files", "source", "reason"),
    [
        ({"deploy/Chart.yaml": "name: x\n"}, "", "is a Helm chart, and helm is not on PATH"),
        ({"deploy/Chart.yaml": ""}, ", helm: {releaseName: x}", "is a Helm chart, and helm is not on PATH"),
        ({"deploy/kustomization.yaml": ""}, ", plugin: {name: x}", "is rendered by a plugin"),
        ({"deploy/main.jsonnet": "{}"}, "", "is written in Jsonnet"),
    ],
    ids=["chart", "helm", "plugin", "jsonnet"],
)
def test_source_that_is_not_rendered_opens_its_namespace(
    world: Any, files: dict[str, str], source: str, reason: str
) -> None:
    world.write({"app.yaml": world.application("app", "deploy", "shop", source=source), **files})
    found = world.survey()
    environment = found.environments[0]
    assert [(s.path, s.status.value, s.reason) for s in environment.sources] == [("deploy", "skipped", reason)]
    assert environment.scope.open["shop"] == (Opening(f"is filled by source 'deploy' too, which {reason}"),)
    (fault,) = found.faults
    assert fault.problem.message == f"Application 'app' is not checked: its source {reason}"
    assert (fault.rule, fault.problem.severity, environment.complete) == (
        "source-does-not-render",
        Severity.NOTE,
        False,
    )


def test_an_application_of_another_repository_is_named(world: Any) -> None:
    world.write(
        {
            "deploy/s.yaml": world.service("web"),
            "apps/own.yaml": world.application("own", "deploy", "shop", url="https://a.example/x"),
            "apps/other.yaml": world.application("other", "charts", "cache", url="https://user:secret@a.example/y"),
        }
    )
    found = world.survey(repository="https://a.example/x")
    skipped = [(s.application_name, s.reason) for e in found.environments for s in e.sources if s.foreign]
    assert skipped == [("other", "reads another repository, 'https://a.example/y'")]


def test_a_hydrated_application_reads_its_dry_source(world: Any) -> None:
    """It would render that source onto a branch of its own: what is written here is what goes there."""
    source = "  source: {repoURL: 'https://git.example.com/team/shop.git', path: 'deploy'}\n"
    dry = source.replace("  source:", "    drySource:").replace("deploy'", "deploy', targetRevision: main")
    hydrated = f"  sourceHydrator:\n{dry}    syncSource: {{targetBranch: env/prod, path: prod}}\n"
    world.write({"app.yaml": world.application("app", "deploy", "shop").replace(source, hydrated)})
    world.write({"deploy/s.yaml": world.service("web")})
    (environment,) = [each for each in world.survey().environments if each.listed]
    assert [(source.path, source.route, source.revision) for source in environment.sources] == [
        ("deploy", ("spec", "sourceHydrator", "drySource"), "main")
    ]
    assert [str(resource) for resource in environment.resources] == ["Service shop/web"]
