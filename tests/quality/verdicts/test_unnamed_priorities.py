"""A priority that no policy names: the policy for the rest takes it, or none does; that is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpdesk import HelpDesk
from tests.quality.verdicts.tickets import READ, RESOLVED, ticket

TARGETS = "targets: {resolution: 16 h}"
SHOP = f"    - {{name: shop, priority: [p1], queue: [Shop], {TARGETS}}}\n"
ORDERS = f"    - {{name: orders, queue: [Orders], {TARGETS}}}\n"
REST = f"    - {{name: rest, otherwise: true, {TARGETS}}}\n"
LINES = f"    - {{name: lines, party: lines, priority: [P9], {TARGETS}}}\n" + (
    f"    - {{name: others, party: lines, otherwise: true, {TARGETS}}}\n"
)
TICKETS = (
    ticket("1", "04-20 09:00 P9", "04-20 09:00 queue Shop"),
    ticket("2", "04-21 09:00 p9", "04-21 09:00 queue Shop"),
    ticket("3", "04-22 09:00 P8", "04-22 10:00 priority P1", "04-22 10:00 queue Shop"),
    ticket("4", "04-23 09:00 P7", "04-23 09:00 queue Orders"),
    ticket("5", "04-24 09:00 P1", "04-24 09:00 queue Warehouse"),
    ticket("6", "02-02 09:00 P8", "02-02 11:00 status Resolved"),
    ticket("7", "04-24 09:00 P1", "04-24 09:00 priority", "04-24 09:00 queue Shop"),
)


@pytest.fixture
def desk(tmp_path: Path) -> HelpDesk:
    return HelpDesk(tmp_path)


def notices(desk: HelpDesk, *policies: str, support: str = "", more: str = "") -> tuple[str, ...]:
    statuses = "support:\n  statuses: {open: [New, Open]}\n"
    desk.agree(RESOLVED, more=f"{more}{statuses}{support}  policies:\n{''.join(policies)}")
    desk.received([row for each in TICKETS for row in each], READ)
    return desk.judged("2026-Q2").readings[0].notices


def test_a_priority_that_no_policy_names_is_told_with_how_many_tickets(desk: HelpDesk) -> None:
    """Two of P9 whatever the case, and one that was P8 for an hour of the quarter; the other one of
    P8 was over before it. The policy of its queue takes the one of P7, whatever its priority; P1
    is named, and an empty one is none."""
    assert notices(desk, SHOP, ORDERS, REST) == (
        'no policy names the priority "P9" (2 tickets in the period) and "P8" (1): the policy with '
        "otherwise takes them",
    )


def test_what_is_left_out_is_told_too(desk: HelpDesk) -> None:
    (told,) = notices(desk, SHOP, ORDERS, support="  others: left_out\n")
    assert told == (
        'no policy names the priority "P9" (2 tickets in the period) and "P8" (1): they are not '
        "judged"
    )


def test_where_policies_name_no_priorities_none_is_told(desk: HelpDesk) -> None:
    assert notices(desk, ORDERS, REST) == ()


def test_a_partys_policies_name_its_priorities(desk: HelpDesk) -> None:
    """Those of the whole name none, those of the party P9 alone."""
    parties = "parties:\n  - {name: lines, queues: [Shop]}\n"
    (told,) = notices(desk, REST, LINES, more=parties)
    listed = '"P1" (2 tickets in the period), "P7" (1) and "P8" (1)'
    assert told == f"no policy names the priority {listed}: the policy with otherwise takes them"
