"""By what a verdict is relieved, worked out once: the ledger's entries, other parties' failures, or
both, and the same words wherever it is read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from quality.cli.app import run as run_command
from quality.model.verdict import Measured, RelievedBy, Verdict
from reports.scorecard import csv as csv_report
from reports.scorecard import markdown
from reports.scorecard.json import render as as_json
from reports.scorecard.page import html
from tests.helpdesk import HelpDesk
from tests.quality.ledgers import event, ledger
from tests.quality.verdicts.parties import ALL, HANDED, PARTIES, READ, SUPPORT, ticket

SLOW = ticket("2", "14 08:00 queue Service Desk", "14 17:00 status Resolved")  # 9 of 8 hours
QUICK = ticket("3", "14 08:00 queue Service Desk", "14 09:00 status Resolved")


@pytest.fixture
def desk(tmp_path: Path) -> HelpDesk:
    return HelpDesk(tmp_path)


def excusing(*tickets: str, id: str = "E-1") -> str:
    more = f", records: [{', '.join(map(repr, tickets))}]"
    text = event(id, more=more, days=("2026-04-01", "2026-06-30"))
    return text.replace("2026-08-0", "2026-05-0").replace("all", "[W]")


def judged(desk: HelpDesk, *entries: str, tickets: tuple[list[str], ...]) -> Verdict:
    """What the end-to-end level says of the second quarter."""
    desk.agree(*ALL, more=PARTIES + SUPPORT)
    ledger(desk, *entries, name="help")
    desk.received([row for each in tickets for row in each], READ)
    (evaluation,) = desk.evaluate("2026-Q2")
    return next(each for each in evaluation.service_levels if each.id == "W")


def test_an_entry_and_another_party_both_relieve(desk: HelpDesk) -> None:
    """Of three tickets two are late: one is the ledger's, the other the network's."""
    found = judged(desk, excusing("2"), tickets=(HANDED, SLOW, QUICK))
    assert (found.outcome, found.measured) == ("met", Measured(1, 1, 100))
    assert found.relieved_by == RelievedBy(("E-1",), ("network",))
    assert found.without
    assert (found.without.outcome, found.without.measured) == ("failed", Measured(1, 3, 100))
    assert found.without.relieved_by is None


def test_either_of_two_that_take_out_the_same_is_named(desk: HelpDesk) -> None:
    found = judged(desk, excusing("1"), tickets=(HANDED, QUICK))
    assert found.measured == Measured(1, 1, 100)
    assert found.relieved_by == RelievedBy(("E-1",), ("network",))


def test_an_entry_that_takes_out_nothing_is_not_named(desk: HelpDesk) -> None:
    found = judged(desk, excusing("9"), tickets=(HANDED, QUICK))
    assert found.measured == Measured(1, 1, 100)
    assert found.relieved_by == RelievedBy((), ("network",))


def test_nor_is_it_where_nothing_is_left(desk: HelpDesk) -> None:
    found = judged(desk, excusing("9"), tickets=(HANDED,))
    assert (found.outcome, found.reason) == ("excused", "excused by network")


def test_a_party_that_failed_nobody_is_not_named(desk: HelpDesk) -> None:
    found = judged(desk, excusing("2"), tickets=(SLOW, QUICK))
    assert found.relieved_by == RelievedBy(("E-1",), ())


def test_nor_is_one_where_an_entry_leaves_nothing(desk: HelpDesk) -> None:
    found = judged(desk, excusing("2"), tickets=(SLOW,))
    assert (found.outcome, found.reason) == ("excused", "excused by E-1")


def test_nothing_relieves_what_nothing_moves(desk: HelpDesk) -> None:
    assert judged(desk, excusing("9"), tickets=(SLOW, QUICK)).relieved_by is None
    assert judged(desk, tickets=(SLOW, QUICK)).relieved_by is None


def test_every_report_names_the_same(
    desk: HelpDesk, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    judged(desk, excusing("2"), tickets=(HANDED, SLOW, QUICK))
    words = [str(desk.contracts[0]), "--period", "2026-Q2"]
    run_command(["evaluate", *words])
    out = capsys.readouterr().out.replace("\u202f", " ")
    told = "W: relieved by E-1 and the failure of network: 100.0 % ✓ met"
    assert f"{told}, without relief 33.3 % ✗ FAILED" in out
    run_command(["explain", *words, "--service-level", "W"])
    out = capsys.readouterr().out.replace("\u202f", " ")
    assert (
        "without relief by E-1 and the failure of network: 33.3 % = 100 x 1 / 3, ✗ FAILED\n" in out
    )
    (evaluation,) = desk.evaluate("2026-Q2", pages=True)
    page = html.page(evaluation)
    assert "Without relief by E-1 and the failure of network: 33.3" in page
    told = markdown.render([evaluation]).replace("\u202f", " ")
    assert "- `W`: Without relief by `E-1` and the failure of network: 33.3 %, failed" in told
    level = json.loads(as_json([evaluation]))["service_levels"][0]
    assert level["relieved_by"] == {"entries": ["E-1"], "parties": ["network"]}
    rows = list(csv.DictReader(io.StringIO(csv_report.render([evaluation]))))
    row = next(each for each in rows if each["service_level"] == "W" and each["excused_by"])
    assert row["excused_by"] == "E-1; network"
