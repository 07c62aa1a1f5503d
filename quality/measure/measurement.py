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
    least one analyzer looked at."""

    problems: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
    blobs: set[str] = field(default_factory=set)
