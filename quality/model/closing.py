"""The state of a period, and the record of one that is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

PeriodState = Literal["", "provisional", "dispute_window_open", "dispute_window_closed", "closed"]
"""*Provisional* until the period has ended; then its dispute window is *open* for the contract's
``dispute_days`` (both days included) and *closed* after them, until somebody closes the period."""


Party = Literal["customer", "supplier", ""]
"""Who signed; "": nobody says."""

PARTIES: tuple[Party, ...] = ("customer", "supplier")


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a recomputation of a closed period does not agree with what was frozen, in words:
    ``what`` ("TQ-1 value", "contract digest"), the frozen text and today's."""

    what: str
    frozen: str
    now: str


@dataclass(frozen=True, slots=True)
class FrozenRecord:
    """When, by whom and as what a period was closed. ``digest`` names the frozen bytes, which
    both parties keep; ``previous`` the record before it. ``differences`` to a recomputation change
    nothing; ``notes`` say where a copy of the record is missing."""

    closed_at: datetime
    closed_by: str
    agreed: bool
    digest: str
    previous: str
    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A key that signed evidence of a period: ``manifest`` names what it signed, which reached us
    at ``received_at``. ``stands``: verdicts and amounts are today what was signed; ``party``: whose
    key it is, as the contract says."""

    key: str
    manifest: str
    received_at: datetime
    stands: bool
    party: Party = ""
