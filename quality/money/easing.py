"""Periods in which a service level is judged and costs nothing: its grace, and its suspension.

- **Grace** (ramp-up): the first so many periods that judge the service level. What is missed in
  them costs nothing and counts as no failure, for money and for consequences; what is met counts.
- **Suspension**: whole periods in which the parties set the service level aside. It counts for
  nothing at all: no credit, no bonus, and an earnback passes over them.

The verdict stays what it is, on the page and in the exit code: only what follows from it is eased.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from quality.model.statement import EasedLevel
from quality.model.verdict import Verdict
from quality.money.history import Judged, PeriodVerdicts


def eased(judged: Judged) -> list[PeriodVerdicts]:
    """The periods as money and consequences see them: what is eased reads as excused."""
    return [
        replace(each, verdicts=tuple(_seen(verdict, why) for verdict, why in pairs))
        for each, pairs in _reasons(judged)
    ]


def eased_levels(judged: Judged) -> tuple[EasedLevel, ...]:
    """What the last period would have counted against the supplier, and does not."""
    *_, (_, pairs) = _reasons(judged)
    return tuple(
        EasedLevel(verdict.id, verdict.name, f"{verdict.id}: {why}: no credit, and no failure")
        for verdict, why in pairs
        if why and verdict.level_class == "critical" and verdict.outcome in ("failed", "unknown")
    )


def _seen(verdict: Verdict, why: str) -> Verdict:
    return replace(verdict, outcome="excused") if why else verdict


def _reasons(judged: Judged) -> Iterator[tuple[PeriodVerdicts, list[tuple[Verdict, str]]]]:
    """Each period with its verdicts, and why each is eased ("": it is not)."""
    times = Counter[str]()
    for each in judged:
        times.update(verdict.id for verdict in each.verdicts)
        yield each, [(verdict, _why(verdict, each, times[verdict.id])) for verdict in each.verdicts]


def _why(verdict: Verdict, judged: PeriodVerdicts, number: int) -> str:
    """Why the verdict of this ``number`` on its service level is eased; "": it is not."""
    level, period = judged.contract.level(verdict.id), judged.period
    if level is None:
        return ""
    for each in level.suspended or ():
        if each.starts <= period.start and period.end <= each.ends:
            clause = f" ({each.clause})" if each.clause else ""
            return f"suspended from {each.starts} to {each.ends}{clause}"
    if level.grace is not None and number <= level.grace and verdict.outcome != "met":
        return f"in grace, period {number} of {level.grace}"
    return ""
