import csv as standard
import io
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.scorecard import csv
from tests.reports import money_samples as samples


def rows(text: str) -> list[dict[str, str]]:
    return list(standard.DictReader(io.StringIO(text, newline="")))


def test_a_row_for_each_service_level_and_period() -> None:
    found = rows(csv.render([samples.worked()]))
    assert len(found) == 7 * 2 + 8 + 2, "seven periods, the eighth, and two clauses"
    now = {each["service_level"]: each for each in found if each["period"] == "2026-Q3"}
    third = now["TQ-3"]
    assert third["value"] == "7.5"
    assert (third["credit_amount"], third["credit_paid"]) == ("14400.00", "12000.00")
    assert (third["multiplier"], third["clause"]) == ("1.5", "Schedule 4, 2.5")
    assert (third["period_credit"], third["period_lapsed"]) == ("24000.00", "4800.00")
    second = now["TQ-2"]
    assert (second["outcome"], second["outcome_without_excusals"]) == ("met", "failed")
    assert (second["value_without_excusals"], second["excused_by"]) == ("8.463335", "EV-7")
    before = [each for each in found if (each["period"], each["service_level"]) ==
              ("2026-Q1", "TQ-3")]  # fmt: skip
    assert [each["credit_amount"] for each in before] == ["14400.00"]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝", "\u200b="])
def test_no_text_begins_a_formula(first: str) -> None:
    shown = csv.cell(f"{first}cmd|' /C calc'!A0")
    assert shown.startswith(("'", "\\"))


def test_numbers_stay_numbers() -> None:
    assert csv.cell(Decimal("-1200.00")) == "-1200.00"
    assert csv.cell(Decimal("1E+3")) == "1000"
    assert csv.cell(Fraction(-1, 3)) == "-0.333333"
    assert csv.cell(7) == "7"
    assert csv.cell(None) == ""


@given(st.text())
def test_any_text_is_one_safe_cell_that_is_read_back(text: str) -> None:
    shown = csv.cell(text)
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert not re.search("[\x00-\x1f\x7f]", shown)
    shown.encode()


def test_hostile_names_change_no_column() -> None:
    found = rows(csv.render([samples.hostile()]))
    assert {len(each) for each in found} == {len(csv.COLUMNS)}
    assert all(None not in each for each in found)
    assert {each["supplier"][:2] for each in found} == {"'="}
    assert {each["contract"][:2] for each in found} == {"'="}
