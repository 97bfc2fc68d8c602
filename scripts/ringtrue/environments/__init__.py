"""Applications, leaf kustomizations, plain directories and PATHs to environments with their clusters."""

from ringtrue.environments.surveying import survey

__all__ = ["survey"]
