"""The files that kubeconform reads."""

import json
from pathlib import Path

import pytest

from make_schema_tables import main
from ringtrue.manifests.tables import kinds_of


def test_export_names_files_as_kubeconform_asks_for_them(tmp_path: Path) -> None:
    assert main(["--export", str(tmp_path), "--minor", "1.35"]) == 0

    names = {path.name for path in (tmp_path / "v1.35").iterdir()}
    assert [path.name for path in tmp_path.iterdir()] == ["v1.35"]
    assert len(names) == len(kinds_of((1, 35)))
    assert {"deployment-apps-v1.json", "service-v1.json", "networkpolicy-networking-v1.json"} < names
    assert {"application-argoproj-v1alpha1.json", "role-rbac-v1.json"} < names


def test_an_exported_schema_stands_alone(tmp_path: Path) -> None:
    main(["--export", str(tmp_path), "--minor", "1.35"])

    schema = json.loads((tmp_path / "v1.35" / "configmap-v1.json").read_text())
    defined = [name.removeprefix("io.k8s.apimachinery.pkg.apis.meta.v1.") for name in schema["$defs"]]
    assert defined == ["FieldsV1", "ManagedFieldsEntry", "ObjectMeta", "OwnerReference", "Time"]
    assert schema["properties"]["data"] == {
        "type": ["object", "null"],
        "additionalProperties": {"type": ["string", "null"]},
    }
    assert schema["additionalProperties"] is False


def test_export_of_an_unknown_minor(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["--export", str(tmp_path), "--minor", "1.20"])
