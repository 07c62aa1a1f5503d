"""What others declare, on the page, the terminal and in JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

from quality.model.evaluation import Evaluation
from quality.model.scorecard import DeclaredReport
from reports.scorecard import json as as_json
from reports.scorecard import terminal
from reports.scorecard.page import html
from tests.reports import samples

FITS = DeclaredReport(
    repository="billing",
    source="scan",
    section="findings",
    declared_by="third party",
    place="ci/scan.sarif",
    reports=(("ci/scan.sarif", "ab" * 32),),
    tools=((samples.HOSTILE, "1.2"),),
    received_at=datetime(2026, 10, 1, 12, tzinfo=UTC),
    note="claims the snapshot's commit",
    reason="",
    later=2,
    files=(3, 2),
    outside=(samples.HOSTILE,),
    counts=(("findings in production files", 7), ("suppressed", 0)),
)
VOID = replace(FITS, source="old", declared_by="supplier", counts=(), note="",
               reason="it speaks of commit abc")  # fmt: skip


def evaluation() -> Evaluation:
    found = samples.evaluation()
    level = replace(found.service_levels[0], declared_by=("supplier", "customer"))
    card = replace(found.scorecard, declared=(FITS, VOID))
    return replace(found, scorecard=card, service_levels=(level, *found.service_levels[1:]))


def test_the_page_says_whose_word_it_is_and_what_fits() -> None:
    page = html.page(evaluation())
    assert "declared by supplier and customer" in page
    assert "declared by a third party" in page
    assert "3, of which the snapshot has 2" in page
    assert "2 later versions stand beside it and change nothing" in page
    assert "it speaks of commit abc" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "Declared by others" not in html.page(samples.evaluation())


def test_the_terminal_says_it_in_a_line_each() -> None:
    text = terminal.render([evaluation()])
    lines = [line for line in text.splitlines() if ", declared by " in line]
    assert lines[0].startswith("scan: findings of billing, declared by third party (<script>")
    assert lines[0].endswith("2 of 3 files are in the snapshot): 7 findings in production files")
    assert lines[1].endswith("counts for nothing: it speaks of commit abc")
    assert "\x1b[2J" not in text


def test_json_has_the_counts_by_name() -> None:
    said = json.loads(as_json.render([evaluation()]))
    scan, old = said["declared"]
    assert scan["counts"] == {"findings_in_production_files": 7, "suppressed": 0}
    assert scan["files"] == {"named": 3, "in_snapshot": 2}
    assert scan["reports"] == [{"place": "ci/scan.sarif", "sha256": "ab" * 32}]
    assert (scan["received_at"], old["reason"]) == (
        "2026-10-01T12:00:00+00:00", "it speaks of commit abc",
    )  # fmt: skip
    assert said["service_levels"][0]["declared_by"] == ["supplier", "customer"]
    assert "declared" not in json.loads(as_json.render([samples.evaluation()]))
