"""The numbers of the demo's made-up supplier are what a count of his exports by hand says."""

from __future__ import annotations

import csv
import json
import math
from bisect import bisect_left
from collections import defaultdict
from contextlib import redirect_stdout
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from quality.cli.app import run
from tests.demo.service import write

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
BEGINS, ENDS = (datetime(2026, month, 1, tzinfo=BERLIN).astimezone(UTC) for month in (7, 10))
HOLIDAYS = {date.fromisoformat(f"2026-{day}")
            for day in ("01-01", "04-03", "04-06", "05-01", "05-14", "05-25")}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("lumen")
    contract = str(write(found))
    assert run(["import", contract, "--quiet"]) == 0
    return found


@cache
def judged(folder: Path, period: str) -> dict[str, dict]:
    contract = str(folder / "lumen.contract.yaml")
    words = ["evaluate", contract, "--period", period, "--format", "json", "--exit-zero", "--quiet"]
    with redirect_stdout(StringIO()) as said:
        run(words)
    return {each["id"]: each for each in json.loads(said.getvalue())["service_levels"]}


class Clock:
    """Minutes of a calendar since 2026 began, counted one by one."""

    def __init__(self, hours) -> None:
        self.open = []
        at = FIRST
        while at < ENDS + timedelta(days=60):
            if hours(at.astimezone(BERLIN)):  # which it says of whole hours
                self.open += [at + MINUTE * number for number in range(60)]
            at += 60 * MINUTE

    def between(self, one: datetime, other: datetime) -> int:
        return bisect_left(self.open, other) - bisect_left(self.open, one)

    def used_up(self, begin: datetime, minutes: int) -> datetime:
        return self.open[bisect_left(self.open, begin) + minutes - 1] + MINUTE


def office(at: datetime) -> bool:
    if at.date() in HOLIDAYS or at.weekday() > 4:
        return False
    return 8 <= at.hour < 12 or 13 <= at.hour < 17 if at.weekday() < 4 else 8 <= at.hour < 15


def shifts(at: datetime) -> bool:
    return at.weekday() < 6 and 6 <= at.hour < 22


@pytest.fixture(scope="module")
def clocks() -> dict[str, Clock]:
    return {"office": Clock(office), "shifts": Clock(shifts), "all": Clock(lambda _: True)}


def tickets(folder: Path) -> dict[str, list[dict[str, str]]]:
    found = defaultdict(list)
    with (folder / "tickets.csv").open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            row["when"] = datetime.fromisoformat(row["at"])
            found[row["id"]].append(row)
    return found


def owed(ticket: list[dict[str, str]]) -> tuple[str, int]:
    """The calendar of a ticket, and the minutes to its first answer."""
    queue, priority = (
        next(row["value"] for row in ticket if row["event"] == field)
        for field in ("queue", "priority")
    )
    if priority != "P1":
        return "office", 360
    return ("all", 30) if queue == "Shop" else ("shifts", 60)


@pytest.mark.slow
def test_first_answers_are_those_that_count_minute_by_minute(folder, clocks):
    in_time = due_ = 0
    for ticket in tickets(folder).values():
        opened = ticket[0]["when"]
        if opened < FIRST:
            continue
        calendar, minutes = owed(ticket)
        due = clocks[calendar].used_up(opened, minutes)
        if BEGINS <= due < ENDS:
            answers = [
                row["when"] for row in ticket if row["event"] == "reply" and row["role"] == "agent"
            ]
            due_ += 1
            in_time += bool(answers) and clocks[calendar].between(opened, answers[0]) <= minutes
    level = judged(folder, "2026-Q3")["T-1"]
    assert (level["numerator"], level["denominator"]) == (in_time, due_)
    assert level["outcome"] == "failed"


def test_resolutions_are_those_that_count_minute_by_minute(folder, clocks):
    clock, in_time, due_, relieved = clocks["office"], 0, 0, 0
    for ticket in tickets(folder).values():
        if ticket[0]["when"] < FIRST or owed(ticket)[0] != "office":
            continue
        turns = [(ticket[0]["when"], "")]
        turns += [(row["when"], row["value"]) for row in ticket if row["event"] == "status"]
        done = [at for at, status in turns if status == "Resolved"]
        passed, due = 0, None
        for (at, status), (until, _) in zip(turns, [*turns[1:], (ENDS, "")], strict=True):
            if status in ("Waiting for customer", "Resolved", "Closed"):
                continue
            ran = clock.between(at, until)
            if due is None and passed + ran >= 1440:
                due = clock.used_up(at, 1440 - passed)
            passed += ran
        over = done and turns[-1][1] in ("Resolved", "Closed")
        if due is None and over:
            due = clock.used_up(done[-1], 1440 - passed)
        if due and BEGINS <= due < ENDS:
            due_ += 1
            in_time += bool(over) and passed <= 1440
            late = sum(minutes - 480 for minutes in at_the_partner(ticket, clock) if minutes > 480)
            missed = not over or passed > 1440
            relieved += missed and passed - late <= 1440
    level = judged(folder, "2026-Q3")["T-3"]
    assert relieved > 5
    assert (level["numerator"], level["denominator"]) == (in_time, due_ - relieved)
    assert (level["without"]["numerator"], level["without"]["denominator"]) == (in_time, due_)
    assert level["outcome"] == "failed"


def at_the_partner(ticket, clock):
    """The minutes of the office for which each of its hand-overs left a ticket with the partner."""
    hands = [(row["when"], row["value"]) for row in ticket if row["event"] == "queue"]
    for (at, queue), (until, _) in zip(hands, [*hands[1:], (ENDS, "")], strict=True):
        if queue == "Network":
            yield clock.between(at, until)


@pytest.mark.slow
def test_the_partners_part_is_the_same_in_both_contracts(folder, clocks, capsys):
    clock, found = clocks["office"], []
    for ticket in tickets(folder).values():
        hands = [row["when"] for row in ticket if row["event"] == "queue"]
        for minutes in at_the_partner(ticket, clock):
            if ticket[0]["when"] < FIRST:
                continue
            began, back = hands[1], hands[2] if len(hands) > 2 else None
            goes_on = back is not None and minutes < 480  # in time: as if the clock had gone on
            due = clock.used_up(back, 480 - minutes) if goes_on else clock.used_up(began, 480)
            if BEGINS <= due < ENDS:
                found.append(back is not None and minutes <= 480)
    level = judged(folder, "2026-Q3")["T-9"]
    assert level["parameters"]["party"] == "orbit"
    assert (level["numerator"], level["denominator"]) == (sum(found), len(found))
    (contract,) = folder.glob("orbit*")
    assert run(["import", str(contract), "--quiet"]) == 0
    capsys.readouterr()
    run(["evaluate", str(contract), "--period", "2026-Q3", "--format", "json", "--exit-zero"])
    own = json.loads(capsys.readouterr().out)
    assert own["service_levels"][0]["numerator"] == level["numerator"]
    assert own["service_levels"][0]["denominator"] == level["denominator"]
    assert own["credits"]["total"] == "3600.00"


def test_availability_is_what_the_list_of_outages_makes(folder):
    level = judged(folder, "2026-Q3")["A-1"]
    # 92 days, less the maintenance of 30 August, 3.5 hours that were announced six days before.
    agreed = 92 * 86400 - 12600
    # 42 min, 7 h 42 min, 8 and 11 min; and 50 min of maintenance that came nine hours before.
    down = 2520 + 27720 + 480 + 660 + 3000
    assert (level["numerator"], level["denominator"]) == (agreed - down, agreed)


@pytest.mark.slow
def test_one_outage_of_the_customer_is_excused(folder):
    level = judged(folder, "2026-Q2")["A-1"]
    agreed, own, his = 91 * 86400 - 7200, 29 * 60, 9 * 3600 + 45 * 60
    assert level["outcome"] == "met"
    assert (level["numerator"], level["denominator"]) == (agreed - his - own, agreed - his)
    without = level["without"]
    assert without["outcome"] == "failed"
    assert (without["numerator"], without["denominator"]) == (agreed - his - own, agreed)


def test_what_nobody_probed_is_unknown(folder):
    level = judged(folder, "2026-Q3")["A-3"]
    assert level["outcome"] == "unknown"
    # from 20 July, 08:00 to the 23rd, 11:00, in which the customer's own monitor stood still
    assert f"{3 * 86400 + 3 * 3600:,} of {92 * 86400:,}" in level["reason"]


def test_nine_of_ten_fixes_took_no_longer(folder):
    stories = defaultdict(list)
    with (folder / "defects.csv").open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            stories[row["id"]].append((datetime.fromisoformat(row["at"]), row["value"]))
    days = sorted(
        at - story[0][0]
        for story in stories.values()
        for at, status in story
        if status == "Fixed" and BEGINS <= at < ENDS
    )
    nearest = days[math.ceil(0.9 * len(days)) - 1]
    level = judged(folder, "2026-Q3")["D-2"]
    assert level["value"] == pytest.approx(nearest / timedelta(days=1), abs=1e-5)


def test_a_seed_says_it_all(folder, tmp_path):
    write(tmp_path)
    for name in ("tickets", "defects", "outages", "probes"):
        assert (tmp_path / f"{name}.csv").read_bytes() == (folder / f"{name}.csv").read_bytes()
