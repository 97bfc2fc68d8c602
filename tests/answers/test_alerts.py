"""Verdicts that are read from cases of manifests and the alerts that are wanted about them."""

import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks.answers.alerts import alerted
from benchmarks.answers.sources import Cases, Check, Tool, tools
from benchmarks.answers.verdicts import Outcome

SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: %s}
spec: {selector: {app: %s}, ports: [{port: 80}]}
"""
POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: "registry.example/web:1"}]}
"""
INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec: {defaultBackend: {service: {name: gone, port: {number: 80}}}}
"""


def named(kind: str, name: str) -> dict[str, Any]:
    return {"kind": kind, "metadata": {"name": name}}


def alert(*objects: dict[str, Any], related: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"alertObject": {"k8sApiObjects": list(objects)}, "relatedObjects": [{"object": each} for each in related]}


def case(folder: Path, name: str, *manifests: str, alerts: list[Any] | None) -> None:
    path = folder / "dangling" / "test" / name
    (path / "input").mkdir(parents=True)
    for index, text in enumerate(manifests):
        (path / "input" / f"{index}.yaml").write_text(text)
    (path / "expected.json").write_text(json.dumps(alerts))


def asked(
    folder: Path,
    *kinds: str,
    told: str = "object",
    sound: bool = False,
    only: tuple[str, ...] = ("*",),
    rules: tuple[str, ...] = ("service-selects-nothing", "ingress-backend-missing"),
) -> list[tuple[str, bool, bool]]:
    """Each verdict: what they report, what we do."""
    cases = Cases("dangling", kinds, told, sound, only)
    check = Check("dangling", rules, (), (), (), {}, cases)
    found = alerted(Tool("example/library", "c0ffee", "", "expected.json", (check,), ()), folder)
    assert all(isinstance(each, Outcome) and each.check is check for each in found)
    return [(each.verdict, each.theirs, each.ours) for each in found]


def test_the_object_of_an_alert_is_reported_and_others_are_not(tmp_path: Path) -> None:
    case(
        tmp_path,
        "one",
        SERVICE % ("api", "api"),
        SERVICE % ("web", "web"),
        POD,
        alerts=[alert(named("Service", "api"))],
    )

    assert asked(tmp_path, "Service") == [
        ("one: Service default/api", True, True),
        ("one: Service default/web", False, False),
    ]


def test_no_alerts_may_be_null(tmp_path: Path) -> None:
    case(tmp_path, "one", SERVICE % ("web", "web"), POD, alerts=None)

    assert asked(tmp_path, "Service") == [("one: Service default/web", False, False)]


def test_an_alert_that_says_that_all_is_well_wants_silence(tmp_path: Path) -> None:
    """Here the alert is about the Pod, and names the Service by which it is reached."""
    case(
        tmp_path,
        "one",
        SERVICE % ("api", "api"),
        SERVICE % ("web", "web"),
        POD,
        alerts=[alert(named("Pod", "web"), related=(named("Service", "web"),))],
    )

    assert asked(tmp_path, "Service", told="related", sound=True) == [
        ("one: Service default/api", True, True),
        ("one: Service default/web", False, False),
    ]


@pytest.mark.parametrize(("alerts", "theirs"), [([alert(named("Pod", "web"))], True), ([], False)])
def test_a_case_may_be_told_as_a_whole(tmp_path: Path, alerts: list[Any], theirs: bool) -> None:
    case(tmp_path, "one", SERVICE % ("web", "web"), POD, alerts=alerts)

    assert asked(tmp_path, "Service", told="case") == [("one: Service default/web", theirs, False)]


def test_a_case_is_all_that_the_cluster_holds(tmp_path: Path) -> None:
    case(tmp_path, "one", INGRESS, alerts=[alert(named("Ingress", "shop"))])

    assert asked(tmp_path, "Ingress") == [("one: Ingress default/shop", True, True)]


def test_only_some_cases_can_be_compared(tmp_path: Path) -> None:
    for name in ("failed_one", "success_one", "success_two"):
        case(tmp_path, name, SERVICE % ("web", "web"), POD, alerts=[])

    found = asked(tmp_path, "Service", only=("success_*",))

    assert [verdict for verdict, _, _ in found] == [
        "success_one: Service default/web",
        "success_two: Service default/web",
    ]


def test_findings_of_other_rules_do_not_count(tmp_path: Path) -> None:
    case(tmp_path, "one", SERVICE % ("api", "api"), alerts=[])

    assert asked(tmp_path, "Service", rules=("schema-invalid",)) == [("one: Service default/api", False, False)]


def test_which_checks_are_told_by_cases() -> None:
    found = {check.name: check.cases for tool in tools() for check in tool.checks if check.cases}

    assert found["dangling-ingress-backend"] == Cases("dangling-ingress-backend", ("Ingress",), "object", False, ("*",))
    assert found["workload-mounted-pvc: is there"] == Cases(
        "workload-mounted-pvc", ("Pod",), "object", True, ("failed_pod_mounted", "success_different_namespaces")
    )
