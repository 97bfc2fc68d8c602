"""Random Applications over such a repository: every field of a source that changes what is rendered."""

import json
from random import Random
from typing import Any

from reposerver.worlds import COMPONENTS, IMAGES, KUSTOMIZATIONS, LABELS, URL

_VALUES = ("web", "new", "$ARGOCD_APP_NAME", "${ARGOCD_APP_REVISION_SHORT}", "a$$b", "${NOBODY}x")
_GLOBS = (
    "*.yaml",
    "*.json",
    "a/*",
    "a*",
    "{web,list}.yaml",
    "?n.yml",
    "[a-m]*",
    "*/deep*",
    "**/*.json",
    "web.yaml",
    "{{web,x},one}.*",
    "\\web.yaml",
)


def application(random: Random, files: dict[str, str]) -> dict[str, Any]:
    """An Application; now and then some of what it says stands in a file of its folder instead, put into `files`."""
    path = random.choices((*KUSTOMIZATIONS, "plain", "chart", "nowhere"), (25, 30, 25, 18, 2))[0]
    source: dict[str, Any] = {"repoURL": URL, "path": path, "targetRevision": "main"}
    tool = {"plain": "directory", "chart": "helm"}.get(path, "kustomize")
    options = {"directory": _directory, "helm": _helm, "kustomize": _kustomize}[tool](random)
    name = random.choice(("shop", "shop-eu"))
    if options and random.random() < 0.12:
        where = random.choice((".argocd-source.yaml", f".argocd-source-{name}.yaml", ".argocd-source-other.yaml"))
        files[f"{path}/{where}"] = json.dumps({tool: options, "targetRevision": "other"})
        options = {}
    if options:
        source[tool] = options
    if random.random() < 0.02:
        source["directory"] = {"recurse": True}
    return {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": {"name": name, "namespace": random.choice(("argocd", "argocd", "argocd", "team"))},
        "spec": {
            "project": random.choice(("default", "shop")),
            "source": source,
            "destination": {"server": "https://kubernetes.default.svc", "namespace": random.choice(("shop", "eu"))},
        },
    }


def _some(random: Random, fields: dict[str, Any], share: float) -> dict[str, Any]:
    """Each with this chance; a falsy one is written too."""
    return {key: value for key, value in fields.items() if random.random() < share}


def _pairs(random: Random, keys: tuple[str, ...]) -> dict[str, str]:
    return {key: random.choice(_VALUES) for key in random.sample(keys, random.choice((1, 1, 2)))}


def _kustomize(random: Random) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "namePrefix": random.choice(("p-", "", "-")),
        "nameSuffix": random.choice(("-s", "--")),
        "images": random.sample([_image(random) for _ in range(3)], random.choice((1, 2))),
        "replicas": [{"name": random.choice(("web", "api", "absent")), "count": random.choice((0, 3, "4"))}],
        "commonLabels": _pairs(random, LABELS),
        "labelWithoutSelector": random.random() < 0.7,
        "labelIncludeTemplates": random.random() < 0.5,
        "forceCommonLabels": random.random() < 0.6,
        "commonAnnotations": _pairs(random, ("note", "part")),
        "commonAnnotationsEnvsubst": random.random() < 0.7,
        "forceCommonAnnotations": random.random() < 0.6,
        "namespace": random.choice(("target", "shop")),
        "patches": [_patch(random)],
        "components": random.sample(COMPONENTS, random.choice((1, 1, 2, 3))),
        "ignoreMissingComponents": random.random() < 0.8,
        "kubeVersion": "1.30",
    }
    return _some(random, fields, 0.4)


def _image(random: Random) -> str:
    name = random.choice(IMAGES)
    digest = "@sha256:" + "b" * 64
    forms = (
        f"{name}:2.0",
        f"{name}{digest}",
        f"{name}=mirror.example.com/x",
        f"{name}=x:3",
        f"{name}:$ARGOCD_APP_NAME",
    )
    return random.choice((*forms, f"{name}=*:4", f"{name}:v${{ARGOCD_APP_REVISION_SHORT_8}}", f"{name}={name}{digest}"))


def _patch(random: Random) -> dict[str, Any]:
    remove = json.dumps([{"op": "remove", "path": "/spec/replicas"}])
    add = json.dumps([{"op": "add", "path": "/metadata/annotations", "value": {"x": "1"}}])
    merge = json.dumps(
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {"type": "NodePort"}}
    )
    renamed = json.dumps(
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "renamed"}, "spec": {"ports": []}}
    )
    return random.choice(
        (
            {"target": {"kind": "Deployment"}, "patch": remove},
            {"target": {"kind": "Deployment", "name": "web"}, "patch": add},
            {"target": {"labelSelector": "app=web"}, "patch": add},
            {"target": {"kind": "Job"}, "patch": remove},
            {"patch": merge},
            {"target": {"kind": "Service", "name": "web"}, "patch": renamed, "options": {"allowNameChange": True}},
            {"path": "scale.yaml"},
            {"path": "absent.yaml"},
        )
    )


def _directory(random: Random) -> dict[str, Any]:
    fields = {"recurse": random.random() < 0.7, "include": random.choice(_GLOBS), "exclude": random.choice(_GLOBS)}
    if random.random() < 0.2:
        fields["disableExtensionFilter"] = True
    return _some(random, fields, 0.4)


def _helm(random: Random) -> dict[str, Any]:
    files = ("values-prod.yaml", "../values/more.yaml", "/values/more.yaml", "absent.yaml", "values-$ARGOCD_ENV.yaml")
    fields: dict[str, Any] = {
        "releaseName": "other",
        "namespace": "elsewhere",
        "valueFiles": random.sample(files, random.choice((1, 1, 2))),
        "ignoreMissingValueFiles": random.random() < 0.8,
        "values": random.choice(("mode: text\n", "", "mode: fast\nlist: []\n")),
        "valuesObject": random.choice(({"mode": "slow", "number": 1.5}, {"list": ["1e3", {"y": "on"}]}, {})),
        "parameters": _parameters(random),
        "fileParameters": [{"name": "mode", "path": random.choice(("note.txt", "absent.txt"))}],
        "apiVersions": ["example.com/v1"],
        "kubeVersion": random.choice(("1.29.3", "v1.31", "1.30.2+k3s1")),
        "skipCrds": random.random() < 0.7,
        "skipSchemaValidation": random.random() < 0.7,
        "skipTests": random.random() < 0.7,
    }
    return _some(random, fields, 0.3)


def _parameters(random: Random) -> list[dict[str, Any]]:
    """Never a list beside an entry of it: Argo CD hands them to helm in no order."""
    names = random.choice((("mode", "number", "nested.a", "list"), ("mode", "list[0]")))
    values = ("fast", "7", "true", "a,b", "{a,b}", "$ARGOCD_APP_NAME", "")
    return [
        {"name": random.choice(names), "value": random.choice(values)}
        | ({"forceString": True} if random.random() < 0.4 else {})
        for _ in range(random.choice((1, 2)))
    ]
