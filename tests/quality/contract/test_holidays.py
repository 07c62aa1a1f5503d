"""Holidays of a calendar that stand in an iCalendar file beside the contract."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quality.cli.app import run as run_command
from quality.contract.amendments import load_families
from quality.contract.file import load_contract, parse_contract
from quality.contract.text.problem import ContractError
from quality.errors import UsageError
from quality.evidence.papers import papers, unfolded

CONTRACT = """\
format: workmanship.contract/1
contract: {id: H, customer: A, supplier: B, starts: 2026-01-01, ends: 2027-12-31,
  period: quarter, timezone: Europe/Berlin, recipe: "2026.2"}
sources:
  - {name: desk, kind: tickets, format: csv, file: desk.csv, declared_by: supplier}
calendars:
  - name: office
    timezone: Europe/Berlin
    hours: {mon-fri: ["09:00-17:00"]}
    holidays: [2026-12-24]
    holidays_file: berlin.ics
service_levels:
  - {id: B, class: critical, indicator: tickets.backlog, minimum: 2}
"""


def feed(*days: str) -> str:
    events = "".join(
        f"BEGIN:VEVENT\nDTSTART;VALUE=DATE:{day}\nSUMMARY:x\nEND:VEVENT\n" for day in days
    )
    return f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "h.contract.yaml"
    found.write_text(CONTRACT)
    (tmp_path / "berlin.ics").write_text(
        feed("20251225", "20261225", "20270101\nRRULE:FREQ=YEARLY")
    )
    return found


def test_the_days_of_the_file_are_agreed_as_those_of_the_contract_are(path: Path) -> None:
    contract = load_contract(path)
    assert contract.calendars[0].holidays == (
        date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1), date(2028, 1, 1),
    )  # fmt: skip
    # An event that begins before the term or far after it changes nothing that is agreed.
    (path.parent / "berlin.ics").write_text(feed("20261225", "20270101\nRRULE:FREQ=YEARLY"))
    assert load_contract(path).digest == contract.digest
    (path.parent / "berlin.ics").write_text(feed("20270101\nRRULE:FREQ=YEARLY"))
    assert load_contract(path).digest != contract.digest


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "11:20: calendars.0..holidays_file: .berlin.ics. cannot be read: no such file"),
        ("<html>", "holidays_file: .berlin.ics.: line 1: not a property of iCalendar"),
        (feed("20261225")[:-14], "holidays_file: .berlin.ics.: it ends in the middle"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_of_the_contract(
    path: Path, content: str | None, why: str
) -> None:
    file = path.parent / "berlin.ics"
    if content is None:
        file.unlink()
    else:
        file.write_text(content)
    with pytest.raises(ContractError, match=why):
        load_contract(path)


def test_check_warns_of_a_file_that_ends_before_the_contract(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (path.parent / "berlin.ics").write_text(feed("20261225"))
    assert run_command(["check", str(path)]) == 0
    said = capsys.readouterr()
    assert "says nothing after 2026-12-25, and the contract ends 2027-12-31" in said.out + said.err


def test_a_bundle_holds_the_file_too(path: Path, tmp_path: Path) -> None:
    (family,) = load_families([path])
    found = papers(family)
    assert sorted(found) == ["contract/berlin.ics", "contract/contract.yaml"]
    folder = tmp_path / "elsewhere"
    there = unfolded(found, folder, "3.11")
    assert there.base.digest == family.base.digest
    path.write_text(CONTRACT.replace("berlin.ics", "../berlin.ics"))
    (tmp_path.parent / "berlin.ics").write_text(feed("20261225"))
    with pytest.raises(UsageError, match="beside the contract, and name it"):
        papers(load_families([path])[0])


def test_who_needs_no_holidays_can_leave_the_file_alone(path: Path) -> None:
    (path.parent / "berlin.ics").unlink()
    contract = parse_contract(path.read_bytes(), path, beside=False)
    assert contract.calendars[0].holidays == (date(2026, 12, 24),)
