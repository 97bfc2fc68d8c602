"""What mends each fault: the edits that the hint of its finding asks for. Several where the hint names several ways."""

from collections.abc import Mapping
from dataclasses import dataclass

PROD = "overlays/prod/kustomization.yaml"


@dataclass(frozen=True, slots=True)
class Edit:
    """Every `old` text of a file becomes `new`; with no `old` text the file is a new one."""

    path: str
    old: str
    new: str


Mend = tuple[Edit, ...]


def host(wrong: str) -> tuple[Mend, ...]:
    """Prod's patch with the name that the hint asks about."""
    return ((Edit("overlays/prod/host.yaml", f"{wrong}.svc", "svc-clusterip-httpd.httpd-prod.svc"),),)


def policy(folder: str, listed: str, text: str) -> Mend:
    """One more NetworkPolicy among the resources of a folder."""
    more = Edit(f"{folder}/kustomization.yaml", listed, f"{listed}  - more.yaml\n")
    return (more, Edit(f"{folder}/more.yaml", "", text))


ONE_LETS_IN = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: httpd-from-{component}
spec:
  podSelector:
    matchLabels:
      component: httpd_webserver
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector:
            matchLabels:
              component: {component}
              httpd-access: client
      ports:
        - port: 8080
          protocol: TCP
"""
LETS_IN = "---\n".join(
    ONE_LETS_IN.format(component=component).replace(f"-{component}", f"-{component}".replace("_", "-"))
    for component in ("centos_client", "smoke_test")
)
LETS_DNS_OUT = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: dns
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
      ports:
        - port: 53
          protocol: UDP
        - port: 53
          protocol: TCP
"""
NAMES_TOO = """replacements:
  - source:
      kind: Service
      name: svc-clusterip-httpd
      fieldPath: metadata.name
    targets:
      - select:
          kind: Deployment
          name: dep-centos
        fieldPaths:
          - spec.template.spec.containers.[name=curl].env.[name=HTTPD_HOST].value
        options: {delimiter: "."}
      - select:
          kind: Job
          name: job-smoke-test
        fieldPaths:
          - spec.template.spec.containers.[name=curl].env.[name=HTTPD_HOST].value
        options: {delimiter: "."}
"""
REPLACED = """\
  - source:
      kind: Service
      name: svc-clusterip-httpd
      fieldPath: metadata.namespace
    targets:
      - select:
          kind: Deployment
          name: dep-centos
        fieldPaths:
          - spec.template.spec.containers.[name=curl].env.[name=HTTPD_HOST].value
        options:
          delimiter: "."
          index: 1
      - select:
          kind: Job
          name: job-smoke-test
        fieldPaths:
          - spec.template.spec.containers.[name=curl].env.[name=HTTPD_HOST].value
        options:
          delimiter: "."
          index: 1
"""
BASE = "../../base\n"

MENDS: Mapping[str, tuple[Mend, ...]] = {
    "bare-name-across-namespaces": (
        (Edit("overlays/prod/tools/deployment.yaml", "svc-clusterip-httpd", "svc-clusterip-httpd.httpd-prod"),),
    ),
    "base-nobody-let-in": (policy("base", "  - networkpolicy-allow-dns.yaml\n", LETS_IN),),
    "base-typo": ((Edit("apps/centos-client/deployment.yaml", "svc-clusterip-htpd", "svc-clusterip-httpd"),),),
    "deployment-name": host("dep-httpd.httpd-prod"),
    "duplicate-port": (
        (Edit("overlays/prod/ports.yaml", "port: 8080\n", "port: 8080\n      name: http-8080\n"),),
        (
            Edit(PROD, "  - path: ports.yaml\n", "  - path: ports.yaml\n    target: {kind: Service}\n"),
            Edit(
                "overlays/prod/ports.yaml",
                "apiVersion: v1\nkind: Service\nmetadata:\n  name: svc-clusterip-httpd\nspec:\n"
                "  ports:\n    - port: 8080\n      targetPort: http\n",
                "- {op: replace, path: /spec/ports/0/targetPort, value: 8080}\n",
            ),
        ),
    ),
    "egress-without-dns": (policy("overlays/prod", BASE, LETS_DNS_OUT),),
    "frozen-replacement": (
        (Edit("overlays/prod/base/kustomization.yaml", "namespace: default", "namespace: httpd-prod"),),
        (
            Edit("overlays/prod/base/kustomization.yaml", f"replacements:\n{REPLACED}", ""),
            Edit(PROD, "resources:\n", f"replacements:\n{REPLACED}resources:\n"),
        ),
    ),
    "name-prefix": ((Edit(PROD, "namePrefix: prod-\n", ""),), (Edit(PROD, "replacements:\n", NAMES_TOO),)),
    "namespace-typo": host("svc-clusterip-httpd.httpd-prd"),
    "nobody-let-in": (policy("overlays/prod", BASE, LETS_IN),),
    "policy-lists-service-port": ((Edit("overlays/prod/egress-port.yaml", "value: 80\n", "value: 8080\n"),),),
    "port-undeclared": ((Edit("overlays/prod/port.yaml", ":8080/", ":80/"),),),
    "selector-matches-nothing": ((Edit("overlays/prod/selector.yaml", "httpd_webservr", "httpd_webserver"),),),
    "service-name-typo": host("svc-clusterip-htpd.httpd-prod"),
    "staging-namespace": host("svc-clusterip-httpd.httpd-staging"),
    "target-port-quoted": (
        (Edit("overlays/prod/target-port.yaml", 'value: "80"', "value: http"),),
        (Edit("overlays/prod/target-port.yaml", 'value: "80"', "value: 8080"),),
    ),
    "target-port-unnamed": ((Edit("overlays/prod/target-port.yaml", "value: web", "value: http"),),),
    "tutorial-other-namespace": ((Edit("pod.yaml", "svc-clusterip-httpd/", "svc-clusterip-httpd.default/"),),),
}  # fmt: skip
"""By scenario."""
