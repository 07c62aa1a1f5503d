"""A failed service level to its money: the textbook's line, before any cap.

    credit = base x rate x multiplier

The base is the at-risk amount or the charges, both of the period. Products are exact; the amount is
rounded once, at the end of the line, by the contract's rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from quality.contract.terms import Charges, CreditRule, LevelTerms, Terms
from quality.model.amounts import plain, rounded, text
from quality.model.statement import CreditStep
from quality.model.verdict import Verdict
from quality.money.history import PeriodVerdicts, multiplier
from quality.money.ladders import Failure, compared_number, compared_text, failure, rung

HUNDRED = Fraction(100)
_WORDS = {"charges": "charges", "at_risk": "at-risk amount"}


@dataclass(frozen=True, slots=True)
class Bases:
    """What percentages are of, unrounded: the charges of the period and the part at risk."""

    money: Charges
    charges: Fraction

    @property
    def at_risk(self) -> Fraction:
        """The at-risk amount."""
        return self.charges * Fraction(self.money.at_risk) / HUNDRED

    def rounded(self, exact: Fraction) -> Decimal:
        """An amount in the minor unit, by the contract's rule."""
        return rounded(exact, self.money.minor_digits, self.money.rounding)

    def text(self, amount: Decimal) -> str:
        """An amount for people."""
        return text(amount, self.money.currency)


@dataclass(frozen=True, slots=True)
class _Price:
    """What a failure costs before multipliers: base x rate percent; a fixed amount has no rate."""

    base: Fraction
    base_name: str
    rate: Fraction | None
    how: str


def credit_steps(
    terms: Terms, bases: Bases, judged: Sequence[PeriodVerdicts]
) -> tuple[CreditStep, ...]:
    """The steps of the last period: one for each failed critical service level with a credit,
    in the contract's order, the single-event rule applied."""
    now = judged[-1]
    steps = []
    for verdict in now.verdicts:
        level = terms.of(verdict.id)
        rule = level.credit if level else None
        if level is None or rule is None or rule.kind == "points" or not priced(verdict):
            continue
        failed = failure(verdict, rule)
        if failed is not None:
            times = multiplier(judged, verdict.id, terms.repeats)
            steps.append(_step(bases, level, rule, failed, times, event_of(now, level)))
    if terms.single_event:
        charged = highest([(s.event, s.service_level, s.amount) for s in steps])
        steps = [_single(step, charged, bases) for step in steps]
    return tuple(steps)


def priced(verdict: Verdict) -> bool:
    """Only a failed critical service level costs money."""
    return verdict.outcome == "failed" and verdict.level_class == "critical"


def event_of(now: PeriodVerdicts, level: LevelTerms) -> str:
    """The event that a failure belongs to: the ledger's, else the contract's group, else ""."""
    ids = sorted(event for event, levels in now.events if level.service_level in levels)
    return ids[0] if ids else level.event_group


def highest(amounts: Sequence[tuple[str, str, Decimal]]) -> dict[str, str]:
    """For each event the service level that is charged: the highest amount, of equals the first
    by name, so that the order of the contract never matters. Input: event, level, amount."""
    best: dict[str, str] = {}
    for event, level, _ in sorted(amounts, key=lambda each: (-each[2], each[1])):
        if event:
            best.setdefault(event, level)
    return best


def _step(  # noqa: PLR0913, PLR0917 - what one line of the textbook is made of
    bases: Bases,
    level: LevelTerms,
    rule: CreditRule,
    failed: Failure,
    times: tuple[Decimal, str],
    event: str,
) -> CreditStep:
    verdict, (factor, reason) = failed.verdict, times
    price = _price(bases, rule, failed)
    exact = price.base if price.rate is None else price.base * price.rate / HUNDRED
    amount = bases.rounded(exact * Fraction(factor))
    pools = {pool.name: pool.percent for pool in bases.money.pools}
    again = f" x multiplier {plain(factor)} ({reason})" if reason else ""
    return CreditStep(
        service_level=verdict.id,
        name=verdict.name,
        kind=rule.kind,
        value=Decimal(plain(failed.value)),
        unit=verdict.unit,
        limit=failed.limit,
        limit_name=failed.limit_name,
        shortfall=Decimal(plain(failed.shortfall)),
        base=bases.rounded(price.base),
        base_name=price.base_name,
        allocation=rule.allocation,
        pool_percent=pools.get(rule.pool),
        rate=None if price.rate is None else Decimal(plain(price.rate)),
        multiplier=factor,
        multiplier_reason=reason,
        amount=amount,
        event=event,
        instead="",
        charged=amount,
        paid=bases.rounded(Fraction(0)),
        clause=level.clause,
        explanation=f"{failed.sentence()}{compared_text(failed, rule)}. "
        f"{price.how}{again} = {bases.text(amount)}{place(level.clause)}",
    )


def _price(bases: Bases, rule: CreditRule, failed: Failure) -> _Price:
    if rule.kind == "at_risk":
        return _allocated(bases, rule)
    if rule.kind == "fixed":
        return _fixed(bases, rule.amount or Decimal(0), "fixed credit")
    base = bases.at_risk if rule.of == "at_risk" else bases.charges
    word = _WORDS[rule.of]
    if rule.kind == "target_minus_actual":
        rate = compared_number(failed, rule) * Fraction(rule.factor)
        how = f"shortfall {plain(compared_number(failed, rule))} x {plain(rule.factor)} %"
        return _Price(base, word, rate, f"{_named(word, base, bases)} x {plain(rate)} % ({how})")
    step = rung(failed, rule)
    if step is None:
        return _Price(
            base, word, Fraction(0), "milder than the first step of the ladder: no credit"
        )
    where = "shortfall over" if rule.by == "shortfall" else "worse than"
    which = f"step: {where} {plain(step.threshold)}"
    if step.amount is not None:
        return _fixed(bases, step.amount, which)
    rate = Fraction(step.percent or 0)
    return _Price(base, word, rate, f"{_named(word, base, bases)} x {plain(rate)} % ({which})")


def _allocated(bases: Bases, rule: CreditRule) -> _Price:
    allocation = Fraction(rule.allocation or 0)
    named = _named(_WORDS["at_risk"], bases.at_risk, bases)
    pool = next((pool for pool in bases.money.pools if pool.name == rule.pool), None)
    if pool is None:
        how = f"{named} x allocation {plain(allocation)} %"
        return _Price(bases.at_risk, _WORDS["at_risk"], allocation, how)
    how = f"{named} x pool {pool.name} {plain(pool.percent)} % x allocation {plain(allocation)} %"
    rate = allocation * Fraction(pool.percent) / HUNDRED
    return _Price(bases.at_risk, _WORDS["at_risk"], rate, how)


def _fixed(bases: Bases, amount: Decimal, why: str) -> _Price:
    exact = Fraction(amount)
    return _Price(exact, why, None, f"{bases.text(bases.rounded(exact))} ({why})")


def _named(word: str, base: Fraction, bases: Bases) -> str:
    return f"{word[0].upper()}{word[1:]} {bases.text(bases.rounded(base))}"


def _single(step: CreditStep, charged: dict[str, str], bases: Bases) -> CreditStep:
    instead = charged.get(step.event, step.service_level)
    if instead == step.service_level:
        return step
    return replace(
        step,
        instead=instead,
        charged=bases.rounded(Fraction(0)),
        explanation=f"{step.explanation}; not charged: the same event ({step.event}) is charged "
        f"once, as {instead}",
    )


def place(clause: str) -> str:
    """The clause behind an explanation, in brackets."""
    return f" ({clause})" if clause else ""
