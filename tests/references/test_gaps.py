"""ConfigMaps, Secrets and keys that are named and not there."""

from collections.abc import Callable
from typing import Any

import pytest

from ringtrue.references.gaps import config_gaps

CONTAINER = ("spec", "template", "spec", "containers", 0)
VOLUMES = ("spec", "template", "spec", "volumes", 0)


def key_of(kind: str, name: str, key: str, **more: Any) -> dict[str, Any]:
    return {"env": [{"name": "A", "valueFrom": {f"{kind}KeyRef": {"name": name, "key": key, **more}}}]}


def all_of(kind: str, name: str, **more: Any) -> dict[str, Any]:
    return {"envFrom": [{f"{kind}Ref": {"name": name, **more}}]}


def volume(**source: Any) -> dict[str, Any]:
    return {"spec": {"volumes": [{"name": "v", **source}]}}


@pytest.fixture
def gaps(world: Any, deployment: Any, made: Any) -> Callable[..., list[tuple[Any, ...]]]:
    others = [
        made("ConfigMap", "app", data={"LOG_LEVEL": "info"}, binaryData={"blob": "AA=="}),
        made("ConfigMap", "elsewhere", namespace="other", data={"A": "1"}),
        made("Secret", "db-5fm5m4ftd8", data={"password": "eA=="}),
        made("Secret", "filled", type="Opaque"),
        made("Certificate", "tls", "cert-manager.io/v1", spec={"secretName": "web-tls"}),
        made("ConfigMap", "empty"),
    ]

    def find(**container: Any) -> list[tuple[Any, ...]]:
        web = deployment(container.pop("spec", None), **container)
        cluster = world(web, *others)
        return [(g.kind, g.name, g.key, g.near, g.spot.route) for g in config_gaps(cluster, [web])]

    return find


MISSING = {
    "key in env": (
        key_of("configMap", "app", "LOGLEVEL"),
        ("ConfigMap", "app", "LOGLEVEL", "LOG_LEVEL", (*CONTAINER, "env", 0, "valueFrom", "configMapKeyRef", "key")),
    ),
    "ConfigMap in env": (
        key_of("configMap", "apps", "X"),
        ("ConfigMap", "apps", None, "app", (*CONTAINER, "env", 0, "valueFrom", "configMapKeyRef", "name")),
    ),
    "ConfigMap in envFrom": (
        all_of("configMap", "gone"),
        ("ConfigMap", "gone", None, "", (*CONTAINER, "envFrom", 0, "configMapRef", "name")),
    ),
    "ConfigMap of another namespace": (
        all_of("configMap", "elsewhere"),
        ("ConfigMap", "elsewhere", None, "", (*CONTAINER, "envFrom", 0, "configMapRef", "name")),
    ),
    "volume": (volume(configMap={"name": "gone"}), ("ConfigMap", "gone", None, "", (*VOLUMES, "configMap", "name"))),
    "item": (
        volume(configMap={"name": "app", "items": [{"key": "LOG", "path": "x"}]}),
        ("ConfigMap", "app", "LOG", "", (*VOLUMES, "configMap", "items", 0, "key")),
    ),
    "projected": (
        volume(projected={"sources": [{"secret": {"name": "db-5fm5m4ftd8"}}, {"configMap": {"name": "gone"}}]}),
        ("ConfigMap", "gone", None, "", (*VOLUMES, "projected", "sources", 1, "configMap", "name")),
    ),
    "generated Secret": (
        all_of("secret", "db"),
        ("Secret", "db", None, "db-5fm5m4ftd8", (*CONTAINER, "envFrom", 0, "secretRef", "name")),
    ),
    "misspelt Secret": (
        all_of("secret", "db-5fm5m4ftd9"),
        ("Secret", "db-5fm5m4ftd9", None, "db-5fm5m4ftd8", (*CONTAINER, "envFrom", 0, "secretRef", "name")),
    ),
    "misspelt key of a Secret": (
        key_of("secret", "db-5fm5m4ftd8", "passwrod"),
        (
            "Secret",
            "db-5fm5m4ftd8",
            "passwrod",
            "password",
            (*CONTAINER, "env", 0, "valueFrom", "secretKeyRef", "key"),
        ),
    ),
}
PRESENT = {
    "key": key_of("configMap", "app", "LOG_LEVEL"),
    "binary key": key_of("configMap", "app", "blob"),
    "optional key": key_of("configMap", "app", "GONE", optional=True),
    "optional ConfigMap": all_of("configMap", "gone", optional=True),
    "optional volume": volume(configMap={"name": "gone", "optional": True, "items": [{"key": "a", "path": "a"}]}),
    "root certificate": volume(configMap={"name": "kube-root-ca.crt"}),
    "Secret that is not in git": all_of("secret", "payments"),
    "key of a Secret that is filled later": key_of("secret", "filled", "password"),
    "Secret that a Certificate makes": volume(secret={"secretName": "web-tls"}),
    "other volumes": volume(emptyDir={}),
}


@pytest.mark.parametrize(("container", "expected"), MISSING.values(), ids=MISSING.keys())
def test_missing(container: dict[str, Any], expected: tuple[Any, ...], gaps: Callable[..., Any]) -> None:
    assert gaps(**container) == [expected]


@pytest.mark.parametrize("container", PRESENT.values(), ids=PRESENT.keys())
def test_not_missing(container: dict[str, Any], gaps: Callable[..., Any]) -> None:
    assert gaps(**container) == []


def test_missing_object_with_items_is_said_once(gaps: Callable[..., Any]) -> None:
    container = volume(configMap={"name": "gone", "items": [{"key": "a", "path": "a"}, {"key": "b", "path": "b"}]})
    assert gaps(**container) == [("ConfigMap", "gone", None, "", (*VOLUMES, "configMap", "name"))]


@pytest.mark.parametrize(
    ("provider", "missing"),
    [
        (None, True),
        (("ExternalSecret", "db-creds", "external-secrets.io/v1", "shop", {}), False),
        (("ExternalSecret", "db-creds", "external-secrets.io/v1", "other", {}), True),
        (("ExternalSecret", "db-creds", "vault.example.org/v1", "shop", {}), True),
        (
            ("SealedSecret", "db", "bitnami.com/v1alpha1", "shop", {"template": {"metadata": {"name": "db-creds"}}}),
            False,
        ),
    ],
    ids=["nobody", "in the namespace", "in another", "of another group", "by its template"],
)
def test_who_makes_the_secret(provider: Any, missing: bool, world: Any, deployment: Any, made: Any) -> None:
    web = deployment(**all_of("secret", "db-creds"))
    others = [made("Secret", "db-cred", data={"user": "eA=="})]
    if provider:
        kind, name, api_version, namespace, spec = provider
        others.append(made(kind, name, api_version, namespace, spec=spec))
    found = config_gaps(world(web, *others), [web])
    assert [(gap.name, gap.near) for gap in found] == ([("db-creds", "db-cred")] if missing else [])


@pytest.mark.parametrize(
    ("labels", "type_", "missing"),
    [
        ({}, "Opaque", True),
        ({"app": "web"}, "Opaque", True),
        ({"config.openshift.io/inject-trusted-cabundle": "true"}, "Opaque", False),
        ({}, "kubernetes.io/service-account-token", False),
    ],
    ids=["nobody", "a label like any", "who injects", "a token"],
)
def test_who_adds_the_key(
    labels: dict[str, str], type_: str, missing: bool, world: Any, deployment: Any, made: Any
) -> None:
    web = deployment(**key_of("secret", "ca", "token"))
    secret = made("Secret", "ca", type=type_, metadata={"name": "ca", "labels": labels}, data={"tokens": "eA=="})
    found = config_gaps(world(web, secret), [web])
    assert [(gap.key, gap.near) for gap in found] == ([("token", "tokens")] if missing else [])
