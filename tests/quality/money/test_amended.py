"""Money across amendments: charges of other periods, of the year, and within a period."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.contract.amendments import Family, load_families
from quality.contract.periods import periods
from quality.contract.text.problem import ContractError
from quality.model.amounts import rounded
from quality.model.statement import CreditStatement
from quality.money.charges import charges_in, explain, invoice
from quality.money.history import PeriodVerdicts
from quality.money.statement import statement
from tests.examples import examples
from tests.quality.credit_cases import Value, contract, known, verdict

LEVEL = """\
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     CREDIT}
"""
ALLOCATED = LEVEL.replace("CREDIT", "allocation: 100")
POINTS = LEVEL.replace("CREDIT", "credit: {kind: points, steps: [{worse_than: 8, points: 4}]}")


def charges(amount: int, more: str = "", since: str = "2026-01-01") -> str:
    return f"charges: {{currency: EUR, amounts: [{{from: {since}, amount: {amount}}}]{more}}}\n"


def family(base: str, *amendments: tuple[str, str], period: str = "quarter") -> Family:
    """A contract of these sections, and its amendments by their first day."""
    later = [contract(text, period, ends="2027-12-31", head=f"amends: X\n  effective: {day}")
             for day, text in amendments]  # fmt: skip
    return Family((contract(base, period, ends="2027-12-31"), *later))


def bills(of: Family, *values: Value) -> list[CreditStatement]:
    """The statements of the first periods, each judged by the contract in force in it."""
    judged: list[PeriodVerdicts] = []
    found: list[CreditStatement | None] = []
    for each, value in zip(periods(of, date(2099, 1, 1)), values, strict=False):
        now = of.in_force(each)
        judged.append(
            PeriodVerdicts(replace(each, to_date=False), now, (verdict(now, "A", value),))
        )
        found.append(statement(judged, found, of))
    return known(found)


def test_points_are_priced_on_the_next_periods_amended_charges() -> None:
    """4 points x 1 % of the next quarter's 200,000 are 8,000, not 4 % of 100,000."""
    rules = "credits: {points: {percent_per_point: 1, of: next_period}}\n"
    of = family(charges(100_000) + POINTS + rules,
                ("2026-04-01", charges(200_000) + POINTS + rules))  # fmt: skip
    first, second = bills(of, "failed", "failed")
    assert (first.charges, first.total) == (100_000, 8_000)
    assert second.total == 16_000  # 4 points count twice after a failure: 8 % of 200,000


def test_the_last_bill_before_the_money_ends_takes_its_own_charges() -> None:
    rules = "credits: {points: {percent_per_point: 1, of: next_period}}\n"
    of = family(charges(100_000) + POINTS + rules, ("2026-04-01", POINTS))
    assert bills(of, "failed")[0].total == 4_000


def test_the_annual_cap_counts_the_amended_charges() -> None:
    """12 % of 100,000 + 3 x 20,000 are 19,200; of four times 100,000 they would be 48,000."""
    terms = ", at_risk: 20, annual_cap: 12"
    of = family(charges(100_000, terms) + ALLOCATED,
                ("2026-04-01", charges(20_000, terms) + ALLOCATED))  # fmt: skip
    first, second, third, *_ = bills(of, "failed", "failed", "met")
    assert first.annual
    assert first.annual.cap == Decimal("19200.00")
    assert (first.total, first.annual.lapsed) == (19_200, 800)  # 20 % of 100,000 less 800
    assert second.annual
    assert (second.annual.used, second.annual.left, second.total) == (19_200, 0, 0)
    assert third.annual
    assert third.annual.cap == first.annual.cap


def test_the_annual_cap_reaches_into_the_amended_term() -> None:
    """An amendment prolongs the term by a quarter inside the contract year."""
    terms = charges(100_000, ", at_risk: 20, annual_cap: 10") + ALLOCATED
    short = contract(terms, "quarter", ends="2026-09-30")
    longer = contract(
        terms, "quarter", ends="2026-12-31", head="amends: X\n  effective: 2026-07-01"
    )
    (bill,) = bills(Family((short, longer)), "failed")
    assert bill.annual
    assert bill.annual.cap == 40_000


def test_an_amendment_inside_a_period_divides_the_charges_by_days() -> None:
    """90,000 a quarter until 14 August, 45 of 92 days, then 180,000 for 47 days: 44,021.739... +
    91,956.521... = 135,978.26."""
    more = ", pro_rata: true, at_risk: 10"
    of = family(charges(90_000, more) + ALLOCATED,
                ("2026-08-15", charges(180_000, more) + ALLOCATED))  # fmt: skip
    second, third, fourth = periods(of, date(2026, 12, 31))[1:4]
    assert invoice(of, third) == Fraction("135978.26")
    assert [invoice(of, each) for each in (second, fourth)] == [90_000, 180_000]
    assert explain(charges_in(of, third)) == (
        "45 of 92 days at EUR 90,000.00 a quarter (from 2026-01-01) + "
        "47 of 92 days at EUR 180,000.00 a quarter (from 2026-08-15)"
    )
    bill = bills(of, "met", "met", "failed")[-1]
    assert (bill.charges, bill.total) == (Decimal("135978.26"), Decimal("13597.83"))


PER = st.sampled_from(("month", "quarter", "year"))


@given(st.dates(date(2026, 1, 2), date(2027, 12, 31)), PER, PER,
       st.integers(0, 10**7), st.integers(0, 10**7))  # fmt: skip
@examples(40)
def test_every_day_costs_what_is_in_force_on_it(
    effective: date, before: str, after: str, old: int, new: int
) -> None:
    """Against a sum over days, whatever each of them is billed by."""
    more = ", pro_rata: true, at_risk: 10, per: "
    of = family(charges(old, more + before) + ALLOCATED,
                (effective.isoformat(), charges(new, more + after) + ALLOCATED))  # fmt: skip

    def of_day(day: date, quarter: int) -> Fraction:
        amount, per = (new, after) if day >= effective else (old, before)
        if per == "month":
            return Fraction(amount, monthrange(day.year, day.month)[1])
        return Fraction(amount, quarter * (4 if per == "year" else 1))

    for period in periods(of, date(2027, 12, 31)):
        length = (period.end - period.start).days + 1
        days = [period.start + timedelta(days=n) for n in range(length)]
        exact = sum((of_day(day, length) for day in days), Fraction(0))
        assert invoice(of, period) == Fraction(rounded(exact, 2))


def test_other_billing_and_two_amendments_inside_a_period() -> None:
    """July at 31,000 a month; August 1 to 15 at 62,000 a month are 15/31; then 365,000 a year by
    quarters: 16 + 30 = 46 of 92 days of 91,250."""
    more = ", pro_rata: true, at_risk: 10, per: "
    of = family(charges(31_000, f"{more}month") + ALLOCATED,
                ("2026-08-01", charges(62_000, f"{more}month") + ALLOCATED),
                ("2026-08-16", charges(365_000, f"{more}year") + ALLOCATED))  # fmt: skip
    third = periods(of, date(2026, 12, 31))[2]
    assert invoice(of, third) == 31_000 + 30_000 + 45_625


@pytest.mark.parametrize("more", ["", ", pro_rata: false"])
def test_without_pro_rata_the_first_day_decides(more: str) -> None:
    level = LEVEL.replace("CREDIT", "bonus: {better_than: 1, amount: 1}")
    of = family(charges(90_000, more) + level,
                ("2026-08-15", charges(180_000, ", pro_rata: true") + level))  # fmt: skip
    assert [invoice(of, each) for each in periods(of, date(2026, 12, 31))] == [
        90_000, 90_000, 90_000, 180_000,
    ]  # fmt: skip


def test_charges_that_end_by_an_amendment() -> None:
    of = family(charges(92_000, ", pro_rata: true, at_risk: 10") + ALLOCATED,
                ("2026-08-15", LEVEL.replace(",\n     CREDIT", "")))  # fmt: skip
    assert [invoice(of, each) for each in periods(of, date(2026, 12, 31))] == [
        92_000, 92_000, 45_000, 0,
    ]  # fmt: skip


def test_a_change_of_currency_by_amendment_is_refused(tmp_path: Path) -> None:
    """EUR 10,000 would have become JPY 10,000."""
    from tests.quality.credit_cases import HEAD

    head = HEAD.format(period="quarter", starts="2026-01-01", ends="2027-12-31")
    base = tmp_path / "acme.contract.yaml"
    base.write_text(head + charges(10_000, ", at_risk: 10") + ALLOCATED)
    amended = head.replace("id: ACME-2026-01", "id: A1\n  amends: ACME-2026-01\n  effective: "
                           "2026-07-01")  # fmt: skip
    other = tmp_path / "acme.amendment-1.contract.yaml"
    other.write_text(amended + charges(10_000, ", at_risk: 10").replace("EUR", "JPY") + ALLOCATED)
    with pytest.raises(ContractError) as caught:
        load_families([base])
    assert str(caught.value) == (
        f"{other}:15:21: charges.currency: must stay EUR, as in ACME-2026-01: earlier "
        f"amounts are in that currency"
    )
    other.write_text(amended + LEVEL.replace(",\n     CREDIT", ""))
    assert len(load_families([base])[0].contracts) == 2
