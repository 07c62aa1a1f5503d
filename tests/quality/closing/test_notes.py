"""Credit notes: only where a statement can show them, and the same sum wherever it is shown."""

from __future__ import annotations

import csv
import io
import json as plain_json
import shutil
from decimal import Decimal

import pytest

from quality.cli.app import run
from quality.contract.text.problem import ContractError
from reports.scorecard import csv as table
from reports.scorecard import json
from reports.scorecard.page import html
from reports.scorecard.words import portfolio, settlement
from tests.conftest import Desk
from tests.quality.closing.conftest import close, judged
from tests.quality.ledgers import BRANCHY, LEVELS, SIMPLE, ledger, note

pytestmark = pytest.mark.slow
CHARGES = "charges: {currency: EUR, amounts: [{from: 2026-01-01, amount: 100000}], at_risk: 10}\n"


@pytest.fixture
def billed(desk: Desk) -> Desk:
    """Two quarters that failed, at 10,000 each; the first one is closed."""
    desk.repository("billing", {"a.py": SIMPLE, "b.py": BRANCHY}, at="2026-02-01T00:00:00Z")
    level = LEVELS[0].removesuffix("}") + ", allocation: 100}"
    desk.contract(["billing"], [level], starts="2026-04-01", more=CHARGES)
    desk.measure(jobs=1)
    close(desk, "2026-Q2")
    return desk


def refused(desk: Desk, capsys: pytest.CaptureFixture[str]) -> str:
    """What check, evaluate and close say alike."""
    contract = str(desk.contracts[0])
    said = []
    for words in (["check", contract], ["evaluate", contract, "--period", "2026-Q3"],
                  ["close", contract, "--period", "2026-Q3", "--by", "Ann"]):  # fmt: skip
        capsys.readouterr()
        assert run(words) == 2
        said.append(capsys.readouterr().err)
    assert said[0] == said[1] == said[2]
    return said[0]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (note("2026-Q3", "2026-Q4"), "4:44: entries[0].corrects: 2026-Q3 is not closed: dispute it,"
         " or correct it after its closing"),
        (note("2026-Q2", "2026-Q4", "0.005"), "entries[0].amount: 0.005 is too fine: EUR has 2 "
         "decimals"),
        (note("2026-Q2", "2028-Q1"), "entries[0].period: 2028-Q1 lies outside the term, 2026-04-01 "
         "to 2027-12-31"),
        (note("2025-Q4", "2026-Q3"), "entries[0].corrects: 2025-Q4 lies outside the term"),
        (note("2026-Q2", "2026-Q2"), "entries[0].period: 2026-Q2 must come after 2026-Q2"),
    ],
)  # fmt: skip
def test_a_note_that_no_statement_can_show_is_refused(
    billed: Desk, capsys: pytest.CaptureFixture[str], entry: str, said: str
) -> None:
    path = ledger(billed, entry)
    complaint = refused(billed, capsys)
    assert complaint.startswith(f"{path}:4:")
    assert said in complaint


def test_a_note_booked_into_a_closed_period_is_refused(
    billed: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    close(billed)
    path = ledger(billed, note("2026-Q2", "2026-Q3"))
    contract = str(billed.contracts[0])
    for words in (["check", contract], ["evaluate", contract, "--period", "2026-Q4"]):
        assert run(words) == 2
        said = "entries[0].period: 2026-Q3 was closed on 2026-11-22: book it in an open period"
        assert f"{path}:4:61: {said}" in capsys.readouterr().err


def test_a_note_that_its_closing_saw_unsigned_never_counts(billed: Desk) -> None:
    unsigned = note("2026-Q2", "2026-Q3").partition("approved_by")[0] + "evidence: x"
    ledger(billed, unsigned)
    assert close(billed).notes == ()
    ledger(billed, note("2026-Q2", "2026-Q3") + ", evidence: x")
    stands = judged(billed)
    assert (stands.notes, stands.credit_notes[0].why_not.startswith("not approved")) == ((), True)
    assert judged(billed, "2026-Q4").past[1].notes == ()


def test_yen_have_no_decimals(billed: Desk) -> None:
    text = billed.contracts[0].read_text()
    assert "EUR" in text
    billed.contracts[0].write_text(text.replace("EUR", "JPY"))
    ledger(billed, note("2026-Q2", "2026-Q3", "100.5"))
    with pytest.raises(ContractError, match=r"100\.5 is too fine: JPY has no decimals"):
        _ = billed.session


def test_the_balance_is_the_same_everywhere(billed: Desk) -> None:
    """10,000 of the quarter less a note of 1,200.50 to the supplier are 8,799.50; with the closed
    quarter before it 18,799.50 over all periods."""
    unsigned = note("2026-Q2", "2026-Q3", "9999", "N-2").partition("approved_by")[0]
    ledger(billed, note("2026-Q2", "2026-Q3", "-1200.5"), f"{unsigned}evidence: x")
    now = judged(billed, pages=True)
    assert settlement.balance(now) == Decimal("8799.50")
    said = plain_json.loads(json.render([now]))
    assert (said["balance"], said["past"][0]["balance"]) == ("8799.50", "10000.00")
    assert [each["amount"] for each in said["credit_notes"]] == ["-1200.50", "9999.00"]
    rows = list(csv.DictReader(io.StringIO(table.render([now]))))
    assert {row["period"]: row["period_balance"] for row in rows} == {
        "2026-Q2": "10000.00", "2026-Q3": "8799.50",
    }  # fmt: skip
    latest, whole = (portfolio.sums([now], whole)[0].balance for whole in (False, True))
    assert [each.replace("\u00a0", " ") for each in (latest, whole)] == [
        "EUR 8,799.50", "EUR 18,799.50",
    ]  # fmt: skip
    page = html.page(now).replace("\u00a0", " ")
    assert "Balance in favour of the customer" in page
    assert "EUR 8,799.50" in page
    closed = close(billed)
    later = judged(billed, "2026-Q4")
    assert [settlement.balance(each) for each in later.past] == [
        Decimal(10_000),
        Decimal("8799.50"),
    ]
    assert settlement.balance(closed) == Decimal("8799.50")


def test_a_controller_can_book_from_what_is_printed(billed: Desk) -> None:
    """10,000 less 1,200.50: who pays whom, of what it is made, and whether it is final."""
    text = billed.contracts[0].read_text()
    tax = "clauses: [{title: VAT, rate: 19, text: Reverse charge.}]\n"
    billed.contracts[0].write_text(text.replace("service_levels:", f"{tax}service_levels:"))
    shutil.rmtree(billed.folder / "acme.closed")
    billed.session.database.unlink()
    (billed.folder / "acme.journal.jsonl").unlink()
    billed.measure(jobs=1)
    close(billed, "2026-Q2")
    ledger(billed, note("2026-Q2", "2026-Q3", "-1200.5"))
    said = plain_json.loads(json.render([judged(billed)]))["payable"]
    assert {key: said[key] for key in ("amount", "currency", "final")} == {
        "amount": "8799.50", "currency": "EUR", "final": False,
    }  # fmt: skip
    assert said["from"] == {"party": "supplier", "name": "Acme Software"}
    assert said["to"] == {"party": "customer", "name": "Northwind Retail"}
    assert [each["amount"] for each in said["lines"]] == ["10000.00", "-1200.50"]
    frozen = close(billed)
    now = judged(billed)
    document = plain_json.loads(json.render([now]))
    assert document["payable"]["final"] is True
    assert [each["rate"] for each in document["credits"]["clauses"]] == ["19"]
    rows = list(csv.DictReader(io.StringIO(table.render([now]))))
    own = [row for row in rows if row["period"] == "2026-Q3"]
    assert [(row["name"], row["booked"]) for row in own if row["booked"]] == [
        ("c", "10000.00"), ("Credit note N-1: correction of 2026-Q2", "-1200.50"),
    ]  # fmt: skip
    assert {(row["state"], row["closed_on"], row["period_balance_to"]) for row in own} == {
        ("closed", "2026-11-22", "customer")
    }
    assert frozen.frozen
    assert {row["record"] for row in own} == {frozen.frozen.digest}
    (vat,) = [row for row in own if row["name"].startswith("VAT")]
    assert (vat["credit_rate_percent"], vat["explanation"]) == ("19", "Reverse charge.")
