"""What a run of the whole line tells the user."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a run did, in lines for the user. ``problems``: what could not be measured;
    ``absent``: what is not there, as the verdict says: periods in which a repository had no commit
    yet and, where the contract fails the supplier for it, a branch that he took away;
    ``notices``: history that was rewritten, paths that some file systems cannot tell apart.
    ``records``: how much is new in the records of others. ``blobs``: distinct contents that at
    least one analyzer looked at, ``unmeasured`` those of them that one could not measure."""

    problems: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
    blobs: set[str] = field(default_factory=set)
    unmeasured: set[str] = field(default_factory=set)

    def told(self, seconds: float) -> str:
        """What was done, in how long, and what could not be: the one line at the end."""
        minutes, rest = divmod(round(seconds), 60)
        number, left = len(self.blobs), len(self.unmeasured)
        took = f"{minutes} min {rest} s" if minutes else f"{rest} s"
        line = f"measured {number:,} new content{'s' if number != 1 else ''} in {took}"
        if left:
            line += f", {left:,} of which an analyzer could not measure: the report says why"
        return line
