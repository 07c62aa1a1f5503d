"""Tickets that their source calls deleted: what it last said of them counts all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpdesk import HelpDesk

COLUMNS = "id,title,created,resolved,deleted"
LATE = "{},2026-04-20T09:00:00Z,2026-04-28T09:00:00Z,{}"
SUPPORT = """\
support:
  statuses: {resolved: [Resolved], closed: [Closed]}
  policies: [{name: all, otherwise: true, targets: {resolution: 16 h}}]
"""


@pytest.fixture
def desk(tmp_path: Path) -> HelpDesk:
    return HelpDesk(tmp_path)


@pytest.mark.parametrize(
    "looks",
    [
        (("2026-07-02", "printer", "yes"),),
        (("2026-05-04", "printer", "yes"), ("2026-07-02", "printer again", "yes")),
        (("2026-05-04", "printer", ""), ("2026-07-02", "printer again", "yes")),
        (("2026-05-04", "printer", "yes"), ("2026-07-02", "printer again", "")),
        (("2026-05-04", "printer", "yes"), ("2026-06-01", "again", "yes"), ("2026-07-02", "", "")),
    ],
)
def test_a_late_ticket_counts_whenever_its_source_calls_it_deleted(
    desk: HelpDesk, looks: tuple[tuple[str, str, str], ...]
) -> None:
    """It ran for eight days of 16 hours, as another one did that nobody touches; with no title it
    is not listed at all."""
    desk.agree("{id: L, class: critical, indicator: tickets.resolution, minimum: 90}", more=SUPPORT)
    for at, title, deleted in looks:
        rows = [LATE.format(f"1,{title}", deleted)] if title else []
        desk.received([*rows, LATE.format("2,other", "")], f"{at} 08:00", COLUMNS)
    measured = desk.judged("2026-Q2").measured
    assert measured is not None
    assert (measured.numerator, measured.denominator) == (0, 2)
