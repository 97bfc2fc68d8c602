"""What becomes of a connection, by what two reports say of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ringtrue.changes import Address, Change, compare
from ringtrue.checking import CheckedReference, Report
from ringtrue.checking.assumptions import Assumption
from ringtrue.findings import ObjectId
from ringtrue.reachability.proof import Target
from ringtrue.reachability.reasons import Reason

Call = Callable[..., CheckedReference]
MakeReport = Callable[..., Report]
Told = tuple[str, str, str, str | None, str | None]


def told(before: Report, after: Report) -> list[Told]:
    """Change, environment, client, and the address before and after."""
    return [
        (
            each.change.value,
            each.environment,
            str(each.here.client),
            each.before and ":".join(filter(None, each.before.address.key)),
            each.after and ":".join(filter(None, each.after.address.key)),
        )
        for each in compare(before, after).connections
    ]


CLIENT = "Deployment shop-prod/client"
WEB, SITE = "shop-prod:web:80", "shop-prod:site:80"

VERDICTS = {
    "proved, refuted": (Reason.OK, Reason.NXDOMAIN, Change.BROKEN),
    "refuted, proved": (Reason.NO_ENDPOINTS, Reason.OK, Change.MENDED),
    "proved, unknown": (Reason.OK, Reason.OPEN_NAMESPACE, Change.TURNED_UNKNOWN),
    "refuted, unknown": (Reason.BLOCKED, Reason.POLICY_NOT_MODELLED, Change.TURNED_UNKNOWN),
    "unknown, proved": (Reason.OPEN_NAMESPACE, Reason.OK, Change.BECAME_KNOWN),
    "unknown, refuted": (Reason.FOREIGN_NAMESPACE, Reason.NXDOMAIN, Change.BECAME_KNOWN),
    "proved, proved": (Reason.OK, Reason.OK, None),
    "refuted for another reason": (Reason.NXDOMAIN, Reason.NO_ENDPOINTS, None),
    "unknown for another reason": (Reason.OPEN_NAMESPACE, Reason.POLICY_NOT_MODELLED, None),
}


@pytest.mark.parametrize(("before", "after", "change"), VERDICTS.values(), ids=VERDICTS)
def test_the_same_address(before: Reason, after: Reason, change: Change | None, call: Call, report: MakeReport) -> None:
    found = compare(report(call(reason=before)), report(call(reason=after)))

    assert [each.change for each in found.connections] == ([change] if change else [])
    assert found.same == {"prod": 0 if change else 1}


MOVED = {
    "both proved": (Reason.OK, Reason.OK, Change.MOVED),
    "to a name that is not there": (Reason.OK, Reason.NXDOMAIN, Change.BROKEN),
    "from a name that was not there": (Reason.NXDOMAIN, Reason.OK, Change.MENDED),
    "both refuted": (Reason.NXDOMAIN, Reason.NO_ENDPOINTS, Change.MOVED),
    "to what is not known": (Reason.OK, Reason.OPEN_NAMESPACE, Change.TURNED_UNKNOWN),
    "out of the cluster": (Reason.OK, Reason.EXTERNAL, Change.MOVED),
    "into the cluster": (Reason.EXTERNAL, Reason.OK, Change.MOVED),
}


@pytest.mark.parametrize(("before", "after", "change"), MOVED.values(), ids=MOVED)
def test_a_field_that_names_something_else(
    before: Reason, after: Reason, change: Change, call: Call, report: MakeReport
) -> None:
    found = compare(report(call(host="web", reason=before)), report(call(host="site", reason=after)))

    assert [(each.change, each.before is None, each.after is None) for each in found.connections] == [
        (change, False, False)
    ]


def test_a_new_caller_and_one_that_went(call: Call, report: MakeReport) -> None:
    assert told(report(call(client="old")), report(call(client="new"))) == [
        ("gained", "prod", "Deployment shop-prod/new", None, WEB),
        ("lost", "prod", "Deployment shop-prod/old", WEB, None),
    ]


def test_a_new_target_beside_one_that_stays(call: Call, report: MakeReport) -> None:
    stays = call()

    assert told(report(stays), report(stays, call(host="site", field="env OTHER"))) == [
        ("gained", "prod", CLIENT, None, SITE)
    ]


def test_another_field_for_the_same_target_is_no_change(call: Call, report: MakeReport) -> None:
    assert told(report(call(field="env HOST")), report(call(field="args[0]", container="other"))) == []


def test_another_spelling_of_the_same_target_is_no_change(call: Call, report: MakeReport) -> None:
    longer = call(host="web.shop-prod", target=Target("shop-prod", "web", 80))

    assert told(report(call()), report(longer)) == []


def test_a_connection_is_as_bad_as_its_worst_field(call: Call, report: MakeReport) -> None:
    (change,) = compare(
        report(call(), call(field="args[0]")), report(call(), call(field="args[0]", reason=Reason.SHADOWED))
    ).connections

    assert (change.change, change.here.reason, len(change.here.references)) == (Change.BROKEN, Reason.SHADOWED, 2)


def test_a_lookup_that_fails_keeps_the_port_of_the_call(call: Call, report: MakeReport) -> None:
    assert told(report(call()), report(call(reason=Reason.NXDOMAIN))) == [("broken", "prod", CLIENT, WEB, WEB)]


def test_a_call_without_a_port_keeps_that_of_the_service(call: Call, report: MakeReport) -> None:
    before = call(port=None, target=Target("shop-prod", "web", 80))

    assert told(report(before), report(call(port=None, reason=Reason.NXDOMAIN))) == [
        ("broken", "prod", CLIENT, WEB, WEB)
    ]


def test_the_name_of_a_port_keeps_its_number(call: Call, report: MakeReport) -> None:
    before = call(port="http", target=Target("shop-prod", "web", 80, "http"))
    after = call(port="http", reason=Reason.NXDOMAIN, target=Target("shop-prod", "web"))

    assert told(report(before), report(after)) == [("broken", "prod", CLIENT, WEB, WEB)]
    assert told(report(after), report(before)) == [("mended", "prod", CLIENT, WEB, WEB)]


def test_the_name_of_a_port_that_has_another_number(call: Call, report: MakeReport) -> None:
    before, after = (call(port="http", target=Target("shop-prod", "web", number, "http")) for number in (80, 8080))

    assert told(report(before), report(after)) == [("moved", "prod", CLIENT, WEB, "shop-prod:web:8080")]


def test_another_port_of_what_is_not_there(call: Call, report: MakeReport) -> None:
    before, after = (call(port=port, reason=Reason.NXDOMAIN) for port in (80, 81))

    assert told(report(before), report(after)) == [("moved", "prod", CLIENT, WEB, "shop-prod:web:81")]


def test_another_named_port_of_what_is_not_there(call: Call, report: MakeReport) -> None:
    before, after = (
        call(port=port, reason=Reason.NXDOMAIN, target=Target("shop-prod", "web")) for port in ("http", "https")
    )

    assert told(report(before), report(after)) == [
        ("moved", "prod", CLIENT, "shop-prod:web:http", "shop-prod:web:https")
    ]


def test_a_service_that_went_to_another_namespace(call: Call, report: MakeReport) -> None:
    """The proof then names the Service that is meant, which lies elsewhere; the text is the same."""
    after = call(reason=Reason.WRONG_NAMESPACE, target=Target("other", "web"))

    assert told(report(call()), report(after)) == [("broken", "prod", CLIENT, WEB, "other:web:80")]


def test_one_text_that_leads_elsewhere_now(call: Call, report: MakeReport) -> None:
    after = call(target=Target("other", "web", 80))

    assert told(report(call()), report(after)) == [("moved", "prod", CLIENT, WEB, "other:web:80")]


def test_one_refuted_text_for_which_another_service_is_proposed_is_no_change(call: Call, report: MakeReport) -> None:
    before, after = (call(reason=Reason.WRONG_NAMESPACE, target=Target(name, "web")) for name in ("one", "two"))

    assert told(report(before), report(after)) == []


def test_several_hosts_of_one_field_move_in_their_order(call: Call, report: MakeReport) -> None:
    before = [call(host=host) for host in ("a", "b", "c")]
    after = [call(host=host) for host in ("x", "b", "y")]

    assert (
        told(report(*before), report(*after))
        == [
            ("moved", "prod", CLIENT, "shop-prod:c:80", "shop-prod:y:80"),
            ("moved", "prod", CLIENT, "shop-prod:a:80", "shop-prod:x:80"),
        ][::-1]
    )


def test_hosts_that_stay_in_a_field_are_themselves(call: Call, report: MakeReport) -> None:
    """However the list is ordered: here the namespace changes too, so that no address is left as it was."""
    before = [call(namespace="one", host=host, port=port) for host, port in (("a", 1), ("b", 2), ("c", 3))]
    after = [call(namespace="two", host=host, port=port) for host, port in (("d", 4), ("c", 5), ("a", 1))]

    assert [each[3:] for each in told(report(*before), report(*after))] == [
        ("one:a:1", "two:a:1"),
        ("one:c:3", "two:c:5"),
        ("one:b:2", "two:d:4"),
    ]


@pytest.mark.parametrize("key", ["field", "container"])
def test_each_field_of_each_container_moves_by_itself(key: str, call: Call, report: MakeReport) -> None:
    before = report(call(host="a", **{key: "one"}), call(host="b", **{key: "two"}))
    after = report(call(host="x", **{key: "two"}), call(host="y", **{key: "one"}))

    assert [each[3:] for each in told(before, after)] == [
        ("shop-prod:b:80", "shop-prod:x:80"),
        ("shop-prod:a:80", "shop-prod:y:80"),
    ]


def test_hosts_of_one_field_that_became_more_are_gained_and_lost(call: Call, report: MakeReport) -> None:
    """Which of them took the place of the former one would be a guess."""
    assert told(report(call(host="a")), report(call(host="x"), call(host="y"))) == [
        ("gained", "prod", CLIENT, None, "shop-prod:x:80"),
        ("gained", "prod", CLIENT, None, "shop-prod:y:80"),
        ("lost", "prod", CLIENT, "shop-prod:a:80", None),
    ]


def test_a_generated_config_map_changes_its_name_with_its_content(call: Call, report: MakeReport) -> None:
    fields = (f"configMap app-{suffix} key url" for suffix in ("7h9gk2c6mb", "t4dh5k88f2"))
    before, after = (call(host=host, field=field) for host, field in zip(("web", "site"), fields, strict=True))

    assert told(report(before), report(after)) == [("moved", "prod", CLIENT, WEB, SITE)]


def test_hosts_that_are_not_known_are_told_by_their_fields(call: Call, report: MakeReport) -> None:
    made = [call(host="", field=field, port=None, reason=Reason.UNRESOLVED_TEXT) for field in ("env A", "env B")]

    assert told(report(made[0]), report(*made)) == [("gained", "prod", CLIENT, None, "env B")]


def test_an_environment_that_went_to_another_namespace(call: Call, report: MakeReport) -> None:
    assert told(report(call()), report(call(namespace="store"))) == [
        ("moved", "prod", "Deployment store/client", WEB, "store:web:80")
    ]


def test_two_clients_of_one_name_that_went_are_not_told_apart(call: Call, report: MakeReport) -> None:
    before = [call(namespace=name) for name in ("one", "two")]

    assert [each[0] for each in told(report(*before), report(call(namespace="three")))] == ["gained", "lost", "lost"]


def test_a_client_that_stays_does_not_hide_one_of_its_name_that_went(call: Call, report: MakeReport) -> None:
    stays = call(namespace="one")

    assert told(report(stays, call(namespace="two")), report(stays, call(namespace="three"))) == [
        ("moved", "prod", "Deployment three/client", "two:web:80", "three:web:80")
    ]


def test_a_client_of_another_kind_is_another_client(call: Call, report: MakeReport) -> None:
    before, after = call(namespace="one"), call(namespace="two", kind="StatefulSet")

    assert [each[:3] for each in told(report(before), report(after))] == [
        ("gained", "prod", "StatefulSet two/client"),
        ("lost", "prod", "Deployment one/client"),
    ]


def test_equal_changes_of_several_environments_have_one_shape(call: Call, report: MakeReport) -> None:
    names = ("dev", "prod")
    before = report(*(call(name) for name in names), call("dev", client="job-dev"), call("prod", client="job-prod"))
    after = report(
        *(call(name, reason=Reason.NXDOMAIN) for name in names),
        call("dev", client="job-dev", reason=Reason.NXDOMAIN),
        call("prod", client="job-prod", reason=Reason.BLOCKED),
    )
    found = compare(before, after).connections

    assert [(each.environment, each.here.client.name) for each in found] == [
        ("dev", "client"),
        ("dev", "job-dev"),
        ("prod", "client"),
        ("prod", "job-prod"),
    ]
    assert [each.shape == found[0].shape for each in found] == [True, False, True, False]


def test_environments_come_and_go(call: Call, report: MakeReport) -> None:
    found = compare(report(call("dev"), call("qa")), report(call("dev"), call("prod")))

    assert (found.environments, found.added, found.removed) == (("dev", "prod", "qa"), ("prod",), ("qa",))
    assert [(each.change, each.environment) for each in found.connections] == [
        (Change.GAINED, "prod"),
        (Change.LOST, "qa"),
    ]


def test_what_does_not_render_any_more_has_lost_nothing_that_is_known(call: Call, report: MakeReport) -> None:
    before = report(call("dev"), call("prod"))
    found = compare(before, report(environments=["dev", "prod"], failed=["prod"]))

    assert [(each.change, each.environment) for each in found.connections] == [(Change.LOST, "dev")]
    assert found.failing == ("prod",)


def test_what_is_new_where_something_does_not_render_any_more(call: Call, report: MakeReport) -> None:
    found = compare(report(environments=["prod"]), report(call(), failed=["prod"]))

    assert [each.change for each in found.connections] == [Change.GAINED]


def test_what_did_not_render_before_either_is_not_named(report: MakeReport) -> None:
    broken = report(environments=["prod"], failed=["prod"])

    assert compare(broken, broken).failing == ()


def test_what_matters_most_comes_first(call: Call, report: MakeReport) -> None:
    before = report(
        call(client="a", reason=Reason.NXDOMAIN), call(client="b"), call(client="c"), call(client="d"), call(client="e")
    )
    after = report(
        call(client="a"),
        call(client="b", host="site"),
        call(client="d", reason=Reason.BLOCKED),
        call(client="e", reason=Reason.OPEN_NAMESPACE),
        call(client="f"),
    )
    found = compare(before, after).connections

    assert [(each.change, each.here.client.name) for each in found] == [
        (Change.BROKEN, "d"),
        (Change.TURNED_UNKNOWN, "e"),
        (Change.MOVED, "b"),
        (Change.GAINED, "f"),
        (Change.LOST, "c"),
        (Change.MENDED, "a"),
    ]


def test_the_order_does_not_depend_on_that_of_the_references(call: Call, report: MakeReport) -> None:
    """By environment as the newer side has them, client, and address."""
    before = [call(name, client, namespace="one") for name in ("prod", "dev") for client in ("b", "a")]
    after = [
        call(name, client, host, namespace="one", field=f"env {host}")
        for name in ("prod", "dev")
        for client in ("b", "a")
        for host in ("web", "site", "cache")
    ]
    names = ["prod", "dev"]
    found = told(report(*before, environments=names), report(*after, environments=names))

    assert [(environment, client[-1], address) for _, environment, client, _, address in found] == [
        (environment, client, f"one:{host}:80")
        for environment in names
        for client in ("a", "b")
        for host in ("cache", "site")
    ]
    assert found == told(report(*reversed(before), environments=names), report(*reversed(after), environments=names))


def test_assumptions_of_both_sides(report: MakeReport) -> None:
    first, both, second = (Assumption(each) for each in ("first", "both", "second"))
    before, after = (replace(report(), assumptions=given) for given in ((first, both), (both, second)))

    assert compare(before, after).assumptions == (both, second, first)


def test_nothing_changed(call: Call, report: MakeReport) -> None:
    found = compare(report(call()), report(call()))

    assert (found.changed, found.worse, found.same) == (False, False, {"prod": 1})


def test_only_some_environments(call: Call, report: MakeReport) -> None:
    after = report(call("dev", reason=Reason.NXDOMAIN), call("prod"), call("qa"))
    found = compare(report(call("dev"), call("prod")), after)

    assert found.worse
    assert not found.only(["prod"]).worse
    assert found.only(["prod", "qa"]).added == ("qa",)
    assert found.only(["prod"]).same == {"prod": 1}
    assert found.only([]) == found


def test_a_connection_names_its_client_and_address(call: Call, report: MakeReport) -> None:
    (change,) = compare(report(environments=["prod"]), report(call(port="http"))).connections

    assert change.after is not None
    assert (change.after.client, change.after.address, change.after.ids) == (
        ObjectId("Deployment", "shop-prod", "client"),
        Address("shop-prod", "web", port="http"),
        ("prod/client/env HOST/web",),
    )
