"""Liquidated damages: an amount for each day of the period, up to a cap."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from quality.contract.checks.dead_terms import dead_terms
from quality.contract.contract import Contract
from quality.contract.incentives.clauses import incentives
from tests.examples import examples
from tests.quality.credit_cases import bills, contract, judged, known, statements

TERMS = """\
charges: {currency: EUR, amounts: [{from: 2026-01-01, amount: 200000}]}
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     credit: {kind: per_day, amount: %s%s}}
credits: {repeated: [{failures: 2, within: 4, multiplier: 1.5}]}
"""
F, M = {"A": "failed"}, {"A": "met"}


def terms(amount: str = "500", cap: str = "", starts: str = "2026-01-01") -> Contract:
    text = (TERMS % (amount, cap and f", cap: {cap}")).replace("2026-01-01, a", f"{starts}, a")
    return contract(text, "quarter", starts=starts)


def test_the_guides_example():
    """Q3 has 92 days: 46,000, 30,000 with the cap; a second failure in Q4 69,000, or the cap."""
    free = bills(terms(), M, M, F, F)
    assert [bill.total for bill in free] == [0, 0, 46000, 69000]
    capped = bills(terms(cap="30000"), M, M, F, F)
    assert [bill.total for bill in capped] == [0, 0, 30000, 30000]
    assert capped[3].steps[0].explanation == (
        "A: 9 % is worse than the minimum of 8 % by 1 percentage point. 92 days at EUR 500.00 x "
        "multiplier 1.5 (2 failures within 4 periods: 2026-Q3, 2026-Q4), at most EUR 30,000.00 = "
        "EUR 30,000.00"
    )


def test_days_outside_the_term_cost_nothing():
    """From 15 February: 14 + 31 = 45 days of the first quarter."""
    (first,) = bills(terms(starts="2026-02-15"), F)
    assert (first.total, (date(2026, 3, 31) - date(2026, 2, 15)).days + 1) == (22500, 45)


def test_the_last_days_are_free_once_the_cap_is_reached():
    found = [each.location for each in incentives(terms(cap="30000"))]
    assert ("service_levels", 0, "credit", "cap") in found
    assert all(each.location[-1] != "cap" for each in incentives(terms()))


def test_a_cap_that_no_quarter_reaches_is_dead():
    text = TERMS % ("500", ", cap: 46000")
    of = contract(
        text.replace("credits: {repeated: [{failures: 2, within: 4, multiplier: 1.5}]}\n", ""),
        "quarter",
    )
    assert [line for _, line in dead_terms(of)] == [
        "never binds: 92 days at 500 are no more; lower it"
    ]
    assert not list(dead_terms(terms(cap="46000")))  # the multiplier would exceed it


value = st.integers(0, 20).map(Decimal) | st.sampled_from(("excused", "unknown"))


@given(st.lists(value, min_size=1, max_size=8), st.integers(0, 90000), st.integers(0, 90000))
@examples(60)
def test_a_lower_cap_never_raises_and_always_holds(values, one, other):
    low, high = sorted((one, other))
    history = [{"A": each} for each in values]
    found = [known(statements(judged(terms(cap=str(cap)), *history))) for cap in (low, high)]
    for less, more in zip(*found, strict=True):
        assert less.uncapped <= more.uncapped <= high
        assert less.uncapped <= low
