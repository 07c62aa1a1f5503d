"""The credit statement: what follows from the commercial terms in one period.

Every number that a lawyer or a controller needs to recompute a credit by hand, and one sentence
(``explanation``) for each step. Money, percentages and days are written as ``terms`` says.

Nothing here imports another part of the program, so the model and every report may use it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from quality.model.amounts import Rounding
from quality.model.terms import ConsequenceKind, Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureStep:
    """What the money and the points of a failed service level have in common.

    ``value``, ``limit`` and ``shortfall`` are in ``unit``, the shortfall is never negative.
    ``multiplier_reason`` is "" for multiplier 1. ``instead``: the service level of the same
    ``event`` that the single-event rule charges.
    """

    service_level: str
    name: str
    value: Decimal | None = None
    unit: str
    limit: Decimal | None = None
    shortfall: Decimal | None = None
    multiplier: Decimal = Decimal(1)
    multiplier_reason: str = ""
    event: str = ""
    instead: str = ""
    clause: str = ""
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditStep(FailureStep):
    """One failed critical service level, from its value to its money; the one step of kind
    ``points`` (service level "", no value) is the money for all points of the period.

    ``limit_name``: which limit it is measured against. The amount: ``base`` (money, named by
    ``base_name``) x ``rate`` percent x ``multiplier`` = ``amount``. A fixed amount has base = the
    amount and rate None. ``allocation`` and ``pool_percent`` are what the rate of kind ``at_risk``
    is made of (pool_percent None: no pool).

    ``charged`` is the amount that counts towards the sum: 0 where ``instead`` is charged. ``paid``
    is what is left of it after the period's cap and the annual cap: the share an earnback returns.
    ``excused_days`` of the period's ``days`` are excused, and so is their share of the amount;
    ``part``: the percentage that this supplier answers for, of several.
    """

    kind: str
    limit_name: Limit = "minimum"
    base: Decimal
    base_name: str
    allocation: Decimal | None = None
    pool_percent: Decimal | None = None
    rate: Decimal | None
    amount: Decimal
    charged: Decimal
    paid: Decimal
    excused_days: int = 0
    days: int = 0
    part: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointStep(FailureStep):
    """The service points of one failed service level: ``base_points`` x ``multiplier`` =
    ``points``. ``charged_points`` is 0 where ``instead`` is counted."""

    severity: str
    base_points: int
    points: Decimal
    charged_points: Decimal


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
class Draw:
    """What a period of another contract takes of a framework's cap before this one (``closed``, or
    it ``ended`` earlier), or asks for ``beside`` it, where both end on one day. ``amount``: as far
    as it is known; ``most``: what it may still come to."""

    contract: str
    period: str
    ends: date
    how: Literal["closed", "ended", "beside"]
    amount: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class FrameworkCap:
    """The cap of a framework as it bore on the period: its span, what other contracts take of it
    (``draws``) and what earlier periods of this one did (``used``), what is ``left`` of it for the
    contracts whose periods end on this day, what this one ``asked`` for and is ``granted``, and
    what of its own credits lapsed because of it. ``uncertain``: what more it may still be granted,
    once it is known what others take."""

    id: str
    starts: date
    ends: date
    cap: Decimal
    draws: tuple[Draw, ...]
    used: Decimal
    left: Decimal
    asked: Decimal
    granted: Decimal
    uncertain: Decimal
    lapsed: Decimal
    explanation: str


@dataclass(frozen=True, slots=True)
class Carried:
    """What lapsed above the cap of an earlier ``period`` and is charged in this one."""

    period: str
    amount: Decimal
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
class EasedLevel:
    """A failed or unknown service level that costs nothing in the period, and why: it is in its
    grace, or suspended."""

    service_level: str
    name: str
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
    """A clause of the contract that applies in this period, and why it is shown; ``rate``: the
    percentage that belongs to it, of interest or tax, say."""

    title: str
    text: str
    why: str
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditStatement:
    """What a period costs the supplier, in the order in which it is computed by hand::

        charges x at_risk_percent                  = at_risk_amount = cap of the period
        sum of the steps' charged amounts          = uncapped
        the part of it above the cap               = lapsed
        the part above what the year's cap leaves  = annual.lapsed
        bonus, where the contract lets it offset   = offset
        the part above what its framework grants   = framework.lapsed
        earlier lapses, where there is room        = carried_over
        uncapped - lapsed - annual.lapsed - offset - framework.lapsed + carried_over
                                                   = total    the credit of this period
        earnbacks of earlier credits               = returned
        total - returned                           = net      (below 0: goes to the supplier)

    ``provisional``: the period has not ended. ``bonus_due``: bonus that is owed beside the credit
    and was not offset. ``steps`` are in the contract's order, then the one for points; ``points``
    is empty unless the contract counts points. ``unknown``: critical service levels that could
    not be judged, so that no credit was computed for them; ``unknown_before``: earlier periods with
    such ones, which multipliers, earnbacks and consequences therefore did not see; ``eased``: those
    that cost nothing because of grace or suspension. Without charges
    in the contract every amount is 0, the currency "" and ``has_money`` False.
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
    points: tuple[PointStep, ...] = ()
    points_total: Decimal = Decimal(0)
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
    improved: tuple[ImprovedLimit, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    clauses: tuple[ShownClause, ...] = ()
    unknown: tuple[str, ...] = ()
    unknown_before: tuple[str, ...] = ()
    eased: tuple[EasedLevel, ...] = ()
    carried: tuple[Carried, ...] = ()
    framework: FrameworkCap | None = None

    @property
    def carried_over(self) -> Decimal:
        """What earlier periods' lapses add to this one."""
        return sum((each.amount for each in self.carried), Decimal(0))

    @property
    def lapsed_in_all(self) -> Decimal:
        """All that no cap left room for: the period's, the year's and the framework's."""
        caps = (each.lapsed for each in (self.annual, self.framework) if each)
        return sum(caps, self.lapsed)

    @property
    def has_money(self) -> bool:
        """The contract states charges, so the amounts mean something."""
        return bool(self.currency)

    def step(self, service_level: str) -> CreditStep | None:
        """The step of a service level; None: it earned no credit."""
        return next((s for s in self.steps if s.service_level == service_level), None)
