"""A tree in, a report out."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import ringtrue
from ringtrue.checking import Options, Report, check
from ringtrue.checking.assumptions import Assumption
from ringtrue.config import load
from ringtrue.environments.environment import Environment
from ringtrue.errors import UsageError
from ringtrue.findings import RuleClass, Severity
from ringtrue.manifests.problem import Problem
from ringtrue.rendering.choose import choose
from ringtrue.rendering.request import Limits
from ringtrue.repository.checkout import working_tree
from ringtrue.rules import RULES, Rule

RAISING = Path(ringtrue.__file__).parent / "checking" / "raising.py"
LINE = 1 + RAISING.read_text().partition("in rule.check(")[0].count("\n")
PLACE = f"checking/raising.py:{LINE}"

EVERYTHING = Options()

Checked = Callable[..., Report]

BASE = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: wob}
  ports: [{port: 80}]
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
  - {name: web, image: "registry.example/web:1"}
---
apiVersion: v1
kind: Pod
metadata: {name: client, labels: {app: client}}
spec:
  containers:
  - {name: curl, image: "registry.example/curl:1", env: [{name: WEB_URL, value: "http://web/"}]}
"""


def overlays(base: str, *names: str) -> dict[str, str]:
    files = {"base/all.yaml": base, "base/kustomization.yaml": "resources: [all.yaml]\n"}
    for name in names:
        files[f"overlays/{name}/kustomization.yaml"] = f"namespace: shop-{name}\nresources: [../../base]\n"
    return files


@dataclass(frozen=True)
class Broken:
    """A rule with a fault of its own, after its first problem."""

    NAME: str = "schema-invalid"
    CLASS: RuleClass = RuleClass.FAILURE
    SEVERITY: Severity = Severity.ERROR
    environments: list[str] = field(default_factory=list)

    @property
    def check(self) -> Callable[[Environment], Iterator[Problem]]:
        return self._check

    def _check(self, environment: Environment) -> Iterator[Problem]:
        self.environments.append(environment.name)
        yield Problem(environment.resources[0].at("spec"), "said before it broke")
        raise KeyError("a value that must not be shown")


@pytest.fixture
def checked(tmp_path: Path) -> Checked:
    def run(files: Mapping[str, str], options: Options = EVERYTHING, rules: tuple[Rule, ...] = RULES) -> Report:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        tree = working_tree(tmp_path)
        return check(tree, load(tmp_path), choose(Limits(), os.environ), options, (), None, rules)

    return run


def test_one_fault_of_a_base_with_its_callers(checked: Checked) -> None:
    report = checked(overlays(BASE, "dev", "prod"))

    (finding,) = report.findings
    assert (finding.rule, finding.severity, finding.location.path) == (
        "service-selects-nothing",
        Severity.ERROR,
        "base/all.yaml",
    )
    assert finding.environments == tuple(each.name for each in report.environments)
    assert [(each.location.path, each.message) for each in finding.related] == [
        (
            "base/all.yaml",
            "Pod 'shop-dev/client' [curl] depends on it: env WEB_URL; likewise in 'overlays/prod'",
        ),
    ]
    assert finding.references == tuple(each.id for each in report.references)


def test_callers_stand_alone_when_the_rule_is_off(checked: Checked) -> None:
    off = {"ringtrue.toml": '[rules]\nservice-selects-nothing = "off"\n'}
    report = checked(overlays(BASE, "dev") | off)

    assert [each.rule for each in report.findings] == ["reference-no-endpoints"]


def test_one_environment(checked: Checked) -> None:
    files = overlays(BASE, "dev", "prod")
    name = checked(files).environments[1].name
    report = checked(files, Options((name,)))

    assert [each.name for each in report.environments] == [name]
    assert [each.environments for each in report.findings] == [(name,)]
    assert {each.environment for each in report.references} == {name}


def test_an_environment_that_does_not_exist(checked: Checked) -> None:
    said = r"^no environment is called 'zzz'; there are 'overlays/dev', 'overlays/prod'$"
    with pytest.raises(UsageError, match=said):
        checked(overlays(BASE, "dev", "prod"), Options(("zzz",)))


def test_places_of_references_are_found_on_demand(checked: Checked) -> None:
    files = overlays(BASE.replace("wob", "web"), "dev")

    assert [each.location for each in checked(files).references] == [None]
    located = checked(files, Options(places=True)).references
    assert [(each.location and str(each.location)) for each in located] == ["base/all.yaml:20:89"]


def test_a_rule_that_raises_is_named_and_the_others_go_on(checked: Checked) -> None:
    broken = Broken()
    report = checked(overlays(BASE, "dev", "prod"), Options(), (broken, *RULES))

    assert [each.rule for each in report.findings] == ["schema-invalid", "service-selects-nothing"]
    assert broken.environments == [each.name for each in report.environments]
    assert report.bugs == tuple(
        f"rule schema-invalid in environment {name!r} failed with KeyError at {PLACE}; please report it"
        for name in broken.environments
    )


def test_assumptions_are_said_only_when_a_verdict_rests_on_them(checked: Checked) -> None:
    assert checked(overlays(BASE, "dev")).assumptions == (
        Assumption(
            "Kubernetes 1.35, CoreDNS with the cluster domain cluster.local, glibc resolvers",
            "Kubernetes 1.35, CoreDNS, domain cluster.local, glibc",
        ),
    )
    nothing = BASE.partition("---\n")[0].replace("{app: wob}", "{}")
    assert checked(overlays(nothing, "dev")).assumptions == ()
