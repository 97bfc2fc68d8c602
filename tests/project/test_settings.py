"""This repository's own ringtrue.toml: strict, and in step with what it judges."""

import yaml

from render_environments import ROOT, environments
from ringtrue.config import load
from ringtrue.findings import Severity

CONFIG = load(ROOT)


def test_this_repository_is_judged_strictly() -> None:
    assert (CONFIG.complete, CONFIG.policy, CONFIG.unknown) == (True, True, Severity.ERROR)
    assert (CONFIG.ignores, CONFIG.external) == ((), ())


def test_every_environment_has_its_place_in_the_order() -> None:
    assert sorted(CONFIG.order) == environments()


def test_pod_security_is_that_of_the_clusters_version() -> None:
    namespace = yaml.safe_load((ROOT / "base" / "namespace.yaml").read_text(encoding="utf-8"))
    levels = {key: value for key, value in namespace["metadata"]["labels"].items() if key.endswith("-version")}

    assert levels == dict.fromkeys(levels, f"v{CONFIG.version[0]}.{CONFIG.version[1]}")
    assert len(levels) == 3


def test_the_repository_is_the_one_that_every_application_names() -> None:
    documents = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (ROOT / "argocd").rglob("*.yaml")]
    sources = {d["spec"]["source"]["repoURL"] for d in documents if d["kind"] == "Application"}

    assert sources == {CONFIG.repository}
