"""The second opinion really has one: it passes what is right and names what is not."""

import shutil
import subprocess
from pathlib import Path

from kubeconform import KUBECONFORM, SCHEMAS, command
from render_environments import ROOT


def run(folder: Path) -> tuple[int, str]:
    assert KUBECONFORM.exists(), "kubeconform is missing: run `make tools`"
    assert SCHEMAS.exists(), "the schemas are missing: run `make tools`"
    done = subprocess.run(command([folder]), cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.replace(str(folder), "")


def test_the_environments_are_valid() -> None:
    assert run(ROOT / "tests" / "golden") == (
        0,
        "Summary: 36 resources found in 3 files - Valid: 36, Invalid: 0, Errors: 0, Skipped: 0\n",
    )


def test_argo_cds_objects_are_valid() -> None:
    assert run(ROOT / "argocd") == (
        0,
        "Summary: 7 resources found in 7 files - Valid: 7, Invalid: 0, Errors: 0, Skipped: 0\n",
    )


def test_a_misspelt_field_is_named(tmp_path: Path) -> None:
    shutil.copy(ROOT / "base" / "networkpolicy-default-deny.yaml", tmp_path)
    policy = tmp_path / "networkpolicy-default-deny.yaml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("policyTypes", "policyType"), encoding="utf-8")

    status, output = run(tmp_path)

    assert (status, output.splitlines()[-1]) == (
        1,
        "Summary: 1 resource found in 1 file - Valid: 0, Invalid: 1, Errors: 0, Skipped: 0",
    )
    assert "at '/spec': additional properties 'policyType' not allowed" in output
