"""Time drawn: a service's outages over the period, and the slowest tickets' clocks."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from quality.model.evaluation import Evaluation
from quality.model.evidence import Evidence, TicketClock
from quality.model.verdict import Verdict
from reports.scorecard.words.view import month
from reports.shared import numbers
from reports.shared.numbers import coordinate, span

LEAST = Fraction(2, 5)  # the width of the shortest bar: a minute of a quarter could not be seen
AVAILABILITY = "service.availability"
LANES = {
    "down": "Down",
    "not probed": "Not probed",
    "planned": "Planned maintenance",
    "an outage": "Not counted",
    "excused": "Excused",
    "outside": "Outside of the hours",
}  # by the first words of what a stretch was
STATES = {
    "running": "running",
    "waiting": "the customer owed an answer",
    "done": "resolved",
    "elsewhere": "in other hands",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time in a drawing 100 wide: what it is, where it begins, how wide it is."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Lane:
    """Stretches of one kind, and what they say in words."""

    name: str
    bars: tuple[Bar, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Budget:
    """How much downtime the minimum allows and how much of it is used, in words; ``used``: its
    share of the drawing, ``allowed``: where the limit stands."""

    used: str
    allowed: str
    over: bool
    text: str


@dataclass(frozen=True, slots=True)
class Outages:
    """When a service was not up: a lane a kind, over months that begin at ``months``."""

    lanes: tuple[Lane, ...]
    months: tuple[tuple[str, str], ...]
    budget: Budget | None


def outages(evaluation: Evaluation, verdict: Verdict, evidence: Evidence | None) -> Outages | None:
    """The stretches behind a service's availability, or its outages; None: it was up all the time,
    or nobody knows. Only the stretches that the evidence shows are drawn, the longest."""
    if not verdict.indicator.startswith("service.") or evidence is None or not evidence.groups:
        return None
    first, last = _bounds(evaluation)
    told = "seconds" if verdict.indicator == AVAILABILITY else "counted"
    at = {name: evidence.columns.index(name) for name in ("begins", "ends", told)}
    was_at = evidence.columns.index("was") if "was" in evidence.columns else None
    found: dict[str, list[tuple[Bar, int]]] = {}
    for row in evidence.groups[0].rows:
        begins, ends = (_moment(str(row.cells[at[name]])) for name in ("begins", "ends"))
        was = "down" if was_at is None else str(row.cells[was_at])
        seconds = int(str(row.cells[at[told]]))
        kind = next((key for key in LANES if was.startswith(key)), "outside")
        found.setdefault(kind, []).append((_bar(kind, begins, ends, first, last), seconds))
    lanes = tuple(
        Lane(
            name,
            tuple(bar for bar, _ in found[kind]),
            f"{name}: {_times(len(found[kind]))}, {span(sum(s for _, s in found[kind]))}",
        )
        for kind, name in LANES.items()
        if kind in found
    )
    return Outages(lanes, _months(first, last), budget(verdict)) if lanes else None


def budget(verdict: Verdict) -> Budget | None:
    """The seconds that the minimum lets a service be down, and those that it was."""
    measured, minimum = verdict.measured, verdict.minimum
    requests = dict(verdict.parameters).get("measure") == "requests"
    if verdict.indicator != AVAILABILITY or requests:
        return None
    if measured is None or minimum is None or not measured.denominator:
        return None
    allowed = int(measured.denominator * Fraction(Decimal(100) - minimum) / 100)
    used = measured.denominator - measured.numerator
    whole = max(allowed, used, 1)
    rest = (
        f"{span(used - allowed)} more than that"
        if used > allowed
        else f"{span(allowed - used)} are left"
    )
    spent = f"{span(used)} were used: {rest}"
    text = f"The minimum of {minimum} % allows {span(allowed)} down; {spent}."
    return Budget(
        coordinate(Fraction(100 * used, whole)),
        coordinate(Fraction(100 * allowed, whole)),
        used > allowed,
        text,
    )


@dataclass(frozen=True, slots=True)
class Clock:
    """A ticket's time from the opening on: its stretches, where its target was used up, and what it
    spent, in words."""

    id: str
    title: str
    policy: str
    length: str
    bars: tuple[Bar, ...]
    due: str
    ran: str
    target: str
    waited: str
    outside: str
    missed: bool
    text: str


def clocks(evidence: Evidence | None) -> tuple[Clock, ...]:
    """The slowest tickets, all on one scale."""
    told = evidence.clocks if evidence else ()
    longest = max((each.until - each.began for each in told), default=1)
    return tuple(_clock(each, max(longest, 1)) for each in told)


def _clock(told: TicketClock, longest: int) -> Clock:
    def at(moment: int) -> Fraction:
        return Fraction(100 * (moment - told.began), longest)

    spent = dict.fromkeys(STATES, 0)
    bars = []
    for state, begins, ends in told.stretches:
        spent[state] += ends - begins
        bars.append(Bar(state, coordinate(at(begins)), coordinate(at(ends) - at(begins))))
    outside = told.until - told.began - sum(spent.values())
    said = [f"{STATES[state]} {span(much)}" for state, much in spent.items() if much]
    return Clock(
        told.id, told.title, told.policy,
        coordinate(at(told.until)), tuple(bars), coordinate(min(at(told.due), Fraction(100))),
        hours(told.elapsed), hours(told.target), span(spent["waiting"]), span(outside), told.missed,
        f"{told.id}: {', '.join([*said, f'outside of the hours {span(outside)}'])}",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Week:
    """The tickets that were due in a week: its first day, how many, in time, missed, the share in
    words, and the column of that share in a drawing 100 wide and 40 high."""

    day: str
    due: int
    in_time: int
    missed: int
    share: str
    x: str
    width: str
    y: str
    height: str
    below: bool


@dataclass(frozen=True, slots=True)
class Weeks:
    """A service level week by week; ``minimum``: where its line lies, "": it has none."""

    weeks: tuple[Week, ...]
    minimum: str
    text: str


def weeks(evaluation: Evaluation, verdict: Verdict, evidence: Evidence | None) -> Weeks | None:
    """What was due week by week, and how much of it was in time; None: nothing was."""
    if evidence is None or not evidence.weeks:
        return None
    step = Fraction(100, evidence.weeks[-1][0] + 1)
    minimum = None if verdict.minimum is None else Fraction(verdict.minimum)
    found = []
    for number, in_time, missed in evidence.weeks:
        share = Fraction(100 * in_time, in_time + missed)
        high = share * 2 / 5
        found.append(Week(
            (evaluation.period.start + timedelta(days=7 * number)).isoformat(),
            in_time + missed, in_time, missed, numbers.with_unit(share, "percent", ()),
            coordinate(step * number + step / 10), coordinate(step * 4 / 5),
            coordinate(40 - high), coordinate(high), minimum is not None and share < minimum,
        ))  # fmt: skip
    text = f"Share in time over {len(found)} weeks"
    if minimum is None:
        return Weeks(tuple(found), "", text)
    text += f", {sum(each.below for each in found)} of them below the minimum"
    return Weeks(tuple(found), coordinate(40 - minimum * 2 / 5), text)


def _times(much: int) -> str:
    return "once" if much == 1 else f"{much} times"


def hours(seconds: int) -> str:
    """A span of a calendar's time, whose days are not of 24 hours: 66 h 5 min."""
    much, rest = divmod(seconds // 60, 60)
    return (
        f"{numbers.count(much)}\u00a0h {rest}\u00a0min" if rest else f"{numbers.count(much)}\u00a0h"
    )


def _bounds(evaluation: Evaluation) -> tuple[datetime, datetime]:
    period = evaluation.period
    first = datetime.combine(period.start, time(), UTC)
    return first, datetime.combine(period.end, time(), UTC) + timedelta(days=1)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.removesuffix(" UTC")).replace(tzinfo=UTC)


def _bar(kind: str, begins: datetime, ends: datetime, first: datetime, last: datetime) -> Bar:
    whole = int((last - first).total_seconds())

    def at(moment: datetime) -> Fraction:
        into = Fraction(100 * int((moment - first).total_seconds()), whole)
        return min(max(into, Fraction(0)), Fraction(100))

    width = max(at(ends) - at(begins), LEAST)
    return Bar(
        kind.rsplit(maxsplit=1)[-1], coordinate(min(at(begins), 100 - LEAST)), coordinate(width)
    )


def _months(first: datetime, last: datetime) -> tuple[tuple[str, str], ...]:
    """(where it begins, its name) of each month of the period."""
    found = []
    day = first
    while day < last:
        if day == first or day.day == 1:
            x = Fraction(100 * (day - first).days, (last - first).days)
            found.append((coordinate(x), month(day)))
        day += timedelta(days=1)
    return tuple(found)
