"""Why a push is refused, and what to run instead."""

from dataclasses import dataclass

from ringtrue.gates.refs import brief, short


@dataclass(frozen=True, slots=True)
class Refusal:
    rule: str
    """Its page is `gates/pages/<rule>.md`."""
    ref: str
    commit: str
    """"" for a deletion."""
    sentence: str
    command: str = ""
    """What would be right; "" where nothing is."""

    @property
    def subject(self) -> str:
        return f"{short(self.ref)} at {brief(self.commit)}" if self.commit else short(self.ref)
