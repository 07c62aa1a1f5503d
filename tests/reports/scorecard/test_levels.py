from dataclasses import replace
from decimal import Decimal

import pytest

from quality.model.verdict import Measured
from reports.scorecard.words.levels import Bullet, bullet, level
from tests.reports import samples


def graph(value: int, **changes: object) -> Bullet:
    verdict = samples.verdict("A", "a", Measured(value, 100, 100), "met", **changes)
    made = bullet(verdict)
    assert made is not None
    return made


def test_bullet_of_a_low_value_counts_from_zero_to_beyond_the_minimum() -> None:
    # expected 5, minimum 8: the graph ends at 12.8
    made = graph(4)
    assert (made.value, made.expected, made.minimum) == ("31.25", "39.06", "62.5")
    assert (made.good, made.bad) == (("0", "39.06"), ("62.5", "37.5"))
    assert made.beyond == ""
    assert graph(90).beyond == "right"


def test_bullet_of_a_high_value_has_its_good_end_right() -> None:
    # expected 99, minimum 95: the graph shows 85.1 (95 less a tenth of 99) to 100
    changes = {"good": "high", "expected": Decimal(99), "minimum": Decimal(95)}
    made = graph(97, **changes)
    assert (made.minimum, made.expected, made.value) == ("66.44", "93.29", "79.87")
    assert made.bad == ("0", "66.44")
    assert graph(10, **changes).beyond == "left"


@pytest.mark.parametrize("limit", [0, 100])
@pytest.mark.parametrize("good", ["low", "high"])
def test_bullet_stands_equal_and_extreme_limits(good: str, limit: int) -> None:
    made = graph(50, good=good, expected=Decimal(limit), minimum=Decimal(limit))
    assert all(0 <= float(at) <= 100 for at in (made.value, made.expected, made.minimum))


def test_no_bullet_without_value_or_limits() -> None:
    verdict = samples.verdict("A", "a", Measured(1, 0, 100), "unknown")
    assert bullet(verdict) is None
    assert bullet(replace(verdict, measured=None)) is None
    assert bullet(replace(verdict, measured=Measured(1, 2, 100), expected=None)) is None


def test_level_tells_the_value_its_arithmetic_and_its_change() -> None:
    made = level(samples.levels()[0], "2026-Q3")
    assert (made.number, made.unit.strip()) == ("9.2", "%")
    assert made.formula.replace("\u202f", " ") == "100 × 1,964 / 21,410 = 9.2 %"
    assert made.measures.endswith("(limit: above 20)")
    assert made.before is not None
    assert made.before[1] == "2026-Q2"
    # 100 x 1964 / 21410 = 9.17328..., less 8.31
    assert made.change == "+0.86\u00a0points, worse"


def test_trend_without_the_period_itself_gives_the_same_line() -> None:
    verdict = samples.levels()[0]
    cut = replace(verdict, trend=verdict.trend[:-1])
    assert level(cut, "2026-Q3").spark == level(verdict, "2026-Q3").spark


def test_an_unknown_period_interrupts_the_line() -> None:
    line = level(samples.levels()[2], "2026-Q3").spark
    assert line is not None
    assert [len(piece.split()) for piece in line.lines] == [2, 5]
    assert line.text.startswith("7 of 8 periods known, from 5.9")


def test_first_period_has_no_trend() -> None:
    made = level(samples.met().service_levels[0], "2026-Q3")
    assert (made.spark, made.before, made.change) == (None, None, "")
