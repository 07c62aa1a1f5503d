"""The charges of a period and of a contract year: months, quarters, leap days, changes."""

from datetime import date
from fractions import Fraction

import pytest

from quality.contract.amendments import Family
from quality.contract.periods import contract_year, periods, periods_of_year
from quality.money.charges import charges_of, explain, invoice
from tests.quality.credit_cases import bills, contract, d

LEVELS = """\
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     allocation: 100}
"""


def charged(charges: str, period: str = "quarter", starts="2026-01-01", ends="2028-12-31"):
    of = contract(
        f"charges: {{currency: EUR, at_risk: 10, {charges}}}\n{LEVELS}", period, starts, ends
    )
    assert of.charges
    return of, of.charges


def invoices(charges: str, *terms: str, count: int = 4) -> list[Fraction]:
    of, _ = charged(charges, *terms)
    return [invoice(Family((of,)), each) for each in periods(of, date(2099, 1, 1))[:count]]


RISE = "amounts: [{from: 2026-01-01, amount: 3000}, {from: 2026-05-16, amount: 6000}]"


@pytest.mark.parametrize(
    ("charges", "period", "amounts"),
    [
        (RISE, "quarter", [3000, 3000, 6000, 6000]),  # in force on 1 April: 3,000
        (f"{RISE}, per: month", "quarter", [9000, 12000, 18000, 18000]),  # 3 + 3 + 6 (1 June)
        (f"{RISE}, per: year", "quarter", [750, 750, 1500, 1500]),
        (f"{RISE}, per: month", "month", [3000, 3000, 3000, 3000]),
        (f"{RISE}, per: quarter", "month", [1000, 1000, 1000, 1000]),
        # 45 days of 91 at 3,000 and 46 at 6,000
        (f"{RISE}, pro_rata: true", "quarter", [3000, d("4516.48"), 6000, 6000]),
        # May: 15 days of 31 at 3,000 (1,451.61) and 16 at 6,000 (3,096.77)
        (f"{RISE}, pro_rata: true, per: month", "quarter", [9000, d("13548.39"), 18000, 18000]),
    ],
)
def test_charges_that_change(charges, period, amounts):
    assert invoices(charges, period) == amounts


def test_a_leap_day_counts_where_days_count():
    rise = "amounts: [{from: 2028-01-01, amount: 2900}, {from: 2028-02-29, amount: 5800}]"
    months = (f"{rise}, pro_rata: true", "month", "2028-01-01")
    assert invoices(*months, count=3) == [2900, 3000, 5800]  # 28 x 100 + 200
    of, money = charged(*months)
    parts = charges_of(money, periods(of, date(2028, 12, 31))[1])
    assert explain(parts) == (
        "28 of 29 days at EUR 2,900.00 a month (from 2028-01-01) + "
        "1 of 29 days at EUR 5,800.00 a month (from 2028-02-29)"
    )


def test_a_term_that_begins_and_ends_inside_a_period():
    amounts = "amounts: [{from: 2026-01-01, amount: 9000}]"
    term = ("quarter", "2026-02-15", "2026-05-31")
    assert invoices(amounts, *term) == [9000, 9000]  # in full
    assert invoices(f"{amounts}, pro_rata: true", *term) == [
        4500,  # 45 of 90 days
        d("6032.97"),  # 61 of 91 days
    ]
    assert invoices(f"{amounts}, per: month", *term) == [
        18000,
        18000,
    ]  # February, March; April, May


def test_three_months_and_a_quarter_cost_the_same():
    month = contract(
        "charges: {currency: EUR, at_risk: 10, amounts: [{from: 2026-01-01, amount: 1000.01}]}\n"
        + LEVELS,
    )
    of, _ = charged("amounts: [{from: 2026-01-01, amount: 1000.01}], per: month")
    (bill, *_) = bills(of, {"A": "failed"})
    assert bill.charges == d("3000.03") == sum(each.charges for each in bills(month, {}, {}, {}))
    assert bill.charges_explanation == "3 x EUR 1,000.01 a month (from 2026-01-01)"
    assert bill.total == d("300.00")


@pytest.mark.parametrize(
    ("starts", "day", "year"),
    [
        ("2026-01-01", "2026-12-31", (1, "2026-01-01", "2026-12-31")),
        ("2026-01-01", "2027-01-01", (2, "2027-01-01", "2027-12-31")),
        ("2026-07-15", "2027-07-14", (1, "2026-07-15", "2027-07-14")),
        ("2028-02-29", "2029-02-28", (1, "2028-02-29", "2029-02-28")),
        ("2028-02-29", "2029-03-01", (2, "2029-03-01", "2030-02-28")),
        ("2028-02-29", "2032-02-28", (4, "2031-03-01", "2032-02-28")),
        ("2028-02-29", "2032-02-29", (5, "2032-02-29", "2033-02-28")),
    ],
)
def test_contract_years(starts, day, year):
    number, first, last = contract_year(date.fromisoformat(starts), date.fromisoformat(day))
    assert (number, str(first), str(last)) == year


def test_a_period_belongs_to_the_year_in_which_it_ends():
    of, _ = charged("amounts: [{from: 2026-01-01, amount: 1}]", "quarter", "2026-02-15")
    assert [p.id for p in periods_of_year(of, 1)] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert periods_of_year(of, 2)[0].id == "2027-Q1"


def test_the_annual_cap():
    of, _ = charged("annual_cap: 6, amounts: [{from: 2026-01-01, amount: 1000}]")
    year = bills(of, *[{"A": "failed"}] * 5)  # 100 each; the year's cap is 6 % of 4,000
    assert [bill.total for bill in year] == [100, 100, 40, 0, 100]
    third = year[2].annual
    assert third
    assert (third.cap, third.used, third.left, third.lapsed) == (240, 200, 40, 60)
    assert third.explanation.startswith(
        "Contract year 1 (2026-01-01 to 2026-12-31): cap EUR 240.00 (6 % of the year's charges, "
        "EUR 4,000.00) - credits so far EUR 200.00 = EUR 40.00 left; EUR 60.00"
    )
    assert year[4].annual
    assert year[4].annual.year == 2
