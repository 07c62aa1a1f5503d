"""Records of a tracker: every version kept with the moment, and what a period is judged by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quality.cli.app import run as run_command
from quality.model.records import Ticket
from quality.model.verdict import Verdict
from quality.store import record_scope
from quality.store.database import Store
from quality.store.records import Arrival, Intake, add_source, batches
from tests.examples import table
from tests.helpdesk import HelpDesk, moment

BACKLOG = "{id: B, class: critical, indicator: tickets.backlog, expected: 1, minimum: 2}"
FIRST = ["1,2026-02-03 09:00,created,,,", "1,2026-02-03 09:00,status,New,,"]
SECOND = ["2,2026-02-04 09:00,created,,,", "2,2026-02-04 09:00,status,New,,"]
SOLVED = [*FIRST, "1,2026-03-01 10:00,status,Resolved,,", *SECOND]


@pytest.fixture
def desk(tmp_path: Path) -> HelpDesk:
    return HelpDesk(tmp_path)


def count(desk: HelpDesk, period: str) -> int:
    measured = desk.judged(period).measured
    assert measured
    return measured.numerator


def rows(desk: HelpDesk, query: str) -> list[tuple[object, ...]]:
    with Store(desk.session.database, read_only=True) as store:
        return store.connection.execute(query).fetchall()


# ---------------------------------------------------------------- by what a period is judged


def test_a_contract_on_tickets_alone_needs_no_repository(desk: HelpDesk) -> None:
    desk.agree(BACKLOG)
    result = desk.received(SOLVED, "2026-04-02 08:00")
    assert not result.problems
    assert result.records == ["desk: 2 new or changed records"]
    verdict = desk.judged("2026-Q1")
    assert (verdict.outcome, verdict.measured and verdict.measured.numerator) == ("met", 1)
    assert verdict.declared_by == ("supplier",)
    (reading,) = verdict.readings
    assert reading.spoken_at == reading.received_at == moment("2026-04-02 08:00")
    assert not reading.notices


def test_the_first_reading_after_the_end_stands_and_what_changes_later_is_a_notice(
    desk: HelpDesk,
) -> None:
    desk.agree(BACKLOG)
    desk.received([*FIRST, *SECOND], "2026-03-20 08:00")
    desk.received([*FIRST, *SECOND], "2026-04-02 08:00")  # the same bytes, read once more
    verdict = desk.judged("2026-Q1")
    assert (verdict.outcome, verdict.measured) == ("unknown", None)
    assert verdict.reason == "desk: nothing newer than 2026-03-20 08:00 UTC"

    desk.received([*FIRST, *SECOND, *SECOND], "2026-04-03 08:00")
    assert count(desk, "2026-Q1") == 2
    desk.received(SOLVED, "2026-04-09 08:00")  # the resolution in March is told in April
    desk.received(FIRST, "2026-04-10 08:00")
    assert count(desk, "2026-Q1") == 2
    assert desk.judged("2026-Q1").readings[0].notices == (
        "of the records that were known when the period was first judged, 1 are gone since; what "
        "was known then stands",
    )


@pytest.mark.parametrize("together", table([1, 1_000_000], {0}))
def test_each_period_is_judged_by_its_own_reading_however_many_are_counted_at_once(
    desk: HelpDesk, together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_scope, "TOGETHER", together)
    desk.agree(BACKLOG)
    desk.received([*FIRST, *SECOND], "2026-04-02 08:00")
    desk.received(SOLVED, "2026-07-02 08:00")
    desk.received(FIRST, "2026-10-02 08:00")
    assert [count(desk, f"2026-Q{number}") for number in (1, 2)] == [2, 1]
    trend = desk.judged("2026-Q3").trend
    assert [(point.period, point.value) for point in trend] == [("2026-Q1", 2), ("2026-Q2", 1)]


def test_an_open_period_is_judged_to_date(desk: HelpDesk) -> None:
    desk.agree(BACKLOG)
    desk.received(FIRST, "2026-02-03 12:00")
    assert count(desk, "2026-Q1") == 1
    desk.received([*FIRST, *SECOND], "2026-02-05 08:00")
    assert count(desk, "2026-Q1") == 2
    desk.received(SOLVED, "2026-03-20 08:00")
    assert count(desk, "2026-Q1") == 1


def test_a_reading_before_an_open_period_says_nothing_of_it(desk: HelpDesk) -> None:
    desk.agree(BACKLOG)
    desk.received(FIRST, "2026-02-03 12:00")
    desk.now = moment("2026-04-03 12:00")
    assert (desk.judged("2026-Q2").outcome, desk.judged("2026-Q2").reason) == (
        "unknown", "desk: not read since the period began: run `workmanship import`",
    )  # fmt: skip


def test_an_export_written_before_the_end_says_nothing_of_the_period(desk: HelpDesk) -> None:
    desk.agree(BACKLOG)
    desk.export(SOLVED, "2026-03-30 08:00")
    desk.take_in("2026-04-02 08:00")
    assert desk.judged("2026-Q1").reason == (
        "desk: was written on 2026-03-30 08:00 UTC, before the period ended"
    )


def test_a_ticket_that_vanished_is_judged_by_what_was_said_of_it_last(desk: HelpDesk) -> None:
    desk.agree(BACKLOG)
    desk.received([*FIRST, *SECOND], "2026-03-20 08:00")
    desk.received(FIRST, "2026-04-02 08:00")
    assert count(desk, "2026-Q1") == 2
    assert rows(desk, "select id, gone from record_versions order by version") == [
        ("1", False), ("2", False), ("2", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "source", "outcome"),
    [
        ("", "", "unknown"),
        ("  unmeasured: failed\n", "", "failed"),
        ("  unmeasured: failed\n", "    missing: unknown\n", "unknown"),
        ("", "    missing: failed\n", "failed"),
    ],
)
def test_a_source_that_is_missing_is_what_the_contract_says(
    desk: HelpDesk, head: str, source: str, outcome: str
) -> None:
    desk.agree(BACKLOG, head=head, source=source)
    assert desk.take_in("2026-04-02 08:00").absent == ["desk: no file desk.csv"]
    assert (desk.judged("2026-Q1").outcome, desk.judged("2026-Q1").reason) == (
        outcome, "desk: no file desk.csv",
    )  # fmt: skip


def test_what_nobody_read_is_unknown_whatever_is_agreed(desk: HelpDesk) -> None:
    desk.agree(BACKLOG, head="  unmeasured: failed\n", source="    missing: failed\n")
    desk.now = moment("2026-04-02 08:00")
    verdict = desk.judged("2026-Q1")
    assert (verdict.outcome, verdict.reason) == (
        "unknown", "desk: not read yet: run `workmanship import`",
    )  # fmt: skip


def test_a_broken_export_changes_nothing(desk: HelpDesk) -> None:
    desk.agree(BACKLOG)
    desk.received([*FIRST, *SECOND], "2026-03-20 08:00")
    broken = [*FIRST, "1,2026-03-01 10:00,status,Resolved,,", "3,yesterday,created,,,"]
    result = desk.received(broken, "2026-04-02 08:00")
    why = "line 5: yesterday is not an ISO 8601 stamp: say by stamps: how the source writes them"
    why = f"desk.csv: {why}"
    assert result.absent == [f"desk: {why}"]
    assert len(rows(desk, "from record_versions")) == 2
    assert desk.judged("2026-Q1").reason == f"desk: {why}"
    assert run_command(["import", str(desk.contracts[0])]) == 3


def test_files_are_read_each_though_their_names_look_alike(desk: HelpDesk) -> None:
    contract = desk.agree(BACKLOG)
    text = contract.read_text("utf-8").replace("file: desk.csv", "file: 'desk*.csv'")
    contract.write_text(text, "utf-8")
    desk.export(FIRST, "2026-04-02 08:00")
    (desk.folder / "desk.csv").rename(desk.folder / "desk  1.csv")
    desk.export(SECOND, "2026-04-02 08:00")
    (desk.folder / "desk.csv").rename(desk.folder / "desk 1.csv")
    desk.take_in("2026-04-02 08:00")
    assert count(desk, "2026-Q1") == 2


def test_the_command_says_what_came(desk: HelpDesk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.agree(BACKLOG)
    desk.export(SOLVED, "2026-04-02 08:00")
    assert run_command(["import", str(desk.contracts[0])]) == 0
    assert "desk: 2 new or changed records" in capsys.readouterr().err
    arguments = [str(desk.contracts[0]), "--period", "2026-Q1"]
    assert run_command(["evaluate", *arguments]) == 0
    assert "tickets" in capsys.readouterr().out
    assert run_command(["explain", *arguments, "--service-level", "B"]) == 0
    assert "2026-02-04 09:00" in capsys.readouterr().out


# ---------------------------------------------------------------- pages


def test_whatever_breaks_half_way_loses_nothing_and_doubles_nothing(desk: HelpDesk) -> None:
    """A page is kept as a whole or not at all, with the cursor behind it."""
    tickets = [Ticket(str(number), "", ()) for number in range(4)]
    at = moment("2026-04-02 08:00")

    def breaking() -> Iterator[Ticket]:
        yield tickets[2]
        raise ConnectionError

    with Store(desk.folder / "x.duckdb") as store:
        source = add_source(store, "HELP", "desk", "tickets")
        page = Arrival(source, 1, "", at, at, last=False, cursor="2")
        Intake(store, source, whole=True).keep(page, tickets[:2])
        with pytest.raises(ConnectionError):
            Intake(store, source, whole=False).keep(page, breaking())
        assert [each.page.cursor for each in batches(store, source)] == ["2"]
        more = Intake(store, source, whole=False).keep(page, tickets[1:])
        assert (more.records, more.changed, more.doubled) == (3, 2, 0)
        ids = store.connection.execute("select id from record_versions order by id").fetchall()
        assert ids == [("0",), ("1",), ("2",), ("3",)]


def test_what_comes_twice_in_one_reading_is_counted(desk: HelpDesk) -> None:
    at = moment("2026-04-02 08:00")
    one, other = Ticket("1", "", ()), Ticket("1", "now with a title", ())
    with Store(desk.folder / "x.duckdb") as store:
        source = add_source(store, "HELP", "desk", "tickets")
        intake = Intake(store, source, whole=True)
        came = intake.keep(Arrival(source, 1, "", at, at), [one, one, other])
    assert (came.records, came.changed, came.doubled) == (3, 2, 2)


def test_a_verdict_on_records_is_frozen_as_it_is(desk: HelpDesk) -> None:
    from quality.model.canonical import decode, encode

    desk.agree(BACKLOG)
    desk.received(SOLVED, "2026-04-02 08:00")
    verdict = desk.judged("2026-Q1")
    assert decode(Verdict, encode(verdict)) == verdict


def test_the_tickets_behind_a_value_stand_in_its_evidence(desk: HelpDesk) -> None:
    desk.agree(BACKLOG)
    desk.received(SOLVED, "2026-04-02 08:00")
    third = ["3,2026-05-04 09:00,created,,,", "3,2026-05-04 09:00,status,New,,"]
    fourth = [each.replace("3,", "4,", 1) for each in third]
    desk.received([*SOLVED, *third, *fourth], "2026-07-02 08:00")
    (evaluation,) = desk.session.evaluate(desk.session.requests("2026-Q2"))
    (found,) = evaluation.scorecard.evidence
    ids = found.columns.index("id")
    assert (found.what, found.total) == ("tickets", 3)
    assert [row.cells[ids] for row in found.groups[0].rows] == ["2", "3", "4"]
    assert found.changes
    assert [row.cells[ids] for row in found.changes.new.rows] == ["3", "4"]
    assert [(each.to, each.rows, each.numerator) for each in found.repairs] == [
        ("minimum", 1, 2), ("expected", 2, 1),
    ]  # fmt: skip
