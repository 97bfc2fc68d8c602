"""Every Kubernetes program that a cluster needs, as one file; its first argument says which one it is."""

from pathlib import Path

from components.building import COMPONENTS, go_program

VERSION = (1, 35)
RELEASE = "1.35.4"


def kubernetes() -> Path:
    """The program; `kubernetes() kube-apiserver ...`, and so on: `kubernetes/main.go` lists them."""
    said = {"gitVersion": f"v{RELEASE}", "gitMajor": VERSION[0], "gitMinor": VERSION[1]}
    linked = " ".join(f"-X k8s.io/component-base/version.{name}={value}" for name, value in said.items())
    return go_program(COMPONENTS / "kubernetes", linked=linked)
