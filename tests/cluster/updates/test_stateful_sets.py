"""UPD-02: the few fields of a StatefulSet that may change, by release."""

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]
OLD = "spec: {serviceName: web, selector: {matchLabels: {app: web}}, volumeClaimTemplates: [%s]}"
CLAIM = "{metadata: {name: data}, spec: {resources: {requests: {storage: 1Gi}}}}"
LISTED = "'replicas', 'ordinals', 'template', 'updateStrategy'"
FORBIDDEN = (
    f"UPD-02 spec: Forbidden: updates to statefulset spec for fields other than {LISTED}, 'revisionHistoryLimit', "
    "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden; "
)


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        pytest.param(
            "spec: {serviceName: web}",
            "spec: {serviceName: db}",
            "spec.serviceName differs (it is 'web', and would become 'db')",
            id="UPD-02-serviceName",
        ),
        pytest.param(
            "spec: {serviceName: web}",
            "spec: {podManagementPolicy: Parallel, serviceName: web}",
            "spec.podManagementPolicy differs (it is 'OrderedReady', and would become 'Parallel')",
            id="UPD-02-podManagementPolicy",
        ),
        pytest.param(
            "spec: {selector: {matchLabels: {app: a}}}",
            "spec: {selector: {matchLabels: {app: b}}}",
            "spec.selector.matchLabels.app differs",
            id="UPD-02-selector",
        ),
        pytest.param(
            OLD % CLAIM,
            OLD % CLAIM.replace("1Gi", "2Gi"),
            "spec.volumeClaimTemplates[0].spec.resources.requests.storage differs",
            id="UPD-02-storage-of-a-claim",
        ),
        pytest.param(
            OLD % CLAIM,
            OLD % CLAIM.replace("name: data", "name: data, labels: {app: web}"),
            "spec.volumeClaimTemplates[0].metadata.labels.app differs",
            id="UPD-02-label-that-kustomize-adds",
        ),
        pytest.param(OLD % "", OLD % CLAIM, "spec.volumeClaimTemplates differs", id="UPD-02-claim-added"),
        pytest.param(
            OLD % CLAIM,
            OLD % CLAIM.replace("spec: {", "spec: {storageClassName: '', "),
            "spec.volumeClaimTemplates[0].spec.storageClassName differs",
            id="UPD-02-empty-class-is-not-none",
        ),
    ],
)
def test_fixed(said: Said, old: str, new: str, differs: str) -> None:
    assert said("StatefulSet", old, new) == [FORBIDDEN + differs]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(OLD % CLAIM, (OLD % CLAIM).replace("{service", "{replicas: 3, service"), id="UPD-02-replicas"),
        pytest.param(OLD % CLAIM, OLD % CLAIM.replace("1Gi", "1024Mi"), id="UPD-02-the-same-amount-written-otherwise"),
        pytest.param(
            OLD % CLAIM,
            OLD % CLAIM.replace("{metadata", "{apiVersion: v1, kind: PersistentVolumeClaim, status: {}, metadata"),
            id="UPD-02-kind-of-a-claim",
        ),
        pytest.param(
            OLD % CLAIM,
            OLD % CLAIM.replace("spec: {", "spec: {volumeMode: Filesystem, "),
            id="UPD-02-default-of-a-claim",
        ),
        pytest.param("spec: {}", "spec: {podManagementPolicy: OrderedReady}", id="UPD-02-default-written"),
        pytest.param("spec: {serviceName: ''}", "spec: {replicas: 1}", id="UPD-02-empty-name-is-none"),
        pytest.param("spec: {}", "spec: {revisionHistoryLimit: 3}", id="UPD-02-history-since-1.33"),
    ],
)
def test_free(said: Said, old: str, new: str) -> None:
    assert said("StatefulSet", old, new) == []


def test_history_before_1_33(said: Said) -> None:
    listed = f"{LISTED}, 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"
    [message] = said("StatefulSet", "spec: {}", "spec: {revisionHistoryLimit: 3}", (1, 32))
    differs = "spec.revisionHistoryLimit differs (it is 10, and would become 3)"
    assert message == f"UPD-02 spec: Forbidden: updates to statefulset spec for fields other than {listed}; {differs}"


def test_from_1_37_each_field_is_named(said: Said) -> None:
    old, new = "spec: {serviceName: a}", "spec: {serviceName: b, podManagementPolicy: Parallel}"
    assert said("StatefulSet", old, new, (1, 37)) == [
        "UPD-02 spec.serviceName: field is immutable (it is 'a', and would become 'b')",
        "UPD-02 spec.podManagementPolicy: field is immutable (it is 'OrderedReady', and would become 'Parallel')",
    ]
