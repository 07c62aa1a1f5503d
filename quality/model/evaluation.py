"""One contract judged in one period: all that a report needs, and nothing it must look up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from quality.model.closing import Acknowledgement, FrozenRecord, PeriodState
from quality.model.facts import Cause
from quality.model.recipe import RecipeInfo
from quality.model.relief import CreditNote, Dispute, NoticeRecord, ReliefEvent, Waiver
from quality.model.scorecard import Scorecard
from quality.model.statement import CreditStatement
from quality.model.verdict import Outcome, Period, Verdict


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """A production file that an analyzer could not measure, and why; whose ``cause`` it is."""

    path: str
    analyzer: str
    reason: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class LostTip:
    """A tip that a branch held once and then no longer. ``seen_at``: the reading that found it
    gone; ``how``: rewritten (pushed over), merged (now a second parent), deleted (the branch)."""

    commit: str
    seen_at: datetime
    how: Literal["rewritten", "merged", "deleted"]


@dataclass(frozen=True, slots=True)
class Challenge:
    """A commit (None: none at all) that would be the snapshot by what a later reading found.
    ``dropped``: the branch no longer holds the commit that stands."""

    commit: str | None
    seen_at: datetime
    dropped: bool


@dataclass(frozen=True, slots=True)
class SnapshotBaseline:
    """With what a snapshot is compared: the baseline as it is agreed (``tag v1.0``), the commit
    that it named when it was first found (""; the repository was empty then), or None and the
    ``reason``."""

    stated: str
    commit: str | None
    found_at: datetime | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The commit that stands for a repository in a period. Without one, ``reason`` says why, and
    ``cause`` whose cause it is.

    ``files`` counts the production files. ``read_at``: the first reading after the period's end,
    from which it stands (the last one, as long as the period goes on); ``late``: that came after
    the days that the contract allows. ``challenges``: what would have moved it since; ``lost``:
    the tips that the branch lost since the period began; ``notices``: what of it a reader must
    know, in sentences; ``baseline``: None where the contract names none; ``web``: the template of
    its lines' web addresses (see ``quality.model.web``; "": nobody knows it).
    """

    repository: str
    commit: str | None
    committed_at: datetime | None
    files: int
    unmeasured: tuple[Unmeasured, ...]
    reason: str
    cause: Cause | None = None
    read_at: datetime | None = None
    late: bool = False
    challenges: tuple[Challenge, ...] = ()
    lost: tuple[LostTip, ...] = ()
    notices: tuple[str, ...] = ()
    baseline: SnapshotBaseline | None = None
    web: str = ""


@dataclass(frozen=True, slots=True)
class PastPeriod:
    """An earlier period in short: the outcomes by service level id, and what followed in money.
    ``excused`` counts the ledger entries that took effect; ``notes``: the credit notes booked in
    it."""

    period: Period
    outcome: Outcome
    outcomes: tuple[tuple[str, Outcome], ...]
    credits: CreditStatement | None = None
    state: PeriodState = ""
    excused: int = 0
    notes: tuple[CreditNote, ...] = ()
    disputes: tuple[Dispute, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One contract judged in one period: all that a report needs, and nothing it must look up."""

    contract_id: str
    contract_digest: str
    customer: str
    supplier: str
    minimum_measured: Decimal
    period: Period
    recipe: RecipeInfo
    snapshots: tuple[Snapshot, ...]
    service_levels: tuple[Verdict, ...]
    outcome: Outcome
    scorecard: Scorecard
    # --- excusals, the period's state, amendments: empty where the contract has none of it
    state: PeriodState = ""
    disputed_until: date | None = None  # last day of the dispute window
    as_of: date | None = field(default=None, compare=False)  # the day of looking: what is overdue
    amendment: str = ""  # id of the amendment in force; "": the contract itself
    ledger_digest: str = ""
    excusals: tuple[ReliefEvent, ...] = ()
    credit_notes: tuple[CreditNote, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    notices: tuple[NoticeRecord, ...] = ()
    claim_until: date | None = None  # the last day for claims; None: none is needed
    unclaimed: tuple[str, ...] = ()  # service levels whose credits lapsed; "": those for points
    frozen: FrozenRecord | None = None  # set where the period is closed
    acknowledgements: tuple[Acknowledgement, ...] = field(default=(), compare=False)
    # --- money: None where the contract has no commercial terms
    credits: CreditStatement | None = None
    credits_without: CreditStatement | None = None  # had the ledger excused nothing in the period
    past: tuple[PastPeriod, ...] = ()  # the periods before this one, oldest first

    @property
    def notes(self) -> tuple[CreditNote, ...]:
        """The credit notes booked in the period that count."""
        return counting(self.credit_notes)


def counting(notes: tuple[CreditNote, ...]) -> tuple[CreditNote, ...]:
    """The credit notes that count."""
    return tuple(each for each in notes if not each.why_not)
