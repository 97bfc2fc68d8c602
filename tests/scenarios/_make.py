"""Writes every scenario from `healthy/`: the same repository with one change. Run it after changing either.

    python tests/scenarios/_make.py

`expected.txt` is not written here: `pytest tests/scenarios --update-expected` prints it, and a person reads it.
"""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

HERE = Path(__file__).parent
HEALTHY = HERE / "healthy"
PROD = "overlays/prod/kustomization.yaml"
DEPLOYMENT = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "dep-centos"}
JOB = {"apiVersion": "batch/v1", "kind": "Job", "name": "job-smoke-test"}


@dataclass(frozen=True, slots=True)
class Scenario:
    """`change` and `mend` become the comment of its ringtrue.toml; a good one has no mend."""

    name: str
    change: str
    mend: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    """Written over those of the healthy twin."""
    settings: str = ""
    """More of ringtrue.toml."""


def prod(patches: str = "", replacements: bool = True, fields: str = "namespace: httpd-prod", more: str = "") -> str:
    """The kustomization of overlays/prod: the healthy one with patches, without its replacements, with more files."""
    head, _, tail = (HEALTHY / PROD).read_text().partition("namespace: httpd-prod\n")
    resources, _, replaced = tail.partition("replacements:\n")
    patched = f"patches:\n{patches}" if patches else ""
    return f"{head}{fields}\n{resources}{more}{patched}" + (f"replacements:\n{replaced}" if replacements else "")


def container(workload: Mapping[str, str], text: str) -> str:
    """A strategic merge patch of a client's one container."""
    inner = textwrap.indent(textwrap.dedent(text), " " * 10)
    return (
        f"apiVersion: {workload['apiVersion']}\nkind: {workload['kind']}\nmetadata:\n  name: {workload['name']}\n"
        f"spec:\n  template:\n    spec:\n      containers:\n        - name: curl\n{inner}"
    )


def callers(text: str) -> str:
    """The same patch for both that call the web server: the client and the smoke test."""
    return container(DEPLOYMENT, text) + "---\n" + container(JOB, text)


def host(name: str) -> str:
    return callers(f"env:\n  - name: HTTPD_HOST\n    value: {name}\n")


def other_host(name: str, change: str, mend: str, value: str) -> Scenario:
    """Prod writes the host itself; its replacement would overwrite the patch, so it is gone."""
    files = {PROD: prod("  - path: host.yaml\n", replacements=False), "overlays/prod/host.yaml": host(value)}
    return Scenario(name, change, mend, files)


def patched(name: str, change: str, mend: str, path: str, patch: str) -> Scenario:
    return Scenario(name, change, mend, {PROD: prod(f"  - path: {path}\n"), f"overlays/prod/{path}": patch})


def service(spec: str) -> str:
    inner = textwrap.indent(textwrap.dedent(spec), "  ")
    return f"apiVersion: v1\nkind: Service\nmetadata:\n  name: svc-clusterip-httpd\nspec:\n{inner}"


def without(policy: str) -> str:
    return f"$patch: delete\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: {policy}\n"


FROM_TOOLS = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: httpd-from-tools
spec:
  podSelector:
    matchLabels:
      component: httpd_webserver
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: httpd-prod-tools
      ports:
        - port: http
"""
TARGET_PORT = "- op: replace\n  path: /spec/ports/0/targetPort\n  value: {}\n"


def target_port(name: str, change: str, mend: str, value: str) -> Scenario:
    files = {
        PROD: prod("  - target:\n      kind: Service\n    path: target-port.yaml\n"),
        "overlays/prod/target-port.yaml": TARGET_PORT.format(value),
    }
    return Scenario(name, change, mend, files)


def frozen() -> Scenario:
    copy = prod(fields="namespace: default").replace("../../base", "../../../base")
    plain = prod(replacements=False).replace("../../base", "base")
    return Scenario(
        "frozen-replacement",
        "Prod has a copy of base of its own with `namespace: default`, and the replacement stands in it: it copies "
        "that name, and the namespace of the overlay comes too late.",
        "Move the replacements from overlays/prod/base to overlays/prod, beside its `namespace:`.",
        {PROD: plain, "overlays/prod/base/kustomization.yaml": copy},
    )


def across_namespaces() -> Scenario:
    head = (HEALTHY / PROD).read_text().partition("namespace:")[0]
    tools = (HEALTHY / "apps/centos-client/deployment.yaml").read_text()
    for old, new in (("dep-centos", "dep-tools"), ("centos_client", "tools"), (".default.svc.cluster.local", "")):
        tools = tools.replace(old, new)
    web = prod(more="  - networkpolicy.yaml\n").replace("../../base", "../../../base")
    return Scenario(
        "bare-name-across-namespaces",
        "A second client, in the namespace httpd-prod-tools and let in from there, calls the Service by its bare name: "
        "the pod's resolver completes it with the pod's own namespace.",
        "Write svc-clusterip-httpd.httpd-prod in overlays/prod/tools/deployment.yaml.",
        {
            PROD: f"{head}resources:\n  - web\n  - tools\n",
            "overlays/prod/web/kustomization.yaml": web,
            "overlays/prod/web/networkpolicy.yaml": FROM_TOOLS,
            "overlays/prod/tools/kustomization.yaml": f"{head}namespace: httpd-prod-tools\nresources:\n"
            "  - deployment.yaml\n  - namespace.yaml\n",
            "overlays/prod/tools/deployment.yaml": tools,
            "overlays/prod/tools/namespace.yaml": "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: tools\n",
        },
    )


def base_typo() -> Scenario:
    path = "apps/centos-client/deployment.yaml"
    return Scenario(
        "base-typo",
        "The host that all environments share misspells the Service; each overlay writes its namespace into it.",
        f"Write svc-clusterip-httpd in {path}.",
        {path: (HEALTHY / path).read_text().replace("svc-clusterip-httpd", "svc-clusterip-htpd")},
    )


def base_nobody_let_in() -> Scenario:
    path = "base/kustomization.yaml"
    return Scenario(
        "base-nobody-let-in",
        "The base has the default deny, but not the policy that lets the clients in: one fault in all environments.",
        "Delete base/without-ingress.yaml and its entry under patches.",
        {
            path: (HEALTHY / path).read_text() + "patches:\n  - path: without-ingress.yaml\n",
            "base/without-ingress.yaml": without("httpd-from-client"),
        },
    )


FAULTS = (
    base_typo(),
    base_nobody_let_in(),
    other_host(
        "service-name-typo",
        "Prod's host misspells the Service.",
        "Write svc-clusterip-httpd in overlays/prod/host.yaml.",
        "svc-clusterip-htpd.httpd-prod.svc.cluster.local",
    ),
    other_host(
        "namespace-typo",
        "Prod's host misspells the namespace.",
        "Write httpd-prod in overlays/prod/host.yaml, or put the replacement back.",
        "svc-clusterip-httpd.httpd-prd.svc.cluster.local",
    ),
    other_host(
        "staging-namespace",
        "Prod's host was copied from staging: it resolves, and calls the wrong environment.",
        "Write httpd-prod in overlays/prod/host.yaml, or put the replacement back.",
        "svc-clusterip-httpd.httpd-staging.svc.cluster.local",
    ),
    other_host(
        "deployment-name",
        "Prod's host is the Deployment's name: only Services have DNS names.",
        "Write svc-clusterip-httpd in overlays/prod/host.yaml.",
        "dep-httpd.httpd-prod.svc.cluster.local",
    ),
    patched(
        "selector-matches-nothing",
        "Prod's Service selects a label that no pod has.",
        "Write httpd_webserver in overlays/prod/selector.yaml.",
        "selector.yaml",
        service("selector:\n  component: httpd_webservr\n"),
    ),
    target_port(
        "target-port-unnamed",
        "Prod's Service sends to a port that no container names.",
        "Write http in overlays/prod/target-port.yaml.",
        "web",
    ),
    target_port(
        "target-port-quoted",
        'Prod\'s targetPort is "80", a string: as a name it needs a letter, so the API server refuses the Service.',
        "Write http, or 8080 without quotes, in overlays/prod/target-port.yaml.",
        '"80"',
    ),
    patched(
        "port-undeclared",
        "Prod's clients call the pod's port 8080, where the Service has 80.",
        "Leave :8080 out in overlays/prod/port.yaml.",
        "port.yaml",
        callers('args:\n  - curl --fail "http://$HTTPD_HOST:8080/"\n'),
    ),
    Scenario(
        "name-prefix",
        "Prod's namePrefix renames the Service and everything in Kubernetes that names it, but no string.",
        "Replace the name too: a replacement of metadata.name with index 0 in overlays/prod/kustomization.yaml.",
        {PROD: prod(fields="namespace: httpd-prod\nnamePrefix: prod-")},
    ),
    frozen(),
    patched(
        "duplicate-port",
        "A strategic merge joins ports by number, so prod's patch adds a second port, and both would need a name.",
        "Change the port with a JSON6902 patch instead of overlays/prod/ports.yaml, or name the new one there.",
        "ports.yaml",
        service("ports:\n  - port: 8080\n    targetPort: http\n"),
    ),
    across_namespaces(),
    patched(
        "nobody-let-in",
        "Prod has the default deny, but not the policy that lets the clients in.",
        "Delete overlays/prod/without-ingress.yaml and its entry under patches.",
        "without-ingress.yaml",
        without("httpd-from-client"),
    ),
    patched(
        "egress-without-dns",
        "Prod has the default deny, but not the policy that lets DNS out: no name resolves.",
        "Delete overlays/prod/without-dns.yaml and its entry under patches.",
        "without-dns.yaml",
        without("allow-dns"),
    ),
    Scenario(
        "policy-lists-service-port",
        "Prod's egress policy names the Service's port. Policies see a packet after the Service has rewritten it.",
        "Write 8080 in overlays/prod/egress-port.yaml.",
        {
            PROD: prod(
                "  - target:\n      kind: NetworkPolicy\n      name: client-to-httpd\n    path: egress-port.yaml\n"
            ),
            "overlays/prod/egress-port.yaml": "- op: replace\n  path: /spec/egress/0/ports/0/port\n  value: 80\n",
        },
    ),
)

PORTLESS = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: dep-httpd
spec:
  template:
    spec:
      containers:
        - name: httpd
          ports: null
"""

LEGACY = """\
apiVersion: v1
kind: Service
metadata:
  name: svc-legacy
spec:
  ports:
    - name: http
      port: 80
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: svc-legacy-1
  labels:
    kubernetes.io/service-name: svc-legacy
addressType: IPv4
endpoints:
  - addresses: ["192.0.2.10"]
ports:
  - name: http
    port: 8081
    protocol: TCP
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: client-to-legacy
spec:
  podSelector:
    matchLabels:
      httpd-access: client
  policyTypes: [Egress]
  egress:
    - ports:
        - port: 8081
"""

DATABASE = """\
apiVersion: v1
kind: Service
metadata:
  name: svc-db
spec:
  clusterIP: None
  selector:
    component: db
  ports:
    - name: postgres
      port: 5432
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: svc-db
  replicas: 2
  selector:
    matchLabels:
      component: db
  template:
    metadata:
      labels:
        component: db
    spec:
      containers:
        - name: postgres
          image: docker.io/library/postgres:17
          ports:
            - name: postgres
              containerPort: 5432
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: client-and-db
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector:
            matchLabels:
              httpd-access: client
      ports:
        - port: postgres
  egress:
    - to:
        - podSelector:
            matchLabels:
              component: db
      ports:
        - port: postgres
"""


def with_env(name: str, change: str, variables: str, more: Mapping[str, str] | None = None) -> Scenario:
    """Prod's client has more environment variables, and prod perhaps more objects."""
    files = dict(more or {})
    resources = "".join(f"  - {Path(path).name}\n" for path in files)
    files[PROD] = prod("  - path: env.yaml\n", more=resources)
    files["overlays/prod/env.yaml"] = container(DEPLOYMENT, "env:\n" + textwrap.indent(variables, "  "))
    return Scenario(name, change, files=files)


GOOD = (
    other_host(
        "good-bare-name",
        "Prod's clients use the bare name, and stand in the Service's own namespace.",
        "",
        "svc-clusterip-httpd",
    ),
    Scenario(
        "good-numeric-target-port",
        "Prod's container declares no port. That is only documentation: a numeric targetPort works without.",
        files={
            PROD: prod("  - path: numeric.yaml\n  - target:\n      name: httpd-from-client\n    path: policy.yaml\n"),
            "overlays/prod/numeric.yaml": service("ports:\n  - port: 80\n    targetPort: 8080\n") + "---\n" + PORTLESS,
            "overlays/prod/policy.yaml": "- op: replace\n  path: /spec/ingress/0/ports/0/port\n  value: 8080\n",
        },
    ),
    replace(
        with_env(
            "good-selectorless-service",
            "A Service without a selector, whose one endpoint an EndpointSlice names. Argo CD applied those until 3.0.",
            "- name: LEGACY_URL\n  value: http://svc-legacy.httpd-prod.svc.cluster.local/\n",
            {"overlays/prod/legacy.yaml": LEGACY},
        ),
        settings='version = "2.14"\n',
    ),
    Scenario(
        "good-pod-namespace",
        "Prod's clients put their own namespace into the host with $(POD_NAMESPACE), declared before its use.",
        files={
            PROD: prod("  - path: host.yaml\n", replacements=False),
            "overlays/prod/host.yaml": callers(
                "env:\n  - name: POD_NAMESPACE\n    valueFrom:\n      fieldRef:\n"
                "        fieldPath: metadata.namespace\n"
                "  - name: HTTPD_HOST\n    value: svc-clusterip-httpd.$(POD_NAMESPACE).svc.cluster.local\n"
            ),
        },
    ),
    with_env(
        "good-external-host",
        "A host outside the cluster is counted, and not judged.",
        "- name: PARTNER_URL\n  value: https://api.partner.example.com/v1\n",
    ),
    with_env(
        "good-no-proxy",
        "What NO_PROXY lists are suffixes and networks that no proxy is asked for, not hosts that are called.",
        "- name: NO_PROXY\n  value: localhost,127.0.0.1,.svc,.cluster.local,svc-retired-httpd,10.0.0.0/8\n",
    ),
    patched(
        "good-comment-in-script",
        "A shell comment names a Service that is gone; nothing calls it.",
        "",
        "script.yaml",
        container(
            DEPLOYMENT,
            'args:\n  - |\n    # Until 2025: curl "http://svc-retired-httpd/"\n    while true; do\n'
            '      curl --fail "http://$HTTPD_HOST/" # not http://svc-retired-httpd:8080/\n      sleep 10\n    done\n',
        ),
    ),
    with_env(
        "good-headless-statefulset",
        "The pods of a StatefulSet have names of their own below its headless Service.",
        "- name: DB_URL\n  value: postgresql://db-1.svc-db.httpd-prod.svc.cluster.local:5432/shop\n",
        {"overlays/prod/database.yaml": DATABASE},
    ),
)


def settings(scenario: Scenario) -> str:
    """ringtrue.toml: the healthy twin's, under a comment that says what is wrong, or right, and what mends it."""
    _, _, tail = (HEALTHY / "ringtrue.toml").read_text().partition("\n\n")
    said = textwrap.wrap(scenario.change, 116)
    if scenario.mend:
        said += textwrap.wrap(f"The mend: {scenario.mend}", 116)
    return "".join(f"# {line}\n" for line in said) + "\n" + tail + scenario.settings


def made(scenario: Scenario) -> dict[str, str]:
    """Every file of a scenario but its expected.txt."""
    files = {
        path.relative_to(HEALTHY).as_posix(): path.read_text()
        for path in sorted(HEALTHY.rglob("*"))
        if path.is_file() and path.name != "expected.txt"
    }
    return files | dict(scenario.files) | {"ringtrue.toml": settings(scenario)}


def main() -> None:
    for scenario in (*FAULTS, *GOOD):
        folder = HERE / scenario.name
        files = made(scenario)
        for old in folder.rglob("*"):
            if old.is_file() and old.name != "expected.txt" and old.relative_to(folder).as_posix() not in files:
                old.unlink()
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)


if __name__ == "__main__":
    main()
