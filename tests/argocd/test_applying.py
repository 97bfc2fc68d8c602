"""How a sync changes an object that is there."""

from typing import Any

import pytest

from ringtrue.argocd.applying import Way, leaves_alone, way
from ringtrue.argocd.hooks import DELETE_POLICY, HOOK
from ringtrue.argocd.sync_options import ANNOTATION
from ringtrue.manifests.resource import Resource


def made(kind: str = "Deployment", api: str = "apps/v1", **annotations: str) -> Resource:
    marks = {
        {"options": ANNOTATION, "hook": HOOK, "policy": DELETE_POLICY}[key]: text for key, text in annotations.items()
    }
    return Resource({"apiVersion": api, "kind": kind, "metadata": {"name": "web", "annotations": marks}}, "shop")


def application(*options: str, **spec: Any) -> Resource:
    spec = {"syncPolicy": {"syncOptions": list(options)}, **spec}
    return Resource({"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "spec": spec}, "argocd")


PLAIN = made()


@pytest.mark.parametrize(
    ("live", "target", "options", "expected"),
    [
        pytest.param(PLAIN, PLAIN, (), Way.CLIENT, id="as-kubectl-apply"),
        pytest.param(PLAIN, PLAIN, ("ServerSideApply=true",), Way.SERVER, id="server-side"),
        pytest.param(PLAIN, made(options="ServerSideApply=true"), (), Way.SERVER, id="server-side-by-annotation"),
        pytest.param(
            PLAIN, made(options="ServerSideApply=false"), ("ServerSideApply=true",), Way.CLIENT, id="not-server-side"
        ),
        pytest.param(PLAIN, PLAIN, ("Replace=true",), Way.REPLACE, id="replaced"),
        pytest.param(PLAIN, PLAIN, ("Replace=true", "ServerSideApply=true"), Way.REPLACE, id="replaced-rather"),
        pytest.param(PLAIN, made(options="Force=true"), (), Way.ANEW, id="forced"),
        pytest.param(made(options="Force=true"), PLAIN, (), Way.ANEW, id="forced-by-what-is-there"),
        pytest.param(PLAIN, made(options="Force=true"), ("Replace=true",), Way.ANEW, id="forced-and-replaced"),
        pytest.param(PLAIN, made(options="Force=true"), ("ServerSideApply=true",), Way.SERVER, id="forced-server-side"),
        pytest.param(PLAIN, PLAIN, ("Force=true",), Way.CLIENT, id="force-is-no-option-of-an-Application"),
        pytest.param(PLAIN, made(hook="PreSync"), (), Way.ANEW, id="hook"),
        pytest.param(PLAIN, made(hook="PreSync", policy="HookSucceeded"), (), Way.ANEW, id="hook-that-succeeded"),
        pytest.param(PLAIN, made(hook="PreSync", policy="HookFailed"), (), Way.CLIENT, id="hook-that-stays"),
        pytest.param(PLAIN, made(hook="Skip"), (), Way.NEVER, id="skipped"),
        pytest.param(
            PLAIN, made("RoleBinding", "rbac.authorization.k8s.io/v1"), (), Way.ANEW, id="binding-that-is-reconciled"
        ),
        pytest.param(
            PLAIN, made("Namespace", "v1", options="Force=true,Replace=true"), (), Way.REPLACE, id="never-a-namespace"
        ),
    ],
)
def test_way(live: Resource, target: Resource, options: tuple[str, ...], expected: Way) -> None:
    assert way(live, target, application(*options)) is expected


@pytest.mark.parametrize(
    ("options", "ignored", "expected"),
    [
        pytest.param(("RespectIgnoreDifferences=true",), {"group": "apps", "kind": "Deployment"}, True, id="its-kind"),
        pytest.param(("RespectIgnoreDifferences=true",), {"group": "*", "kind": "*"}, True, id="any-kind"),
        pytest.param(("RespectIgnoreDifferences=true",), {"group": "apps", "kind": "StatefulSet"}, False, id="another"),
        pytest.param(
            ("RespectIgnoreDifferences=true",), {"group": "apps", "kind": "Deployment", "name": "db"}, False, id="name"
        ),
        pytest.param((), {"group": "apps", "kind": "Deployment"}, False, id="not-respected"),
    ],
)
def test_leaves_alone(options: tuple[str, ...], ignored: dict[str, str], expected: bool) -> None:
    assert leaves_alone(application(*options, ignoreDifferences=[ignored]), PLAIN) is expected
