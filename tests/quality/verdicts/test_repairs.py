"""What brings means, percentiles and what is past to their limits: numbers by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from quality.catalogue.indicators import INDICATORS
from quality.model.evidence import Evidence
from quality.model.verdict import Measured, Verdict
from quality.verdicts.behind.repairs import repairs, why_not
from quality.verdicts.behind.rows import Table
from reports.scorecard.words import evidence as words
from tests.conftest import Desk
from tests.helpdesk import HelpDesk
from tests.quality.verdicts.test_evidence import evidence
from tests.quality.verdicts.test_repair_tables import judged, table
from tests.quality.verdicts.tickets import OFFICE, READ, SUPPORT, ticket

DAY = 86_400


def of(name: str, columns: tuple[str, ...], *rows: tuple[object, ...], **level: object) -> Table:
    indicator = INDICATORS[name]
    return table([("x", *row) for row in rows], columns, indicator=indicator, **level)


def told(
    found: Table, measured: Measured, expected: str | None, minimum: str
) -> list[tuple[str, int, int, bool]]:
    verdict = stated(found, measured, expected, minimum)
    return [(r.to, r.rows, r.numerator, r.reached) for r in repairs(verdict, found)[0]]


def stated(found: Table, measured: Measured, expected: str | None, minimum: str) -> Verdict:
    return judged(
        found.level, measured, good=found.level.indicator.good, unit=found.level.indicator.unit,
        expected=None if expected is None else Decimal(expected), minimum=Decimal(minimum),
    )  # fmt: skip


BLOCKS = [(10,), (8,), (4,), (2,)]


def test_a_mean_falls_as_the_largest_are_brought_to_it() -> None:
    """24 in 4 blocks. To 5: the first falls by 5, 19. To 4: by 6, 18 is too much; then by 4, 14."""
    found = of("python.cc.mean", ("cc",), *BLOCKS)
    assert told(found, Measured(24, 4, 1), "4", "5") == [
        ("minimum", 1, 19, True), ("expected", 2, 14, True),
    ]  # fmt: skip


def test_no_plan_is_made_from_rows_that_are_not_those_of_the_value() -> None:
    found = of("python.cc.mean", ("cc",), *BLOCKS[:3])
    assert told(found, Measured(24, 4, 1), "4", "5") == []
    aged = of("defects.open_age", ("days", "seconds"), (3, 3 * DAY))
    assert told(aged, Measured(4 * DAY, DAY, 1), None, "2") == []


def test_a_mean_by_size_rises_by_what_gains_most() -> None:
    """40 in 100 lines, 60 in 300 and 90 in 100: 31,000 / 500. To 65 the first gains 25 x 100, the
    second 5 x 300; to 70 both gain 3,000."""
    million = 10**6
    files = [(40 * million, 100), (60 * million, 300), (90 * million, 100)]
    found = of("python.mi.mean", ("millionths", "nloc"), *files)
    value = Measured(31_000 * million, 500 * million, 1)
    assert told(found, value, "70", "65") == [
        ("minimum", 1, 33_500 * million, True), ("expected", 2, 37_000 * million, True),
    ]  # fmt: skip
    assert found.shown == ("nloc",)  # the millionths are none of the reader's


def test_a_percentile_falls_as_the_slowest_are_brought_to_the_limit() -> None:
    """Of 61, 24, 22 and 3 days the median is 22, the second lowest. With the first at 10 it is 10;
    to get to 2, two must be there."""
    rows = [(days, days * DAY, True) for days in (61, 24, 22, 3)]
    rows.insert(0, (99, 99 * DAY, False))  # did not stay fixed
    found = of("defects.fix_time", ("days", "seconds", "stayed_done"), *rows)
    assert told(found, Measured(22 * DAY, DAY, 1), "2", "10") == [
        ("minimum", 1, 10 * DAY, True), ("expected", 2, 2 * DAY, True),
    ]  # fmt: skip


def test_an_age_falls_as_the_oldest_leave() -> None:
    """Of 90, 60, 30 and 1 days the median is 30; of 60, 30 and 1 too; of 30 and 1 it is 1."""
    found = of("defects.open_age", ("days", "seconds"), *((d, d * DAY) for d in (90, 60, 30, 1)))
    assert told(found, Measured(30 * DAY, DAY, 1), None, "20") == [("minimum", 2, DAY, True)]
    assert told(found, Measured(30 * DAY, DAY, 1), None, "0") == [("minimum", 4, 0, True)]


def test_only_what_counts_against_a_service_is_taken() -> None:
    """999,000 of 1,000,000 seconds; 99.96 % is met with the longer outage away, and the planned
    hour is none of it."""
    rows = [(3600, 0), (700, 700), (300, 300)]
    found = of("service.availability", ("seconds", "against"), *rows)
    value = Measured(999_000, 1_000_000, 100)
    assert told(found, value, "100", "99.96") == [
        ("minimum", 1, 999_700, True), ("expected", 2, 1_000_000, True),
    ]  # fmt: skip


def test_of_requests_it_is_told_how_many_good_ones_are_missing() -> None:
    found = of("service.availability", ("seconds", "against"), (700, 700),
               measure="requests")  # fmt: skip
    verdict = stated(found, Measured(985, 1000, 100), "99.95", "99")
    missing = [(r.to, r.rows, r.weight) for r in repairs(verdict, found)[0]]
    assert missing == [("minimum", 0, 5), ("expected", 0, 15)]  # 999.5 of 1,000: 15, not 14


def test_the_lines_of_tests_that_are_missing() -> None:
    """40 % of 1,001 lines of code is 400.4: 401."""
    found = of("tests.ratio", ("path", "nloc"), ("t.py", 200))
    verdict = stated(found, Measured(200, 1001, 100), None, "40")
    (repair,) = repairs(verdict, found)[0]
    assert (repair.rows, repair.weight, repair.numerator) == (0, 201, 401)
    assert repairs(stated(found, Measured(401, 1001, 100), None, "40"), found)[0] == ()


def test_outages_that_did_not_begin_or_end_in_the_period_are_none_of_it() -> None:
    columns = ("counted", "counted_in_period", "begun_in_period", "ended_in_period")
    rows = [(9000, 0, False, True), (3000, 3000, True, True), (600, 600, True, True),
            (500, 500, True, False)]  # fmt: skip
    many = of("service.outages", columns, *rows)
    assert told(many, Measured(3, 1, 1), None, "1") == [("minimum", 2, 1, True)]
    longest = of("service.longest_outage", columns, *rows)
    assert told(longest, Measured(3000, 1, 1), None, "1000") == [("minimum", 1, 1000, True)]
    mean = of("service.mttr", columns, *rows)  # 12,600 in 3; with the first at 2,000: 5,600 in 3
    assert told(mean, Measured(12_600, 3, 1), None, "2000") == [("minimum", 1, 5600, True)]


def test_why_nothing_is_told() -> None:
    found = of("tickets.customer_wait_share", ("waiting_minutes",), (90,))
    assert why_not(stated(found, Measured(9, 10, 100), None, "50"), found)
    assert why_not(stated(found, Measured(4, 10, 100), None, "50"), found) == ""


RENAMED = """\
def {name}(a):
    if a == 1 and a == 2 and a == 3:
        return 1
    return 2
"""


def test_a_renamed_function_is_neither_new_nor_gone(desk: Desk) -> None:
    level = ("{id: F, class: critical, indicator: complexity.nloc_share, above: 3, minimum: 40}",)
    repository = desk.repository(
        "billing", {"a.py": RENAMED.format(name="before")}, at="2026-05-01T00:00:00Z"
    )
    other = RENAMED.format(name="copy").replace("== 2", "== 4")
    repository.commit({"a.py": None, "b.py": RENAMED.format(name="after") + other},
                      at="2026-08-01T00:00:00Z")  # fmt: skip
    desk.contract(["billing"], level, starts="2026-04-01")
    desk.measure()
    changes = evidence(desk, "F")[1].changes
    assert changes
    assert [row.cells[0] for row in changes.new.rows] == ["copy"]
    assert changes.gone.total == 0


def test_what_is_past_is_told_as_what_would_have_met_it(tmp_path: Path) -> None:
    """Three of four late by 9 hours, and one at once: the 50th percentile is 9 hours."""
    level = ("{id: R, class: critical, indicator: tickets.first_response_time, percentile: 50, "
             "minimum: 2}")  # fmt: skip
    desk = HelpDesk(tmp_path)
    desk.agree(level, timezone="Europe/Berlin", more=OFFICE + SUPPORT.format(more=""))
    rows = [
        row
        for number, hour in enumerate(("09:30", "17:00", "17:00", "17:00"))
        for row in ticket(f"T-{number}", "04-13 09:00 P3", f"04-13 {hour} reply agent")
    ]
    desk.received(rows, READ)
    session = desk.session
    (evaluation,) = session.evaluate(session.requests("2026-Q2"), sink=lambda *_: None)
    (found,) = evaluation.scorecard.evidence
    (verdict,) = evaluation.service_levels
    assert verdict.measured == Measured(7 * 3600, 3600, 1)  # less the lunch break
    (repair,) = found.repairs
    assert (repair.rows, repair.numerator) == (1, 2 * 3600)
    (advice,) = words.advice(verdict, found)
    assert advice.sentence.replace("\u00a0", " ") == (
        "The minimum of 2 would have been met if 1 clock had run no longer than the limit: "
        "2 hours then."
    )
    assert words.title(found) == "What would have met it"


def test_each_limit_has_its_own_number_of_what_is_missing() -> None:
    found = of("tests.ratio", ("path", "nloc"), ("t.py", 200))
    verdict = stated(found, Measured(200, 10_000, 100), "60", "40")
    told = Evidence(
        "TQ-8", "files", found.shown, "", 1, (), repairs=repairs(verdict, found)[0],
        lacking=found.mending.lacking,
    )  # fmt: skip
    assert [each.sentence.replace("\u202f", " ") for each in words.advice(verdict, told)] == [
        "To meet the minimum of 40 %: 3,800 more NLOC of tests, while the production code stays as "
        "it is.",
        "To meet the expected level of 60 %: 5,800 more NLOC of tests, while the production code "
        "stays as it is.",
    ]
    assert words.assumed(told) == ""
