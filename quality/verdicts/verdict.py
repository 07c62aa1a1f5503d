"""From counts to verdicts: what a service level's value is, and whether it was met.

Values are compared exactly, as fractions of integers; at the limit counts as met. What is not
known is never met: unknown stands above met, and failed above unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from quality.catalogue.indicators import Indicator
from quality.contract.contract import Contract
from quality.contract.sections.levels import ServiceLevel
from quality.model.facts import Cause
from quality.model.verdict import WORST_FIRST, Measured, Outcome, RepositoryValue, Verdict
from quality.store.scope import Count, MetricQuery
from quality.verdicts.fit import baseline_gaps, concerning, report_gaps
from quality.verdicts.guards import MEASURED_SHARE, UNSEEN_SHARE, Guard, guard, query_of
from quality.verdicts.limits import compare, shortfall, too_small
from quality.verdicts.reports import Declaration

ONLY_UNSEEN = "there are only files that no analyzer reads"
NO_FILES = "there are no production files"


@dataclass(frozen=True, slots=True)
class RepositoryState:
    """What is known of a repository in one period: its counts, or the reason why there are none.
    ``excused``: an event takes the whole repository out of the period; ``eased``: a part of it.
    ``cause``: whose cause it is that there are no counts, or no production files any more;
    ``reports``: what others declare of it, ``base_reports``: and of its baseline; ``before``: the
    counts of the baseline (none where it was empty), None: it has none, or one that nothing can be
    compared with, for the reason ``gap``."""

    repository: str
    counts: Mapping[MetricQuery, Count]
    reason: str = ""
    excused: bool = False
    eased: bool = False
    cause: Cause = "ours"
    reports: tuple[Declaration, ...] = ()
    before: Mapping[MetricQuery, Count] | None = None
    gap: str = ""
    base_reports: tuple[Declaration, ...] = ()


@dataclass(frozen=True, slots=True)
class _Result:
    measured: Measured | None
    outcome: Outcome
    reason: str
    asked: bool = True  # False: a repository that holds nothing of what the service level judges


def verdict(level: ServiceLevel, contract: Contract, states: Sequence[RepositoryState]) -> Verdict:
    """Judge one service level over the contract's repositories."""
    whole = _judge(level, contract, states)
    each = [
        (state.repository, whole if len(states) == 1 else _judge(level, contract, [state]))
        for state in states
    ]
    by_itself = level.scope == "each-repository"
    result = _worst(whole, each) if by_itself else whole
    return stated(
        level,
        whole.measured,
        result.outcome,
        result.reason,
        repositories=tuple(
            RepositoryValue(
                name,
                one.measured,
                one.outcome if (by_itself and one.asked) or one.outcome == "excused" else None,
                "" if one.measured else one.reason,
            )
            for name, one in each
        ),
        declared_by=tuple(
            dict.fromkeys(
                each.source.declared_by
                for state in states
                for each in concerning(level, state.reports)
            )
        ),
    )


def stated(
    level: ServiceLevel, measured: Measured | None, outcome: Outcome, reason: str = "", **told: Any
) -> Verdict:
    """A verdict beside all that its service level states; ``told``: what else it tells, by field,
    its repositories say."""
    return Verdict(
        id=level.id,
        name=level.name,
        level_class=level.level_class,
        indicator=level.indicator.id,
        parameters=level.parameters,
        measured=measured,
        unit=level.indicator.unit,
        good=level.indicator.good,
        expected=level.expected,
        minimum=level.minimum,
        outcome=outcome,
        reason=reason,
        trend=(),
        measures=level.indicator.measures,
        scope=level.scope,
        **{"repositories": ()} | told,
    )


def combined(indicator: Indicator, counts: Sequence[Count]) -> Measured:
    """One value of several repositories: numerators and denominators summed, a total, or the
    largest."""
    if indicator.combine != "sum":
        known = [count.numerator for count in counts if count.denominator]
        number = max(known, default=0) if indicator.combine == "max" else sum(known)
        return Measured(number, 1 if known else 0, indicator.scale)
    return Measured(
        sum(count.numerator for count in counts),
        sum(count.denominator for count in counts),
        indicator.scale,
    )


def _judge(level: ServiceLevel, contract: Contract, states: Sequence[RepositoryState]) -> _Result:
    if states and all(state.excused for state in states):
        return _Result(None, "excused", "")
    states = [state for state in states if not state.excused]
    if gap := _nothing_known(level, contract, states) or _gap(level, contract, states):
        return gap
    query = query_of(level)
    measured = combined(level.indicator, [state.counts[query] for state in states])
    exact = measured.exact
    if exact is None:
        since = level.indicator.since
        reason = since or "there is nothing to measure: the denominator is 0"
        return replace(_nothing(states, reason), asked=not since)
    if reason := too_small(measured, level):
        return _nothing(states, reason)
    outcome = compare(exact, level)
    return _Result(measured, outcome, shortfall(exact, level) if outcome == "failed" else "")


def _nothing_known(
    level: ServiceLevel, contract: Contract, states: Sequence[RepositoryState]
) -> _Result | None:
    """A repository without counts, or no production files in any."""
    reasons = [f"{state.repository}: {state.reason}" for state in states if state.reason]
    if reasons:
        withheld = any(state.reason and state.cause == "supplier" for state in states)
        return _Result(None, _unknown(level, contract, withheld), "; ".join(reasons))
    if any(state.counts[MEASURED_SHARE].denominator for state in states):
        return None
    emptied = any(state.cause == "supplier" for state in states)
    unseen = any(state.counts[UNSEEN_SHARE].numerator for state in states)
    gone = f"{NO_FILES} any more" if emptied else NO_FILES
    reason = ONLY_UNSEEN if unseen else gone
    return _nothing(states, reason, _unknown(level, contract, emptied))


def _gap(
    level: ServiceLevel, contract: Contract, states: Sequence[RepositoryState]
) -> _Result | None:
    """No code, or too little measured of it, that bears on the service level."""
    bearing = guard(level, contract)
    if bearing.language and not any(state.counts[bearing.measured].denominator for state in states):
        return replace(_nothing(states, f"there is no {bearing.code}"), asked=False)
    if level.indicator == MEASURED_SHARE.indicator:
        return None
    gap = _too_little_measured(level, contract, states, bearing)
    if level.indicator.since:
        gap = gap or _no_baseline(contract, states, bearing)
    return gap or _undeclared(level, contract, states)


def _nothing(
    states: Sequence[RepositoryState], reason: str, outcome: Outcome = "unknown"
) -> _Result:
    """Nothing is left to measure: excused where the excusals took it."""
    if any(state.eased for state in states):
        return _Result(None, "excused", "")
    return _Result(None, outcome, reason)


def _unknown(level: ServiceLevel, contract: Contract, by_the_supplier: bool) -> Outcome:
    """What a service level without a value is under the contract; without a minimum nothing
    fails."""
    agreed = contract.unmeasured == "failed" and level.minimum is not None
    return "failed" if by_the_supplier and agreed else "unknown"


def _too_little_measured(
    level: ServiceLevel, contract: Contract, states: Sequence[RepositoryState], bearing: Guard
) -> _Result | None:
    """A measured share under the contract's minimum. It is the supplier's cause where the code that
    he made unreadable is enough for that, had we measured all else: neither does he answer for what
    our limits hide, nor does it excuse him."""
    minimum = Fraction(contract.minimum_measured)
    measured = _share(bearing.measured, states)
    if measured is None or measured >= minimum:
        return None
    unreadable = _share(bearing.unreadable, states) or Fraction(0)
    floor = Decimal(int(measured * 100)) / 100  # rounded down: never shown as enough
    reason = (
        f"only {floor} % of the {bearing.code} could be measured, "
        f"the contract asks for {contract.minimum_measured} %"
    )
    for part, why in (
        (unreadable, "cannot be read as it was delivered"),
        (100 - measured - unreadable, "is beyond our limits or tools"),
    ):
        if part:  # rounded up: never shown as nothing
            reason += f"; {Decimal(ceil(part * 100)) / 100} % {why}"
    return _Result(None, _unknown(level, contract, 100 - unreadable < minimum), reason)


def _share(query: MetricQuery, states: Sequence[RepositoryState]) -> Fraction | None:
    return combined(query.indicator, [state.counts[query] for state in states]).exact


def _undeclared(
    level: ServiceLevel, contract: Contract, states: Sequence[RepositoryState]
) -> _Result | None:
    """A report that does not speak of the snapshot, where the service level counts what reports
    declare; or none of the baseline, which nobody can lay at the supplier's door."""
    gaps = [
        (f"{each.repository}: {gap.reason}", gap.owed and contract.fails_without(gap.source))
        for each in states
        for gap in (
            *report_gaps(level, each.reports, each.counts),
            *baseline_gaps(level, each.reports, each.base_reports, each.before or {}),
        )
    ]
    if not gaps:
        return None
    failed = level.minimum is not None and any(owed for _, owed in gaps)
    return _Result(None, "failed" if failed else "unknown", "; ".join(why for why, _ in gaps))


def _no_baseline(
    contract: Contract, states: Sequence[RepositoryState], bearing: Guard
) -> _Result | None:
    """A repository with which nothing can be compared. What its baseline names or holds nobody can
    lay at the supplier's door, so it is unknown whatever is agreed."""
    reasons = [f"{each.repository}: {each.gap}" for each in states if each.gap]
    for each in states:
        before = each.before or {}
        count = before.get(bearing.measured, Count(0, 0))
        share = combined(bearing.measured.indicator, [count]).exact
        if share is not None and share < Fraction(contract.minimum_measured):
            reasons.append(
                f"{each.repository}: only {Decimal(int(share * 100)) / 100} % of the baseline's "
                f"{bearing.code} could be measured, the contract asks for "
                f"{contract.minimum_measured} %"
            )
    return _Result(None, "unknown", "; ".join(reasons)) if reasons else None


def _worst(whole: _Result, each: Sequence[tuple[str, _Result]]) -> _Result:
    each = [(name, one) for name, one in each if one.asked]
    if not each:
        return whole
    known = {one.outcome for _, one in each}
    outcome = min(known - {"excused"} or known, key=WORST_FIRST.index)
    reasons = [
        one.reason if one.reason.startswith(f"{name}:") else f"{name}: {one.reason}"
        for name, one in each
        if one.reason and one.outcome in ("failed", "unknown")
    ]
    return _Result(whole.measured, outcome, "; ".join(reasons))
