"""SEL-01: labels that pods of the Prometheus Operator do not carry."""

import pytest

from ringtrue.cluster.endpoints import endpoints
from ringtrue.cluster.operated import operated

MAKER = (
    "{{apiVersion: monitoring.coreos.com/v1, kind: {0}, metadata: {{name: k8s, labels: {{team: ops}}}}, "
    "spec: {{podMetadata: {{labels: {1}}}}}}}"
)
PROMETHEUS = MAKER.format("Prometheus", "{part: watch}")
SERVICE = (
    "{{apiVersion: v1, kind: Service, metadata: {{name: graphs}}, spec: {{selector: {0}, ports: [{{port: 9090}}]}}}}"
)
OPERATOR = "{{apiVersion: v1, kind: Pod, metadata: {{name: o}}, spec: {{containers: [{{name: o, args: {0}}}]}}}}"


def found(make_cluster, selector, *texts):
    cluster = make_cluster(SERVICE.format(selector), *texts)
    known = operated(cluster.service("web", "graphs"), cluster)
    return known and (known.maker.kind, dict(known.lacking))


@pytest.mark.parametrize(
    ("selector", "maker", "pairs"),
    [
        ("{prometheus: k8s, team: ops}", PROMETHEUS, {"team": "ops"}),
        ("{prometheus: k8s, part: other}", PROMETHEUS, {"part": "other"}),
        (
            "{app.kubernetes.io/name: prometheus, app.kubernetes.io/instance: k8s, team: ops}",
            PROMETHEUS,
            {"team": "ops"},
        ),
        ("{alertmanager: k8s, team: ops}", MAKER.format("Alertmanager", "{}"), {"team": "ops"}),
        ("{thanos-ruler: k8s, team: ops}", MAKER.format("ThanosRuler", "{}"), {"team": "ops"}),
        ("{app: prometheus, prometheus: k8s, operator.prometheus.io/shard: '0'}", PROMETHEUS, {}),
        ("{prometheus: k8s, part: watch}", PROMETHEUS, {}),
    ],
    ids=[
        "labels of the object itself",
        "another value",
        "recommended labels",
        "Alertmanager",
        "ThanosRuler",
        "the operator's own",
        "from podMetadata",
    ],
)
def test_sel_01_pods_lack_what_neither_the_operator_nor_pod_metadata_gives(make_cluster, selector, maker, pairs):
    assert found(make_cluster, selector, maker) == (maker.split("kind: ")[1].split(",")[0], pairs)


@pytest.mark.parametrize(
    ("selector", "texts"),
    [
        ("{prometheus: k8s, team: ops}", []),
        ("{prometheus: main, team: ops}", [PROMETHEUS]),
        ("{prometheus: k8s, team: ops}", [PROMETHEUS.replace("name: k8s,", "name: k8s, namespace: other,")]),
        ("{app.kubernetes.io/name: graphs, app.kubernetes.io/instance: k8s, team: ops}", [PROMETHEUS]),
        ("{prometheus: k8s, team: ops}", [PROMETHEUS, OPERATOR.format("['--labels=team=ops']")]),
        ("{prometheus: k8s, team: ops}", [PROMETHEUS, OPERATOR.format("[-labels, team=ops]")]),
    ],
    ids=[
        "not seen", "another object", "another namespace", "another name",
        "the operator adds labels", "in two words",
    ],
)  # fmt: skip
def test_sel_01_what_pods_lack_is_not_known(make_cluster, selector, texts):
    assert found(make_cluster, selector, *texts) is None


@pytest.mark.parametrize(
    ("selector", "made_by", "decided"),
    [
        ("{app.kubernetes.io/name: prometheus, app.kubernetes.io/instance: k8s}", "Prometheus Operator", False),
        ("{prometheus: k8s, team: ops}", "", True),
    ],
    ids=["there", "lacking a label"],
)
def test_sel_01_pods_are_unseen_unless_they_lack_a_label(make_cluster, selector, made_by, decided):
    cluster = make_cluster(SERVICE.format(selector), PROMETHEUS)
    behind = endpoints(cluster.service("web", "graphs"), cluster)
    assert (behind.made_by, behind.decided) == (made_by, decided)


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ("[--verbose]", ("Prometheus", {"team": "ops"})),
        ("[labels=team=ops]", ("Prometheus", {"team": "ops"})),
        ("[--labels=team=ops]", None),
    ],
)
def test_sel_01_only_the_flag_for_labels_adds_some(make_cluster, args, expected):
    assert found(make_cluster, "{prometheus: k8s, team: ops}", PROMETHEUS, OPERATOR.format(args)) == expected
