"""Several parties at one desk: whose seconds are whose, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpdesk import HelpDesk
from tests.quality.verdicts.parties import (
    DESK,
    HANDED,
    NETWORK,
    SUPPORT,
    WHOLE,
    clocks,
    judge,
    share,
    steps,
    ticket,
)


@pytest.fixture
def desk(tmp_path: Path) -> HelpDesk:
    return HelpDesk(tmp_path)


def test_a_hand_over_splits_the_clock(desk: HelpDesk) -> None:
    found = judge(desk, HANDED, levels=(WHOLE, DESK, NETWORK))
    # the desk has it for 2 h and 1.5 h, the network for 5 h: 8.5 h from end to end
    assert clocks(desk, "W") == [("1", "2026-04-14 16:00", 510, True)]
    assert clocks(desk, "D") == [("1", "2026-04-14 17:00", 210, False)]
    assert clocks(desk, "N") == [("1", "2026-04-14 14:00", 300, True)]
    assert {name: share(each) for name, each in found.items()} == {
        "W": (0, 1), "D": (1, 1), "N": (0, 1),
    }  # fmt: skip


@pytest.mark.slow
def test_the_steps_say_in_whose_hands_a_ticket_was(desk: HelpDesk) -> None:
    judge(desk, HANDED, levels=(WHOLE, DESK, NETWORK))
    told = [(each["held_by"], each["clock"], each["minutes"]) for each in steps(desk, "W", "1")]
    assert told == [
        ("desk", "runs", 120), ("network", "runs", 300), ("desk", "runs", 90),
        ("desk", "stopped", None),
    ]  # fmt: skip
    told = [(each["held_by"], each["clock"], each["ran"]) for each in steps(desk, "N", "1")]
    assert told == [
        ("desk", "stopped", 0), ("network", "runs", 300), ("desk", "stopped", 0),
        ("desk", "stopped", None),
    ]  # fmt: skip


def test_a_ticket_that_a_party_never_had_is_not_judged_for_it(desk: HelpDesk) -> None:
    found = judge(desk, ticket("1", "14 08:00 queue Service Desk", "14 09:00 status Resolved"))
    assert share(found["W"]) == (1, 1)
    assert share(found["D"]) == (1, 1)
    assert found["N"].outcome == "unknown"


def test_what_was_done_before_it_came_is_no_success(desk: HelpDesk) -> None:
    """A party cannot lift its share with tickets that are resolved already."""
    done = ticket("1", "14 08:00 queue Service Desk", "14 09:00 status Resolved",
                  "14 09:01 queue Network", "14 09:02 status Closed")  # fmt: skip
    assert share(judge(desk, done)["N"]) is None


@pytest.mark.slow
def test_a_pause_is_the_customers_in_whoevers_hands_it_is(desk: HelpDesk) -> None:
    waits = ticket("1", "14 08:00 queue Network", "14 09:00 status Waiting",
                   "14 12:00 queue Service Desk", "14 13:00 queue Network",
                   "14 14:00 status Open", "14 15:00 status Resolved")  # fmt: skip
    judge(desk, waits, levels=(WHOLE, DESK, NETWORK))
    assert [row[2] for row in clocks(desk, "N")] == [120]  # 8 to 9 and 14 to 15
    assert [row[2] for row in clocks(desk, "D")] == [0]
    assert [row[2] for row in clocks(desk, "W")] == [120]


@pytest.mark.slow
def test_a_ticket_without_a_queue_is_in_nobodys_hands(desk: HelpDesk) -> None:
    parties = 'parties:\n  - {name: desk, queues: ["*"]}\n'
    lost = ticket("1", "14 08:00 status New", "14 11:00 queue Service Desk",
                  "14 12:00 status Resolved")  # fmt: skip
    judge(desk, lost, levels=(WHOLE, DESK), parties=parties,
          more=SUPPORT.partition("    - {name: lines")[0])  # fmt: skip
    assert [row[2] for row in clocks(desk, "D")] == [60]
    assert [row[2] for row in clocks(desk, "W")] == [240]
    assert steps(desk, "W", "1")[0]["held_by"] == "nobody"


@pytest.mark.slow
def test_first_answers_belong_to_whoever_has_the_ticket(desk: HelpDesk) -> None:
    levels = tuple(each.replace("resolution", "first_response") for each in (WHOLE, DESK, NETWORK))
    judge(
        desk,
        ticket("1", "14 08:00 queue Service Desk", "14 08:30 queue Network",
               "14 10:00 reply agent"),
        ticket("2", "14 08:00 queue Service Desk", "14 08:30 reply agent",
               "14 09:00 queue Network"),
        levels=levels,
    )  # fmt: skip
    assert clocks(desk, "W") == [
        ("1", "2026-04-14 09:00", 120, True), ("2", "2026-04-14 09:00", 30, False),
    ]  # fmt: skip
    # the second was answered when it came to the network: nothing was owed there
    assert clocks(desk, "N") == [("1", "2026-04-14 09:30", 90, True)]
    assert [(name, missed) for name, _, _, missed in clocks(desk, "D")] == [
        ("1", False), ("2", False),
    ]  # fmt: skip


def test_open_tickets_are_counted_where_they_are(desk: HelpDesk) -> None:
    level = "{{id: {}, class: key, indicator: tickets.backlog{}}}"
    found = judge(
        desk,
        ticket("1", "14 08:00 queue Service Desk", "14 10:00 queue Network"),
        ticket("2", "14 08:00 queue Network", "14 10:00 status Resolved"),
        ticket("3", "14 08:00 queue Printers"),
        levels=tuple(level.format(*each) for each in (
            ("W", ""), ("D", ", party: desk"), ("N", ", party: network"))),
    )  # fmt: skip
    numbers = [each.measured.numerator for each in found.values() if each.measured]
    assert numbers == [2, 0, 1]


def test_shares_of_tickets_are_of_those_in_the_partys_hands(desk: HelpDesk) -> None:
    waits = ticket("1", "14 08:00 queue Network", "14 09:00 status Waiting",
                   "14 12:00 queue Service Desk", "14 13:00 queue Network",
                   "14 14:00 status Open", "14 15:00 status Resolved")  # fmt: skip
    again = ticket("2", "14 08:00 queue Service Desk", "14 09:00 status Resolved",
                   "14 10:00 queue Network", "14 11:00 status Open",
                   "14 12:00 status Resolved")  # fmt: skip
    level = "{{id: {}, class: key, indicator: tickets.{}{}}}"
    found = judge(desk, waits, again, levels=tuple(
        level.format(f"{kind[0]}{party[:1]}", kind, f", party: {party}" if party else "")
        for kind in ("customer_wait_share", "reopened_share") for party in ("", "desk", "network")
    ))  # fmt: skip
    hours = {name: (n // 3600, of // 3600) for name, each in found.items() if name[0] == "c"
             for n, of in [share(each) or (0, 0)]}  # fmt: skip
    assert hours == {"c": (5, 9), "cd": (1, 2), "cn": (4, 7)}
    assert {name: share(each) for name, each in found.items() if name[0] == "r"} == {
        "r": (1, 2), "rd": (1, 1), "rn": (0, 2),
    }  # fmt: skip
