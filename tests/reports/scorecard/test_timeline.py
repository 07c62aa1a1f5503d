"""Time drawn: where bars lie and how long they are, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from quality.model.evaluation import Evaluation
from quality.model.evidence import Evidence, EvidenceGroup, EvidenceRow, TicketClock
from quality.model.verdict import Measured, Period, Verdict
from reports.scorecard.page import html, timeline
from tests.reports import samples

JUNE = Period("2026-06", date(2026, 6, 1), date(2026, 6, 30), to_date=False)
COLUMNS = ("service", "begins", "ends", "seconds", "was", "records", "causes")


def availability(**changes: object) -> Verdict:
    base = samples.evaluation().service_levels[0]
    return replace(
        base, id="A-1", indicator="service.availability", unit="percent", good="high",
        parameters=(("service", "shop"),), expected=Decimal("99.9"), minimum=Decimal(99),
        measured=Measured(2_592_000 - 21_600, 2_592_000, 100), **changes,
    )  # fmt: skip


def evidence(*rows: tuple[str, str, int, str], clocks: tuple[TicketClock, ...] = ()) -> Evidence:
    found = tuple(
        EvidenceRow("status", (), ("shop", begins, ends, seconds, was, "OUT-1", samples.HOSTILE))
        for begins, ends, seconds, was in rows
    )
    groups = (EvidenceGroup("", len(found), found),)
    return Evidence("A-1", "intervals", COLUMNS, "seconds", len(found), groups, clocks=clocks)


def judged(verdict: Verdict, told: Evidence) -> Evaluation:
    base = samples.evaluation()
    card = replace(base.scorecard, evidence=(told,))
    return replace(base, period=JUNE, service_levels=(verdict,), scorecard=card)


def test_outages_lie_where_they_were() -> None:
    told = evidence(
        ("2026-06-16 00:00:00 UTC", "2026-06-19 00:00:00 UTC", 259_200, "down"),
        ("2026-06-01 00:00:00 UTC", "2026-06-01 00:01:00 UTC", 60, "down"),
        ("2026-06-30 23:59:00 UTC", "2026-07-02 00:00:00 UTC", 60, "excused, by an entry"),
    )
    found = timeline.outages(judged(availability(), told), availability(), told)
    assert found is not None
    down, excused = found.lanes
    # The 16th begins halfway through the 30 days, and three days are a tenth of them.
    assert down.bars == (
        timeline.Bar("down", "50", "10"), timeline.Bar("down", "0", "0.4"),
    )  # fmt: skip
    assert down.text == "Down: 2 times, 3\u00a0d 1\u00a0min"
    assert excused.bars == (timeline.Bar("excused", "99.6", "0.4"),)
    assert found.months == (("0", "June"),)


def test_outages_that_are_counted_lie_there_too_and_have_no_budget() -> None:
    columns = ("service", "begins", "ends", "counted", "records")
    cells = ("shop", "2026-06-16 00:00:00 UTC", "2026-06-19 00:00:00 UTC", 7200, "OUT-1")
    group = EvidenceGroup("", 1, (EvidenceRow("status", (), cells),))
    told = Evidence("A-1", "outages", columns, "counted", 1, (group,))
    verdict = replace(availability(), indicator="service.longest_outage", unit="seconds",
                      good="low", measured=Measured(7200, 1, 1))  # fmt: skip
    found = timeline.outages(judged(verdict, told), verdict, told)
    assert found is not None
    (down,) = found.lanes
    assert down.bars == (timeline.Bar("down", "50", "10"),)
    assert down.text == "Down: once, 2\u00a0h"  # of three days only so much counts
    assert found.budget is None


def test_the_budget_is_what_the_minimum_allows() -> None:
    # One percent of 30 days is 7 h 12 min; six hours were used.
    found = timeline.budget(availability())
    assert found is not None
    assert (found.used, found.allowed, found.over) == ("83.33", "100", False)
    assert (
        "allows 7\u00a0h 12\u00a0min down; 6\u00a0h were used: 1\u00a0h 12\u00a0min are left"
        in found.text
    )
    worse = replace(availability(), measured=Measured(2_592_000 - 51_840, 2_592_000, 100))
    found = timeline.budget(worse)
    assert found is not None
    assert (found.used, found.allowed, found.over) == ("100", "50", True)
    assert "7\u00a0h 12\u00a0min more than that" in found.text


def test_there_is_no_budget_of_requests_or_of_what_nobody_knows() -> None:
    requests = replace(availability(), parameters=(("measure", "requests"), ("service", "shop")))
    assert timeline.budget(requests) is None
    assert timeline.budget(replace(availability(), measured=None)) is None
    assert timeline.budget(replace(availability(), minimum=None)) is None


CLOCK = TicketClock(
    "desk", samples.HOSTILE, samples.HOSTILE, "normal", 0, 7200, 14_400, 3600, 6000, missed=True,
    stretches=(("running", 0, 3600), ("waiting", 3600, 7200), ("running", 10_800, 13_200)),
)  # fmt: skip


def test_clocks_share_a_scale_and_say_where_the_time_went() -> None:
    long = replace(CLOCK, id="T-2", until=28_800)
    short, _ = timeline.clocks(evidence(clocks=(CLOCK, long)))
    # 14,400 seconds of 28,800 are half of the drawing, an hour an eighth of it.
    assert (short.length, short.due) == ("50", "25")
    assert short.bars == (
        timeline.Bar("running", "0", "12.5"),
        timeline.Bar("waiting", "12.5", "12.5"),
        timeline.Bar("running", "37.5", "8.33"),
    )
    assert (short.ran, short.target) == ("1\u00a0h 40\u00a0min", "1\u00a0h")
    assert (short.waited, short.outside) == ("1\u00a0h", "1\u00a0h 20\u00a0min")


def test_the_page_draws_both_and_says_them_in_words() -> None:
    told = evidence(
        ("2026-06-16 00:00:00 UTC", "2026-06-19 00:00:00 UTC", 259_200, "down"), clocks=(CLOCK,)
    )
    page = html.page(judged(availability(), told))
    assert 'aria-label="Down: once, 3\u00a0d"' in page
    assert "Clocks that ran furthest beyond their targets" in page
    assert samples.HOSTILE not in page


def test_weeks_stand_side_by_side_as_high_as_their_share() -> None:
    told = replace(evidence(), weeks=((0, 3, 1), (3, 5, 0)))
    found = timeline.weeks(
        judged(availability(), told), replace(availability(), minimum=Decimal(80)), told
    )
    assert found is not None
    first, last = found.weeks
    # Four weeks of 25 each, with a tenth left on either side; 75 % of 40 are 30.
    assert (first.x, first.width, first.y, first.height, first.below) == (
        "2.5",
        "20",
        "10",
        "30",
        True,
    )
    assert (last.x, last.y, last.height, last.below) == ("77.5", "0", "40", False)
    assert (first.day, last.day, first.due, last.due) == ("2026-06-01", "2026-06-22", 4, 5)
    assert found.minimum == "8"
    assert found.text == "Share in time over 2 weeks, 1 of them below the minimum"
