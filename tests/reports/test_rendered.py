"""What is rendered before and after, and what of a Secret is not shown."""

from typing import Any

from ringtrue.checking import Report
from ringtrue.cluster.cluster import build
from ringtrue.cluster.profile import Profile
from ringtrue.environments.environment import Environment, Source
from ringtrue.manifests.resource import Resource
from ringtrue.reachability.scope import Scope
from ringtrue.reports.rendered import LONGEST, Rendered, rendered


def report(*objects: dict[str, Any], name: str = "prod") -> Report:
    cluster = build("in-cluster", (), Profile())
    resources = tuple(Resource(data, "shop", name) for data in objects)
    scope = Scope(cluster, name, True, frozenset())
    return Report((Environment(name, cluster, scope, (Source(name),), resources),), ())


def made(kind: str, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "apiVersion": "v1", "metadata": {"name": "x"}, **fields}


def lines(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Those that differ, of one object."""
    found = rendered(report(before), report(after), ["prod"])
    return [line for each in found for line in each.lines if line[0] in "+-"]


def test_an_object_that_comes_one_that_goes_and_one_that_stays() -> None:
    before = report(made("Pod"), made("ConfigMap", data={"a": "1"}), made("Service"))
    after = report(made("ConfigMap", data={"a": "2"}), made("Service"), made("Secret"))

    assert rendered(before, after, ["dev", "prod"]) == (
        Rendered(
            "prod",
            1,
            1,
            1,
            (
                "--- ConfigMap shop/x",
                "+++ ConfigMap shop/x",
                "@@ -1,6 +1,6 @@",
                " apiVersion: v1",
                " data:",
                "-  a: '1'",
                "+  a: '2'",
                " kind: ConfigMap",
                " metadata:",
                "   name: x",
                "--- Pod shop/x",
                "+++ /dev/null",
                "@@ -1,4 +0,0 @@",
                "-apiVersion: v1",
                "-kind: Pod",
                "-metadata:",
                "-  name: x",
                "--- /dev/null",
                "+++ Secret shop/x",
                "@@ -0,0 +1,4 @@",
                "+apiVersion: v1",
                "+kind: Secret",
                "+metadata:",
                "+  name: x",
            ),
        ),
    )


def test_the_order_of_keys_and_of_objects_is_no_change() -> None:
    pod, service = made("Pod"), made("Service")

    assert rendered(report(pod, service), report(service, dict(reversed(pod.items()))), ["prod"]) == ()


def test_true_is_not_one() -> None:
    assert lines(made("Pod", spec={"x": 1}), made("Pod", spec={"x": True}))[2:] == ["-  x: 1", "+  x: true"]


def test_only_the_environments_asked_for() -> None:
    assert rendered(report(), report(made("Pod")), ["dev"]) == ()


def test_the_values_of_a_secret() -> None:
    before = made("Secret", data={"a": "c2VjcmV0", "same": "eA==", "gone": "eQ=="}, stringData={"b": "hush"})
    after = made("Secret", data={"a": "b3RoZXI=", "same": "eA==", "new": "eg=="}, stringData={"b": "hush!"})

    assert lines(before, after)[2:] == [
        "-  a: '***'",
        "-  gone: '***'",
        "+  a: '*** (changed)'",
        "+  new: '***'",
        "-  b: '***'",
        "+  b: '*** (changed)'",
    ]


def test_a_secret_that_is_none() -> None:
    """Its data is a text, and it holds itself once more in the annotation of kubectl."""
    annotations = {"kubectl.kubernetes.io/last-applied-configuration": '{"data": "hush"}', "a": "b"}
    secret = made("Secret", data="hush") | {"metadata": {"name": "x", "annotations": annotations}}

    assert lines({**secret, "data": "before"}, secret)[2:] == ["-data: '***'", "+data: '*** (changed)'"]
    assert "hush" not in str(rendered(report(), report(secret), ["prod"]))


def test_a_secret_in_a_text_of_another_object() -> None:
    """Also where a character breaks a line to YAML alone. The line after a text of several lines goes with it."""
    text = "kind: Secret\nstringData:\n  a: hush\n"
    for written in (text, f"\u2028{text}", f"x\x85{text}"):
        shown = lines(made("ConfigMap", data={"a": "x"}), made("ConfigMap", data={"a": written, "b": "", "c": "open"}))
        assert "hush" not in str(shown)
        assert shown[-1] == "+  c: open"


def test_lines_and_control_characters() -> None:
    text = "one\n```\ntwo\u202e\x1b\n"
    shown = lines(
        made("ConfigMap", data={"a": "x"}), made("ConfigMap", data={"a": text, "b": "1\n```\n", "c": "\u202e"})
    )

    assert shown[2:] == [
        "-  a: x",
        '+  a: "one\\n```\\ntwo\\u202e\\e\\n"',
        "+  b: |",
        "+    1",
        "+    ```",
        "+  c: \\u202e",
    ]


def test_a_long_line_is_cut() -> None:
    shown = lines(made("ConfigMap", data={"a": "x"}), made("ConfigMap", data={"a": "y" * 1000}))

    assert shown[-1] == f"+  a: {'y' * 294}..."


def test_an_object_that_is_too_long_is_not_compared() -> None:
    long = "x\n" * LONGEST
    found = rendered(report(made("ConfigMap", data={"a": "x"})), report(made("ConfigMap", data={"a": long})), ["prod"])

    assert found[0].lines[2:] == ("@@ 6 and 5006 lines are not compared @@",)
