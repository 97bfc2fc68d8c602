"""Pods that a Service selects although they do not serve it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ringtrue.cluster.endpoints import PortEndpoints, ServiceEndpoints, backend
from ringtrue.cluster.near import own_labels
from ringtrue.cluster.services import ServicePort
from ringtrue.cluster.workloads import Workload


@dataclass(frozen=True, slots=True)
class Strangers:
    """Of the workloads behind a Service, those that serve it and those that its selector catches by accident."""

    serving: tuple[Workload, ...]
    caught: tuple[Workload, ...]
    port: ServicePort
    """The first port that the one declare and the other do not."""

    @property
    def distinction(self) -> Mapping[str, str]:
        """SEL-05: a label that all who serve carry with one value and no stranger has so; empty when there is none."""
        first, *others = map(own_labels, self.serving)
        for key, value in sorted(first.items()):
            same = all(labels.get(key) == value for labels in others)
            if same and all(own_labels(each).get(key) != value for each in self.caught):
                return {key: value}
        return {}


def strangers(behind: ServiceEndpoints, version: tuple[int, int]) -> Strangers | None:
    """SEL-05: the selected pods that declare none of the Service's ports while others do; None when there are none.

    A pod that runs an image of those that serve may listen all the same (EP-03), and so may one that serves another
    port of the Service. Pods that complete are endpoints while they run (EP-05).
    """
    present = tuple(each for each in behind.selected if each.replicas > 0)
    if behind.manual or len(present) < 2:
        return None
    served = {id(workload) for port in behind.ports for workload in _declaring(port, present, version)}
    serving = tuple(each for each in present if id(each) in served)
    images = {image for each in serving for image in _images(each)}
    caught = tuple(each for each in present if id(each) not in served and images.isdisjoint(_images(each)))
    if not serving or not caught:
        return None
    port = next(port.port for port in behind.ports if any(_declaring(port, present, version)))
    return Strangers(serving, caught, port)


def _declaring(port: PortEndpoints, present: tuple[Workload, ...], version: tuple[int, int]) -> Iterator[Workload]:
    for each in present:
        found = backend(each, port.port, version)
        if found is not None and found.declared:
            yield each


def _images(workload: Workload) -> Iterator[str]:
    """Without tag and digest; a tag stands after the last slash, a registry's port before it."""
    for container in workload.serving:
        image = container.data.get("image")
        if isinstance(image, str) and image:
            name = image.partition("@")[0]
            folder, slash, last = name.rpartition("/")
            yield f"{folder}{slash}{last.partition(':')[0]}"
