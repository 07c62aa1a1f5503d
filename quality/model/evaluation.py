"""One contract judged in one period: all that a report needs, and nothing it must look up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from quality.model.closing import FrozenRecord, PeriodState
from quality.model.facts import Cause
from quality.model.recipe import RecipeInfo
from quality.model.relief import CreditNote, ReliefEvent
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
class Snapshot:
    """The commit that stands for a repository in a period. Without one, ``reason`` says why, and
    ``cause`` whose cause it is.

    ``files`` counts the production files; ``rewritten`` names the commit that stood here before
    the supplier rewrote the branch's history ("" if he did not).
    """

    repository: str
    commit: str | None
    committed_at: datetime | None
    files: int
    unmeasured: tuple[Unmeasured, ...]
    reason: str
    rewritten: str = ""
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class PastPeriod:
    """An earlier period in short: the outcomes by service level id, and what followed in money.
    ``excused`` counts the ledger entries that took effect."""

    period: Period
    outcome: Outcome
    outcomes: tuple[tuple[str, Outcome], ...]
    credits: CreditStatement | None = None
    state: PeriodState = ""
    excused: int = 0


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
    amendment: str = ""  # id of the amendment in force; "": the contract itself
    ledger_digest: str = ""
    excusals: tuple[ReliefEvent, ...] = ()
    credit_notes: tuple[CreditNote, ...] = ()
    frozen: FrozenRecord | None = None  # set where the period is closed
    # --- money: None where the contract has no commercial terms
    credits: CreditStatement | None = None
    credits_without: CreditStatement | None = None  # had the ledger excused nothing in the period
    past: tuple[PastPeriod, ...] = ()  # the periods before this one, oldest first
