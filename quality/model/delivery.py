"""What was seen of a supplier's branch, and when: the bounds of every date that he claims."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Loss = Literal["", "rewritten", "merged", "deleted"]
"""How a branch lost its tip: by a push that replaced history, by a merge that made it a second
parent, with the branch itself, which is deleted or unreadable; "": it did not."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Where a supplier delivers. ``source``: the place of the repository, in one spelling."""

    source: str
    name: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One reading of a branch. ``number``: its place in the order of all readings; ``read_at``: as
    our clock said; ``at``: the same, but never before the branch's reading before; ``tip`` None:
    there was no such branch; ``lost``: the tip before, where the branch holds it no longer."""

    number: int
    read_at: datetime
    at: datetime
    tip: str | None
    lost: str | None = None
    how: Loss = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A commit of a branch's first-parent line, as the reading ``observation`` found it first.
    ``committed_at`` is the supplier's claim; ``not_before``: the last reading before, which did
    not find it (None: there was none); ``not_after``: the one that did."""

    commit: str
    parent: str | None
    committed_at: datetime
    not_before: datetime | None
    not_after: datetime
    observation: int

    @property
    def at(self) -> datetime:
        """The time of delivery: the claim, bounded by what was observed."""
        latest = min(self.committed_at, self.not_after)
        return max(latest, self.not_before) if self.not_before else latest
