"""From the commercial sections of a checked contract file to its ``Terms``, defaults filled in."""

from __future__ import annotations

from decimal import Decimal

from quality.contract.format import ContractFile
from quality.contract.levels import Level
from quality.contract.terms import (
    BonusRule,
    ChargePeriod,
    Charges,
    Clause,
    CreditRule,
    EarnbackRule,
    Improvement,
    LadderStep,
    LevelTerms,
    Points,
    Pool,
    Repeat,
    Terms,
    Trigger,
)
from quality.contract.terms_format import (
    ChargesSection,
    ConsequenceEntry,
    CreditSection,
    CreditsSection,
    PointsSection,
    StepEntry,
)
from quality.model.amounts import MINOR_DIGITS

_LEVEL_KEYS = ("allocation", "pool", "credit", "bonus", "event_group", "clause")
_ALL = Decimal(100)


def terms(checked: ContractFile) -> Terms | None:
    """The commercial terms; None: the contract has none."""
    sections = (checked.charges, checked.credits, checked.continuous_improvement)
    entries = (checked.consequences, checked.clauses)
    levels = [level for level in checked.service_levels if has_terms(level)]
    if not any(section is not None for section in sections) and not any(entries) and not levels:
        return None
    credits, improvement = (
        checked.credits or CreditsSection.model_validate({}),
        checked.continuous_improvement,
    )
    points = credits.points
    if points is None and any(level.credit and level.credit.kind == "points" for level in levels):
        points = PointsSection.model_validate({})
    earnback = credits.earnback
    return Terms(
        charges=_charges(checked.charges, checked.contract.period) if checked.charges else None,
        service_levels=tuple(map(_level_terms, levels)),
        repeats=_repeats(credits),
        single_event=credits.single_event == "highest",
        earnback=EarnbackRule(earnback.periods, earnback.share) if earnback else None,
        bonus_offsets=credits.bonus_offsets,
        points=_points(points) if points else None,
        improvement=Improvement(
            improvement.every,
            improvement.best,
            improvement.at_most,
            improvement.decimals,
            improvement.clause or "",
        )
        if improvement
        else None,
        triggers=tuple(map(_trigger, checked.consequences)),
        clauses=tuple(Clause(c.title, c.text, c.applies_to) for c in checked.clauses),
    )


def has_terms(level: Level) -> bool:
    """Whether a service level has a commercial side."""
    return any(getattr(level, key) is not None for key in _LEVEL_KEYS)


def _charges(section: ChargesSection, period: str) -> Charges:
    per = section.per
    if per is None:
        per = "month" if period == "month" else "quarter"
    return Charges(
        currency=section.currency,
        minor_digits=MINOR_DIGITS[section.currency],
        rounding=section.rounding,
        per=per,
        pro_rata=section.pro_rata,
        amounts=tuple(ChargePeriod(entry.starts, entry.amount) for entry in section.amounts),
        at_risk=_ALL if section.at_risk is None else section.at_risk,
        pool=section.pool,
        pools=tuple(Pool(entry.name, entry.percent) for entry in section.pools),
        annual_cap=section.annual_cap,
        annual_cap_amount=section.annual_cap_amount,
    )


def _level_terms(level: Level) -> LevelTerms:
    bonus = level.bonus
    return LevelTerms(
        service_level=level.id,
        credit=_credit(level),
        bonus=BonusRule(bonus.better_than, bonus.percent, bonus.amount) if bonus else None,
        event_group=level.event_group or "",
        clause=level.clause or "",
    )


def _credit(level: Level) -> CreditRule | None:
    if level.credit is None and level.allocation is None:
        return None
    credit = level.credit or CreditSection.model_validate({"kind": "at_risk"})
    by_shortfall = any(step.shortfall_over is not None for step in credit.steps)
    return CreditRule(
        kind=credit.kind,
        allocation=level.allocation,
        pool=level.pool or "",
        amount=credit.amount,
        steps=tuple(map(_step, credit.steps)),
        by="shortfall" if by_shortfall else "value",
        of=credit.of or "charges",
        target=credit.target or ("expected" if credit.kind == "target_minus_actual" else "minimum"),
        factor=Decimal(1) if credit.factor is None else credit.factor,
        decimals=credit.decimals,
        round=credit.round or "half_up",
    )


def _step(step: StepEntry) -> LadderStep:
    threshold = step.shortfall_over if step.worse_than is None else step.worse_than
    assert threshold is not None  # noqa: S101  # terms_check demands one of the two
    return LadderStep(threshold, step.percent, step.amount, step.points, step.severity or "")


def _repeats(credits: CreditsSection) -> tuple[Repeat, ...]:
    in_a_row = (Repeat(e.failures, e.failures, e.multiplier, True) for e in credits.consecutive)
    in_window = (Repeat(e.failures, e.within, e.multiplier, False) for e in credits.repeated)
    return (*in_a_row, *in_window)


def _points(section: PointsSection) -> Points:
    return Points(
        severities=(
            ("minor", section.minor),
            ("serious", section.serious),
            ("severe", section.severe),
            ("below_threshold", section.below_threshold),
        ),
        repeat=section.repeat,
        table=tuple((rung.points, rung.percent) for rung in section.table),
        percent_per_point=section.percent_per_point,
        of=section.of,
    )


def _trigger(entry: ConsequenceEntry) -> Trigger:
    return Trigger(
        kind=entry.kind,
        failures=entry.failures,
        points=entry.points,
        credits=entry.credits,
        of=entry.of,
        below=entry.below,
        across=entry.across,
        service_levels=entry.service_levels,
        due_days=entry.due_days,
        text=entry.text,
        clause=entry.clause or "",
    )
