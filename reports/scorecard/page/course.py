"""The course of a service level over its periods: the value between its limits, and a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from quality.model.evaluation import Evaluation
from quality.model.verdict import Good, Outcome, Verdict
from reports.scorecard.page.charts import HEIGHT, WIDTH, step
from reports.scorecard.words.levels import points_of
from reports.shared import numbers
from reports.shared.numbers import coordinate

Rectangle = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A period in the table: its value (of which repository, where each is judged by itself),
    outcome (None: not known), expected and minimum as text."""

    period: str
    value: str
    repository: str
    outcome: Outcome | None
    expected: str
    minimum: str


@dataclass(frozen=True, slots=True)
class Course:
    """A graph ``WIDTH`` wide and ``HEIGHT`` high. ``bands`` of outcome, good, middle or bad, each
    (x, y, width, height), and the lines of the ``limits``, expected or minimum: they change where
    the contract does; ``lines`` and ``dots``: the value, which an unknown period interrupts;
    ``ticks``: the numbers on its axis from top to bottom; ``rows``: the same in a table."""

    bands: tuple[tuple[str, Rectangle], ...]
    limits: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]
    ticks: tuple[Fraction, ...]
    labels: tuple[str, ...]
    text: str
    rows: tuple[Row, ...]

    @property
    def steady(self) -> bool:
        """Whether the limits were the same in all periods."""
        return len({(row.expected, row.minimum) for row in self.rows}) == 1


@dataclass(frozen=True, slots=True)
class _Point:
    period: str
    value: Fraction | None
    expected: Decimal | None
    minimum: Decimal | None


def course(evaluation: Evaluation, verdict: Verdict) -> Course | None:
    """The course of a service level; None where fewer than two periods are known of."""
    points = _points(evaluation, verdict)
    known = [each.value for each in points if each.value is not None]
    if len(points) < 2 or not known:
        return None
    limits = [
        Fraction(limit)
        for each in points
        for limit in (each.expected, each.minimum)
        if limit is not None
    ]
    ticks = _scale(verdict, [*known, *limits])
    low, high = ticks[-1], ticks[0]
    wide = Fraction(WIDTH, len(points))

    def y(value: Fraction | Decimal) -> Fraction:
        return HEIGHT * (high - Fraction(value)) / (high - low)

    def x(at: int) -> Fraction:
        return wide * at + wide / 2

    pieces: list[list[tuple[str, str]]] = [[]]
    for at, each in enumerate(points):
        if each.value is None:
            pieces.append([])
        else:
            pieces[-1].append((coordinate(x(at)), coordinate(y(each.value))))
    stretches = list(_stretches(points))
    drawn = [
        (name, _rectangle(wide * start, wide * (end - start), y(upper), y(lower)))
        for start, end in stretches
        for name, upper, lower in _bands(verdict.good, points[start], high, low)
    ]
    return Course(
        bands=tuple(drawn),
        limits=tuple(
            (name, f"M{coordinate(wide * start)} {coordinate(y(limit))}H{coordinate(wide * end)}")
            for start, end in stretches
            for name, limit in (
                ("expected", points[start].expected),
                ("minimum", points[start].minimum),
            )
            if limit is not None
        ),
        lines=tuple(" ".join(map(",".join, piece)) for piece in pieces if len(piece) > 1),
        dots=tuple(place for piece in pieces for place in piece),
        ticks=ticks,
        labels=(points[0].period, points[-1].period),
        text=_text(points),
        rows=_rows(evaluation, verdict, points),
    )


def _points(evaluation: Evaluation, verdict: Verdict) -> list[_Point]:
    """All periods up to the evaluation's own, whose limits are the verdict's."""
    limits = {each.period: (each.expected, each.minimum) for each in verdict.trend}
    limits[evaluation.period.id] = verdict.expected, verdict.minimum
    known = points_of(verdict, evaluation.period.id)
    return [_Point(period, value, *limits[period]) for period, value in known]


def _scale(verdict: Verdict, values: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Even steps of 1, 2 or 5 times a power of ten, from top to bottom, over all values. It begins
    at nothing; where high is good and all is far above nothing, below the lowest value."""
    top, bottom = max(values), min(Fraction(0), *values)
    lowest = min(values)
    if verdict.good == "high" and 2 * lowest > top:
        bottom = max(lowest - max(top - lowest, top / 50), Fraction(0))
    if top == bottom:
        top = bottom + 1
    size = step(top - bottom)
    first, last = bottom // size, -(-top // size)
    return tuple(size * number for number in range(int(last), int(first) - 1, -1))


def _stretches(points: Sequence[_Point]) -> Iterator[tuple[int, int]]:
    """Periods in a row with the same limits: (first, behind the last)."""
    start = 0
    for _, alike in groupby(points, key=lambda each: (each.expected, each.minimum)):
        end = start + len(list(alike))
        yield start, end
        start = end


def _bands(
    good: Good, at: _Point, high: Fraction, low: Fraction
) -> Iterator[tuple[str, Fraction, Fraction]]:
    """Each outcome's part of the scale, from its upper to its lower end."""
    if good == "none" or at.minimum is None:
        return
    minimum = Fraction(at.minimum)
    expected = minimum if at.expected is None else Fraction(at.expected)
    if good == "low":
        yield from (("bad", high, minimum), ("middle", minimum, expected), ("good", expected, low))
    else:
        yield from (("good", high, expected), ("middle", expected, minimum), ("bad", minimum, low))


def _rectangle(x: Fraction, width: Fraction, top: Fraction, bottom: Fraction) -> Rectangle:
    height = max(bottom - top, Fraction(0))
    return coordinate(x), coordinate(top), coordinate(width), coordinate(height)


def _rows(evaluation: Evaluation, verdict: Verdict, points: Sequence[_Point]) -> tuple[Row, ...]:
    """The periods, the newest first."""
    outcomes = {each.period.id: dict(each.outcomes).get(verdict.id) for each in evaluation.past}
    outcomes[evaluation.period.id] = verdict.outcome
    decided = {each.period: each.repository for each in verdict.trend}
    if part := verdict.decided_by:
        decided[evaluation.period.id] = part.repository
    lone = len(verdict.repositories) == 1

    def row(each: _Point) -> Row:
        limits = (each.expected, each.minimum)
        whose = "" if lone else decided.get(each.period, "")
        shown = numbers.with_unit(each.value, verdict.unit, limits)
        return Row(
            each.period,
            "unknown" if each.value is None else shown,
            whose,
            outcomes.get(each.period),
            numbers.limit(each.expected, verdict.unit, verdict.good),
            numbers.limit(each.minimum, verdict.unit, verdict.good),
        )

    return tuple(map(row, reversed(points)))


def _text(points: Sequence[_Point]) -> str:
    known = sum(each.value is not None for each in points)
    return (
        f"{known} of {len(points)} periods known, {points[0].period} to {points[-1].period}, "
        "between expected and minimum; the numbers are in the table"
    )
