"""What contract years and an index change: by hand, and for any values."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.contract.amendments import Family
from quality.contract.checks.dead_terms import dead_terms
from quality.contract.contract import Contract
from quality.contract.incentives.clauses import incentives
from quality.contract.periods import periods
from quality.contract.text.problem import ContractError
from quality.money.charges import charges_in, explain, invoice
from tests.examples import examples
from tests.quality.credit_cases import bills, contract, d, judged, known, statements

TERMS = """\
charges: {currency: EUR, amounts: [{from: 2026-01-01, amount: 200000}], %s}
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     allocation: 60}
credits: {%s}
"""
BY_YEAR = "at_risk_by_year: [8, 12]"
F = {"A": "failed"}
M = {"A": "met"}


EACH = "single_event: each"


def terms(charges: str, credits: str = EACH, starts: str = "2026-01-01") -> Contract:
    text = (TERMS % (charges, credits)).replace("from: 2026-01-01, a", f"from: {starts}, a")
    return contract(text, "quarter", starts=starts)


def test_the_guides_example_of_contract_years():
    """200,000 x 8 % x 60 % = 9,600; 200,000 x 12 % x 60 % x 1.25 = 18,000, the third year too."""
    found = bills(terms(BY_YEAR, "by_year: [1, 1.25]"), F, *[M] * 3, F, *[M] * 3, F)
    assert [found[n].total for n in (0, 4, 8)] == [9600, 18000, 18000]
    assert [found[n].at_risk_percent for n in (0, 4)] == [8, 12]
    assert [found[n].cap for n in (0, 4)] == [16000, 24000]
    (step,) = found[4].steps
    assert (step.multiplier, step.multiplier_reason) == (d("1.25"), "contract year 2")
    assert (step.base, step.rate) == (24000, 60)


def test_the_years_multiplier_is_one_of_those_of_which_the_highest_counts():
    both = "by_year: [1, 1.25], consecutive: [{failures: 2, multiplier: 1.5}]"
    found = bills(terms("at_risk: 12", both), *[F] * 6)
    assert [bill.steps[0].multiplier for bill in found] == [1, *[d("1.5")] * 5]
    less = "by_year: [1, 1.25], consecutive: [{failures: 2, multiplier: 1.1}]"
    found = bills(terms("at_risk: 12", less), *[F] * 6)
    expected = [1, d("1.1"), d("1.1"), d("1.1"), d("1.25"), d("1.25")]
    assert [bill.steps[0].multiplier for bill in found] == expected


def test_a_period_belongs_to_the_year_in_which_it_ends():
    """The first year ends on 31 July 2026: Q3 ends in the second."""
    found = bills(terms(BY_YEAR, starts="2025-08-01"), M, M, M, M, M)
    ids = [(bill.period, bill.at_risk_percent) for bill in found]
    assert ids == [
        ("2025-Q3", 8), ("2025-Q4", 8), ("2026-Q1", 8), ("2026-Q2", 8), ("2026-Q3", 12),
    ]  # fmt: skip


INDEXED = "at_risk: 12, indexation: [{from: 2027-01-01, percent: 3.1, clause: '5.2'}, " \
    "{from: 2028-01-01, percent: 2}]"  # fmt: skip


def test_the_guides_example_of_indexation():
    """200,000 x 1.031 = 206,200; x 1.02 = 210,324."""
    of = terms(INDEXED)
    every = {each.id: each for each in periods(of, of.ends)}
    family = Family((of,))
    names = ("2026-Q4", "2027-Q1", "2027-Q4", "2028-Q1")
    assert [invoice(family, every[name]) for name in names] == [200000, 206200, 206200, 210324]
    assert explain(charges_in(family, every["2027-Q1"])) == (
        "EUR 206,200.00 a quarter (from 2027-01-01, indexed by 3.1 %, 5.2)"
    )


def test_each_rise_is_rounded_once():
    """100.05 x 1.005 = 100.55025 -> 100.55; x 1.005 = 101.05275 -> 101.05, not 101.0530."""
    text = TERMS.replace("200000", "100.05") % (
        "at_risk: 12, indexation: [{from: 2026-04-01, percent: 0.5}, {from: 2026-07-01, "
        "percent: 0.5}]", "single_event: each",
    )  # fmt: skip
    of = contract(text, "quarter")
    amounts = [invoice(Family((of,)), each) for each in periods(of, of.ends)[:3]]
    assert amounts == [Decimal("100.05"), Decimal("100.55"), Decimal("101.05")]


def test_a_stated_amount_ends_what_was_indexed():
    text = TERMS.replace("amount: 200000}", "amount: 200000}, {from: 2028-01-01, amount: 190000}")
    rises = "at_risk: 12, indexation: [{from: 2027-01-01, percent: 10}]"
    of = contract(text % (rises, "single_event: each"), "quarter")
    every = periods(of, of.ends)
    found = [invoice(Family((of,)), every[n]) for n in (3, 4, 8)]
    assert found == [200000, 220000, 190000]


def test_days_are_divided_between_the_amount_and_its_rise():
    """15 August: 45 of 92 days at 200,000, 47 at 220,000."""
    of = terms("at_risk: 12, pro_rata: true, indexation: [{from: 2026-08-15, percent: 10}]")
    third = periods(of, of.ends)[2]
    expected = (d("200000") * 45 + d("220000") * 47) / 92
    assert invoice(Family((of,)), third) == round(expected, 2)


WRONG = [
    ("at_risk: 12, at_risk_by_year: [8]", "charges.at_risk_by_year: stands beside at_risk: keep "
     "one of the two"),
    ("at_risk: 12, indexation: [{from: 2026-01-01, percent: 1}]", "charges.indexation[0].from: "
     "2026-01-01 does not come after the first amount, 2026-01-01: nothing to raise"),
    ("at_risk: 12, indexation: [{from: 2027-01-01, percent: 1}, {from: 2026-07-01, percent: 1}]",
     "charges.indexation[1].from: 2026-07-01 does not come after 2027-01-01: sort them, the oldest "
     "first"),
]  # fmt: skip


@pytest.mark.parametrize(("charges", "line"), WRONG)
def test_what_disagrees_is_refused(charges, line):
    with pytest.raises(ContractError) as caught:
        terms(charges)
    assert str(caught.value).endswith(line)


def test_a_failure_never_costs_less_by_a_multiplier():
    with pytest.raises(ContractError, match=r"credits\.by_year\[1\]: is under 1"):
        terms("at_risk: 12", "by_year: [1, 0.5]")


def test_years_and_rises_beyond_the_term_are_dead():
    of = terms(
        "at_risk_by_year: [1, 2, 3, 4], indexation: [{from: 2029-01-01, percent: 1}]",
        "by_year: [1, 1, 2, 3]",
    )
    assert [line for _, line in dead_terms(of)] == [
        "2029-01-01 lies after the end, 2028-12-31: it raises nothing; remove it, or correct the "
        "day",
        "the term has no contract year 4: remove it",
        "the term has no contract year 4: remove it",
    ]


def test_a_cheaper_year_rewards_putting_off():
    falling = terms("at_risk_by_year: [12, 8]", "by_year: [2, 1]")
    found = {each.location for each in incentives(falling)}
    assert {("charges", "at_risk_by_year", 1), ("credits", "by_year", 1)} <= found
    rising = {each.location[:2] for each in incentives(terms(BY_YEAR, "by_year: [1, 2]"))}
    assert not rising & {("charges", "at_risk_by_year"), ("credits", "by_year")}


share = st.decimals(0, 100, places=2)
value = st.integers(0, 20).map(Decimal)
history = st.lists(st.fixed_dictionaries({"A": value}), min_size=1, max_size=12)


@given(history, st.lists(share, min_size=1, max_size=3), st.lists(st.integers(0, 40), max_size=2))
@examples(60)
def test_credits_keep_to_the_years_cap_and_to_the_raised_charges(values, years, rises):
    days = ("2027-01-01", "2028-01-01")
    listed = [f"{{from: {day}, percent: {rise}}}" for day, rise in zip(days, rises, strict=False)]
    index = f", indexation: [{', '.join(listed)}]" if listed else ""
    of = terms(f"at_risk_by_year: [{', '.join(map(str, years))}]{index}", "by_year: [1, 2]")
    before = Decimal(0)
    for number, bill in enumerate(known(statements(judged(of, *values)))):
        at_risk = years[min(number // 4, len(years) - 1)]
        assert bill.at_risk_percent == at_risk
        assert 0 <= bill.total <= bill.cap <= bill.charges
        assert bill.charges >= before
        before = bill.charges


@given(history, share, share)
@examples(60)
def test_less_at_risk_never_raises_a_credit(values, first, second):
    low, high = sorted((first, second))
    found = [
        known(statements(judged(terms(f"at_risk_by_year: [{each}, {each}]"), *values)))
        for each in (low, high)
    ]
    assert all(x.total <= y.total for x, y in zip(*found, strict=True))
    plain = known(statements(judged(terms(f"at_risk: {high}"), *values)))
    assert plain == found[1]


# ---------------------------------------------------------------- earnback by the year

AVERAGE = "earnback: {by: yearly_average}"


def returned(*values: str, credits: str = AVERAGE) -> list[Decimal]:
    history = [{"A": d(each) if each.isdigit() else each} for each in values]
    return [bill.returned for bill in bills(terms("at_risk: 12", credits), *history)]


def test_the_guides_example_of_a_yearly_average():
    """(9 + 4 + 4 + 3) / 4 = 5, which meets 5; with a 4 in place of the 3 it is 5.25."""
    assert returned("9", "4", "4", "3") == [0, 0, 0, 14400]
    assert returned("9", "4", "4", "4") == [0, 0, 0, 0]


def test_a_year_stands_for_itself_and_the_last_period_is_of_it():
    """9 + 1 + 1 + 9 = 20: both credits return in Q4; the next year's first failure does not."""
    assert returned("9", "1", "1", "9", "9", "0", "0", "9") == [0, 0, 0, 28800, 0, 0, 0, 28800]
    assert returned("9", "1", "1", "9", "9", "9", "0", "9")[7] == 0  # 27 / 4 = 6.75


def test_a_period_without_a_value_returns_nothing_and_an_excused_one_is_passed_over():
    assert returned("9", "1", "unknown", "1") == [0, 0, 0, 0]
    assert returned("9", "1", "excused", "5") == [0, 0, 0, 14400]  # 15 / 3


def test_a_part_returns_and_the_statement_says_by_which_average():
    values = [{"A": d(each)} for each in ("9", "4", "4", "3")]
    rule = "earnback: {by: yearly_average, share: 50}"
    (back,) = bills(terms("at_risk: 12", rule), *values)[3].earnbacks
    assert back.explanation == (
        "A: the average of 2026-Q1 to 2026-Q4, 5 %, meets the expected 5 %, so 50 % of the EUR "
        "14,400.00 paid for 2026-Q1 return = EUR 7,200.00"
    )
    assert back.met_in == ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")


def test_an_earnback_has_one_condition():
    for rule in ("{share: 50}", "{periods: 2, by: yearly_average}"):
        with pytest.raises(ContractError, match="earnback: needs either periods or by"):
            terms("at_risk: 12", f"earnback: {rule}")


def test_an_average_rewards_one_good_period():
    found = {each.location for each in incentives(terms("at_risk: 12", AVERAGE))}
    assert ("credits", "earnback", "by") in found


any_value = value | st.sampled_from(("excused", "unknown"))


@given(st.lists(st.fixed_dictionaries({"A": any_value}), min_size=1, max_size=12))
@examples(60)
def test_no_credit_returns_twice_or_more_than_was_paid(values):
    found = known(statements(judged(terms("at_risk: 12, annual_cap: 5", AVERAGE), *values)))
    paid = {bill.period: bill.total for bill in found}
    backs = [back for bill in found for back in bill.earnbacks]
    assert len({(back.service_level, back.period) for back in backs}) == len(backs)
    assert all(0 < back.amount <= paid[back.period] for back in backs)
    assert all(bill.returned == 0 for n, bill in enumerate(found) if n % 4 != 3)
