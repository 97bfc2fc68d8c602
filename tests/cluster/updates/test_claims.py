"""UPD-05: claims that are bound, and volumes."""

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]
FORBIDDEN = (
    "UPD-05 spec: Forbidden: spec is immutable after creation except resources.requests and "
    "volumeAttributesClassName for bound claims; "
)


def claim(more: str = "", storage: str = "1Gi", modes: str = "ReadWriteOnce") -> str:
    return f"spec: {{accessModes: [{modes}], resources: {{requests: {{storage: {storage}}}}}, {more}}}"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        pytest.param(claim(), claim(modes="ReadWriteMany"), "accessModes[0]", id="UPD-05-access"),
        pytest.param(
            claim("storageClassName: slow"), claim("storageClassName: fast"), "storageClassName", id="UPD-05-class"
        ),
        pytest.param(claim("storageClassName: slow"), claim(), "storageClassName", id="UPD-05-class-left-out"),
        pytest.param(claim("storageClassName: ''"), claim(), "storageClassName", id="UPD-05-no-class-left-out"),
        pytest.param(claim("volumeName: a"), claim("volumeName: b"), "volumeName", id="UPD-05-volume"),
        pytest.param(claim(), claim("selector: {matchLabels: {a: b}}"), "selector.matchLabels.a", id="UPD-05-selector"),
        pytest.param(
            claim(), claim("dataSource: {kind: PersistentVolumeClaim, name: a}"), "dataSource.kind", id="UPD-05-source"
        ),
    ],
)
def test_fixed(said: Said, old: str, new: str, field: str) -> None:
    assert said("PersistentVolumeClaim", old, new) == [f"{FORBIDDEN}spec.{field} differs"]


def test_mode(said: Said) -> None:
    """UPD-05: the API server says it twice."""
    assert said("PersistentVolumeClaim", claim(), claim("volumeMode: Block")) == [
        f"{FORBIDDEN}spec.volumeMode differs",
        "UPD-05 volumeMode: field is immutable; it is Filesystem",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(claim(), claim(storage="2Gi"), id="UPD-05-more-storage"),
        pytest.param(claim(), claim(storage="1024Mi"), id="UPD-05-as-much-storage"),
        pytest.param(claim(), claim("storageClassName: fast"), id="UPD-05-the-class-that-was-given-may-be-written"),
        pytest.param(claim(), claim("volumeName: a, volumeMode: Filesystem"), id="UPD-05-the-volume-that-was-given"),
        pytest.param(claim(), claim("volumeAttributesClassName: gold"), id="UPD-05-attributes"),
        pytest.param(
            claim("dataSource: {kind: PersistentVolumeClaim, name: a}"), claim(), id="UPD-05-source-left-out-stays"
        ),
    ],
)
def test_free(said: Said, old: str, new: str) -> None:
    assert said("PersistentVolumeClaim", old, new) == []


@pytest.mark.parametrize(
    ("version", "least"),
    [
        pytest.param((1, 31), "previous value", id="UPD-05-less-storage-1.31"),
        pytest.param((1, 32), "status.capacity", id="UPD-05-less-storage-1.32"),
    ],
)
def test_less_storage(said: Said, version: tuple[int, int], least: str) -> None:
    [message] = said("PersistentVolumeClaim", claim(), claim(storage="500Mi"), version)
    wrong = f"Forbidden: field can not be less than {least}; it is 1Gi, and would become 500Mi"
    assert message == f"UPD-05 spec.resources.requests.storage: {wrong}"


def test_no_storage(said: Said) -> None:
    old, new = claim(), "spec: {accessModes: [ReadWriteOnce]}"
    assert said("PersistentVolumeClaim", old, new) == ["UPD-05 spec.resources[storage]: Required value"]


SOURCE = "spec.persistentvolumesource"
NFS = "spec: {nfs: {server: %s, path: /a}, capacity: {storage: %s}}"
CSI = "spec: {csi: {driver: a, volumeHandle: b%s}}"


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        pytest.param(
            NFS % ("a", "1Gi"),
            NFS % ("b", "1Gi"),
            [f"UPD-05 {SOURCE}: Forbidden: {SOURCE} is immutable after creation; spec.nfs.server differs"],
            id="UPD-05-server",
        ),
        pytest.param(NFS % ("a", "1Gi"), NFS % ("a", "2Gi"), [], id="UPD-05-capacity"),
        pytest.param(
            CSI % "", CSI % ", controllerExpandSecretRef: {name: a}", [], id="UPD-05-secret-for-growing-added"
        ),
        pytest.param(
            "spec: {hostPath: {path: /a}}", "spec: {hostPath: {path: /a, type: ''}}", [], id="UPD-05-empty-type"
        ),
        pytest.param(
            "spec: {hostPath: {path: /a}}",
            "spec: {hostPath: {path: /a}, volumeMode: Block}",
            ["UPD-05 volumeMode: field is immutable"],
            id="UPD-05-mode-of-a-volume",
        ),
    ],
)
def test_volume(said: Said, old: str, new: str, messages: list[str]) -> None:
    assert said("PersistentVolume", old, new) == messages
