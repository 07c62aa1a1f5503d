"""Files of records that a contract names: ``check`` says which are not there, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from quality.cli.app import run as run_command
from tests.quality.contract.test_holidays import CONTRACT

PLACE = "h.contract.yaml:5:52: sources[0].file: warning: "


def said(folder: Path, file: str, capsys: pytest.CaptureFixture[str]) -> str:
    path = folder / "h.contract.yaml"
    text = CONTRACT.replace("    holidays_file: berlin.ics\n", "")
    path.write_text(text.replace("file: desk.csv", f"file: {file}"))
    assert run_command(["check", str(path)]) == 0, "a contract that is valid stays valid"
    said = capsys.readouterr().err
    assert "h.contract.yaml: valid, 1 service level" in said
    return said


def test_a_file_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = said(tmp_path, "desk.csv", capsys)
    assert f'{PLACE}there is no "desk.csv" yet: until it comes, nothing is known' in told
    told = said(tmp_path, "'exports/*.csv'", capsys)
    assert 'there is no "exports/*.csv" yet' in told


def test_one_with_a_near_name_may_be_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "tickets.csv").write_text("")
    told = said(tmp_path, "exports/ticket.csv", capsys)
    assert 'there is no "exports/ticket.csv" yet: did you mean "exports/tickets.csv"?' in told


@pytest.mark.parametrize("file", ["exports/tickets.csv", "'exports/*.csv'", "'**/tickets.csv'"])
def test_nothing_is_said_of_one_that_is_there(
    tmp_path: Path, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "tickets.csv").write_text("")
    assert "warning" not in said(tmp_path, file, capsys)


@pytest.mark.parametrize("file", ["x" * 300 + ".csv", "~nobody-of-that-name/a.csv", "'a**b/x.csv'"])
def test_a_place_that_cannot_be_has_no_file(
    tmp_path: Path, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "sources[0].file: warning: there is no " in said(tmp_path, file, capsys)
    assert run_command(["import", str(tmp_path / "h.contract.yaml")]) == 3
    assert "desk: no file " in capsys.readouterr().err
