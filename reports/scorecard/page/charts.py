"""The page's charts: columns over the periods, drawn without text.

The numbers on the axes are HTML beside the drawing, so they keep their size on a telephone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup, escape

from reports.shared.numbers import coordinate

WIDTH, HEIGHT = 400, 160
GAP, EDGE = Fraction(3, 10), Fraction(1, 10)  # between columns and beside them, of their distance
# What a column stands for, and its colour; the style sheet maps them to the light and dark scheme.
PARTS = {
    "then": "#9fb3c8",
    "now": "#2f5d8c",
    "band1": "#f0c674",
    "band2": "#e08a3c",
    "band3": "#b3261e",
}

NOTHING = Fraction(0)

Column = list[tuple[str, Fraction]]
"""The parts of a period's column from top to bottom, each with its share of the axis."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart: ``svg``, the numbers on its vertical axis from top to bottom, and the
    periods under it (``each``: one under every column, else first and last)."""

    svg: Markup
    ticks: tuple[Fraction, ...]
    labels: tuple[str, ...]
    each: bool


def columns(
    periods: Sequence[str], values: Mapping[str, Fraction | int], current: str, title: str
) -> Chart:
    """One column a period, the current one marked; a period without value stays empty."""
    ticks = axis(max(values.values(), default=NOTHING))
    drawn: list[Column] = [
        [("now" if period == current else "then", values.get(period, NOTHING) / ticks[0])]
        for period in periods
    ]
    return _draw(drawn, ticks, periods, title)


def shares(
    periods: Sequence[str], values: Mapping[str, Sequence[Fraction | int]], title: str
) -> Chart:
    """The risk profile: one column a period of the risky bands' shares, the riskiest at the bottom.
    The first band, which is no risk, is the rest of the whole and would dwarf them."""
    risky = {period: [*found][1:] for period, found in values.items()}
    ticks = axis(max(map(sum, risky.values()), default=NOTHING))
    nothing = (NOTHING,)  # keeps the period's place on the axis
    drawn = [
        [
            (f"band{rank}", share / ticks[0])
            for rank, share in enumerate(risky.get(period, nothing), start=1)
        ]
        for period in periods
    ]
    return _draw(drawn, ticks, periods, title)


def axis(top: Fraction | int) -> tuple[Fraction, ...]:
    """Two to four even steps of 1, 2 or 5 times a power of ten, from ``top`` or above to 0."""
    if top <= 0:
        return Fraction(1), Fraction(0)
    size = step(top)
    return tuple(size * number for number in range(int(-(-top // size)), -1, -1))


def step(width: Fraction | int) -> Fraction:
    """The smallest of 1, 2 or 5 times a power of ten of which four or fewer cover a width."""
    power = Fraction(1)
    while power * 10 <= width:
        power *= 10
    while power > width:
        power /= 10
    return next(s for s in (power / 2, power, power * 2, power * 5) if -(-width // s) <= 4)


def _draw(
    columns: Sequence[Column], ticks: tuple[Fraction, ...], periods: Sequence[str], title: str
) -> Chart:
    """Columns that stand at even distances, over grid lines."""
    distance = WIDTH / (len(columns) - GAP + 2 * EDGE)
    wide = coordinate(distance * (1 - GAP))
    bars = []
    for at, column in enumerate(columns):
        top = sum((share for _, share in column), NOTHING)
        for part, share in column:
            place = f"M{coordinate(distance * (at + EDGE))},{coordinate(HEIGHT * (1 - top))}"
            shape = f"{place}h{wide}v{coordinate(HEIGHT * share)}h-{wide}Z"
            bars.append(f'<path d="{shape}" fill="{PARTS[part]}"/>')
            top -= share
    grid = (f'<path class="grid" d="M0 {HEIGHT * step / (len(ticks) - 1):g}H{WIDTH}"/>'
            for step in range(len(ticks)))  # fmt: skip
    svg = Markup(  # noqa: S704  numbers and colours of our own, the title escaped
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(title)}">{"".join(grid)}{"".join(bars)}</svg>'
    )
    each = len(periods) <= 5
    labels = tuple(periods) if each else (periods[0], periods[-1])
    return Chart(svg, ticks, labels, each)
