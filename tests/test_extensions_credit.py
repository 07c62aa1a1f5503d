"""A credit kind from outside, added as CONTRIBUTING says: one row, and it works everywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction

import pytest

from quality.cli.app import run
from quality.contract.credit_kinds import CREDIT_KINDS, CreditKind
from quality.contract.pricing import Bases, Failure, Price
from quality.contract.schema import contract_schema
from tests.conftest import Desk
from tests.quality.contracts import SMALL, parse, problems

pytestmark = pytest.mark.slow

MONEY = """\
    credit: {kind: per_unit, amount: 250.50}
charges:
  currency: EUR
  amounts: [{from: 2026-01-01, amount: 100000}]
gate:
"""
TEXT = SMALL.replace("gate:\n", MONEY)


def per_unit(bases: Bases, failed: Failure) -> Price:
    """So much money for each unit of shortfall."""
    each = Fraction(failed.rule.amount or 0)
    exact = failed.shortfall * each
    how = f"shortfall {failed.shortfall} x {bases.text(bases.rounded(each))}"
    return Price(exact, "agreed amount", None, how)


@pytest.fixture
def _per_unit() -> Iterator[None]:
    row = CreditKind("per_unit", "an amount a unit", per_unit, frozenset({"amount"}), "amount")
    CREDIT_KINDS[row.id] = row
    yield
    del CREDIT_KINDS[row.id]


def test_a_kind_is_unknown_without_its_row() -> None:
    known = " or ".join(CREDIT_KINDS)
    assert problems(TEXT) == [
        f'22:20: service_levels[0].credit.kind: "per_unit" is not possible; use {known}'
    ]


@pytest.mark.usefixtures("_per_unit")
def test_a_kind_is_checked_by_its_row() -> None:
    assert parse(TEXT).service_levels[0].credit
    place = "22:13: service_levels[0].credit"
    assert problems(TEXT.replace(", amount: 250.50", "")) == [
        f"{place}: of kind per_unit needs amount"
    ]
    assert problems(TEXT.replace("250.50}", "250.50, factor: 2}")) == [
        "22:54: service_levels[0].credit.factor: does not belong to kind per_unit: remove it"
    ]
    kind = contract_schema()["$defs"]["CreditRule"]["properties"]["kind"]  # type: ignore[index]
    assert "per_unit" in kind["enum"]
    assert "per_unit: an amount a unit" in kind["description"]


BRANCHY = "def f(a):\n" + "".join(f"    if a == {n}:\n        return {n}\n" for n in range(24))
LEVEL = (
    "{id: TQ-1, name: Complex code, class: critical, indicator: complexity.nloc_share, above: 20, "
    "expected: 5, minimum: 8, credit: {kind: per_unit, amount: 250.50}}",
)
CHARGES = "charges:\n  currency: EUR\n  amounts: [{from: 2026-01-01, amount: 200000}]\n"


@pytest.mark.usefixtures("_per_unit")
def test_a_kind_is_computed_evaluated_closed_and_reported(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.repository("billing", {"a.py": BRANCHY}, at="2026-02-01T10:00:00Z")
    contract = str(desk.contract(["billing"], LEVEL, starts="2026-01-01", more=CHARGES))
    period = [contract, "--period", "2026-Q1"]
    desk.measure()
    assert run(["evaluate", *period, "--format", "json"]) == 1
    (step,) = json.loads(capsys.readouterr().out)["credits"]["steps"]
    assert (step["kind"], step["shortfall"]) == ("per_unit", "92")  # 100 % is 92 worse than 8 %
    assert (step["charged"], step["rate"]) == ("23046.00", None)  # 92 x 250.50
    how = "shortfall 92 x EUR 250.50 = EUR 23,046.00"
    assert step["explanation"].endswith(f"percentage points. {how}")

    assert run(["close", *period, "--by", "Ann"]) == 0
    assert run(["evaluate", *period]) == 1
    assert "EUR 23,046.00" in capsys.readouterr().out, "what was frozen is read back"
    assert run(["report", *period, "--output", str(desk.folder / "out")]) == 1
    pages = "".join(p.read_text() for p in (desk.folder / "out").glob("*.html"))
    assert how in pages
