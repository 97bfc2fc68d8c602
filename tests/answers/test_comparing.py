"""Counting what both tools decide, from a folder of manifests and an answer in our own words."""

from pathlib import Path

import pytest
from benchmarks.answers.comparing import OTHER_KIND, PLAIN, Difference, Tally, compare, stretches
from benchmarks.answers.connlist import parse
from benchmarks.answers.worlds import owner, world

WEB, DB = "shop/web[Deployment]", "shop/db[Pod]"
PODS = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web}]}
---
apiVersion: v1
kind: PodList
items:
- metadata: {name: db, namespace: shop, labels: {app: db}}
  spec: {containers: [{name: db, ports: [{name: sql, containerPort: 5432}]}]}
"""
POLICY = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: sql}]}]
"""
BLOCK = POLICY.replace("podSelector: {matchLabels: {app: web}}}]", "ipBlock: {cidr: 10.0.0.0/8}}]")
ADMIN = """\
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: {name: all}
spec: {subject: {namespaces: {}}}
"""
RIGHT = f"{WEB} => {DB} : TCP 5432\n{DB} => {WEB} : All Connections\n"


def counted(folder: Path, answer: str, *policies: str) -> Tally:
    (folder / "pods.yaml").write_text(PODS)
    for index, text in enumerate(policies):
        (folder / f"{index}.yml").write_text(text)
    return compare("shop", world(folder), parse(answer))


def test_every_stretch_of_every_pair_is_asked(tmp_path: Path) -> None:
    """To `db` below, at and above 5432 for three protocols; to `web` one stretch each."""
    tally = counted(tmp_path, RIGHT, POLICY)

    assert (tally.group, tally.pairs, tally.questions) == (PLAIN, {"agreed": 2}, {"agreed": 12})


def test_a_wrong_port_is_a_difference(tmp_path: Path) -> None:
    tally = counted(tmp_path, RIGHT.replace("5432", "80"), POLICY)

    assert tally.pairs == {"disagreed": 1, "agreed": 1}
    assert tally.differences == [
        Difference("shop", WEB, DB, "TCP", 80, theirs=True),
        Difference("shop", WEB, DB, "TCP", 5432, theirs=False),
    ]


def test_a_missing_line_means_no_connection(tmp_path: Path) -> None:
    tally = counted(tmp_path, f"{DB} => {WEB} : All Connections\n")

    assert [(each.protocol, each.port) for each in tally.differences] == [
        (protocol, port) for protocol in ("SCTP", "TCP", "UDP") for port in (1, 5432, 5433)
    ]
    assert str(tally.differences[0]) == f"shop: {WEB} => {DB} : SCTP 1: allowed, not forbidden"


@pytest.mark.parametrize(
    ("policy", "pairs", "reasons"),
    [
        pytest.param(BLOCK, {"undecided": 1, "agreed": 1}, {"`ipBlock` against pods (NET-06)": 1}, id="ipBlock"),
        pytest.param(ADMIN, {"undecided": 2}, {OTHER_KIND: 12}, id="another-kind"),
    ],
)
def test_what_is_not_decided_is_counted_apart(
    policy: str, pairs: dict[str, int], reasons: dict[str, int], tmp_path: Path
) -> None:
    tally = counted(tmp_path, f"{DB} => {WEB} : All Connections\n", policy)

    assert (tally.pairs, tally.reasons, tally.differences) == (pairs, reasons, [])


def test_the_kinds_of_other_policies_name_the_group(tmp_path: Path) -> None:
    assert counted(tmp_path, RIGHT, ADMIN).group == "AdminNetworkPolicy"


def test_lines_about_other_ends_are_counted(tmp_path: Path) -> None:
    answer = f"{RIGHT}shop/vm[VirtualMachine] => {DB} : All Connections\n0.0.0.0-9.9.9.9[External] => {DB} : TCP 80\n"
    tally = counted(tmp_path, answer, POLICY)

    assert (tally.left, tally.outside, tally.secondary, tally.differences) == (1, 1, 0, [])


@pytest.mark.parametrize(
    ("owners", "expected"),
    [
        pytest.param("[{kind: ReplicaSet, name: web-5d7}]", "default/web-5d7[ReplicaSet]", id="a-controller"),
        pytest.param("[{name: web-5d7}]", "default/web-5d7[Pod]", id="an-owner-without-kind"),
        pytest.param("[{kind: Node, name: worker}]", "default/web[Pod]", id="a-static-Pod"),
        pytest.param("[]", "default/web[Pod]", id="nobody"),
    ],
)
def test_owners(owners: str, expected: str, tmp_path: Path) -> None:
    head = "{apiVersion: v1, kind: Pod, metadata: {name: web, ownerReferences: "
    (tmp_path / "pod.json").write_text(head + owners + "}, spec: {containers: [{name: web}]}}")
    [found] = world(tmp_path).workloads

    assert owner(found) == expected


def test_a_namespace_without_a_manifest_has_no_label_but_its_name(tmp_path: Path) -> None:
    (tmp_path / "pods.yaml").write_text(PODS)
    cluster = world(tmp_path)

    assert (cluster.declares("shop"), cluster.namespaces["shop"]) == (True, {"kubernetes.io/metadata.name": "shop"})


@pytest.mark.parametrize(
    ("said", "own", "policies", "expected"),
    [
        pytest.param((), [], frozenset(), [1], id="nothing"),
        pytest.param(((1, 65535),), [], frozenset(), [1], id="everything"),
        pytest.param(((80, 90),), [], frozenset(), [1, 80, 91], id="a-stretch"),
        pytest.param((), [8080], frozenset({53}), [1, 53, 54, 8080, 8081], id="ports-of-pod-and-policy"),
        pytest.param((), [0, 65535], frozenset({70000}), [1, 65535], id="the-bounds"),
    ],
)
def test_stretches(
    said: tuple[tuple[int, int], ...], own: list[int], policies: frozenset[int], expected: list[int]
) -> None:
    assert stretches(said, own, policies) == expected
