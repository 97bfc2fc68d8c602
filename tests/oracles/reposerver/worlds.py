"""Random small repositories: kustomizations, components, plain folders and a chart, in which fields collide."""

import json
from pathlib import Path
from random import Random
from typing import Any

APPLICATION = "argocd/application.yaml"
URL = "https://git.example.com/team/shop.git"
KUSTOMIZATIONS = ("base", "overlay")
COMPONENTS = ("../parts/one", "../parts/two", "../parts/empty", "../parts/none")
_NAMES = ("kustomization.yaml", "kustomization.yaml", "kustomization.yml", "Kustomization")
LABELS = ("app", "tier", "team", "example.com/zone")
IMAGES = ("nginx", "registry.example.com/shop/api", "redis", "absent")


def world(random: Random) -> dict[str, str]:
    """Files by their paths."""
    return {
        "ringtrue.toml": f'[argocd]\nrepository = "{URL}"\n',
        f"base/{random.choice(_NAMES)}": _base(random),
        "base/web.yaml": _many(_deployment("web", "nginx:1.25"), _service("web"), _policy("web")),
        "base/api.yaml": _many(_stateful("api", "registry.example.com/shop/api@sha256:" + "a" * 64), _service("api")),
        "base/rest.yaml": _many(_account(), _binding(), _cron("tidy", "redis"), _budget("web")),
        f"overlay/{random.choice(_NAMES)}": _overlay(random),
        "overlay/scale.yaml": _many(
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}, "spec": {"replicas": 3}}
        ),
        "parts/one/kustomization.yaml": _many(_component(namePrefix="one-")),
        "parts/two/kustomization.yaml": _many(_component(resources=["extra.yaml"], commonAnnotations={"part": "two"})),
        "parts/two/extra.yaml": _many({**_service("extra"), "spec": {"ports": [{"port": 81}]}}),
        "parts/empty/README.md": "nothing\n",
        **_plain(random),
        **_chart(random),
    }


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def _base(random: Random) -> str:
    made: dict[str, Any] = {"resources": ["web.yaml", "api.yaml", "rest.yaml"]}
    made["configMapGenerator"] = [{"name": "settings", "literals": ["mode=slow", "on=true"]}]
    return _kustomization(random, made, _optional(random))


def _overlay(random: Random) -> str:
    made: dict[str, Any] = {"resources": ["../base"]}
    if random.random() < 0.5:
        made["patches"] = [{"path": "scale.yaml"}]
    if random.random() < 0.3:
        made["components"] = ["../parts/two"]
    return _kustomization(random, made, _optional(random))


def _optional(random: Random) -> dict[str, Any]:
    """Fields that overrides meet."""
    pairs = {random.choice(LABELS): random.choice(("web", "old"))}
    fields: dict[str, Any] = {
        "namespace": random.choice(("shop", "default")),
        "namePrefix": "a-",
        "nameSuffix": "-z",
        "commonLabels": pairs,
        "labels": [{"pairs": pairs, "includeSelectors": random.random() < 0.3, "includeTemplates": True}],
        "commonAnnotations": {"note": "old"},
        "images": [{"name": "nginx", "newTag": "1.26"}, {"name": "redis", "newName": "valkey"}],
        "replicas": [{"name": "web", "count": 2}],
        "patches": [
            {"target": {"kind": "Service"}, "patch": '[{"op": "add", "path": "/spec/type", "value": "NodePort"}]'}
        ],
    }
    return {key: fields[key] for key in fields if random.random() < 0.3}


def _kustomization(random: Random, made: dict[str, Any], more: dict[str, Any]) -> str:
    head = {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization"} if random.random() < 0.7 else {}
    return _many({**head, **more, **made})


def _plain(random: Random) -> dict[str, str]:
    """A folder without a kustomization; each file but the first may be missing."""
    files = {
        "plain/web.yaml": _many(_deployment("web", "nginx"), _service("web")),
        "plain/on.yml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: on}\ndata: {a: 'yes', b: \"1\"}\n",
        "plain/numbers.yaml": "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: n}\n"
        "spec: {a: 1.0, b: 0x10, c: 1e3, d: 010, e: yes, f: ~, g: 12345678901, h: 2024-01-01, i: 1_000, j: .5}\n",
        "plain/one.json": json.dumps(_service("json")),
        "plain/list.yaml": _many({"apiVersion": "v1", "kind": "List", "items": [_service("x"), _service("y")]}),
        "plain/null.yaml": "apiVersion: v1\nkind: ConfigMapList\nitems: null\n",
        "plain/gaps.yaml": "---\n# nothing\n---\n" + _many(_service("gap")) + "---\n---\n",
        "plain/values.yaml": "replicas: 1\nimage: nginx\n",
        "plain/marked.yaml": "# +argocd:skip-file-rendering\n" + _many(_service("marked")),
        "plain/.hidden.yaml": _many(_service("hidden")),
        "plain/a/deep.yaml": _many(_service("deep")),
        "plain/a-b/deep.yaml": _many(_service("beside")),
        "plain/a/b/deeper.json": json.dumps(_service("deeper")),
        "plain/sub/kustomization.yaml": "resources: []\n",
        "plain/notes.txt": _many(_service("text")),
        "plain/bad.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: [\n",
        "plain/template.yaml": "{{- if .Values.on }}\nkey: {{ .Values.on }}\n{{- end }}\n",
    }
    rare = ("plain/bad.yaml", "plain/template.yaml")
    kept = {key: text for key, text in files.items() if random.random() < (0.1 if key in rare else 0.6)}
    return {"plain/web.yaml": files["plain/web.yaml"], **kept}


def _chart(random: Random) -> dict[str, str]:
    template = (
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-settings\n"
        "  namespace: {{ .Release.Namespace }}\ndata:\n  mode: {{ .Values.mode | quote }}\n"
        "  list: {{ .Values.list | toJson | quote }}\n  kube: {{ .Capabilities.KubeVersion.Version | quote }}\n"
        '  new: {{ .Capabilities.APIVersions.Has "example.com/v1" | quote }}\n  number: {{ kindOf .Values.number }}\n'
    )
    files = {
        "chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
        "chart/values.yaml": "mode: slow\nlist: [a]\nnumber: 1\nnested: {a: 1}\n",
        "chart/values-prod.yaml": "mode: fast\n",
        "chart/templates/settings.yaml": template,
        "chart/templates/empty.yaml": "{{ if .Values.never }}\na: b\n{{ end }}\n",
        "chart/templates/tests/try.yaml": _many(
            {
                "apiVersion": "v1",
                "kind": "Pod",
                "metadata": {"name": "try", "annotations": {"helm.sh/hook": "test"}},
                "spec": {"containers": [{"name": "a", "image": "redis"}]},
            }
        ),
        "chart/crds/things.yaml": _many(_definition()),
        "chart/note.txt": "a, b\n",
        "values/more.yaml": "mode: shared\nlist: [b, c]\n",
    }
    if random.random() < 0.3:
        files["chart/values.schema.json"] = json.dumps({"properties": {"mode": {"enum": ["slow", "fast", "shared"]}}})
    return files


def _many(*documents: Any) -> str:
    """JSON is YAML."""
    return "---\n".join(json.dumps(each, indent=2) + "\n" for each in documents)


def _object(api: str, kind: str, name: str, **fields: Any) -> dict[str, Any]:
    return {"apiVersion": api, "kind": kind, "metadata": {"name": name, "labels": {"app": name}}, **fields}


def _template(name: str, image: str) -> dict[str, Any]:
    reading = [{"name": "MODE", "valueFrom": {"configMapKeyRef": {"name": "settings", "key": "mode"}}}]
    containers = [{"name": "main", "image": image, "env": reading, "ports": [{"containerPort": 80}]}]
    return {"metadata": {"labels": {"app": name}}, "spec": {"containers": containers, "serviceAccountName": "runner"}}


def _deployment(name: str, image: str) -> dict[str, Any]:
    spec = {"replicas": 1, "selector": {"matchLabels": {"app": name}}, "template": _template(name, image)}
    return _object("apps/v1", "Deployment", name, spec=spec)


def _stateful(name: str, image: str) -> dict[str, Any]:
    spec = {"serviceName": name, "selector": {"matchLabels": {"app": name}}, "template": _template(name, image)}
    return _object("apps/v1", "StatefulSet", name, spec=spec)


def _cron(name: str, image: str) -> dict[str, Any]:
    template = _template(name, image)
    template["spec"]["restartPolicy"] = "Never"
    spec = {"schedule": "0 3 * * *", "jobTemplate": {"spec": {"template": template}}}
    return _object("batch/v1", "CronJob", name, spec=spec)


def _service(name: str) -> dict[str, Any]:
    return _object("v1", "Service", name, spec={"selector": {"app": name}, "ports": [{"port": 80}]})


def _policy(name: str) -> dict[str, Any]:
    peer = [{"podSelector": {"matchLabels": {"app": "api"}}}]
    spec = {"podSelector": {"matchLabels": {"app": name}}, "ingress": [{"from": peer}]}
    return _object("networking.k8s.io/v1", "NetworkPolicy", name, spec=spec)


def _budget(name: str) -> dict[str, Any]:
    spec = {"minAvailable": "50%", "selector": {"matchLabels": {"app": name}}}
    return _object("policy/v1", "PodDisruptionBudget", name, spec=spec)


def _account() -> dict[str, Any]:
    return _object("v1", "ServiceAccount", "runner")


def _binding() -> dict[str, Any]:
    role = {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"}
    subjects = [{"kind": "ServiceAccount", "name": "runner", "namespace": "default"}]
    return _object("rbac.authorization.k8s.io/v1", "RoleBinding", "runner", roleRef=role, subjects=subjects)


def _component(**fields: Any) -> dict[str, Any]:
    return {"apiVersion": "kustomize.config.k8s.io/v1alpha1", "kind": "Component", **fields}


def _definition() -> dict[str, Any]:
    names = {"kind": "Thing", "plural": "things"}
    schema = {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}
    version = {"name": "v1", "served": True, "storage": True, "schema": schema}
    spec = {"group": "example.com", "names": names, "scope": "Namespaced", "versions": [version]}
    return _object("apiextensions.k8s.io/v1", "CustomResourceDefinition", "things.example.com", spec=spec)
