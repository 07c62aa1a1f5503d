"""Periods of a contract, drawn at random, and judged as ``evaluate`` judges measured ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from quality.contract.amendments import Family
from quality.contract.periods import periods
from quality.contract.sections.levels import ServiceLevel
from quality.model.evaluation import Evaluation, PastPeriod
from quality.model.relief import CreditNote
from quality.model.statement import CreditStatement
from quality.model.verdict import Measured, Outcome, RepositoryValue, Verdict, overall
from quality.money.draws import Draws
from quality.money.history import PeriodVerdicts
from quality.money.improvement import in_force
from quality.money.statement import statement
from quality.verdicts.limits import compare
from quality.verdicts.relief import relief_event
from quality.verdicts.request import Request
from quality.verdicts.scorecard.notices import disputed, judged_with, records
from quality.verdicts.verdict import stated
from tests.quality.money.drawn import INDICATORS, MOST, REPOSITORIES
from tests.reports import samples

Counts = tuple[tuple[int, int], ...]  # numerator and denominator by repository
Value = Counts | Outcome | tuple[str, Any]  # ("excused", value): an event takes it out
Row = Mapping[str, Value]

count = st.tuples(st.integers(0, 60), st.integers(30, 70))
bare = st.tuples(count, count) | st.sampled_from(("failed", "met", "failed", "met", "unknown"))
value = bare | bare | bare | st.tuples(st.just("excused"), bare)
rows: st.SearchStrategy[list[Row]] = st.lists(
    st.fixed_dictionaries(dict.fromkeys(INDICATORS, value)), min_size=MOST, max_size=MOST
)


def verdict(level: ServiceLevel, value: Value) -> Verdict:
    """A verdict on counts; ``failed``: nobody could measure it; ``met``: it is as expected."""
    scale = level.indicator.scale
    if value in ("unknown", "failed"):
        return stated(level, None, value)  # type: ignore[arg-type]
    if value[0] == "excused":
        without = verdict(level, value[1])
        stands = without if without.outcome == "met" else stated(level, None, "excused")
        return replace(stands, without=without)
    if value == "met":
        part = Fraction(level.expected or 0) / scale
        counts = ((part.numerator, part.denominator),) * len(REPOSITORIES)
    else:
        counts = value  # type: ignore[assignment]
    if level.indicator.combine == "max":
        counts = tuple((numerator, 1) for numerator, _ in counts)
    parts = [Measured(*each, scale) for each in counts]
    outcomes = [compare(part.exact or Fraction(0), level) for part in parts]
    whole = Measured(sum(n for n, _ in counts), sum(d for _, d in counts), scale)
    if level.indicator.combine == "max":
        whole = Measured(max(n for n, _ in counts), 1, scale)
    found = stated(level, whole, compare(whole.exact or Fraction(0), level))
    if level.scope == "each-repository":
        worst: Outcome = next(o for o in ("failed", "below_expected", "met") if o in outcomes)
        found = replace(found, outcome=worst)
    named = zip(REPOSITORIES, parts, outcomes, strict=True)
    return replace(
        found,
        repositories=tuple(
            RepositoryValue(name, part, outcome if level.scope == "each-repository" else None)
            for name, part, outcome in named
        ),
    )


def judged_periods(of: Family, values: Sequence[Row]) -> list[PeriodVerdicts]:
    """The first periods with their verdicts."""
    judged: list[PeriodVerdicts] = []
    for each, row in zip(periods(of, of.ends), values, strict=False):
        period, contract = replace(each, to_date=False), of.in_force(each)
        alike = [before for before in judged if before.contract is contract]
        levels = [in_force(contract, level, alike) for level in contract.service_levels]
        verdicts = tuple(verdict(level, row[level.id]) for level in levels)
        judged.append(judged_with(Request(of, (period,)), period, verdicts))
    return judged


def evaluated(
    of: Family,
    values: Sequence[Row],
    notes: Sequence[int] = (),
    today: date | None = None,
    draws: Draws | None = None,
) -> list[Evaluation]:
    """The evaluations of the first periods; ``notes``: a credit note of so much in each; ``draws``:
    what other contracts of its framework take."""
    judged: list[PeriodVerdicts] = []
    bills: list[CreditStatement | None] = []
    past: list[PastPeriod] = []
    found = []
    for number, (each, row) in enumerate(zip(periods(of, of.ends), values, strict=False)):
        period, contract = replace(each, to_date=False), of.in_force(each)
        alike = [before for before in judged if before.contract is contract]
        levels = [in_force(contract, level, alike) for level in contract.service_levels]
        verdicts = tuple(verdict(level, row[level.id]) for level in levels)
        request = Request(of, (period,), today)
        judged.append(judged_with(request, period, verdicts))
        shared = (draws or {}).get(period.id, ())
        bills.append(statement(judged, tuple(bills), of, shared))
        noted = tuple(_note(period.id, amount) for amount in notes[number : number + 1] if amount)
        found.append(
            samples.evaluation(
                1,
                contract_id=of.base.id,
                period=period,
                service_levels=verdicts,
                outcome=overall(verdicts),
                credits=bills[-1],
                disputes=(raised := disputed(request, period, bills[-1])),
                notices=records(request, judged[-1], bills[-1]),
                excusals=tuple(
                    relief_event(each, (), None, judged[-1]) for each in request.claims[period.id]
                ),
                claim_until=judged[-1].notices.claim_until,
                unclaimed=judged[-1].notices.unclaimed,
                credit_notes=noted,
                past=tuple(past),
            )
        )
        outcomes = tuple((each.id, each.outcome) for each in verdicts)
        short = PastPeriod(period, overall(verdicts), outcomes, bills[-1], notes=noted)
        past.append(replace(short, disputes=raised))
    return found


def _note(period: str, amount: int) -> CreditNote:
    return CreditNote(f"N-{period}", period, "2025-Q1", Decimal(amount), "typo", "", "")
