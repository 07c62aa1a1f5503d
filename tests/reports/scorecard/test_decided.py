"""Where each repository is judged by itself, every report shows the value that decides, with its
repository's name, and the value of all together beside it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

from quality.model.evaluation import Evaluation
from quality.model.evidence import Evidence
from quality.model.verdict import Measured, RepositoryValue, TrendPoint, Verdict
from reports.scorecard import csv as table
from reports.scorecard import explanation, markdown, terminal
from reports.scorecard import json as machine
from reports.scorecard.page import html
from reports.scorecard.page.course import course
from reports.scorecard.words.levels import level
from tests.reports import samples

PARTS = (
    RepositoryValue("billing", Measured(90, 1000, 100), "failed", ""),
    RepositoryValue("portal", Measured(12, 100, 100), "failed", ""),
    RepositoryValue("docs", Measured(0, 2300, 100), "met", ""),
)
TREND = (TrendPoint("2026-Q1", 1.5, "portal", 4.0), TrendPoint("2026-Q2", 2.0, "billing", None))


def judged(**changes: object) -> Verdict:
    """102 of 3,400 NLOC are 3 % overall; billing has 9 %, portal 12 %."""
    made = samples.verdict("TQ-1", "Complex code", Measured(102, 3400, 100), "failed")
    made = replace(made, scope="each-repository", repositories=PARTS, trend=TREND)
    return replace(made, **changes)  # type: ignore[arg-type]


def evaluation(verdict: Verdict) -> Evaluation:
    snapshots = tuple(
        replace(samples.evaluation().snapshots[0], repository=part.repository) for part in PARTS
    )
    return replace(samples.evaluation(), service_levels=(verdict,), snapshots=snapshots)


def test_the_worst_repository_decides() -> None:
    found = judged()
    assert found.decided_by == PARTS[1]
    assert found.deciding == Measured(12, 100, 100)
    assert judged(good="high").decided_by == PARTS[0]
    assert judged(scope="contract").decided_by is None
    assert judged(scope="contract").deciding == Measured(102, 3400, 100)
    assert judged(outcome="met").decided_by == PARTS[2]


def test_of_failed_repositories_one_without_a_value_decides() -> None:
    lost = RepositoryValue("lost", None, "failed", "the branch is gone")
    found = judged(repositories=(*PARTS, lost))
    assert (found.decided_by, found.deciding, found.failed_unmeasured) == (lost, None, True)
    assert not judged().failed_unmeasured


def test_for_machines_the_value_stays_that_of_all() -> None:
    (told,) = json.loads(machine.render([evaluation(judged())]))["service_levels"]
    assert (told["numerator"], told["denominator"], told["value"]) == (102, 3400, 3.0)
    assert told["decided_by"] == {
        "repository": "portal", "numerator": 12, "denominator": 100, "value": 12.0,
    }  # fmt: skip
    assert told["trend"] == [
        {"period": "2026-Q1", "value": 1.5, "decided_by": {"repository": "portal", "value": 4.0}},
        {"period": "2026-Q2", "value": 2.0, "decided_by": {"repository": "billing", "value": None}},
    ]
    (together,) = json.loads(machine.render([evaluation(judged(scope="contract", trend=()))]))[
        "service_levels"
    ]
    assert "decided_by" not in together
    (row,) = csv.DictReader(io.StringIO(table.render([evaluation(judged())])))
    assert (row["value"], row["decided_by"], row["deciding_value"]) == ("3", "portal", "12")


def test_graphs_are_of_the_value_that_decides() -> None:
    shown = level(judged(), "2026-Q3")
    assert (shown.number, shown.repository) == ("12.0", "portal")
    assert shown.together == "3.0\u202f%"
    assert shown.formula == "100 × 12 / 100 = 12.0\u202f%"
    assert shown.bullet
    assert shown.bullet.text.startswith("Value 12.0\u202f%")
    over_time = course(evaluation(judged()), judged())
    assert over_time
    assert [(row.period, row.value, row.repository) for row in over_time.rows] == [
        ("2026-Q3", "12.0\u202f%", "portal"), ("2026-Q2", "unknown", "billing"),
        ("2026-Q1", "4.0\u202f%", "portal"),
    ]  # fmt: skip
    assert shown.change == "+8\u00a0points, worse"


def test_people_read_whose_value_it_is() -> None:
    shown = evaluation(judged())
    line = next(line for line in terminal.render([shown]).splitlines() if "TQ-1" in line)
    assert "12.0\u202f% in portal, 3.0\u202f% overall" in line
    assert "12.0\u202f% in `portal`, 3.0\u202f% overall" in markdown.render([shown])
    nothing = Evidence("TQ-1", "functions", (), "", 0, ())
    rows = explanation.Rows(("repository",), (), 0, nothing)
    said = explanation.text({"period": "2026-Q3"}, judged(), rows)
    assert said.splitlines()[:2] == [
        "TQ-1 Complex code in 2026-Q3: 12.0\u202f% = 100 x 12 / 100, ✗ FAILED",
        "decided by portal; all repositories together: 3.0\u202f% = 100 x 102 / 3400",
    ]
    told = json.loads(explanation.as_json({}, judged(), rows))["service_level"]
    assert (told["value"], told["decided_by"]["value"]) == (3.0, 12.0)


def test_the_page_shows_both_values() -> None:
    page = html.page(evaluation(judged()))
    assert "in <bdi>portal</bdi>;<br>3.0\u202f% overall" in page
    assert '<tfoot><tr><th scope="row">All together</th>' in page


def test_one_repository_alone_needs_no_name() -> None:
    found = judged(repositories=PARTS[:1], measured=PARTS[0].measured)
    assert level(found, "2026-Q3").repository == ""
    assert level(found, "2026-Q3").number == "9.0"


def test_unknown_says_which_repository_made_it_so() -> None:
    lost = RepositoryValue("lost", None, "unknown", "no commit")
    found = judged(outcome="unknown", measured=None, repositories=(PARTS[2], lost), expected=None,
                   minimum=Decimal(8))  # fmt: skip
    shown = level(found, "2026-Q3")
    assert (shown.number, shown.repository, shown.together) == ("", "lost", "unknown")
