"""How grave it is that a Service selects nothing: pods may come from what is not in the manifests (SEL-01)."""

from ringtrue.cluster.endpoints import endpoints
from ringtrue.cluster.near import meant
from ringtrue.cluster.operated import operated
from ringtrue.cluster.services import Service
from ringtrue.findings import Severity
from ringtrue.reachability.scope import Scope


def severity(service: Service, scope: Scope) -> Severity | None:
    """None for the full severity: a pod there was meant, or the cluster is complete. Lower where pods may be unseen."""
    if lacks_labels(service, scope):
        return None
    if maker(service, scope):
        return Severity.NOTE
    certain = scope.cluster.profile.complete or meant(service, scope.cluster) is not None
    return None if certain else Severity.WARNING


def maker(service: Service, scope: Scope) -> str:
    """Who may make pods for the Service that no manifest shows; "" when nobody is known to, or they lack labels."""
    if lacks_labels(service, scope):
        return ""
    unseen = scope.more(service.namespace)
    return f"the namespace {unseen}" if unseen else endpoints(service, scope.cluster).made_by


def lacks_labels(service: Service, scope: Scope) -> bool:
    """Whether the pods that an operator makes for the Service are known not to carry all that it selects."""
    known = operated(service, scope.cluster)
    return known is not None and bool(known.lacking)


def unseen_pods(service: Service, scope: Scope) -> str:
    """Why pods that no manifest shows may be behind the Service, as a clause; "" when nobody is known to make any."""
    unseen = maker(service, scope)
    return unseen if not unseen or scope.more(service.namespace) else f"{unseen} may make some"
