"""The kinds of credit: what each takes of ``credit:``, how it is checked, computed and explained.

============================  ============================================================
kind                          amount
============================  ============================================================
``at_risk``                   at-risk amount x pool x allocation
``fixed``                     ``amount``
``per_day``                   ``amount`` x days of the period, ``cap`` at most
``ladder``                    the last rung of ``steps`` that holds: its percent of ``of``,
                              or its amount
``target_minus_actual``       shortfall x ``factor`` percent of ``of``
``points``                    the last rung's service points; see ``Points``
============================  ============================================================
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from quality.contract.contract import Contract
from quality.contract.pricing import HUNDRED, Bases, Failure, Price
from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.terms import CreditRule, Points
from quality.model.amounts import plain
from quality.model.terms import Limit

Pricing = Callable[[Bases, Failure], Price]
_CHARGES, _AT_RISK = "charges", "at-risk amount"


@dataclass(frozen=True, slots=True)
class CreditKind:
    """One row of the registry.

    ``says``: what it is, for editors. Of the keys of ``credit:`` beside ``kind`` it takes ``keys``,
    and demands ``needs`` ("": none). ``allocated``: it takes the service level's ``allocation``
    instead. ``costs``: what each of its steps names. ``target``: the limit that its shortfall is
    measured from, unless the contract says otherwise. ``price`` computes and explains what a
    failure costs; None: it counts service points, priced together (``money.points``).
    """

    id: str
    says: str
    price: Pricing | None
    keys: frozenset[str] = frozenset()
    needs: str = ""
    allocated: bool = False
    costs: frozenset[str] = frozenset({"percent", "amount"})
    target: Limit = "minimum"


def _allocated(bases: Bases, failed: Failure) -> Price:
    level = failed.level
    allocation = Fraction(level.allocation or 0)
    named = bases.named(_AT_RISK, bases.at_risk)
    pool = next((pool for pool in bases.money.pools if pool.name == level.pool), None)
    if pool is None:
        how = f"{named} x allocation {plain(allocation)} %"
        return Price(bases.at_risk, _AT_RISK, allocation, how)
    how = f"{named} x pool {pool.name} {plain(pool.percent)} % x allocation {plain(allocation)} %"
    return Price(bases.at_risk, _AT_RISK, allocation * Fraction(pool.percent) / HUNDRED, how)


def _fixed(bases: Bases, failed: Failure) -> Price:
    return amount_of(bases, failed.rule.amount or Decimal(0), "fixed credit")


def _per_day(bases: Bases, failed: Failure) -> Price:
    daily, cap = Fraction(failed.rule.amount or 0), failed.rule.cap
    of_days = f"{bases.days} days at {bases.text(bases.rounded(daily))}"
    return Price(daily * bases.days, of_days, None, of_days, None if cap is None else Fraction(cap))


def _graded(bases: Bases, failed: Failure) -> Price:
    step, rule = failed.rung(), failed.rule
    if step is None:
        how = "milder than the first step of the ladder: no credit"
        return Price(*base_of(bases, rule), Fraction(0), how)
    which = f"step: {'worse than' if rule.by_value else 'shortfall over'} {plain(step.threshold)}"
    if step.amount is not None:
        return amount_of(bases, step.amount, which)
    return percent_of(bases, rule, Fraction(step.percent or 0), which)


def _by_shortfall(bases: Bases, failed: Failure) -> Price:
    rule = failed.rule
    if failed.shortfall is None:
        return percent_of(bases, rule, HUNDRED, "no value: the whole")
    shortfall = failed.compared()
    factor = Fraction(1) if rule.factor is None else Fraction(rule.factor)
    why = f"shortfall {plain(shortfall)} x {plain(factor)} %"
    return percent_of(bases, rule, shortfall * factor, why)


def base_of(bases: Bases, rule: CreditRule) -> tuple[Fraction, str]:
    """What the percentages of a rule are of, and its name."""
    return (bases.at_risk, _AT_RISK) if rule.of == "at_risk" else (bases.charges, _CHARGES)


def percent_of(bases: Bases, rule: CreditRule, rate: Fraction, why: str) -> Price:
    """``rate`` percent of the rule's base."""
    base, word = base_of(bases, rule)
    return Price(base, word, rate, f"{bases.named(word, base)} x {plain(rate)} % ({why})")


def amount_of(bases: Bases, amount: Decimal, why: str) -> Price:
    """An amount that the contract names."""
    exact = Fraction(amount)
    return Price(exact, why, None, f"{bases.text(bases.rounded(exact))} ({why})")


_COMPARED = frozenset({"target", "decimals", "round"})
_REGISTRY = (
    CreditKind("at_risk", "allocation x at-risk amount", _allocated, allocated=True),
    CreditKind("fixed", "an amount", _fixed, frozenset({"amount"}), "amount"),
    CreditKind("per_day", "an amount for each day of the period, up to a cap", _per_day,
               frozenset({"amount", "cap"}), "amount"),
    CreditKind("ladder", "by steps", _graded, _COMPARED | {"steps", "of"}, "steps"),
    CreditKind("target_minus_actual", "percent by percent", _by_shortfall,
               _COMPARED | {"of", "factor"}, target="expected"),
    CreditKind("points", "service points", None, _COMPARED | {"steps"}, "steps",
               costs=frozenset({"severity", "points"})),
)  # fmt: skip

CREDIT_KINDS = {kind.id: kind for kind in _REGISTRY}


def counts_points(level: ServiceLevel) -> bool:
    """Whether the credit of a service level is service points."""
    return level.credit is not None and CREDIT_KINDS[level.credit.kind].price is None


def points_of(contract: Contract) -> Points | None:
    """What service points cost under a contract; None: no credit of it counts any."""
    counted = any(map(counts_points, contract.service_levels))
    return contract.credits.points or (Points() if counted else None)
