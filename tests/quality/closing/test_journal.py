"""The ledger under attack: entries changed or removed after they were first seen, names that are
one person, approvals that say too much."""

from __future__ import annotations

import json as plain_json
from pathlib import Path

import pytest

from quality.cli.app import run
from quality.model.evaluation import Evaluation
from reports.scorecard import json
from reports.scorecard.page import html
from tests.conftest import Desk
from tests.quality.closing.conftest import close, judged
from tests.quality.ledgers import APPROVED, closing, debt, event, ledger
from tests.reports.scorecard.test_html import Tree
from tests.repositories import Repository

pytestmark = pytest.mark.slow
UNSIGNED = "evidence: x"


def told(desk: Desk, capsys: pytest.CaptureFixture[str], command: str) -> tuple[int, str]:
    """What a command says, with its exit code; ``check`` takes no period."""
    words = [command, str(desk.contracts[0])]
    words += [] if command == "check" else ["--period", "2026-Q3"]
    words += ["--by", "Ann"] if command == "close" else []
    words += ["--output", str(desk.folder / "out")] if command == "report" else []
    capsys.readouterr()
    return run(words), capsys.readouterr().err


def journal(desk: Desk) -> list[dict[str, object]]:
    path = desk.folder / "acme.journal.jsonl"
    return [plain_json.loads(line) for line in path.read_text().splitlines()]


SEEN = (event(more=", paths: [b.py]", approved=UNSIGNED), debt("D-1", "paths: [c.py]"))


@pytest.fixture(params=["evaluate", "report", "close"])
def seen(
    desk: Desk, billing: Repository, request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> Desk:  # fmt: skip
    """A ledger that a command has seen, whichever."""
    ledger(desk, *SEEN)
    assert told(desk, capsys, request.param)[0] in {0, 1}
    return desk


def test_every_entry_and_approval_is_written_down_when_first_seen(seen: Desk) -> None:
    lines = journal(seen)
    assert [line["what"] for line in lines][:4] == [
        "entry E-1", "entry D-1", "approval of D-1 by the customer",
        "approval of D-1 by the supplier",
    ]  # fmt: skip
    assert [line["number"] for line in lines] == list(range(1, len(lines) + 1))
    assert lines[0]["previous"] == ""
    assert plain_json.loads(str(lines[2]["said"])) == {"date": "2026-08-01", "name": "Ann"}


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ((SEEN[0].replace("2026-09-30", "2026-12-31"), SEEN[1]),
         "entries[0].to: was '2026-09-30' and is '2026-12-31': restore it as it was"),
        ((SEEN[0].replace("[b.py]", "['**']"), SEEN[1]),
         """entries[0].paths: was '["b.py"]' and is '["**"]': restore it as it was"""),
        ((SEEN[0],), "entries: entry D-1 was removed, {"),
        ((SEEN[1],), "entries: entry E-1 was removed, {"),
        ((SEEN[0], SEEN[1].replace("name: Ann", "name: Anna")),
         "entries[1].approved_by.customer.name: was 'Ann' and is 'Anna': restore it as it was"),
        ((SEEN[0], SEEN[1].replace("date: 2026-08-02", "date: 2026-07-02")),
         "entries[1].approved_by.supplier.date: was '2026-08-02' and is '2026-07-02': restore it"),
        ((SEEN[0], SEEN[1].replace(APPROVED, UNSIGNED)),
         "approval of D-1 by the customer was removed"),
        ((), "entry E-1 was removed"),
    ],
)  # fmt: skip
def test_a_changed_or_removed_entry_shows_both_versions(
    seen: Desk, capsys: pytest.CaptureFixture[str], entries: tuple[str, ...], said: str
) -> None:
    path = ledger(seen, *entries)
    for command in ("check", "evaluate", "report"):
        code, complaint = told(seen, capsys, command)
        assert code == 2
        assert complaint.startswith(f"{path}:")
        assert said in complaint
    path.unlink()
    assert "entry E-1 was removed" in told(seen, capsys, "check")[1]
    ledger(seen, *SEEN)
    assert told(seen, capsys, "check")[0] == 0


def test_entries_and_approvals_may_be_added_and_moved(
    seen: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    signed = SEEN[0].replace(UNSIGNED, f"{UNSIGNED}, {APPROVED}")
    ledger(seen, debt("D-2", "paths: [x]"), SEEN[1], signed)
    for command in ("check", "evaluate", "check"):
        assert told(seen, capsys, command)[0] in {0, 1}
    whats = [line["what"] for line in journal(seen)]
    assert whats[-5:] == [
        "entry D-2", "approval of D-2 by the customer", "approval of D-2 by the supplier",
        "approval of E-1 by the customer", "approval of E-1 by the supplier",
    ]  # fmt: skip


def test_either_copy_of_the_journal_is_enough(
    seen: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    file = seen.folder / "acme.journal.jsonl"
    whole = file.read_text()
    ledger(seen, SEEN[0].replace("2026-09-30", "2026-12-31"), SEEN[1])
    file.unlink()
    assert "was '2026-09-30' and is '2026-12-31'" in told(seen, capsys, "evaluate")[1]
    file.write_text(whole.splitlines(keepends=True)[0])
    assert "was '2026-09-30' and is '2026-12-31'" in told(seen, capsys, "evaluate")[1]
    file.write_text(whole)
    seen.session.database.unlink()
    assert "was '2026-09-30' and is '2026-12-31'" in told(seen, capsys, "check")[1]


def test_a_journal_that_was_forged_with_the_ledger(
    seen: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    file = seen.folder / "acme.journal.jsonl"
    whole = file.read_text()
    file.write_text(whole.replace("2026-09-30", "2026-12-31", 1))
    ledger(seen, SEEN[0].replace("2026-09-30", "2026-12-31"), SEEN[1])
    code, said = told(seen, capsys, "evaluate")
    assert (code, "differ in line 1: " in said) == (3, True)
    assert "2026-09-30" in said
    assert "2026-12-31" in said
    seen.session.database.unlink()
    code, said = told(seen, capsys, "check")
    assert (code, "line 2 does not follow the one before it" in said) == (3, True)
    file.write_text("rubbish\n")
    assert told(seen, capsys, "check")[0] == 3


def test_the_other_partys_copy_of_the_journal(
    desk: Desk, billing: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger(desk, *SEEN)
    told(desk, capsys, "evaluate")
    file, copy = desk.folder / "acme.journal.jsonl", desk.folder / "theirs.jsonl"
    copy.write_bytes(file.read_bytes())
    words = ["closing", "verify", str(copy), "--contract", str(desk.contracts[0])]
    assert run(words) == 0
    said = capsys.readouterr().err
    assert said.startswith("ACME is as the journal of 4 lines holds it, up to sha256:")
    assert said.endswith("; 0 new to us\n")
    file.unlink()
    desk.session.database.unlink()
    assert run(words) == 0
    assert "4 new to us" in capsys.readouterr().err
    assert file.read_bytes() == copy.read_bytes()
    ledger(desk, SEEN[0])
    assert "entry D-1 was removed" in told(desk, capsys, "check")[1]
    assert run(words) == 2
    assert "entry D-1 was removed" in capsys.readouterr().err
    copy.write_text(copy.read_text().replace("2026-09-30", "2026-09-29", 1))
    assert run(words) == 3
    assert run([*words[:2], str(file), *words[3:]]) == 2


def test_a_journal_that_the_other_party_wrote_himself(
    desk: Desk, billing: Repository, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """He saw the same ledger at another time: his lines are others, and say the same."""
    from datetime import UTC, datetime

    from quality.closing.guard import witness
    from quality.store.database import Store

    ledger(desk, *SEEN)
    told(desk, capsys, "evaluate")
    theirs = Desk(tmp_path / "theirs")
    theirs.folder.mkdir()
    for name in ("acme.contract.yaml", "acme.events.yaml"):
        (theirs.folder / name).write_bytes((desk.folder / name).read_bytes())
    theirs.contracts = [theirs.folder / "acme.contract.yaml"]
    with Store(theirs.session.database) as store:
        witness(store, theirs.session.families[0], datetime(2027, 1, 1, tzinfo=UTC))
    copy = theirs.folder / "acme.journal.jsonl"
    assert copy.read_text() != (desk.folder / "acme.journal.jsonl").read_text()
    words = ["closing", "verify", str(copy), "--contract", str(desk.contracts[0])]
    assert run(words) == 0
    assert "new to us" not in capsys.readouterr().err
    (desk.folder / "acme.journal.jsonl").unlink()
    desk.session.database.unlink()
    ledger(desk, SEEN[0].replace("2026-09-30", "2026-12-31"), SEEN[1])
    told(desk, capsys, "evaluate")
    assert run(words) == 2
    assert "was '2026-09-30' and is '2026-12-31'" in capsys.readouterr().err


def test_a_closing_that_is_gone_from_both_places_is_remembered(
    desk: Desk, billing: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last record and its row deleted together break no chain of records."""
    import duckdb

    close(desk)
    (desk.folder / "acme.closed" / "2026-Q3.json").unlink()
    with duckdb.connect(desk.session.database) as con:
        con.execute("delete from frozen_evaluations")
    for command in ("check", "evaluate", "close"):
        code, said = told(desk, capsys, command)
        assert code == 3
        assert said.startswith("closing of 2026-Q3 as sha256:")
        assert "its record is gone" in said


def test_a_refused_note_is_not_written_down(
    desk: Desk, billing: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else it could neither stay nor go."""
    from tests.quality.ledgers import note

    ledger(desk, note("2026-Q3", "2026-Q4"))
    assert told(desk, capsys, "evaluate")[0] == 2
    assert not (desk.folder / "acme.journal.jsonl").exists()
    ledger(desk)
    assert told(desk, capsys, "evaluate")[0] in {0, 1}


# ---------------------------------------------------------------- who may approve


def approved(customer: str, supplier: str, day: str = "2026-10-01") -> str:
    return (f"approved_by: {{customer: {{name: '{customer}', date: {day}}}, "
            f"supplier: {{name: '{supplier}', date: {day}}}}}")  # fmt: skip


@pytest.mark.parametrize(
    "names",
    [("Ann Smith", "ann  smith"), ("Ann Smith", "ANN SMITH "), ("Ann Smith", "Ａnn Smith"),
     ("Ann Smith", "Ann\u00a0Smith"), ("Ann Smith", "Smith, Ann"), ("Zoë", "Zoe\u0308"),
     ("Straße", "STRASSE"), ("A. Smith", "A Smith")],
)  # fmt: skip
def test_two_spellings_are_one_person(
    desk: Desk, billing: Repository, names: tuple[str, str]
) -> None:
    ledger(desk, event(approved=approved(*names)))
    assert judged(desk).excusals[0].why_not == "both approvals bear the same name"


def words(evaluation: Evaluation) -> str:
    """The page's text."""
    return Tree(html.page(evaluation)).text.replace("\u00a0", " ")


LIST = "approvers: {customer: [Ann Smith, Carl Weiß], supplier: [Bob Jones]}\n"


@pytest.mark.parametrize(
    ("names", "day", "why"),
    [
        (("Ann Smith", "Bob Jones"), "2026-10-01", ""),
        (("CARL WEISS", "bob jones"), "2026-10-01", ""),
        (("Bob Jones", "Ann Smith"), "2026-10-01", '"Bob Jones" may not approve for the customer: '
         "Ann Smith, Carl Weiß"),
        (("Ann Smith", "Mallory"), "2026-10-01", '"Mallory" may not approve for the supplier: Bob '
         "Jones"),
        (("Ann Smith", "Bob Jones"), "2026-06-30",
         "approved by the customer on 2026-06-30, but it counts from 2026-07-01 on"),
        (("Ann Smith", "Bob Jones"), "2026-11-23", "approved by the customer only on 2026-11-23"),
        (("Ann Smith", "Bob Jones"), "2026-11-22", ""),
    ],
)  # fmt: skip
def test_who_may_approve_and_when(
    desk: Desk, billing: Repository, names: tuple[str, str], day: str, why: str
) -> None:
    desk.contracts[0].write_text(desk.contracts[0].read_text() + LIST)
    ledger(desk, event(approved=approved(*names, day)))
    evaluation = judged(desk, pages=True)
    (excusal,) = evaluation.excusals
    assert excusal.why_not == why
    text = words(evaluation)
    month = {"06": "June", "10": "October", "11": "November"}[day[5:7]]
    date = f"{int(day[8:])} {month} 2026"
    assert (f"Approved by {names[0]} for the customer on {date} and {names[1]} for the supplier "
            f"on {date}") in text  # fmt: skip
    said = plain_json.loads(json.render([evaluation]))["excusals"][0]["approved_by"]
    assert said == [{"party": "customer", "name": names[0], "date": day},
                    {"party": "supplier", "name": names[1], "date": day}]  # fmt: skip


def test_the_page_names_who_waived_the_dispute_window(desk: Desk, billing: Repository) -> None:
    ledger(desk, closing("2026-Q3", "dispute_window"))
    text = words(close(desk, agreed=True))
    assert "waives the dispute window: why. Approved by Ann for the customer on 1 November" in text


def test_nobody_approves_for_both(
    desk: Desk, billing: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    text = desk.contracts[0].read_text()
    both = "approvers: {customer: [Ann Smith], supplier: [Bob, 'ann  SMITH']}\n"
    desk.contracts[0].write_text(text + both)
    assert run(["check", str(desk.contracts[0])]) == 2
    assert 'approvers.supplier: "ann  SMITH" is also the customer\'s: nobody approves for both' in (
        capsys.readouterr().err
    )
    assert Path(desk.contracts[0]).exists()


@pytest.mark.parametrize("text", ["", "x", "[]", "null", "7", '"a"', "{}", "[" * 100_000])
def test_what_is_no_copy_of_a_record_or_journal_is_refused_in_a_line(
    desk: Desk, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    """Nothing agrees with nothing: an empty journal is no proof of ours."""
    contract = desk.contract(["billing"])
    for name in ("2026-Q3.json", "theirs.jsonl"):
        copy = desk.folder / name
        copy.write_text(text, encoding="utf-8")
        code = run(["closing", "verify", str(copy), "--contract", str(contract)])
        said = capsys.readouterr().err
        assert (code in (2, 3), len(said.splitlines())) == (True, 1), said
