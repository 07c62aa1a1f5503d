"""Moves with tickets: what a help desk says, and how it could be made to look better.

Each is a pair of exports, the honest one of which fails its service level.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpdesk import HelpDesk
from tests.quality.gaming.exports import Case, assert_told
from tests.quality.verdicts.tickets import ANSWERED, ASKED, OFFICE, READ, RESOLVED, SUPPORT, ticket

pytestmark = pytest.mark.slow

LATE = ticket("1", "04-20 09:00 P3", "04-28 09:00 reply agent", "04-28 10:00 status Resolved")
UNANSWERED = ticket("1", "04-20 09:00 P3")
LATE_P1 = ticket("1", "04-20 09:00 P1", "04-20 16:00 status Resolved")


def quick(name: str, who: str = "") -> list[str]:
    """A ticket that is answered and done at once."""
    rows = ticket(name, "04-21 09:00 P3", "04-21 09:05 reply agent", "04-21 09:10 status Resolved")
    return [rows[0] + who, *rows[1:]]


BEFORE = "2026-05-04 08:00"
CASES = (
    Case("a ticket closed without an answer", ANSWERED, UNANSWERED,
         [(READ, ticket("1", "04-20 09:00 P3", "04-20 10:00 status Closed"))]),
    Case("a robot that answers at once", ANSWERED, UNANSWERED,
         [(READ, ticket("1", "04-20 09:00 P3", "04-20 09:00 reply robot"))]),
    Case("questions that keep the clock from running", RESOLVED, LATE,
         [(READ, ticket("1", "04-20 09:00 P3", "04-20 09:30 reply agent",
                        "04-21 09:00 reply customer", "04-21 09:30 reply agent",
                        "04-22 09:00 reply customer", "04-22 09:30 reply agent",
                        "04-23 09:00 reply customer", "04-28 10:00 status Resolved"))],
         more=ASKED + "      pause_limit: 7 h\n"),
    Case("a priority that is lowered once its target is used up", RESOLVED, LATE_P1,
         [(READ, ticket("1", "04-20 09:00 P1", "04-20 13:30 priority P3",
                        "04-20 16:00 status Resolved"))]),
    Case("a priority that is lowered before its target is used up", RESOLVED, LATE_P1,
         [(READ, ticket("1", "04-20 09:00 P1", "04-20 09:10 priority P3",
                        "04-20 16:00 status Resolved"))],
         "of these whose priority changed"),
    Case("a priority that was always lower, by a later export", RESOLVED, LATE_P1,
         [(BEFORE, LATE_P1),
          (READ, ticket("1", "04-20 09:00 P3", "04-20 16:00 status Resolved"))],
         "of these with another priority by what was said before"),
    Case("a ticket that is dated anew", ANSWERED, LATE,
         [(BEFORE, LATE), (READ, ticket("1", "04-28 08:00 P3", "04-28 09:00 reply agent"))]),
    Case("a late ticket that is deleted", ANSWERED, LATE, [(BEFORE, LATE), (READ, quick("2"))]),
    Case("an answer that is dated back after the end", ANSWERED, LATE,
         [(READ, LATE),
          ("2026-07-09 08:00", ticket("1", "04-20 09:00 P3", "04-20 09:30 reply agent"))]),
    Case("a late ticket that goes on as a new one", ANSWERED, UNANSWERED,
         [(READ, ticket("1", "04-20 09:00 P3", "04-28 09:00 status Closed")
           + ticket("2", "04-28 09:00 P3", "04-28 09:30 reply agent"))]),
    Case("a resolution that is opened again and resolved anew", RESOLVED, LATE,
         [(READ, [*LATE, "1,2026-04-29 09:00,status,Open,,",
                  "1,2026-04-29 09:05,status,Resolved,,"])],
         more="      reopening: restarts\n"),
    Case("many tickets that the supplier opens himself", ANSWERED, LATE,
         [(READ, LATE + [row for n in range(2, 30) for row in quick(str(n), "agent")])],
         "opened by the supplier"),
    Case("a ticket that is never recorded", ANSWERED, LATE, [(READ, quick("2"))],
         "declared by supplier"),
    Case("no export any more", ANSWERED, LATE, [(BEFORE, LATE)]),
)  # fmt: skip

TICKETS = {each.name: each.words for each in CASES}


@pytest.mark.parametrize("case", CASES, ids=[each.name for each in CASES])
def test_a_move_with_tickets_does_not_end_in_a_plain_met(case: Case, tmp_path: Path) -> None:
    def agree(desk: HelpDesk) -> None:
        desk.agree(
            case.level, timezone="Europe/Berlin", source="    missing: failed\n",
            more=OFFICE + SUPPORT.format(more=case.more),
        )  # fmt: skip

    assert_told(case, READ, agree, tmp_path)
