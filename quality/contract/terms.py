"""The commercial terms of a contract: what the parties agreed about money and consequences.

Conventions, here and in ``credit_model``:

- Money is a ``Decimal`` in the currency's major unit, already rounded to its minor unit: EUR
  ``Decimal("14400.00")``, JPY ``Decimal("14400")``, KWD ``Decimal("14400.000")``.
- A percentage is a ``Decimal`` in percent: 12 is 12 %.
- Dates are days, both ends included. Periods are named as everywhere: ``2026-Q1``, ``2026-01``.
- ``clause`` is the place in the signed contract, such as "Schedule 4, 2.3"; "" if none is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from quality.model.amounts import Rounding
from quality.model.statement import Base, ConsequenceKind, CreditKind, Limit


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
