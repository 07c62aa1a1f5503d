"""The workbook as openpyxl reads it, which wrote none of it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from quality.model.statement import BonusStep
from reports.scorecard import xlsx
from reports.scorecard.csv import FORMULA
from reports.shared.text import safe_text
from tests.reports import money_samples, samples


def opened(*evaluations: Any) -> Workbook:
    return load_workbook(io.BytesIO(xlsx.render(evaluations)))


def rows(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    head, *found = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in found]


def test_money_is_a_number_in_the_contracts_currency() -> None:
    evaluation = money_samples.worked()
    book = opened(evaluation)
    (contract,) = rows(book, "Contracts")
    assert evaluation.credits
    assert contract["Credit"] == float(evaluation.credits.total) > 0
    assert contract["From"] == datetime(2026, 7, 1)
    head = [cell.value for cell in book["Contracts"][1]]
    cell = book["Contracts"].cell(2, head.index("Credit") + 1)
    assert (cell.data_type, cell.number_format) == ("n", "[$EUR] #,##0.00;-[$EUR] #,##0.00")


def test_the_statement_adds_up_line_by_line() -> None:
    """What a controller does first: sum up, and compare with the credit and the balance."""
    for evaluation in money_samples.everything():
        bill = evaluation.credits
        if not bill or not bill.has_money:
            continue
        found = rows(opened(evaluation), "Statement")
        names = [row["Line"] for row in found]
        total, last = names.index("Credit of the period"), names.index("Balance")
        amounts = [Decimal(str(row["Amount"])) for row in found if row["Amount"] is not None]
        by_name = dict(zip(names, [row["Amount"] for row in found], strict=True))
        start = names.index("Sum")
        assert sum(_amounts(found[start:total])) == bill.total
        assert Decimal(str(by_name["Credit of the period"])) == bill.total
        assert sum(_amounts(found[total:last])) == Decimal(str(by_name["Balance"])), names
        assert amounts


def test_a_bonus_that_is_offset_is_not_taken_off_twice() -> None:
    """500 of a bonus of 800 are offset, 300 are due: 24,000 - 500 - 300."""
    evaluation = money_samples.worked()
    bill = evaluation.credits
    assert bill
    bonus = BonusStep("B", "Bonus", Decimal(1), "percent", Decimal(2), Decimal(800), "", "why")
    total = bill.uncapped - bill.lapsed - (bill.annual.lapsed if bill.annual else 0) - 500
    bill = replace(bill, bonuses=(bonus,), offset=Decimal(500), bonus_due=Decimal(300),
                   total=total, net=total - bill.returned)  # fmt: skip
    found = rows(opened(replace(evaluation, credits=bill)), "Statement")
    by_name = {row["Line"]: row["Amount"] for row in found}
    assert (by_name["Bonus that is offset"], by_name["Bonus that is due"]) == (-500, -300)
    names = [row["Line"] for row in found]
    assert sum(
        _amounts(found[names.index("Credit of the period") : names.index("Balance")])
    ) == Decimal(str(by_name["Balance"]))


def _amounts(found: list[dict[str, Any]]) -> list[Decimal]:
    return [Decimal(str(row["Amount"])) for row in found if row["Amount"] is not None]


def test_levels_have_their_exact_numbers() -> None:
    evaluation = samples.evaluation()
    found = {row["Service level"]: row for row in rows(opened(evaluation), "Service levels")}
    assert list(found) == [each.id for each in evaluation.service_levels]
    for each in evaluation.service_levels:
        row = found[each.id]
        exact = each.measured.exact if each.measured else None
        assert row["Value"] == (None if exact is None else pytest.approx(float(exact)))
        assert row["Numerator"] == (each.measured.numerator if each.measured else None)


def test_no_text_is_ever_a_formula() -> None:
    texts = [f"{sign}cmd|' /C calc'!A0" for sign in FORMULA] + ["  =1+1", "_x003D_1", "=A1\ufffe"]
    for text in texts:
        level = replace(samples.evaluation().service_levels[0], name=text, reason=text)
        evaluation = replace(samples.evaluation(), supplier=text, service_levels=(level,))
        content = xlsx.render([evaluation])
        with zipfile.ZipFile(io.BytesIO(content)) as zipped:
            sheets = [zipped.read(name).decode() for name in zipped.namelist() if "/sheet" in name]
        assert not [sheet for sheet in sheets if re.search(r"<f[ >]", sheet)]
        book = load_workbook(io.BytesIO(content))
        for name in ("Contracts", "Service levels"):
            for row in book[name].iter_rows(min_row=2):
                assert not [cell.value for cell in row if cell.data_type == "f"]
        quoted = [
            cell
            for row in book["Service levels"].iter_rows(min_row=2)
            for cell in row
            if isinstance(cell.value, str) and cell.value.lstrip().startswith(FORMULA)
        ]
        assert all(cell.quotePrefix for cell in quoted), text


def test_hostile_texts_and_long_ones_open() -> None:
    evaluation = replace(samples.evaluation(), supplier=samples.HOSTILE, customer="x" * 40_000)
    (contract,) = rows(opened(evaluation), "Contracts")
    assert "\\x1b" in contract["Supplier"]
    assert len(contract["Customer"]) < 32_767


def test_an_unknown_credit_is_not_nothing() -> None:
    evaluation = money_samples.worked()
    assert evaluation.credits
    bill = replace(evaluation.credits, total=Decimal(0), unknown=("A",))
    (contract,) = rows(opened(replace(evaluation, credits=bill)), "Contracts")
    assert (contract["Credit"], contract["Balance"]) == ("not known", "not known")


def test_the_same_evaluations_give_the_same_bytes() -> None:
    every = money_samples.everything()
    assert xlsx.render(every) == xlsx.render(every)


def test_all_contracts_stand_in_one_table() -> None:
    every = money_samples.everything()
    found = rows(opened(*every), "Contracts")
    assert [row["Contract"] for row in found] == [safe_text(each.contract_id) for each in every]


def test_the_rows_behind_a_value_are_counted() -> None:
    evaluation = samples.evaluation()
    found = rows(opened(evaluation), "Evidence")
    expected = {each.service_level: each.total for each in evaluation.scorecard.evidence}
    assert {row["Service level"]: row["Rows"] for row in found} == expected
