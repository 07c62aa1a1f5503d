"""Closed periods under attack by edits of the contract: what they rest on changes by amendment."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from quality.cli.app import run
from quality.contract.text.problem import ContractError
from quality.errors import MeasureError, UsageError, WorkmanshipError
from tests.conftest import Desk
from tests.quality.closing.conftest import close, judged
from tests.repositories import Repository

pytestmark = pytest.mark.slow


def edit(desk: Desk, old: str, new: str) -> int:
    """Change the contract as an editor would; returns the line."""
    text = desk.contracts[0].read_text()
    assert text.count(old) == 1, old
    desk.contracts[0].write_text(text.replace(old, new))
    return text[: text.index(old)].count("\n") + 1


def refused(desk: Desk, capsys: pytest.CaptureFixture[str], period: str) -> str:
    """What every command that judges says, the same in all, with exit code 2 or 3."""
    contract = str(desk.contracts[0])
    capsys.readouterr()
    said = []
    for words in (["check", contract], ["evaluate", contract, "--period", period],
                  ["close", contract, "--period", period, "--by", "Ann"]):  # fmt: skip
        assert run(words) in {2, 3}, words
        out, complaint = capsys.readouterr()
        assert not out
        said.append(complaint)
    assert said[0] == said[1] == said[2]
    return said[0]


AMEND = "restore it, for what a closed period rests on changes by an amendment only"


@pytest.mark.parametrize(
    ("old", "new", "period", "said"),
    [
        ("period: quarter", "period: month", "2026-09",
         "contract.period: was 'quarter' when 2026-Q3 was closed, and is 'month': "),
        ("starts: 2026-07-01", "starts: 2026-08-01", "2026-Q3",
         "contract.starts: was '2026-07-01' when 2026-Q3 was closed, and is '2026-08-01': "),
        ("starts: 2026-07-01", "starts: 2026-10-01", "2026-Q4",
         "contract.starts: was '2026-07-01' when 2026-Q3 was closed, and is '2026-10-01': "),
        ("ends: 2027-12-31", "ends: 2026-08-31", "2026-Q3",
         "contract.ends: was '2027-12-31' when 2026-Q3 was closed, and is '2026-08-31': "),
        ("ends: 2027-12-31", "ends: 2028-12-31", "2026-Q3",
         "contract.ends: was '2027-12-31' when 2026-Q3 was closed, and is '2028-12-31': "),
        ("timezone: UTC", "timezone: Asia/Tokyo", "2026-Q3",
         "contract.timezone: was 'UTC' when 2026-Q3 was closed, and is 'Asia/Tokyo': "),
        ("customer: Northwind Retail", "customer: Northwind", "2026-Q3",
         "contract.customer: was 'Northwind Retail' when 2026-Q3 was closed, and is 'Northwind': "),
    ],
)  # fmt: skip
def test_an_edit_of_the_calendar_is_refused_with_its_line(
    desk: Desk, billing: Repository, capsys: pytest.CaptureFixture[str],
    old: str, new: str, period: str, said: str,
) -> None:  # fmt: skip
    close(desk)
    line = edit(desk, old, new)
    complaint = refused(desk, capsys, period)
    assert complaint.startswith(f"{desk.contracts[0]}:{line}:")
    assert said + AMEND in complaint
    edit(desk, new, old)
    assert judged(desk).state == "closed"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minimum: 8", "minimum: 100",
         "service_levels[0].minimum: was '8' when 2026-Q3 was closed, and is '100': "),
        ("branch: main", "branch: other",
         "repositories[0].branch: was 'main' when 2026-Q3 was closed, and is 'other': "),
        ("repositories:\n", "repositories:\n  - {name: shop, url: shop.git, branch: main}\n",
         "repositories[0].branch: was 'nothing' when 2026-Q3 was closed, and is 'main': "),
        ("service_levels:\n",
         "charges: {currency: EUR, amounts: [{from: 2026-01-01, amount: 5}]}\nservice_levels:\n",
         "charges.amounts[0].amount: was 'nothing' when 2026-Q3 was closed, and is '5': "),
        ("service_levels:\n", "baseline: {tag: v1}\nservice_levels:\n",
         "baseline.tag: was 'nothing' when 2026-Q3 was closed, and is 'v1': "),
        ("minimum_measured: 95", "minimum_measured: 5",
         "contract.minimum_measured: was '95' when 2026-Q3 was closed, and is '5': "),
    ],
)  # fmt: skip
def test_an_edit_of_the_terms_judges_no_open_period(
    desk: Desk, billing: Repository, capsys: pytest.CaptureFixture[str],
    old: str, new: str, said: str,
) -> None:  # fmt: skip
    closed = close(desk)
    edit(desk, old, new)
    assert said + AMEND in refused(desk, capsys, "2026-Q4")
    stands = judged(desk)
    assert stands.service_levels == closed.service_levels, "the closed one is shown as it was"
    assert stands.frozen
    assert stands.frozen.differences


def test_the_gate_and_comments_may_change(desk: Desk, billing: Repository) -> None:
    close(desk)
    text = desk.contracts[0].read_text()
    gate = "gate:\n  - {id: G-1, rule: function.ccn, at_most: 15}\n"
    desk.contracts[0].write_text(f"# reviewed\n{text}{gate}")
    assert judged(desk, "2026-Q4").service_levels
    assert run(["check", str(desk.contracts[0])]) == 0


def test_an_amendment_may_change_the_terms_of_open_periods(desk: Desk, billing: Repository) -> None:
    close(desk)
    text = desk.contracts[0].read_text().replace("id: ACME", "id: ACME-A1", 1)
    text = text.replace("  starts", "  amends: ACME\n  effective: 2026-10-01\n  starts", 1)
    amendment = desk.folder / "acme.amendment-1.contract.yaml"
    amendment.write_text(text.replace("minimum: 8", "minimum: 100"))
    assert judged(desk, "2026-Q4").amendment == "ACME-A1"
    assert run(["check", str(desk.contracts[0])]) == 0


def test_no_amendment_reaches_back_into_a_closed_period(desk: Desk, billing: Repository) -> None:
    """Its grace would take the closed failure out of the count, and so out of a multiplier."""
    close(desk)
    text = desk.contracts[0].read_text().replace("id: ACME", "id: ACME-A1", 1)
    text = text.replace("  starts", "  amends: ACME\n  effective: 2026-07-01\n  starts", 1)
    (desk.folder / "acme.amendment-1.contract.yaml").write_text(text)
    said = "effective: ACME-A1 would judge 2026-Q3, closed on .* under ACME: let it begin"
    with pytest.raises(ContractError, match=said):
        judged(desk, "2026-Q4")
    assert run(["check", str(desk.contracts[0])]) == 2
    assert judged(desk).frozen, "what is closed is shown as it was"


def test_the_amendment_that_judged_a_closed_period_stays(desk: Desk, billing: Repository) -> None:
    text = desk.contracts[0].read_text().replace("id: ACME", "id: ACME-A1", 1)
    text = text.replace("  starts", "  amends: ACME\n  effective: 2026-07-01\n  starts", 1)
    amendment = desk.folder / "acme.amendment-1.contract.yaml"
    amendment.write_text(text)
    assert close(desk).amendment == "ACME-A1"
    amendment.write_text(text.replace("minimum: 8", "minimum: 100"))
    with pytest.raises(ContractError, match=r"amendment-1.*minimum: was '8' when 2026-Q3"):
        judged(desk, "2026-Q4")
    amendment.unlink()
    with pytest.raises(ContractError, match="2026-Q3 was closed under amendment ACME-A1, which is"):
        judged(desk, "2026-Q4")


# ---------------------------------------------------------------- another id, another file


def _id(desk: Desk) -> None:
    edit(desk, "id: ACME", "id: ACME-NEW")


def _id_without_records(desk: Desk) -> None:
    _id(desk)
    shutil.rmtree(desk.folder / "acme.closed")


def _id_without_database(desk: Desk) -> None:
    _id(desk)
    desk.session.database.unlink()


def _file(desk: Desk) -> None:
    renamed = desk.contracts[0].rename(desk.folder / "new.contract.yaml")
    desk.contracts = [renamed]


def _file_and_id(desk: Desk) -> None:
    _file(desk)
    _id(desk)


def _file_and_id_without_records(desk: Desk) -> None:
    _file_and_id(desk)
    shutil.rmtree(desk.folder / "acme.closed")


def _file_and_id_without_database(desk: Desk) -> None:
    database = desk.session.database
    _file_and_id(desk)
    database.unlink()


def _file_id_and_spelling(desk: Desk) -> None:
    _file_and_id(desk)
    edit(desk, "supplier: Acme Software", "supplier: ＡＣＭＥ  Software")


RENAMED = [
    _id, _id_without_records, _id_without_database, _file, _file_and_id,
    _file_and_id_without_records, _file_and_id_without_database, _file_id_and_spelling,
]  # fmt: skip


@pytest.mark.parametrize("door", RENAMED, ids=lambda door: door.__name__.strip("_"))
def test_a_renamed_contract_does_not_judge_closed_days_again(
    desk: Desk, billing: Repository, door: Callable[[Desk], None],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    close(desk)
    door(desk)
    for period in ("2026-Q3", "2026-Q4"):
        with pytest.raises(WorkmanshipError) as caught:
            judged(desk, period)
        assert "2026-Q3" in str(caught.value)
        assert "ACME" in str(caught.value)
        if door is not _file:
            assert isinstance(caught.value, ContractError)
            assert str(caught.value).startswith(f"{desk.contracts[0]}:3:7: contract.id: ")
    assert run(["check", str(desk.contracts[0])]) in {2, 3}
    assert "2026-Q3" in capsys.readouterr().err


def test_two_contracts_with_files_stand_side_by_side_and_close_no_days_twice(
    desk: Desk, billing: Repository
) -> None:
    text = desk.contracts[0].read_text()
    close(desk)
    other = desk.folder / "other.contract.yaml"
    other.write_text(text.replace("id: ACME", "id: OTHER"))
    second = Desk(desk.folder, desk.now, contracts=[other])
    assert judged(second).state == "dispute_window_closed"
    with pytest.raises(
        UsageError, match=r"OTHER would close days twice: 2026-Q3 of ACME \(2026-07"
    ):
        close(second)
    other.write_text(other.read_text().replace("Acme Software", "Another Supplier"))
    assert close(second).state == "closed"


def test_deleting_the_records_in_both_places_is_seen_by_a_later_record(
    desk: Desk, billing: Repository
) -> None:
    """One witness is enough: either place alone makes every command fail."""
    close(desk)
    record = desk.folder / "acme.closed" / "2026-Q3.json"
    kept = record.read_bytes()
    record.unlink()
    with pytest.raises(MeasureError, match=r"2026-Q3\.json is missing"):
        judged(desk, "2026-Q4")
    record.write_bytes(kept)
    desk.session.database.unlink()
    with pytest.raises(MeasureError, match="has lost its row"):
        judged(desk, "2026-Q4")
    assert Path(record).read_bytes() == kept
