"""The page's charts: altair draws the columns, the page writes the words around them.

A chart is an SVG without text. The numbers on its axes are HTML beside it, so they keep their
size on a telephone and cost no text measuring, which is most of the time a chart takes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from markupsafe import Markup, escape

WIDTH, HEIGHT = 400, 160
# What a column stands for, and its colour; the style sheet maps them to the light and dark scheme.
PARTS = {
    "then": "#9fb3c8",
    "now": "#2f5d8c",
    "band0": "#d3dce6",
    "band1": "#f0c674",
    "band2": "#e08a3c",
    "band3": "#b3261e",
}

NOTHING = Fraction(0)

Row = dict[str, str | int | float]


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
    rows = [
        _row(
            period,
            100 * values.get(period, NOTHING) / ticks[0],
            "now" if period == current else "then",
        )
        for period in periods
    ]
    return _draw(rows, ticks, periods, title)


def shares(
    periods: Sequence[str], values: Mapping[str, Sequence[Fraction | int]], title: str
) -> Chart:
    """The risk profile: one column a period of the risky bands' shares, the riskiest at the bottom.
    The first band, which is no risk, is the rest of the whole and would dwarf them."""
    risky = {period: [*found][1:] for period, found in values.items()}
    ticks = axis(max(map(sum, risky.values()), default=NOTHING))
    nothing = (NOTHING,)  # keeps the period's place on the axis
    rows = [
        _row(period, 100 * share / ticks[0], f"band{rank}", -rank)
        for period in periods
        for rank, share in enumerate(risky.get(period, nothing), start=1)
    ]
    return _draw(rows, ticks, periods, title)


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


def _row(period: str, height: Fraction | int, part: str, rank: int = 0) -> Row:
    return {"period": period, "height": float(height), "part": part, "rank": rank}


def prepare() -> None:
    """Load what draws, which takes a second: to be called while something else is waited for."""
    import vl_convert

    vl_convert.vega_to_svg(_compiled())


def _draw(
    rows: list[Row], ticks: tuple[Fraction, ...], periods: Sequence[str], title: str
) -> Chart:
    import vl_convert

    compiled = _compiled()
    source, *derived = compiled["data"]
    data = [{"name": source["name"], "values": rows}, *derived]
    document: str = vl_convert.vega_to_svg({**compiled, "data": data})
    each = len(periods) <= 5
    labels = tuple(periods) if each else (periods[0], periods[-1])
    return Chart(_inline(document, len(ticks), title), ticks, labels, each)


@cache
def _compiled() -> dict[str, Any]:
    """Stacked columns of 0 to 100 as a Vega specification that lacks only its rows.

    Compiled once a process: altair and Vega-Lite would cost each page more than the drawing.
    """
    import altair as alt
    import vl_convert

    x = alt.X("period:O", axis=None, sort=None, scale=alt.Scale(paddingInner=0.3, paddingOuter=0.1))
    y = alt.Y("height:Q", axis=None, stack="zero", scale=alt.Scale(domain=[0, 100]))
    paint = alt.Scale(domain=list(PARTS), range=list(PARTS.values()))
    chart = (
        alt.Chart(alt.NamedData(name="rows"))
        .mark_bar(aria=False)
        .encode(x=x, y=y, color=alt.Color("part:N", legend=None, scale=paint), order="rank:Q")
        .properties(width=WIDTH, height=HEIGHT, autosize="none", padding=0)
        .configure(background="transparent")
        .configure_view(stroke="transparent")
    )
    specification = chart.to_dict(validate=False) | {"datasets": {"rows": []}}
    compiled: dict[str, Any] = vl_convert.vegalite_to_vega(specification)
    return compiled


_COLUMN = re.compile(r'<path d="([^"]+)" fill="(#[0-9a-f]{6})"/>')
_LONG = re.compile(r"\d+\.\d{3,}")


def _inline(document: str, ticks: int, title: str) -> Markup:
    """The columns of vl-convert's document as an element of the page, over grid lines."""
    grid = "".join(
        f'<path class="grid" d="M0 {HEIGHT * step / (ticks - 1):g}H{WIDTH}"/>'
        for step in range(ticks)
    )
    short = _LONG.sub(lambda match: f"{float(match[0]):.2f}".rstrip("0").rstrip("."), document)
    bars = "".join(
        f'<path d="{shape}" fill="{colour}"/>' for shape, colour in _COLUMN.findall(short)
    )
    return Markup(  # noqa: S704  numbers and colours of our own, the title escaped
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(title)}">{grid}{bars}</svg>'
    )
