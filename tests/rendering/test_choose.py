"""Which renderer a run gets."""

from pathlib import Path

import pytest

from ringtrue.errors import ToolMissing
from ringtrue.rendering.choose import BUILTIN, choose
from ringtrue.rendering.request import KUSTOMIZE_VERSION, Limits

ABSENT = Path("absent")


def script(folder: Path, name: str, text: str = "#!/bin/sh\n") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def test_the_built_in_renderer_comes_first(tmp_path: Path) -> None:
    script(tmp_path, "kustomize")
    renderer = choose(Limits(), {"PATH": str(tmp_path)})
    assert (renderer.name, renderer.version, renderer.is_fallback) == ("built-in renderer", KUSTOMIZE_VERSION, False)


def test_then_kustomize(tmp_path: Path) -> None:
    script(tmp_path, "kubectl")
    script(tmp_path, "kustomize", "#!/bin/sh\necho v5.8.1\n")
    renderer = choose(Limits(), {"PATH": str(tmp_path)}, ABSENT)
    assert (renderer.name, renderer.version, renderer.is_fallback) == ("kustomize", "5.8.1", True)


def test_then_kubectl(tmp_path: Path) -> None:
    script(tmp_path, "kubectl", "#!/bin/sh\necho 'Client Version: v1.37.1'; echo 'Kustomize Version: v5.8.1'\n")
    renderer = choose(Limits(), {"PATH": str(tmp_path)}, ABSENT)
    assert (renderer.name, renderer.version, renderer.is_fallback) == ("kubectl", "5.8.1", True)


@pytest.mark.parametrize("text", ["#!/bin/sh\necho rubbish\n", "#!/bin/sh\nexit 1\n", "not a program"])
def test_a_built_in_renderer_that_does_not_work_is_passed_over(tmp_path: Path, text: str) -> None:
    broken = script(tmp_path, "_renderer", text)
    script(tmp_path, "kustomize")
    assert choose(Limits(), {"PATH": str(tmp_path)}, broken).name == "kustomize"


def test_nothing_at_all_names_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(ToolMissing) as caught:
        choose(Limits(), {"PATH": str(tmp_path)}, ABSENT)
    assert str(caught.value) == (
        "nothing can render a kustomization: the built-in renderer was not built, and neither kustomize nor kubectl "
        "is on PATH; install kustomize 5.8.1, or install ringtrue again where Go modules can be fetched"
    )


def test_the_version_is_one_constant() -> None:
    source = (Path(__file__).parents[2] / "scripts/renderer/version.go").read_text(encoding="utf-8")
    assert f'kustomizeVersion = "{KUSTOMIZE_VERSION}"' in source
    assert BUILTIN.parent.name == "rendering"
