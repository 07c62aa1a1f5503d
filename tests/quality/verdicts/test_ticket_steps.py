"""What a terminal tells of tickets: the rows behind a value, and a clock step by step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quality.cli.app import run as run_command
from tests.examples import table
from tests.helpdesk import HelpDesk
from tests.quality.verdicts.tickets import OFFICE, PAUSED, READ, RESOLVED, SUPPORT, judge, ticket

Said = pytest.CaptureFixture[str]


@pytest.fixture
def desk(tmp_path: Path) -> HelpDesk:
    return HelpDesk(tmp_path)


def explained(desk: HelpDesk, *more: str) -> int:
    """The exit code of ``workmanship explain`` of the one service level."""
    words = [str(desk.contracts[0]), "--period", "2026-Q2", "--service-level", "L"]
    return run_command(["explain", *words, *more])


def steps(desk: HelpDesk, capsys: Said) -> list[dict[str, Any]]:
    """The steps of ticket 1."""
    assert explained(desk, "--ticket", "1", "--format", "json") == 0
    return json.loads(capsys.readouterr().out)["steps"]


@pytest.mark.parametrize(
    "indicator", table(["reopened_share", "backlog", "resolution"], {"backlog"})
)
def test_moments_of_tickets_are_said_to_be_in_utc(
    desk: HelpDesk, capsys: Said, indicator: str
) -> None:
    level = RESOLVED.replace("tickets.resolution", f"tickets.{indicator}")
    done = ticket("1", "04-20 09:00 P3", "04-21 17:00 status Resolved")
    judge(desk, level, done, ticket("2", "04-20 09:00 P3"))
    assert explained(desk) == 0
    assert "moments in UTC" in capsys.readouterr().out.splitlines()


@pytest.mark.slow
def test_the_steps_tell_what_ran_beyond_a_limit_of_waiting(desk: HelpDesk, capsys: Said) -> None:
    judge(
        desk, RESOLVED,
        ticket("1", "04-20 09:00 P3", "04-20 10:00 status Waiting", "04-22 17:00 status Open",
               "04-23 09:00 status Waiting", "04-23 12:00 status Resolved"),
        more=PAUSED + "      pause_limit: 7 h\n",
    )  # fmt: skip
    told = [
        (each["clock"], each["minutes"], each["ran"], each["waited"])
        for each in steps(desk, capsys)
    ]
    assert told == [
        ("runs", 60, 60, 0),
        # 6 h on Monday and 7 h on each of two days, of which 7 h may stand
        ("waits to the limit, then runs", 20 * 60, 14 * 60, 7 * 60),
        ("runs", 0, 14 * 60, 7 * 60),
        ("runs, beyond the limit of waiting", 3 * 60, 17 * 60, 7 * 60),
        ("stopped", None, None, None),
    ]


def test_one_ticket_is_told_step_by_step(desk: HelpDesk, capsys: Said) -> None:
    judge(
        desk, RESOLVED,
        ticket("1", "04-16 09:00 P3", "04-17 10:00 status Waiting", "04-20 11:00 status Open",
               "04-21 16:00 status Resolved"),
        more=PAUSED,
    )  # fmt: skip
    told = steps(desk, capsys)
    assert [(each["clock"], each["minutes"], each["ran"]) for each in told] == [
        ("runs", 8 * 60, 8 * 60),
        ("waits", 5 * 60 + 2 * 60, 8 * 60),  # Friday to 15:00, Monday to 11:00
        ("runs", 11 * 60, 19 * 60),
        ("stopped", None, None),
    ]
    assert [each["to"] for each in told[:2]] == ["2026-04-17 08:00:00", "2026-04-20 09:00:00"]
    assert explained(desk, "--ticket", "1") == 0
    said = capsys.readouterr().out
    assert "waits" in said
    assert "status" in said
    assert "queue" not in said  # nothing stands there
    assert explained(desk, "--ticket", "9") == 3
    assert "no ticket 9 was known when 2026-Q2 was judged" in capsys.readouterr().err


LEVELS = (
    "{id: URGENT, class: critical, indicator: tickets.resolution, policy: urgent, minimum: 90}",
    "{id: NORMAL, class: critical, indicator: tickets.resolution, policy: normal, minimum: 90}",
    "{id: OPEN, class: key, indicator: tickets.backlog, minimum: 3}",
)


def asked(desk: HelpDesk, *more: str) -> int:
    """The exit code of ``workmanship explain`` without a service level."""
    return run_command(["explain", str(desk.contracts[0]), "--period", "2026-Q2", *more])


def agreed(desk: HelpDesk, *levels: str) -> None:
    desk.agree(*levels, timezone="Europe/Berlin", more=OFFICE + SUPPORT.format(more=""))
    rows = [*ticket("1", "04-20 09:00 P1", "04-20 10:00 status Resolved"),
            *ticket("2", "04-20 09:00 P3", "04-20 10:00 status Resolved"),
            *ticket("3", "04-20 09:00 P3", "04-20 10:00 priority P1",
                    "04-20 11:00 status Resolved")]  # fmt: skip
    desk.received(rows, READ)


def test_the_only_level_with_a_clock_need_not_be_named(desk: HelpDesk, capsys: Said) -> None:
    agreed(desk, RESOLVED, LEVELS[2])
    assert asked(desk, "--ticket", "2") == 0
    assert capsys.readouterr().out.startswith("2 under L,")
    assert asked(desk, "--ticket", "9") == 3
    assert "no ticket 9 was known" in capsys.readouterr().err


def test_of_several_the_one_under_which_a_ticket_counts_is_told(
    desk: HelpDesk, capsys: Said
) -> None:
    agreed(desk, *LEVELS)
    assert asked(desk, "--ticket", "1") == 0
    assert capsys.readouterr().out.startswith("1 under URGENT,")
    assert asked(desk, "--ticket", "2") == 0
    assert capsys.readouterr().out.startswith("2 under NORMAL,")


def test_where_a_ticket_counts_under_several_they_are_listed(desk: HelpDesk, capsys: Said) -> None:
    agreed(desk, *LEVELS)
    assert asked(desk, "--ticket", "3") == 2
    said = capsys.readouterr().err
    assert "say by --service-level which: URGENT or NORMAL" in said
    assert asked(desk, "--ticket", "9") == 3
    assert "no ticket 9 was known when 2026-Q2 was judged" in capsys.readouterr().err


def test_without_a_clock_or_without_a_ticket_the_levels_are_listed(
    desk: HelpDesk, capsys: Said
) -> None:
    agreed(desk, *LEVELS)
    assert asked(desk) == 2
    assert "say by --service-level which: URGENT, NORMAL or OPEN" in capsys.readouterr().err
    agreed(desk, LEVELS[2])
    assert asked(desk, "--ticket", "1") == 2
    assert "no service level of HELP runs a clock: leave out --ticket" in capsys.readouterr().err
    assert asked(desk) == 0, "the only one"
