"""How grave it is that what an object names, or selects, is not among the manifests."""

from ringtrue.environments.environment import Environment
from ringtrue.findings import Severity


def severity(namespace: str, slip: bool, environment: Environment) -> Severity | None:
    """None for the rule's own: it is a slip, or nothing else fills the cluster. Less where it may be there unseen.

    A note where the namespace is known to hold more than is seen, where nothing seen fills it, and in a folder that no
    Application names: another folder may be applied beside it.
    """
    scope = environment.scope
    if namespace in scope.open:
        return Severity.NOTE
    if slip or scope.cluster.profile.complete:
        return None
    return Severity.WARNING if namespace in scope.filled and not scope.leaf else Severity.NOTE
