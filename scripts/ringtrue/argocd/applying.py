"""How a sync changes an object that is there: by which kind of apply, by replacing it, or by making it anew."""

from collections.abc import Mapping
from enum import StrEnum

from ringtrue.argocd.globs import matches
from ringtrue.argocd.hooks import BEFORE_CREATION, delete_policies, is_hook, phases
from ringtrue.argocd.settings import NEWEST, Version
from ringtrue.argocd.sync_options import ANNOTATION, listed
from ringtrue.manifests.resource import Resource, mappings_at, text_at, texts_at

_RBAC = "rbac.authorization.k8s.io"
_NEVER_DELETED = ("Namespace", "CustomResourceDefinition")
_REPLACE, _FORCE = "Replace=true", "Force=true"
_SERVER, _NO_SERVER = "ServerSideApply=true", "ServerSideApply=false"


class Way(StrEnum):
    CLIENT = "client-side apply"
    SERVER = "server-side apply"
    REPLACE = "replace"
    ANEW = "anew"
    """It is deleted where it cannot be changed, or in any case."""
    NEVER = "never"


def way(live: Resource, target: Resource, application: Resource, version: Version = NEWEST) -> Way:
    """How `live` becomes `target`, by the options on either of them and on the Application.

    `Force=true` deletes what cannot be changed, but not by server-side apply without `Replace=true`. A hook is deleted
    before it is made again, or once it succeeded. Bindings are reconciled first, which deletes those of another role.
    Namespaces and CustomResourceDefinitions are never deleted so.
    """
    if not phases(target.annotations, version):
        return Way.NEVER
    own = _listed(target.annotations)
    either = {*own, *_listed(live.annotations)}
    general = set(texts_at(application.data, "spec", "syncPolicy", "syncOptions"))
    replaces = _REPLACE in either | general
    server_side = _NO_SERVER not in own and _SERVER in {*own, *general}
    if _is_hook_made_anew(target) or (target.group == _RBAC and target.kind.endswith("RoleBinding")):
        return Way.ANEW
    if _FORCE in either and (replaces or not server_side) and target.kind not in _NEVER_DELETED:
        return Way.ANEW
    if replaces:
        return Way.REPLACE
    return Way.SERVER if server_side else Way.CLIENT


def leaves_alone(application: Resource, resource: Resource) -> bool:
    """Whether a sync may keep fields of the object as they are on the cluster: differences that it is to respect."""
    if "RespectIgnoreDifferences=true" not in texts_at(application.data, "spec", "syncPolicy", "syncOptions"):
        return False
    return any(
        matches(text_at(each, "group"), resource.group)
        and matches(text_at(each, "kind"), resource.kind)
        and text_at(each, "name") in ("", resource.name)
        and text_at(each, "namespace") in ("", resource.namespace)
        for each in mappings_at(application.data, "spec", "ignoreDifferences")
    )


def _is_hook_made_anew(target: Resource) -> bool:
    policies = delete_policies(target.annotations)
    return is_hook(target.annotations) and not {BEFORE_CREATION, "HookSucceeded"}.isdisjoint(policies)


def _listed(annotations: Mapping[str, str]) -> tuple[str, ...]:
    return listed(annotations.get(ANNOTATION, ""))
