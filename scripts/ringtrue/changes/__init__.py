"""Two checks compared: connections and findings gained, lost, broken and mended, environment by environment."""

from ringtrue.changes.compare import compare
from ringtrue.changes.connections import Address, Connection
from ringtrue.changes.difference import Change, ConnectionChange, Difference, FindingChange
from ringtrue.changes.groups import Group, grouped
from ringtrue.changes.sides import Side, Sides

__all__ = [
    "Address",
    "Change",
    "Connection",
    "ConnectionChange",
    "Difference",
    "FindingChange",
    "Group",
    "Side",
    "Sides",
    "compare",
    "grouped",
]
