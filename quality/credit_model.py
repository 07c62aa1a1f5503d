"""Money in a contract: the commercial terms, and the credit statement that follows from them.

Two halves. ``Terms`` is what the parties agreed (read from the contract file). ``CreditStatement``
is what follows from it in one period: every number that a lawyer or a controller needs to
recompute the credit by hand, and one sentence (``explanation``) for each step of it.

Conventions, everywhere in this file:

- Money is a ``Decimal`` in the currency's major unit, already rounded to its minor unit: EUR
  ``Decimal("14400.00")``, JPY ``Decimal("14400")``, KWD ``Decimal("14400.000")``.
- A percentage is a ``Decimal`` in percent: 12 is 12 %.
- Dates are days, both ends included. Periods are named as everywhere: ``2026-Q1``, ``2026-01``.
- ``clause`` is the place in the signed contract, such as "Schedule 4, 2.3"; "" if none is named.

Nothing here imports another part of the program, so the model and every report may use it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Rounding = Literal["half_up", "half_even", "down", "up"]
CreditKind = Literal["at_risk", "fixed", "ladder", "target_minus_actual", "points"]
ConsequenceKind = Literal[
    "chronic_failure", "rectification_plan", "step_in", "termination", "notice"
]
Limit = Literal["expected", "minimum"]
Base = Literal["charges", "at_risk"]

# ---------------------------------------------------------------- what was agreed


@dataclass(frozen=True, slots=True)
class ChargePeriod:
    """From this day on the supplier's charges are ``amount``, until the next entry begins."""

    starts: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Pool:
    """A part of the at-risk amount that a group of service levels shares: ``percent`` of it."""

    name: str
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Charges:
    """What the supplier is paid, and how much of it is at risk.

    ``amounts`` are per ``per`` (month, quarter or year), oldest first. ``at_risk`` is the
    percentage of a period's charges that credits can reach: the cap of every period. ``pool`` is
    how many percent of the at-risk amount the contract may allocate in all (200, say), ``pools``
    divides it further. At most one of the annual caps is set: ``annual_cap`` in percent of the
    contract year's charges, ``annual_cap_amount`` in money.
    """

    currency: str
    minor_digits: int
    rounding: Rounding
    per: Literal["month", "quarter", "year"]
    pro_rata: bool
    amounts: tuple[ChargePeriod, ...]
    at_risk: Decimal
    pool: Decimal
    pools: tuple[Pool, ...]
    annual_cap: Decimal | None
    annual_cap_amount: Decimal | None


@dataclass(frozen=True, slots=True)
class LadderStep:
    """A rung of a ladder, from mild to severe: it holds where the value is worse than
    ``threshold`` (or the shortfall is over it, see ``CreditRule.by``).

    One of ``percent`` (of the rule's base), ``amount`` (money) and ``points`` is set; ``severity``
    is the word for the points ("minor"), "" if the contract gave the number.
    """

    threshold: Decimal
    percent: Decimal | None = None
    amount: Decimal | None = None
    points: int | None = None
    severity: str = ""


@dataclass(frozen=True, slots=True)
class CreditRule:
    """How a failed service level becomes money.

    ============================  ============================================================
    kind                          amount
    ============================  ============================================================
    ``at_risk``                   at-risk amount x pool x allocation
    ``fixed``                     ``amount``
    ``ladder``                    the last rung of ``steps`` that holds: its percent of ``of``,
                                  or its amount
    ``target_minus_actual``       shortfall x ``factor`` percent of ``of``
    ``points``                    the last rung's service points; see ``Points``
    ============================  ============================================================

    Ladders by ``value`` compare the value with each threshold, ladders by ``shortfall`` the
    distance from ``target``. With ``decimals`` the compared number is rounded first, by ``round``.
    """

    kind: CreditKind
    allocation: Decimal | None = None
    pool: str = ""
    amount: Decimal | None = None
    steps: tuple[LadderStep, ...] = ()
    by: Literal["value", "shortfall"] = "value"
    of: Base = "charges"
    target: Limit = "minimum"
    factor: Decimal = Decimal(1)
    decimals: int | None = None
    round: Rounding = "half_up"


@dataclass(frozen=True, slots=True)
class BonusRule:
    """A bonus for a value better than ``better_than``: ``percent`` of the charges or ``amount``."""

    better_than: Decimal
    percent: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LevelTerms:
    """The commercial side of one service level. ``event_group``: service levels of one group fail
    together, so one failure of theirs is one event."""

    service_level: str
    credit: CreditRule | None
    bonus: BonusRule | None
    event_group: str
    clause: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """A multiplier for failing again: ``failures`` within ``within`` periods, this one included.
    ``consecutive``: the failures must follow each other (then ``within`` equals ``failures``)."""

    failures: int
    within: int
    multiplier: Decimal
    consecutive: bool


@dataclass(frozen=True, slots=True)
class EarnbackRule:
    """A credit returns, ``share`` percent of what was paid, if expected is met in each of the next
    ``periods`` periods."""

    periods: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class Points:
    """Service points: what each severity costs, and what a period's points cost in money.

    ``table`` rungs: from ``points`` points on, ``percent`` of the charges of the period itself or
    of the next one (``of``). Without a table, ``percent_per_point`` for each point. A service
    level that also failed in the period before counts ``repeat`` times.
    """

    severities: tuple[tuple[str, int], ...]
    repeat: Decimal
    table: tuple[tuple[int, Decimal], ...]
    percent_per_point: Decimal | None
    of: Literal["this_period", "next_period"]


@dataclass(frozen=True, slots=True)
class Improvement:
    """Continuous improvement: after every ``every`` periods the expected value moves towards the
    average of the ``best`` best of them (None: of all), by no more than ``at_most`` percent of the
    distance between expected and perfect. It never moves back. ``decimals``: of the new value."""

    every: int
    best: int | None
    at_most: Decimal
    decimals: int
    clause: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """When a consequence that is not money becomes due. One of the three is set:

    - ``failures``: so many failures within ``of`` periods, of the same service level, or of all
      of them together (``across``); ``below`` says what a failure is: worse than minimum or than
      expected;
    - ``points``: so many service points within ``of`` periods;
    - ``credits``: the credits of ``of`` periods reach so many percent of their charges.

    ``service_levels``: whose failures count; empty: those of all critical ones. ``due_days``:
    days from the period's last day.
    """

    kind: ConsequenceKind
    failures: int | None
    points: int | None
    credits: Decimal | None
    of: int
    below: Limit
    across: bool
    service_levels: tuple[str, ...]
    due_days: int | None
    text: str
    clause: str


@dataclass(frozen=True, slots=True)
class Clause:
    """Text of the contract that a statement shows where it applies: when one of the service
    levels or kinds of consequence in ``applies_to`` is failed or due; empty: always."""

    title: str
    text: str
    applies_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """All commercial terms of a contract. ``charges`` None: consequences without money."""

    charges: Charges | None
    service_levels: tuple[LevelTerms, ...]
    repeats: tuple[Repeat, ...]
    single_event: bool
    earnback: EarnbackRule | None
    bonus_offsets: bool
    points: Points | None
    improvement: Improvement | None
    triggers: tuple[Trigger, ...]
    clauses: tuple[Clause, ...]

    def of(self, service_level: str) -> LevelTerms | None:
        """The commercial side of a service level; None: it has none."""
        return next((t for t in self.service_levels if t.service_level == service_level), None)


# ---------------------------------------------------------------- what follows from it


@dataclass(frozen=True, slots=True)
class CreditStep:
    """One failed critical service level, from its value to its money.

    ``value``, ``limit`` and ``shortfall`` are in ``unit``, the shortfall is never negative; they
    are None on the one step of kind ``points`` (service level ""), which is the money for all
    points of the period. ``limit_name``: which limit it is measured against.

    The amount: ``base`` (money, named by ``base_name``) x ``rate`` percent x ``multiplier`` =
    ``amount``. A fixed amount has base = the amount and rate None. ``allocation`` and
    ``pool_percent`` are what the rate of kind ``at_risk`` is made of (pool_percent None: no pool).
    ``multiplier_reason`` is "" for multiplier 1.

    ``charged`` is the amount that counts towards the sum: 0 where the single-event rule charges
    another service level of the same ``event`` instead, which ``instead`` names. ``paid`` is what
    is left of it after the period's cap and the annual cap: the share an earnback returns.
    """

    service_level: str
    name: str
    kind: CreditKind
    value: Decimal | None
    unit: str
    limit: Decimal | None
    limit_name: Limit
    shortfall: Decimal | None
    base: Decimal
    base_name: str
    allocation: Decimal | None
    pool_percent: Decimal | None
    rate: Decimal | None
    multiplier: Decimal
    multiplier_reason: str
    amount: Decimal
    event: str
    instead: str
    charged: Decimal
    paid: Decimal
    clause: str
    explanation: str


@dataclass(frozen=True, slots=True)
class PointStep:
    """The service points of one failed service level: ``base_points`` x ``multiplier`` =
    ``points``. ``charged_points`` is 0 where the single-event rule counts ``instead``."""

    service_level: str
    name: str
    value: Decimal
    unit: str
    limit: Decimal
    shortfall: Decimal
    severity: str
    base_points: int
    multiplier: Decimal
    multiplier_reason: str
    points: Decimal
    event: str
    instead: str
    charged_points: Decimal
    clause: str
    explanation: str


@dataclass(frozen=True, slots=True)
class BonusStep:
    """A bonus that a service level earned in the period."""

    service_level: str
    name: str
    value: Decimal
    unit: str
    better_than: Decimal
    amount: Decimal
    clause: str
    explanation: str


@dataclass(frozen=True, slots=True)
class AnnualCap:
    """The annual cap as it bore on the period: contract year (1 is the first) with its days,
    ``cap`` for the year, credits of the year's earlier periods (``used``), what was ``left`` for
    this period, and what lapsed because of it."""

    year: int
    starts: date
    ends: date
    cap: Decimal
    used: Decimal
    left: Decimal
    lapsed: Decimal
    explanation: str


@dataclass(frozen=True, slots=True)
class Earnback:
    """A credit of an earlier ``period`` that returns to the supplier in this one: ``share``
    percent of what had been ``paid`` = ``amount``. ``met_in``: the periods that earned it back."""

    service_level: str
    name: str
    period: str
    paid: Decimal
    share: Decimal
    amount: Decimal
    met_in: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class ImprovedLimit:
    """An expected value that continuous improvement has moved: the contract's own, the one in
    force in this period, and why."""

    service_level: str
    agreed: Decimal
    expected: Decimal
    explanation: str


@dataclass(frozen=True, slots=True)
class Consequence:
    """A consequence that is due and is not money. ``service_level`` "" where the failures of all
    count together; ``due`` None where the contract sets no day; ``why`` names the periods."""

    kind: ConsequenceKind
    service_level: str
    due: date | None
    text: str
    clause: str
    why: str


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause of the contract that applies in this period, and why it is shown."""

    title: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class CreditStatement:
    """What a period costs the supplier, in the order in which it is computed by hand::

        charges x at_risk_percent                  = at_risk_amount = cap of the period
        sum of the steps' charged amounts          = uncapped
        the part of it above the cap               = lapsed
        the part above what the year's cap leaves  = annual.lapsed
        bonus, where the contract lets it offset   = offset
        uncapped - lapsed - annual.lapsed - offset = total    the credit of this period
        earnbacks of earlier credits               = returned
        total - returned                           = net      (below 0: goes to the supplier)

    ``provisional``: the period has not ended. ``bonus_due``: bonus that is owed beside the credit
    and was not offset. ``steps`` are in the contract's order, then the one for points; ``points``
    is empty unless the contract counts points. ``unknown``: critical service levels that could
    not be judged, so that no credit was computed for them. Without charges in the contract every
    amount is 0, the currency "" and ``has_money`` False.
    """

    period: str
    provisional: bool
    currency: str
    minor_digits: int
    rounding: Rounding
    charges: Decimal
    charges_explanation: str
    at_risk_percent: Decimal
    at_risk_amount: Decimal
    steps: tuple[CreditStep, ...]
    points: tuple[PointStep, ...]
    points_total: Decimal
    uncapped: Decimal
    cap: Decimal
    lapsed: Decimal
    annual: AnnualCap | None
    bonuses: tuple[BonusStep, ...]
    offset: Decimal
    bonus_due: Decimal
    total: Decimal
    earnbacks: tuple[Earnback, ...]
    returned: Decimal
    net: Decimal
    improved: tuple[ImprovedLimit, ...]
    consequences: tuple[Consequence, ...]
    clauses: tuple[ShownClause, ...]
    unknown: tuple[str, ...]

    @property
    def has_money(self) -> bool:
        """The contract states charges, so the amounts mean something."""
        return bool(self.currency)

    def step(self, service_level: str) -> CreditStep | None:
        """The step of a service level; None: it earned no credit."""
        return next((s for s in self.steps if s.service_level == service_level), None)
