"""What kube-apiserver refuses to change in an object that is there: one module a kind of object (UPD-01 to UPD-05).

Both sides are as written in manifests. What a manifest leaves out is what the API server filled in when it made the
object, and stays so as long as the field is written on neither side, as by `kubectl apply` and Argo CD.
"""

from collections.abc import Iterator

from ringtrue.cluster.admission import Rejection
from ringtrue.cluster.profile import Profile
from ringtrue.cluster.updates.claims import claim
from ringtrue.cluster.updates.fixed import fixed
from ringtrue.cluster.updates.frozen import frozen
from ringtrue.cluster.updates.jobs import job
from ringtrue.cluster.updates.pods import pod
from ringtrue.cluster.updates.selectors import selector
from ringtrue.cluster.updates.services import service
from ringtrue.cluster.updates.stateful_sets import stateful_set
from ringtrue.cluster.updates.strategies import deployment_strategy, stateful_set_strategy
from ringtrue.cluster.updates.volumes import volume
from ringtrue.manifests.resource import Resource

__all__ = ["Rejection", "rejections"]


def rejections(old: Resource, new: Resource, profile: Profile, server_side: bool = False) -> tuple[Rejection, ...]:
    """UPD-01 to UPD-05: why the API server refuses to change `old` into `new`; () when it does not, or may not.

    `server_side` says that the change comes by server-side apply. `old` was accepted as it is. Routes lead
    into `new`. Another name, namespace or kind is another object.
    """
    if old.key != new.key or old.data == new.data:
        return ()
    return tuple(_of_kind(old, new, profile, server_side))


def _of_kind(old: Resource, new: Resource, profile: Profile, server_side: bool) -> Iterator[Rejection]:
    match new.group, new.kind:
        case "apps", "Deployment":
            yield from selector(old, new)
            yield from deployment_strategy(old, new, server_side)
        case "apps", "ReplicaSet" | "DaemonSet":
            yield from selector(old, new)
        case "apps", "StatefulSet":
            yield from stateful_set(old, new, profile)
            yield from stateful_set_strategy(old, new)
        case "", "Service":
            yield from service(old, new)
        case "", "Pod":
            yield from pod(old, new)
        case "batch", "Job":
            yield from job(old, new, profile)
        case "", "PersistentVolumeClaim":
            yield from claim(old, new, profile)
        case "", "PersistentVolume":
            yield from volume(old, new)
        case "", "ConfigMap" | "Secret":
            yield from frozen(old, new)
        case _:
            yield from fixed(old, new)
