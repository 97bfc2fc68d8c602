"""UPD-05: fixed fields of other kinds."""

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]
RBAC = "rbac.authorization.k8s.io"


@pytest.mark.parametrize(
    ("kind", "old", "new", "message"),
    [
        pytest.param(
            "RoleBinding",
            "roleRef: {kind: Role, name: a}",
            f"roleRef: {{kind: Role, name: b, apiGroup: {RBAC}}}",
            "roleRef: cannot change roleRef; it is Role 'a'",
            id="UPD-05-role",
        ),
        pytest.param(
            "ClusterRoleBinding",
            "roleRef: {kind: ClusterRole, name: a}",
            "roleRef: {kind: ClusterRole, name: b}",
            "roleRef: cannot change roleRef; it is ClusterRole 'a'",
            id="UPD-05-cluster-role",
        ),
        pytest.param(
            "StorageClass",
            "parameters: {a: b}",
            "parameters: {a: c}",
            "parameters: Forbidden: updates to parameters are forbidden.",
            id="UPD-05-parameters",
        ),
        pytest.param(
            "StorageClass",
            "provisioner: a",
            "{provisioner: a, parameters: {}}",
            "parameters: Forbidden: updates to parameters are forbidden.",
            id="UPD-05-empty-parameters-are-not-stored",
        ),
        pytest.param(
            "StorageClass",
            "provisioner: a",
            "provisioner: b",
            "provisioner: Forbidden: updates to provisioner are forbidden.; it is 'a'",
            id="UPD-05-provisioner",
        ),
        pytest.param(
            "StorageClass",
            "provisioner: a",
            "{provisioner: a, reclaimPolicy: Retain}",
            "reclaimPolicy: Forbidden: updates to reclaimPolicy are forbidden.; it is 'Delete'",
            id="UPD-05-reclaim-policy",
        ),
        pytest.param(
            "StorageClass",
            "provisioner: a",
            "{provisioner: a, volumeBindingMode: WaitForFirstConsumer}",
            "volumeBindingMode: field is immutable; it is 'Immediate'",
            id="UPD-05-binding-mode",
        ),
        pytest.param(
            "VolumeAttributesClass",
            "driverName: a",
            "driverName: b",
            "driverName: Forbidden: updates to driverName are forbidden.; it is 'a'",
            id="UPD-05-driver",
        ),
        pytest.param(
            "CSIDriver",
            "spec: {}",
            "spec: {attachRequired: false}",
            "spec.attachRequired: field is immutable; it is True",
            id="UPD-05-attaching",
        ),
        pytest.param(
            "PriorityClass",
            "value: 1",
            "value: 2",
            "value: Forbidden: may not be changed in an update.; it is 1",
            id="UPD-05-priority",
        ),
        pytest.param(
            "IngressClass",
            "spec: {controller: a}",
            "spec: {controller: b}",
            "spec.controller: field is immutable; it is 'a'",
            id="UPD-05-controller",
        ),
        pytest.param(
            "RuntimeClass", "handler: a", "handler: b", "handler: field is immutable; it is 'a'", id="UPD-05-handler"
        ),
        pytest.param(
            "EndpointSlice",
            "addressType: IPv4",
            "addressType: IPv6",
            "addressType: field is immutable; it is 'IPv4'",
            id="UPD-05-address-type",
        ),
        pytest.param(
            "ResourceQuota",
            "spec: {scopes: [BestEffort]}",
            "spec: {scopes: [Terminating]}",
            "spec.scopes: field is immutable",
            id="UPD-05-scopes",
        ),
    ],
)
def test_fixed(said: Said, kind: str, old: str, new: str, message: str) -> None:
    assert said(kind, old, new) == [f"UPD-05 {message}"]


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        pytest.param(
            "RoleBinding",
            "roleRef: {kind: Role, name: a}",
            f"roleRef: {{kind: Role, name: a, apiGroup: {RBAC}}}\nsubjects: [{{kind: User, name: b}}]",
            id="UPD-05-subjects",
        ),
        pytest.param(
            "StorageClass",
            "provisioner: a",
            "{provisioner: a, reclaimPolicy: Delete, volumeBindingMode: Immediate}",
            id="UPD-05-defaults-of-a-class",
        ),
        pytest.param(
            "StorageClass", "provisioner: a", "{provisioner: a, allowVolumeExpansion: true}", id="UPD-05-growth"
        ),
        pytest.param("PriorityClass", "value: 1", "{value: 1, description: a}", id="UPD-05-description"),
        pytest.param(
            "ResourceQuota",
            "spec: {scopes: [A, B]}",
            "spec: {scopes: [B, A], hard: {pods: 1}}",
            id="UPD-05-scope-order",
        ),
        pytest.param("Ingress", "spec: {ingressClassName: a}", "spec: {ingressClassName: b}", id="UPD-05-other-kind"),
    ],
)
def test_free(said: Said, kind: str, old: str, new: str) -> None:
    assert said(kind, old, new) == []
