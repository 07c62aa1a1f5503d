"""Moves between parties: how a ticket is handed on, and how that could make somebody look better.

Each is a pair of exports, the honest one of which fails its service level.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.examples import table
from tests.quality.gaming.exports import Case, assert_told
from tests.quality.verdicts.parties import DESK, NETWORK, PARTIES, READ, RELIEVED, SUPPORT, ticket

LATE = ticket("1", "14 08:00 queue Network", "14 13:00 status Resolved")
SLOW = ticket("1", "14 08:00 queue Service Desk", "14 17:00 status Resolved")
ANSWER = NETWORK.replace("resolution", "first_response").replace("id: N", "id: A")


CASES = (
    Case("a ticket handed there and back to set its clock anew", NETWORK, LATE,
         [(READ, ticket("1", "14 08:00 queue Network", "14 10:30 queue Service Desk",
                        "14 10:35 queue Network", "14 13:05 status Resolved"))]),
    Case("a re-opening in other hands to set the clock anew", NETWORK, LATE,
         [(READ, ticket("1", "14 08:00 queue Network", "14 10:30 queue Service Desk",
                        "14 10:31 status Resolved", "14 10:32 status Open",
                        "14 10:35 queue Network", "14 13:05 status Resolved"))]),
    Case("a hand-over in the last minute, for the other party's relief", RELIEVED, SLOW,
         [(READ, ticket("1", "14 08:00 queue Service Desk", "14 15:59 queue Network",
                        "14 19:59 status Resolved"))]),
    Case("a hand-over in the last minute, for the own clock", DESK, SLOW,
         [(READ, ticket("1", "14 08:00 queue Service Desk", "14 11:59 queue Network",
                        "14 17:00 status Resolved"))],
         "handed over in the last tenth of the target"),
    Case("a hand-over in place of an answer", ANSWER, LATE,
         [(READ, ticket("1", "14 08:00 queue Network", "14 08:30 queue Service Desk",
                        "14 13:00 reply agent"))],
         "handed over before their end"),
    Case("a queue that nobody owns", DESK, SLOW,
         [(READ, ticket("1", "14 08:00 queue Service Desk", "14 10:00 queue Parking",
                        "14 16:00 queue Service Desk", "14 17:00 status Resolved"))],
         "for some time in a queue of nobody"),
    Case("a queue that is renamed after the end", NETWORK, LATE,
         [(READ, LATE),
          ("2026-07-09 08:00", [row.replace("Network", "Service Desk 2") for row in LATE])]),
    Case("a ticket that was always another party's, by a later export", DESK, SLOW,
         [("2026-05-04 08:00", SLOW),
          (READ, ticket("1", "14 08:00 queue Network", "14 17:00 status Resolved")
           + ticket("2", "14 08:00 queue Service Desk", "14 09:00 status Resolved"))],
         "tickets that it had by what was said before"),
    Case("resolved tickets that are taken into the own queue", NETWORK, LATE,
         [(READ, LATE + [
             row for n in range(2, 30) for row in ticket(
                 str(n), "14 08:00 queue Service Desk", "14 08:30 status Resolved",
                 "14 08:31 queue Network", "14 08:32 status Closed")])]),
)  # fmt: skip

HAND_OVERS = {each.name: each.words for each in CASES}


@pytest.mark.parametrize("case", table(CASES, {0, 5}), ids=[each.name for each in CASES])
def test_a_move_between_parties_does_not_end_in_a_plain_met(case: Case, tmp_path: Path) -> None:
    levels = [case.level] + [each for each in (NETWORK,) if each != case.level]
    assert_told(case, READ, lambda desk: desk.agree(*levels, more=PARTIES + SUPPORT), tmp_path)
