"""What lapses above the cap and is charged later, and points credits that are earned back."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from hypothesis import given

from quality.contract.checks.dead_terms import dead_terms
from reports.scorecard import csv as table
from reports.scorecard import terminal
from reports.scorecard.words import invoice
from tests.examples import examples
from tests.quality.credit_cases import bills, contract, d
from tests.quality.money import drawn, played
from tests.quality.money.ledgers_drawn import family
from tests.reports import money_samples

TERMS = """\
charges: {currency: EUR, at_risk: 12, pool: 200, amounts: [{from: 2026-01-01, amount: 200000}]%s}
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     allocation: 60}
  - {id: B, class: critical, indicator: duplication.share, expected: 3, minimum: 5, allocation: 60}
credits: {%s}
"""
BOTH, ONE, NONE = {"A": "failed", "B": "failed"}, {"A": "failed"}, {}


def totals(credits: str, *values, caps: str = "") -> list[Decimal]:
    found = bills(contract(TERMS % (caps, credits), "quarter"), *values)
    for bill in found:
        cut = bill.annual.lapsed if bill.annual else 0
        assert bill.uncapped - bill.lapsed - cut + bill.carried_over == bill.total
    return [bill.total for bill in found]


def test_the_guides_example_of_a_carry_over():
    """14,400 twice is 28,800: 4,800 lapse above 24,000, and are charged beside the next 14,400."""
    assert totals("carry_over: {periods: 1}", BOTH, ONE) == [24000, 19200]
    assert totals("single_event: each", BOTH, ONE) == [24000, 14400]


def test_there_must_be_room_and_time():
    # no room in Q2, which itself lapses; in Q3 the older lapse comes first, of one period ago only
    assert totals("carry_over: {periods: 1}", BOTH, BOTH, NONE, NONE) == [24000, 24000, 4800, 0]
    assert totals("carry_over: {periods: 2}", BOTH, BOTH, NONE, NONE) == [24000, 24000, 9600, 0]
    # 9,600 of room beside A's 14,400
    assert totals("carry_over: {periods: 3}", BOTH, BOTH, BOTH, ONE) == [24000] * 4


def test_the_years_cap_holds_and_what_it_cuts_off_is_not_carried():
    """A year's cap of 26,000: 2,000 of the 4,800 find room; 14,400 are cut off, and not carried."""
    caps = ", annual_cap_amount: 26000"
    credits = "carry_over: {periods: 4}"
    assert totals(credits, BOTH, NONE, ONE, NONE, NONE, caps=caps) == [24000, 2000, 0, 0, 2800]


def test_the_statement_names_the_lapse():
    *_, bill = bills(contract(TERMS % ("", "carry_over: {periods: 1}"), "quarter"), BOTH, ONE)
    assert [each.explanation for each in bill.carried] == [
        "EUR 4,800.00 lapsed above the cap of 2026-Q1, of which EUR 4,800.00 are left; EUR "
        "4,800.00 are charged now"
    ]
    made = money_samples.worked(credits=bill, past=())
    lines = [(each.title, each.amount.replace("\u00a0", " ")) for each in invoice.lines(made)]
    assert ("Carried over from 2026-Q1", "EUR 4,800.00") in lines
    assert bill.carried[0].explanation in terminal.render([made])
    rows = list(csv.DictReader(io.StringIO(table.render([made]))))
    carried = [row for row in rows if row["name"] == "Carried over from 2026-Q1"]
    assert [(row["credit_paid"], row["period_credit"]) for row in carried] == [
        ("4800.00", "19200.00")
    ]


POINTS = """\
charges: {currency: EUR, amounts: [{from: 2026-01-01, amount: 100000}]}
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     credit: {kind: points, steps: [{worse_than: 8, points: 3}]}}
  - {id: B, class: critical, indicator: duplication.share, expected: 3, minimum: 5,
     credit: {kind: points, steps: [{worse_than: 5, points: 2}]}}
  - {id: C, class: critical, indicator: tests.ratio, expected: 60, minimum: 40,
     credit: {kind: points, steps: [{worse_than: 40, points: 1}]}}
credits: {points: {percent_per_point: 1}, earnback: {%s}}
"""


def returned(rule: str, *values) -> list[Decimal]:
    return [bill.returned for bill in bills(contract(POINTS % rule, "quarter"), *values)]


def test_the_guides_example_of_points_earned_back():
    """5 points cost 5,000; A and B both meet expected in Q2 and Q3. That C fails is not theirs."""
    both = {"A": "failed", "B": "failed"}
    c = {"C": "failed"}
    assert returned("periods: 2, points: true", both, c, {}) == [0, 0, 5000]
    assert returned("periods: 2", both, {}, {}) == [0, 0, 0]
    assert returned("periods: 2, points: true", both, {"B": "below_expected"}, {}, {}) == [0] * 4
    passed = {"A": "excused", "B": "excused"}
    assert returned("periods: 2, points: true", both, {}, passed, {}) == [0, 0, 0, 5000]
    assert returned("periods: 2, points: true", both, {}, {"A": "excused"}, {}) == [0, 0, 5000, 0]


def test_points_are_earned_back_by_the_year_where_each_level_does():
    rule = "by: yearly_average, points: true"
    good = {"A": d("0"), "B": d("0")}
    assert returned(rule, {"A": d("9"), "B": d("6")}, good, good, good) == [0, 0, 0, 5000]
    bad = {"A": d("0"), "B": d("5")}
    assert returned(rule, {"A": d("9"), "B": d("6")}, bad, bad, bad) == [0] * 4


def test_dead_terms():
    text = TERMS.replace("allocation: 60", "allocation: 50") % ("", "carry_over: {periods: 1}")
    places = [".".join(map(str, place)) for place, _ in dead_terms(contract(text, "quarter"))]
    assert "credits.carry_over" in places
    text = TERMS % ("", "earnback: {periods: 1, points: true}")
    places = [".".join(map(str, place)) for place, _ in dead_terms(contract(text, "quarter"))]
    assert "credits.earnback.points" in places


@given(drawn.contracts(), played.rows)
@examples(30)
def test_no_lapse_is_charged_twice(texts, values):
    found = [each.credits for each in played.evaluated(family(texts), values) if each.credits]
    for bill in found:
        charged = [each.amount for later in found for each in later.carried
                   if each.period == bill.period]  # fmt: skip
        assert sum(charged, Decimal(0)) <= bill.lapsed
        assert bill.total <= bill.cap
