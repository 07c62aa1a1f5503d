import re
from fractions import Fraction

import pytest

from reports.scorecard.page import charts

COLUMN = re.compile(r'<path d="M([\d.]+),([\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+Z" fill="(#\w+)"/>')


def drawn(chart: charts.Chart) -> list[tuple[float, float, str]]:
    """Left edge, height and colour of each visible column."""
    found = COLUMN.findall(chart.svg)
    assert len(found) == chart.svg.count("fill=")
    return [(float(x), float(h), colour) for x, _, _, h, colour in found if float(h)]


def test_columns_stand_in_proportion_and_mark_the_current_period() -> None:
    values = {"2026-Q1": Fraction(10), "2026-Q3": Fraction(40)}
    chart = charts.columns(("2026-Q1", "2026-Q2", "2026-Q3"), values, "2026-Q3", "Size")
    (first, low, then), (last, high, now) = drawn(chart)
    assert (low, high) == (40, 160)
    assert (then, now) == (charts.PARTS["then"], charts.PARTS["now"])
    assert last - first > 2 * charts.WIDTH / 4  # the period without value keeps its place
    assert chart.ticks == (40, 30, 20, 10, 0)
    assert chart.labels == ("2026-Q1", "2026-Q2", "2026-Q3")


def test_columns_share_the_width_with_their_gaps() -> None:
    """Three tenths of the distance lie between two columns, one tenth lies beside the outer ones:
    two columns have 1.9 distances of 400 / 1.9 = 210.53. Nine is nine tenths of the axis."""
    one = charts.columns(("2026-Q3",), {"2026-Q3": 9}, "2026-Q3", "Size")
    assert COLUMN.findall(one.svg) == [("44.44", "16", "311.11", "144", charts.PARTS["now"])]
    two = charts.columns(("2026-Q2", "2026-Q3"), {"2026-Q2": 1, "2026-Q3": 2}, "2026-Q3", "Size")
    assert [found[:3] for found in COLUMN.findall(two.svg)] == [
        ("21.05", "80", "147.37"), ("231.58", "0", "147.37"),
    ]  # fmt: skip


def test_risky_shares_stack_with_the_riskiest_at_the_bottom() -> None:
    """Of 75, 16, 8 and 1 % the first is no risk; 25 % in all stand under an axis of 30."""
    chart = charts.shares(("2026-Q2", "2026-Q3"), {"2026-Q3": (75, 16, 8, 1)}, "Risk")
    tops = [(float(y), float(h), c) for _, y, _, h, c in COLUMN.findall(chart.svg) if float(h)]
    assert [float(tick) for tick in chart.ticks] == [30, 20, 10, 0]
    assert [(round(h / 160 * 30, 1), colour) for _, h, colour in tops] == [
        (16, charts.PARTS["band1"]), (8, charts.PARTS["band2"]), (1, charts.PARTS["band3"]),
    ]  # fmt: skip
    assert [y for y, *_ in tops] == sorted(y for y, *_ in tops)


def test_forty_periods_are_labelled_at_their_ends() -> None:
    periods = tuple(f"{at}-Q1" for at in range(1990, 2030))
    chart = charts.columns(periods, {at: Fraction(7) for at in periods}, periods[-1], "Size")
    assert len(drawn(chart)) == 40
    assert (chart.labels, chart.each) == (("1990-Q1", "2029-Q1"), False)


@pytest.mark.parametrize(
    ("top", "ticks"),
    [(0, [1, 0]), (1, [1, 0.5, 0]), (99, [100, 50, 0]), (101, [150, 100, 50, 0]),
     (7, [8, 6, 4, 2, 0]), (12_345_678, [15_000_000, 10_000_000, 5_000_000, 0]),
     (Fraction(3, 1000), [0.003, 0.002, 0.001, 0])],
)  # fmt: skip
def test_axis_steps_are_even_and_reach_the_top(top: Fraction, ticks: list[float]) -> None:
    assert [float(tick) for tick in charts.axis(Fraction(top))] == ticks


def test_no_style_no_text_no_reference() -> None:
    chart = charts.columns(("2026-Q3",), {"2026-Q3": Fraction(0)}, "2026-Q3", 'a "<b>" title')
    assert 'aria-label="a &#34;&lt;b&gt;&#34; title"' in chart.svg
    assert not re.search(r"style=|<text|<use|<image|url\(|href|id=", chart.svg)
