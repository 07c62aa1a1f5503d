"""A party's failure by the records is relief for another one, second by second."""

from __future__ import annotations

from pathlib import Path

import pytest

from quality.cli.app import run as run_command
from quality.model.evidence import RelievedClock
from quality.model.verdict import Measured
from reports.scorecard.page import drawn, html, parties
from tests.helpdesk import HelpDesk
from tests.quality.verdicts.parties import HANDED, SUPPORT, clocks, judge, share, ticket


@pytest.fixture
def desk(tmp_path: Path) -> HelpDesk:
    return HelpDesk(tmp_path)


def test_anothers_overrun_takes_a_ticket_out(desk: HelpDesk) -> None:
    """End to end 8.5 of 8 hours; without the hour that the network ran beyond its own 4 it is
    7.5."""
    found = judge(desk, HANDED)
    whole = found["W"]
    assert (whole.outcome, whole.measured) == ("excused", None)
    assert whole.reason == "excused by network"
    assert whole.without is not None
    assert (whole.without.outcome, whole.without.measured) == ("failed", Measured(0, 1, 100))
    assert found["N"].outcome == "failed", "what is excused for one falls on the other"
    assert dict(whole.parts)["taken out: network ran beyond its own target"] == 1


@pytest.mark.slow
def test_the_page_lists_the_tickets_that_are_taken_out(desk: HelpDesk) -> None:
    judge(desk, HANDED, ticket("2", "14 08:00 queue Service Desk", "14 09:00 status Resolved"))
    (evaluation,) = desk.evaluate("2026-Q2", pages=True)
    evidence = next(each for each in evaluation.scorecard.evidence if each.service_level == "W")
    assert evidence.relieved == (
        RelievedClock("desk", "1", "", "network", 30600, 28800, 3600),
    )  # fmt: skip
    (taken,) = parties.taken_out(evidence)
    assert [taken.late, taken.ran, taken.rest] == ["1\u00a0h", "8\u00a0h 30\u00a0min",
                                                  "7\u00a0h 30\u00a0min"]  # fmt: skip
    page = html.page(evaluation)
    assert "Taken out, for another party was late" in page
    assert "One of the parties had it: the clock ran" in page
    lines = [line.split(",", 2)[2] for line in drawn.render(evaluation).splitlines()]
    assert "W,tickets.resolution,taken out,1,network,,,3600,seconds" in lines
    assert "W,tickets.resolution,hands,desk,ran,,,16200,seconds" in lines


def test_a_terminal_says_who_is_relieved_by_whom_and_what_it_would_be_without(
    desk: HelpDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    judge(desk, HANDED, ticket("2", "14 08:00 queue Service Desk", "14 09:00 status Resolved"))
    words = [str(desk.contracts[0]), "--period", "2026-Q2"]
    run_command(["evaluate", *words])
    told = "W: relieved by the failure of network: 100.0 % ✓ met, without relief 50.0 % ✗ FAILED"
    assert told in capsys.readouterr().out.replace("\u202f", " ")
    run_command(["explain", *words, "--service-level", "W"])
    told = """\
without relief by the failure of network: 50.0 % = 100 x 1 / 2, ✗ FAILED
taken out: desk: 1 ran 8 h 30 min of 8 h, 1 h of them while network was beyond its own target
"""
    assert told in capsys.readouterr().out.replace("\u202f", " ")


@pytest.mark.slow
def test_time_in_nobody_s_hands_is_no_party_s(desk: HelpDesk) -> None:
    lost = ticket("2", "14 08:00 queue Service Desk", "14 09:00 queue Printers",
                  "14 10:00 status Resolved")  # fmt: skip
    judge(desk, HANDED, lost)
    (evaluation,) = desk.evaluate("2026-Q2", pages=True)
    assert "One of the parties, or nobody, had it: the clock ran" in html.page(evaluation)


def test_what_it_used_within_its_own_target_relieves_nothing(desk: HelpDesk) -> None:
    """Handed over in the last minute: 7 h 59 min at the desk, 3 h at the network."""
    late = ticket("1", "14 08:00 queue Service Desk", "14 15:59 queue Network",
                  "14 18:59 status Resolved")  # fmt: skip
    found = judge(desk, late)
    assert share(found["W"]) == (0, 1)
    assert found["W"].without is None
    assert [found[name].outcome for name in "DN"] == ["failed", "met"]


def test_only_the_seconds_beyond_are_taken_off(desk: HelpDesk) -> None:
    """The desk has the first for 6 h and the network for 6: less the 2 h beyond its 4 that is 10,
    of 8. With 4 h at the desk the second comes to 8, at the limit."""
    found = judge(
        desk,
        ticket("1", "14 08:00 queue Service Desk", "14 14:00 queue Network",
               "14 20:00 status Resolved"),
        ticket("2", "14 08:00 queue Service Desk", "14 12:00 queue Network",
               "14 18:00 status Resolved"),
    )  # fmt: skip
    assert share(found["W"]) == (0, 1)
    assert found["W"].without is not None
    assert share(found["W"].without) == (0, 2)
    assert [name for name, *_ in clocks(desk, "W")] == ["1"]


def test_a_ticket_that_lies_at_the_other_party_still(desk: HelpDesk) -> None:
    open_ = ticket("1", "14 08:00 queue Service Desk", "14 10:00 queue Network")
    found = judge(desk, open_, HANDED[:0])
    assert [found[name].outcome for name in "WN"] == ["excused", "failed"]


def test_the_other_party_must_have_missed_by_its_own_terms(desk: HelpDesk) -> None:
    """Seconds in which the customer owed an answer are nobody's failure."""
    waits = ticket("1", "14 08:00 queue Service Desk", "14 14:00 queue Network",
                   "14 15:00 status Waiting", "14 23:00 status Open",
                   "15 01:30 status Resolved")  # fmt: skip
    found = judge(desk, waits)
    # 6 h and 1 h and 2.5 h are 9.5; the network had 3.5 of its 4
    assert share(found["W"]) == (0, 1)
    assert found["N"].outcome == "met"


@pytest.mark.slow
def test_seconds_are_of_the_calendar_of_the_level_that_is_relieved(desk: HelpDesk) -> None:
    """The network works round the clock, from end to end the office's hours count: of its 16.5 h
    beyond 30 minutes only half an hour ran here, from 16:30 to 17:00."""
    support = SUPPORT.replace("{name: whole,", "{name: whole, calendar: office,").replace(
        "network, targets: {first_response: 1 h, resolution: 4 h}",
        "network, targets: {resolution: 30 min}")  # fmt: skip
    office = 'calendars:\n  - {name: office, timezone: UTC, hours: {mon-fri: ["09:00-17:00"]}}\n'
    nights = [
        ticket(name, "14 09:00 queue Service Desk", "14 16:00 queue Network",
               "15 09:00 queue Service Desk", f"15 {solved} status Resolved")
        for name, solved in (("1", "09:30"), ("2", "09:31"))
    ]  # fmt: skip
    found = judge(desk, *nights, more=support + office)
    # 7 h, 1 h and half an hour come to 8.5 h: less half an hour to 8
    assert share(found["W"]) == (0, 1)
    assert clocks(desk, "W") == [("2", "2026-04-14 17:00", 511, True)]
