"""Where the time went and how old defects are: bars and words worked out by hand."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from quality.model.evidence import Aged
from reports.scorecard.page import drawn, html, spent
from reports.scorecard.page.timeline import Bar
from tests.reports import samples
from tests.reports.scorecard.test_timeline import CLOCK, availability, evidence, judged

TIME = (("running", 19 * 3600), ("waiting", 73 * 3600), ("outside", 36 * 3600))


def test_the_parts_of_the_bar_are_the_whole_of_it() -> None:
    """Of 128 hours 19 are 14.84 %, 73 are 57.03 %, and 36 are 28.12 %."""
    found = spent.spent(availability(), replace(evidence(), spent=TIME))
    assert found is not None
    assert found.bars == (
        Bar("running", "0", "14.84"), Bar("waiting", "14.84", "57.03"),
        Bar("outside", "71.88", "28.12"),
    )  # fmt: skip
    assert [(each.time, each.share) for each in found.parts] == [
        ("19\u00a0h", "14.8\u202f%"), ("73\u00a0h", "57.0\u202f%"), ("36\u00a0h", "28.1\u202f%"),
    ]  # fmt: skip
    assert found.parts[0].name == "The supplier had it: the clock ran"
    assert spent.spent(availability(), evidence()) is None


def test_a_party_is_named_where_its_part_is_counted() -> None:
    verdict = replace(availability(), parameters=(("party", "network"),))
    found = spent.spent(verdict, replace(evidence(), spent=TIME))
    assert found is not None
    assert found.parts[0].name == "network had it: the clock ran"


def test_defects_are_drawn_by_age_on_one_scale() -> None:
    told = replace(evidence(), ages=(Aged("critical", (1, 0, 1, 0)), Aged("minor", (4, 0, 0, 4))))
    critical, minor = spent.ages(told)
    assert (critical.name, critical.total) == ("Critical", 2)
    assert critical.bars == (Bar("age0", "0", "12.5"), Bar("age2", "12.5", "12.5"))
    assert minor.bars == (Bar("age0", "0", "50"), Bar("age3", "50", "50"))
    assert minor.text == "Minor: 4 up to 7 days, 4 more than 90"


def test_the_page_shows_both_with_their_tables() -> None:
    ages = (Aged(samples.HOSTILE, (1, 0, 0, 0)), Aged("", (0, 2, 0, 0)))
    told = replace(evidence(), spent=TIME, ages=ages)
    page = html.page(judged(availability(), told))
    assert 'aria-label="Where the time went: ' in page
    assert "All clocks of 2026-06 together" in page
    assert "Open defects by severity and age" in page
    assert samples.HOSTILE not in page


def test_all_that_is_drawn_stands_in_a_table_beside_the_page() -> None:
    told = replace(
        evidence(clocks=(replace(CLOCK, stretches=(("running", 0, 3600),)),)), spent=TIME[:1],
        ages=(Aged("minor", (4, 0, 0, 0)),), weeks=((1, 3, 2),),
    )  # fmt: skip
    made = judged(availability(), told)
    rows = [list(row.values())[4:] for row in csv.DictReader(io.StringIO(drawn.render(made)))]
    assert [row for row in rows if row[0] != "clocks"] == [
        ["weeks", "", "in time", "2026-06-08", "2026-06-14", "3", "clocks"],
        ["weeks", "", "missed", "2026-06-08", "2026-06-14", "2", "clocks"],
        ["time", "", "running", "", "", "68400", "seconds"],
        ["ages", "minor", "up to 7 days", "", "", "4", "defects"],
        ["ages", "minor", "8 to 30", "", "", "0", "defects"],
        ["ages", "minor", "31 to 90", "", "", "0", "defects"],
        ["ages", "minor", "more than 90", "", "", "0", "defects"],
    ]
    (clock,) = (row for row in rows if row[0] == "clocks")
    assert clock[2:] == [
        "running",
        "1970-01-01T00:00:00Z",
        "1970-01-01T01:00:00Z",
        "3600",
        "seconds",
    ]
    assert "\x1b" not in clock[1]
    assert drawn.render(judged(availability(), evidence())) == ""
    page = html.page(made, files="A.2026-06.evidence")
    assert 'href="A.2026-06.drawn.csv"' in page
