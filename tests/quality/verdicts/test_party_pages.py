"""What a page says of several parties, and the example of the guide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quality.model.evidence import Holding
from reports.scorecard.page import html, parties
from tests.helpdesk import HelpDesk
from tests.quality.verdicts.parties import (
    HANDED,
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


def test_the_page_says_who_had_what_in_his_hands(desk: HelpDesk) -> None:
    lost = ticket("2", "14 08:00 status New", "14 09:00 queue Printers", "14 10:00 queue Network",
                  "14 10:30 status Waiting", "14 11:00 status Resolved")  # fmt: skip
    judge(desk, HANDED, lost)
    (evaluation,) = desk.evaluate("2026-Q2", pages=True)
    held = {each.service_level: each.held for each in evaluation.scorecard.evidence}
    assert held == {
        "W": (Holding("desk", 12600, 0, 1, 1), Holding("network", 19800, 1800, 2, 2),
              Holding("", 7200, 0, 1, 0, ("", "Printers"))),
        "D": (), "N": (),
    }  # fmt: skip
    rows = {each.name: each for each in parties.parties(evaluation)}
    assert [*rows] == ["From end to end", "desk", "network", "Nobody"]
    assert {name: [verdict.id for verdict in each.verdicts] for name, each in rows.items()} == {
        "From end to end": ["W"], "desk": ["D"], "network": ["N"], "Nobody": [],
    }  # fmt: skip
    hands = rows["network"].hands
    assert hands
    assert (hands.tickets, hands.handed, hands.share) == ("2", "2", "50.0\u202f%")
    page = html.page(evaluation)
    assert "Who answers for what" in page
    assert "in no queue, Printers" in re.sub(r"<[^>]*>", "", page)


@pytest.mark.slow
def test_a_clock_is_drawn_with_the_time_in_other_hands(desk: HelpDesk) -> None:
    judge(desk, HANDED)
    (evaluation,) = desk.evaluate("2026-Q2", pages=True)
    (clock,) = next(
        each.clocks for each in evaluation.scorecard.evidence if each.service_level == "D"
    )
    lengths = [(what, (ends - begins) // 60) for what, begins, ends in clock.stretches]
    assert lengths == [("running", 120), ("elsewhere", 300), ("running", 90)]


@pytest.mark.slow
def test_a_contract_without_parties_says_nothing_of_them(desk: HelpDesk) -> None:
    judge(desk, HANDED, levels=(WHOLE,), parties="", more=SUPPORT.partition("    - {name: ours")[0])
    (evaluation,) = desk.evaluate("2026-Q2", pages=True)
    assert parties.parties(evaluation) == ()
    assert {each["held_by"] for each in steps(desk, "W", "1")} == {None}
    assert "Who answers for what" not in html.page(evaluation)


@pytest.mark.slow
def test_the_example_of_the_guide_is_what_the_program_computes(desk: HelpDesk) -> None:
    guide = (Path(__file__).parents[3] / "quality/support/README.md").read_text("utf-8")
    part = guide[guide.index("## Several parties") :]
    terms, levels = part.split("```")[1].removeprefix("yaml\n").split("service_levels:\n")
    events = []
    for time, what in re.findall(r"^\| ([0-9:]{5}) \| ([^|]*) \|", part, re.M):
        queue = re.search(r"`(.+)`", what)
        if what.strip():
            events.append(f"14 {time} " + (f"queue {queue[1]}" if queue else f"status {what}"))
    handed = re.search(r"kept it until ([0-9:]+) and the network solved it at ([0-9:]+)", part)
    assert handed
    late = ticket("2", "14 08:00 queue Service Desk", f"14 {handed[1]} queue WAN",
                  f"14 {handed[2]} status Resolved")  # fmt: skip
    found = judge(
        desk,
        ticket("4711", *events),
        late,
        levels=tuple(each.removeprefix("  - ") for each in levels.splitlines()),
        parties="",
        more=terms,
    )
    ran = {level: {name: minutes for name, _, minutes, _ in clocks(desk, level)}
           for level in ("D-1", "N-1", "W-1")}  # fmt: skip
    assert ran == {"D-1": {"4711": 210, "2": 300}, "N-1": {"4711": 300, "2": 270},
                   "W-1": {"2": 570}}  # fmt: skip
    assert (share(found["W-1"]), share(found["D-1"]), share(found["N-1"])) == (
        (0, 1),
        (1, 2),
        (0, 2),
    )
    without = found["W-1"].without
    assert without
    assert share(without) == (0, 2)
    assert "3.5 h: in time | 5 h: missed | 8.5 h: missed" in part
