"""The course of a service level: its value between limits that may change, and the table."""

from dataclasses import replace
from decimal import Decimal

from quality.model.evaluation import PastPeriod
from quality.model.verdict import Measured, Period, TrendPoint, Verdict
from reports.scorecard.page import html
from reports.scorecard.page.course import Course, course
from tests.reports import samples


def drawn(verdict: Verdict, *past: PastPeriod) -> Course:
    found = course(samples.evaluation(service_levels=(verdict,), past=past), verdict)
    assert found
    return found


def point(period: str, value: float | None, expected: int = 5, minimum: int = 8) -> TrendPoint:
    return TrendPoint(period, value, expected=Decimal(expected), minimum=Decimal(minimum))


def test_a_value_stands_between_the_lines_of_its_limits() -> None:
    """An axis of 0 to 10 is 160 high: 10 stands at 0, 8 at 32, 5 at 80, 2.5 at 120."""
    verdict = samples.verdict("A", "a", Measured(25, 1000, 100), "met")
    found = drawn(replace(verdict, trend=(point("2026-Q1", 10.0), point("2026-Q2", None))))
    assert [float(each) for each in found.ticks] == [10, 5, 0]
    assert found.bands == (
        ("bad", ("0", "0", "400", "32")),
        ("middle", ("0", "32", "400", "48")),
        ("good", ("0", "80", "400", "80")),
    )
    assert found.limits == (("expected", "M0 80H400"), ("minimum", "M0 32H400"))
    assert found.lines == ()  # the unknown period lies between
    assert [each[1] for each in found.dots] == ["0", "120"]
    assert found.steady


def test_limits_change_where_the_contract_does() -> None:
    verdict = samples.verdict("A", "a", Measured(4, 100, 100), "met")
    found = drawn(
        replace(verdict, trend=(point("2026-Q1", 4.0, 2, 4), point("2026-Q2", 4.0, 2, 4)))
    )
    assert [line for name, line in found.limits if name == "minimum"] == [
        "M0 80H266.67", "M266.67 0H400",
    ]  # fmt: skip
    assert not found.steady
    assert [(row.period, row.minimum) for row in found.rows] == [
        ("2026-Q3", "≤\u202f8\u202f%"), ("2026-Q2", "≤\u202f4\u202f%"),
        ("2026-Q1", "≤\u202f4\u202f%"),
    ]  # fmt: skip


def test_where_high_is_good_the_scale_need_not_begin_at_nothing_and_says_so() -> None:
    verdict = samples.verdict(
        "A", "a", Measured(99, 100, 100), "met", good="high", expected=Decimal(99),
        minimum=Decimal(95),
    )  # fmt: skip
    found = drawn(replace(verdict, trend=(point("2026-Q2", 98.0, 99, 95),)))
    assert [float(each) for each in found.ticks] == [100, 98, 96, 94, 92, 90]
    assert [name for name, _ in found.bands] == ["good", "middle", "bad"]


def test_each_period_tells_its_outcome() -> None:
    quarter = Period("2026-Q2", samples.date(2026, 4, 1), samples.date(2026, 6, 30), to_date=False)
    verdict = samples.verdict("A", "a", Measured(4, 100, 100), "met")
    verdict = replace(verdict, trend=(point("2026-Q1", 9.0), point("2026-Q2", 9.0)))
    found = drawn(verdict, PastPeriod(quarter, "failed", (("A", "failed"),)))
    assert [(row.period, row.outcome) for row in found.rows] == [
        ("2026-Q3", "met"), ("2026-Q2", "failed"), ("2026-Q1", None),
    ]  # fmt: skip


def test_one_period_has_no_course_and_no_limits_no_bands() -> None:
    verdict = samples.verdict("A", "a", Measured(4, 100, 100), "met")
    assert course(samples.evaluation(service_levels=(verdict,)), verdict) is None
    unlimited = replace(verdict, expected=None, minimum=None, good="none",
                        trend=(TrendPoint("2026-Q2", 3.0),))  # fmt: skip
    found = drawn(unlimited)
    assert (found.bands, found.limits) == ((), ())
    assert len(found.dots) == 2


def test_the_page_draws_it_without_a_script() -> None:
    text = html.page(samples.evaluation())
    assert text.count('class="chart curve"') == 8
    assert text.count('<polyline points="') > 8
