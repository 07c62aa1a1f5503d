"""A service level as the scorecard shows it: numbers in words, and the geometry of its graphs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from quality.model.verdict import Measured, Outcome, Verdict
from reports.shared import numbers
from reports.shared.numbers import coordinate

WORDS: dict[Outcome, str] = {
    "met": "Met",
    "below_expected": "Below expected",
    "failed": "Failed",
    "excused": "Excused",
    "unknown": "Unknown",
}

_MILLION = 10**6  # a trend's values are rounded to 6 decimals

_PARAMETERS = {"above": "limit: above {}", "lines": "windows of {} lines", "language": "in {}"}


@dataclass(frozen=True, slots=True)
class Bullet:
    """A value against its limits, in units of a graph 100 wide. ``good`` and ``bad`` are zones
    (from, width); ``beyond``: the end of the graph that the value lies outside of."""

    value: str
    good: tuple[str, str]
    bad: tuple[str, str]
    expected: str
    minimum: str
    beyond: Literal["", "left", "right"]
    text: str


@dataclass(frozen=True, slots=True)
class Spark:
    """A trend line 100 wide and 24 high: its pieces (an unknown period interrupts it), the last
    point if it is known, and what it says in words."""

    lines: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]
    last: tuple[str, str] | None
    text: str


@dataclass(frozen=True, slots=True)
class Level:
    """One row of the scorecard's main table and its section below, all numbers as text. Where each
    repository is judged by itself, ``repository`` is the one whose number decides, and ``together``
    the value of all of them. ``time``: a number of seconds in hours and minutes."""

    verdict: Verdict
    measures: str
    number: str
    unit: str
    repository: str
    together: str
    expected: str
    minimum: str
    formula: str
    bullet: Bullet | None
    spark: Spark | None
    before: tuple[str, str] | None
    change: str
    since: str
    time: str = ""


def level(verdict: Verdict, period: str) -> Level:
    """``verdict`` in words; ``period`` is the one judged, its trend point the value itself."""
    limits = (verdict.expected, verdict.minimum)
    points = points_of(verdict, period)
    before = next((point for point in reversed(points[:-1]) if point[1] is not None), None)
    exact = numbers.exact(verdict)
    number = "" if exact is None else numbers.value(exact, verdict.unit, limits)

    def shown(exact: Fraction | int | None) -> str:
        return numbers.with_unit(exact, verdict.unit, limits)

    def short(exact: Fraction | None) -> str:
        if verdict.unit == "percent" or exact is None:
            return shown(exact)
        return numbers.value(exact, verdict.unit, limits)

    return Level(
        verdict,
        _measures(verdict),
        number,
        numbers.unit_after(verdict.unit, number) if number else "",
        *numbers.whose(verdict),
        *numbers.agreed(verdict),
        _formula(verdict.deciding, shown(exact)),
        bullet(verdict),
        spark(points, shown),
        (short(before[1]), before[0]) if before else None,
        _change(verdict, points[-1][1], before[1]) if before else "",
        _since(verdict, points),
        numbers.span(round(exact)) if exact and exact >= 60 and verdict.unit == "seconds" else "",
    )


def bullet(verdict: Verdict) -> Bullet | None:
    """The graph of the value against the limits; None where one of the three is missing."""
    exact, expected, minimum = numbers.exact(verdict), verdict.expected, verdict.minimum
    if exact is None or expected is None or minimum is None or verdict.good == "none":
        return None
    start, end = _window(verdict, expected, minimum)

    def at(value: Fraction) -> Fraction:
        return min(max(100 * (value - start) / (end - start), Fraction(0)), Fraction(100))

    met, worst = at(Fraction(expected)), at(Fraction(minimum))
    if verdict.good == "low":
        good, bad = (coordinate(0), coordinate(met)), (coordinate(worst), coordinate(100 - worst))
    else:
        good, bad = (coordinate(met), coordinate(100 - met)), (coordinate(0), coordinate(worst))
    value = numbers.judged(verdict, verdict.deciding)
    text = "Value {}, expected {}, minimum {}".format(value, *numbers.agreed(verdict))
    return Bullet(
        coordinate(at(exact)),
        good,
        bad,
        coordinate(met),
        coordinate(worst),
        "left" if exact < start else "right" if exact > end else "",
        text,
    )


def _window(verdict: Verdict, expected: Decimal, minimum: Decimal) -> tuple[Fraction, Fraction]:
    """The part of the scale a bullet shows: both limits, and room on either side of them."""
    high, low = Fraction(max(expected, minimum)), Fraction(min(expected, minimum))
    if verdict.good == "low":
        return Fraction(0), high * Fraction(8, 5) or Fraction(1)
    room = max(2 * (high - low), high / 10, Fraction(1, 100))
    top = Fraction(100) if verdict.unit in ("percent", "MI") and high <= 100 else high + room
    return max(low - room, Fraction(0)), max(top, high + (high - low) / 4)


def spark(
    points: Sequence[tuple[str, Fraction | int | None]], shown: Callable[[Fraction | int], str]
) -> Spark | None:
    """The line through the known ``points``, of two or more; ``shown`` makes a value's text."""
    known = [(at, value) for at, value in points if value is not None]
    if not known or len(points) < 2:
        return None
    low, high = min(value for _, value in known), max(value for _, value in known)
    base = min(0.0, float(low))  # from nothing: a small step is no cliff
    span = float(high) - base
    step = 92 / (len(points) - 1)

    def place(index: int, value: Fraction | int) -> tuple[str, str]:
        up = (float(value) - base) / span if span else 0.5
        return coordinate(4 + step * index), coordinate(20 - 16 * up)

    pieces: list[list[tuple[str, str]]] = [[]]
    for index, (_, value) in enumerate(points):
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append(place(index, value))
    first, last = known[0], known[-1]
    text = (
        f"{len(known)} of {len(points)} periods known, from {shown(first[1])} in {first[0]} to "
        f"{shown(last[1])} in {last[0]}; lowest {shown(low)}, highest {shown(high)}"
    )
    return Spark(
        tuple(" ".join(map(",".join, piece)) for piece in pieces if len(piece) > 1),
        tuple(piece[0] for piece in pieces if len(piece) == 1),
        place(len(points) - 1, points[-1][1]) if points[-1][1] is not None else None,
        text,
    )


def points_of(verdict: Verdict, period: str) -> list[tuple[str, Fraction | None]]:
    """The trend up to ``period``; all points are rounded alike, so that equal values are equal."""
    points: list[tuple[str, Fraction | None]] = []
    for point in verdict.trend:
        if point.period == period:
            break
        then = point.deciding
        value = None if then is None else Fraction(round(then * _MILLION), _MILLION)
        points.append((point.period, value))
    exact = numbers.exact(verdict)
    return [*points, (period, None if exact is None else round(exact, 6))]


def _since(verdict: Verdict, points: Sequence[tuple[str, Fraction | None]]) -> str:
    """The whole way since the first known point, where there is more of it than the last step."""
    known = [(at, value) for at, value in points if value is not None]
    if len(known) < 3 or points[-1][1] is None:
        return ""
    change = _change(verdict, points[-1][1], known[0][1])
    return f"{change} since {known[0][0]}"


def _change(verdict: Verdict, now: Fraction | None, before: Fraction | None) -> str:
    if now is None or before is None:
        return ""
    if now == before:
        return "unchanged"
    decimals = 0 if now.denominator == before.denominator == 1 else 2
    shown = numbers.change(now, before, decimals)
    if verdict.good == "none":
        return shown
    better = (now < before) == (verdict.good == "low")
    points = "\u00a0points" if verdict.unit == "percent" else ""
    return f"{shown}{points}, {'better' if better else 'worse'}"


def _measures(verdict: Verdict) -> str:
    """The indicator in words, with the contract's own parameters."""
    words = verdict.measures or verdict.indicator
    words = words[:1].upper() + words[1:]
    given = "; ".join(
        _PARAMETERS.get(name, f"{name}: {{}}").format(value) for name, value in verdict.parameters
    )
    words = f"{words} ({given})" if given else words
    return (
        f"{words}; declared by {' and '.join(whose)}" if (whose := verdict.declared_by) else words
    )


def _formula(measured: Measured | None, shown: str) -> str:
    """The arithmetic anyone can repeat: 100 x 812 / 21,410 = 3.8 %; a plain count has none."""
    if measured is None or (measured.scale == 1 and measured.denominator == 1):
        return ""
    times = f"{numbers.count(measured.scale)} {numbers.TIMES} " if measured.scale != 1 else ""
    top, bottom = numbers.count(measured.numerator), numbers.count(measured.denominator)
    return f"{times}{top} / {bottom} = {shown}"
