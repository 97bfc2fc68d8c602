"""Which changes of several environments are one for a reader."""

from collections.abc import Callable, Iterable

from ringtrue.changes import compare, grouped
from ringtrue.checking import CheckedReference, Report
from ringtrue.reachability.proof import Target
from ringtrue.reachability.reasons import Reason

Call = Callable[..., CheckedReference]
MakeReport = Callable[..., Report]


def groups(report: MakeReport, calls: Iterable[CheckedReference]) -> list[list[str]]:
    """Each group of the calls, all of them new, as environment and client."""
    found = compare(report(environments=["dev", "prod"]), report(*calls))
    return [[f"{each.environment} {each.here.client.name}" for each in group] for group in grouped(found.connections)]


def test_namespaces_that_hold_the_environments_name(call: Call, report: MakeReport) -> None:
    calls = [
        call(name, client, namespace=f"{client}-{name}", target=Target(f"db-{name}", "db", 5432))
        for name in ("dev", "prod")
        for client in ("shop", "mail")
    ]

    assert groups(report, calls) == [["dev mail", "prod mail"], ["dev shop", "prod shop"]]


def test_one_namespace_of_any_name(call: Call, report: MakeReport) -> None:
    calls = [call("dev", namespace="playground"), call("prod", namespace="production")]

    assert groups(report, calls) == [["dev client", "prod client"]]


def test_several_namespaces_of_other_names_are_not_one(call: Call, report: MakeReport) -> None:
    calls = [
        call(name, namespace=namespace)
        for name, namespace in (("dev", "one"), ("dev", "two"), ("prod", "three"), ("prod", "four"))
    ]

    assert groups(report, calls) == [["dev client"]] * 2 + [["prod client"]] * 2


def test_names_with_the_environment_behind_them(call: Call, report: MakeReport) -> None:
    calls = [call(name, client=f"client-{name}", host=f"web-{name}", namespace="shop") for name in ("dev", "prod")]

    assert groups(report, calls) == [["dev client-dev", "prod client-prod"]]


def test_an_environment_without_a_name(call: Call, report: MakeReport) -> None:
    calls = [call("", namespace="one"), call("", client="other", namespace="two")]

    assert groups(report, calls) == [[" client"], [" other"]]


def test_another_address_is_another_change(call: Call, report: MakeReport) -> None:
    assert groups(report, [call("dev"), call("prod", host="site")]) == [["dev client"], ["prod client"]]


def test_another_field_is_another_change(call: Call, report: MakeReport) -> None:
    assert groups(report, [call("dev"), call("prod", field="args[0]")]) == [["dev client"], ["prod client"]]


def test_another_reason_is_another_change(call: Call, report: MakeReport) -> None:
    calls = [call("dev", reason=Reason.BLOCKED), call("prod", reason=Reason.DNS_BLOCKED)]

    assert groups(report, calls) == [["dev client"], ["prod client"]]


def test_another_former_address_is_another_change(call: Call, report: MakeReport) -> None:
    before = report(call("dev", host="a"), call("prod", host="b"))
    after = report(call("dev"), call("prod"))

    assert [len(group) for group in grouped(compare(before, after).connections)] == [1, 1]


def test_what_is_lost_is_not_what_is_gained(call: Call, report: MakeReport) -> None:
    before, after = report(call("dev"), environments=["prod"]), report(call("prod"), environments=["dev"])

    assert [len(group) for group in grouped(compare(before, after).connections)] == [1, 1]


def test_two_of_one_environment_stay_apart(call: Call, report: MakeReport) -> None:
    """They are alike only because the namespace and the environment's name are both set aside."""
    calls = [
        call(name, client=client, namespace="shop")
        for name in ("dev", "prod")
        for client in (f"job-{name}", "job-shop")
    ]

    assert groups(report, calls) == [["dev job-dev", "prod job-prod"], ["dev job-shop", "prod job-shop"]]
