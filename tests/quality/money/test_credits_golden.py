"""The worked examples of public contract templates, computed by hand to the last cent."""

from dataclasses import replace
from datetime import date

import pytest

from quality.contract.ledger.effects import Noticed
from quality.money.statement import statement
from tests.quality.credit_cases import amounts, bills, contract, d, judged, known, statements

# ---------------------------------------------------------------- at-risk amount and pools

POOLS = contract("""\
charges:
  currency: USD
  amounts: [{from: 2026-01-01, amount: 100000}]
  at_risk: 10
  pools: [{name: quality, percent: 50}, {name: delivery, percent: 50}]
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, minimum: 8,
     pool: quality, allocation: 40, clause: "Exhibit B, 4.1"}
  - {id: B, class: critical, indicator: duplication.share, minimum: 5,
     pool: quality, allocation: 60}
  - {id: C, class: critical, indicator: errors.density, minimum: 1,
     pool: delivery, allocation: 100}
""")


def test_invoice_times_at_risk_times_pool_times_allocation():
    bill = bills(POOLS, {"A": d("9.5")})[0]  # 100,000 x 10 % x 50 % x 40 %
    (step,) = bill.steps
    assert (bill.charges, bill.at_risk_amount, bill.total) == (d("100000.00"), 10000, 2000)
    assert str(step.amount) == "2000.00"
    assert (step.value, step.limit, step.shortfall) == (d("9.5"), 8, d("1.5"))
    assert (step.allocation, step.pool_percent, step.rate, step.paid) == (40, 50, 20, 2000)
    assert step.explanation == (
        "A: 9.5 % is worse than the minimum of 8 % by 1.5 percentage points. At-risk amount "
        "USD 10,000.00 x pool quality 50 % x allocation 40 % = USD 2,000.00 (Exhibit B, 4.1)"
    )


def test_several_defaults_sum_up_to_the_at_risk_amount():
    bill = bills(POOLS, {"A": "failed", "B": "failed"})[0]  # 2,000 + 3,000
    assert (amounts(bill), bill.total) == ({"A": 2000, "B": 3000}, 5000)
    bill = bills(POOLS, {"A": "failed", "B": "failed", "C": "failed"})[0]  # + 5,000
    assert (bill.uncapped, bill.cap, bill.lapsed, bill.total) == (10000, 10000, 0, 10000)


# ---------------------------------------------------------------- the worked example

WORKED = """\
charges:
  currency: EUR
  amounts: [{from: 2026-01-01, amount: 200000}]
  at_risk: 12
  pool: 200
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     allocation: 60%A}
  - {id: B, class: critical, indicator: duplication.share, expected: 3, minimum: 5,
     allocation: 40%B}
  - {id: C, class: critical, indicator: tests.ratio, expected: 95, minimum: 90, allocation: 100}
credits:
  repeated: [{failures: 2, within: 4, multiplier: 1.5}]
%MORE"""


def worked(a: str = "", b: str = "", more: str = ""):
    text = WORKED.replace("%A", a).replace("%B", b).replace("%MORE", more)
    return contract(text)


# C: 46 of 55 is 83.6 %, failed; with 4 of the 55 tickets excused 46 of 51 is 90.2 %, met
HISTORY = ({"B": d("6")}, {"A": d("9"), "B": d("7.5"), "C": (46, 51)})


def test_the_worked_example_is_capped_and_4800_lapse():
    bill = bills(worked(), *HISTORY)[1]
    a, b = bill.steps
    assert (a.amount, a.multiplier) == (14400, 1)  # 24,000 x 60 %
    assert (b.amount, b.multiplier) == (14400, d("1.5"))  # 24,000 x 40 % x 1.5
    assert b.multiplier_reason == "2 failures within 4 periods: 2026-01, 2026-02"
    assert (bill.at_risk_amount, bill.uncapped, bill.cap) == (24000, 28800, 24000)
    assert (bill.lapsed, bill.total, bill.net) == (4800, 24000, 24000)
    assert (a.paid, b.paid) == (12000, 12000)


def test_without_the_excusal_c_would_have_failed():
    bill = bills(worked(), HISTORY[0], {**HISTORY[1], "C": (46, 55)})[1]
    assert amounts(bill) == {"A": 14400, "B": 14400, "C": 24000}
    assert (bill.lapsed, bill.total) == (28800, 24000)


@pytest.mark.parametrize("by", ["the contract's group", "the ledger"])
def test_one_event_is_charged_once_the_highest(by):
    more = "  single_event: highest\n"
    if by == "the ledger":
        of = worked(more=more)
        history = judged(of, *HISTORY)
        history[1] = replace(history[1], notices=Noticed(events=(("EV-7", ("A", "B")),)))
        bill = known(statements(history))[1]
    else:
        bill = bills(worked(", event_group: EV-7", ", event_group: EV-7", more), *HISTORY)[1]
    assert (bill.uncapped, bill.lapsed, bill.total) == (14400, 0, 14400)
    assert [(s.amount, s.charged, s.instead) for s in bill.steps] == [
        (14400, 14400, ""),
        (14400, 0, "A"),
    ]
    assert bill.steps[1].explanation.endswith("the same event (EV-7) is charged once, as A")


def test_earnback_returns_the_paid_share_after_the_cap():
    of = worked(more="  earnback: {periods: 2}\n")
    history = (*HISTORY, {"B": "failed"}, {"B": "failed"})  # A meets expected twice
    bill = bills(of, *history)[3]
    (earnback,) = bill.earnbacks
    assert (earnback.service_level, earnback.period, earnback.amount) == ("A", "2026-02", 12000)
    assert earnback.met_in == ("2026-03", "2026-04")
    assert (bill.total, bill.returned, bill.net) == (14400, 12000, 2400)
    assert not bills(of, *history, {})[4].earnbacks  # it returns once


# ---------------------------------------------------------------- service points

POINTS = contract("""\
charges:
  currency: GBP
  amounts: [{from: 2026-01-01, amount: 100000}, {from: 2026-03-01, amount: 110000}]
service_levels:
  - id: A
    class: critical
    indicator: tests.ratio
    minimum: 99
    credit:
      kind: points
      decimals: 1
      steps:
        - {worse_than: 99, severity: minor}             # 98.0-98.9
        - {worse_than: 98, severity: serious}           # 97.0-97.9
        - {worse_than: 97, severity: severe}            # 96.0-96.9
        - {worse_than: 96, severity: below_threshold}
credits:
  points:
    of: next_period
    table:
      - {points: 5, percent: 0}
      - {points: 10, percent: 2}
      - {points: 15, percent: 4}
      - {points: 20, percent: 6}
      - {points: 25, percent: 8}
      - {points: 30, percent: 10}
""")


def test_service_points_by_band_and_repeats_double():
    three = bills(POINTS, {"A": d("96.5")}, {"A": d("98.5")}, {"A": d("96.5")})
    assert [bill.points_total for bill in three] == [3, 2, 6]
    assert [bill.points[0].severity for bill in three] == ["severe", "minor", "severe"]
    assert [bill.points[0].multiplier for bill in three] == [1, 2, 2]
    assert three[1].points[0].multiplier_reason == "also failed in 2026-01"


@pytest.mark.parametrize(
    ("value", "points"),
    [
        ("98.9", 1), ("98.0", 1), ("97.9", 2), ("97.0", 2), ("96.9", 3), ("96.0", 3), ("95.9", 4),
        ("97.96", 1), ("97.94", 2),  # rounded to one decimal first
    ],
)  # fmt: skip
def test_the_bands_hold_to_their_ends(value, points):
    assert bills(POINTS, {"A": d(value)})[0].points_total == points


@pytest.mark.parametrize(
    ("points", "percent"),
    [
        (0, 0), (5, 0), (9, 0), (10, 2), (14, 2), (15, 4), (20, 6), (25, 8), (29, 8), (30, 10),
        (99, 10),
    ],
)  # fmt: skip
def test_the_points_ladder_takes_its_share_of_the_next_bill(points, percent):
    if points:
        steps = f"steps: [{{worse_than: 99, points: {points}}}]"
        levels = f"[{{id: A, class: critical, indicator: tests.ratio, minimum: 99, credit: {{kind: points, {steps}}}}}]"  # noqa: E501
    else:
        levels = "[{id: A, class: critical, indicator: tests.ratio, minimum: 99}]"
    table = "[{points: 5, percent: 0}, {points: 10, percent: 2}, {points: 15, percent: 4}, {points: 20, percent: 6}, {points: 25, percent: 8}, {points: 30, percent: 10}]"  # noqa: E501
    of = contract(f"""\
charges:
  currency: GBP
  amounts: [{{from: 2026-01-01, amount: 100000}}, {{from: 2026-02-01, amount: 110000}}]
service_levels: {levels}
credits: {{points: {{of: next_period, table: {table}}}}}
""")
    bill = bills(of, {"A": "failed"})[0]
    assert bill.total == 1100 * percent  # of February's 110,000
    if points:
        assert bill.steps[0].service_level == ""


# ---------------------------------------------------------------- graded credits


def graded(credit: str, minimum: str, currency: str = "USD", amount: str = "10000"):
    return contract(f"""\
charges: {{currency: {currency}, amounts: [{{from: 2026-01-01, amount: {amount}}}]}}
service_levels:
  - {{id: A, class: critical, indicator: tests.ratio, minimum: {minimum}, credit: {credit}}}
""")


def test_credit_is_target_minus_actual():
    bill = bills(graded("{kind: target_minus_actual}", "98"), {"A": d("75")})[0]
    assert (bill.steps[0].rate, bill.total) == (23, 2300)
    assert bill.steps[0].explanation == (
        "A: 75 % is worse than the expected value of 98 % by 23 percentage points. Charges "
        "USD 10,000.00 x 23 % (shortfall 23 x 1 %) = USD 2,300.00"
    )


def test_each_full_percentage_point_or_each_started_one():
    rule = "{kind: target_minus_actual, decimals: 0, round: %s, factor: 0.5}"
    assert bills(graded(rule % "down", "98"), {"A": d("75.2")})[0].total == 1100  # 22 x 0.5 %
    assert bills(graded(rule % "up", "98"), {"A": d("75.2")})[0].total == 1150  # 23 x 0.5 %


AVAILABILITY = """{kind: ladder, steps: [{worse_than: 99.9, percent: 5},
     {worse_than: 99.0, percent: 10}, {worse_than: 95.0, percent: 25}]}"""


@pytest.mark.parametrize(
    ("value", "credit"),
    [
        ("99.95", 0), ("99.9", 0), ("99.899999", 500), ("99", 500), ("98.99", 1000), ("95", 1000),
        ("94.99", 2500), ("0", 2500),
    ],
)  # fmt: skip
def test_the_availability_ladder(value, credit):
    assert bills(graded(AVAILABILITY, "99.9"), {"A": d(value)})[0].total == credit


def test_a_ladder_by_shortfall():
    steps = "[{shortfall_over: 0, percent: 2}, {shortfall_over: 1, percent: 4}, {shortfall_over: 5, amount: 5000}]"  # noqa: E501
    of = graded(f"{{kind: ladder, steps: {steps}}}", "98")
    totals = [bills(of, {"A": d(v)})[0].total for v in ("97.5", "97", "96.99", "93", "92")]
    assert totals == [200, 200, 400, 400, 5000]


def test_a_fixed_amount_is_capped_by_the_charges():
    assert bills(graded("{kind: fixed, amount: 750.25}", "98"), {"A": "failed"})[0].total == d(
        "750.25"
    )
    bill = bills(graded("{kind: fixed, amount: 12000}", "98"), {"A": "failed"})[0]
    assert (bill.uncapped, bill.total, bill.lapsed) == (12000, 10000, 2000)


@pytest.mark.parametrize(
    ("currency", "amount", "credit"),
    [
        ("JPY", "1234567", "41152"),
        ("EUR", "1234567.89", "41151.85"),
        ("KWD", "1234567.891", "41151.852"),
    ],
)
def test_amounts_are_rounded_to_the_currencys_minor_unit(currency, amount, credit):
    rule = "{kind: target_minus_actual, factor: 3.3333}"
    bill = bills(graded(rule, "98", currency, amount), {"A": d("97")})[0]
    assert str(bill.total) == credit  # 1,234,567.89... x 3.3333 %, half up


# ---------------------------------------------------------------- consequences

CHRONIC = contract("""\
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8}
consequences:
  - {kind: rectification_plan, failures: 2, of: 4, due_days: 30, text: Send a plan., clause: "7.1"}
  - {kind: termination, failures: 3, of: 4, below: expected, text: The customer may terminate.}
clauses:
  - {title: Indemnification, text: Hold harmless., applies_to: [termination]}
  - {title: Sole remedy, text: Credits are no penalty.}
""")


def test_consequences_are_due_with_their_clauses():
    first, second, third, fourth, fifth = bills(
        CHRONIC, {"A": "failed"}, {}, {"A": "failed"}, {"A": "below_expected"}, {}
    )
    assert (first.consequences, second.consequences, fifth.consequences) == ((), (), ())
    (plan,) = third.consequences
    assert (plan.kind, plan.service_level, plan.due) == (
        "rectification_plan",
        "A",
        date(2026, 4, 30),
    )
    assert (plan.text, plan.clause) == ("Send a plan.", "7.1")
    assert plan.why == "2 failures worse than minimum within 4 periods: 2026-01, 2026-03"
    assert [each.kind for each in fourth.consequences] == ["termination"]
    assert [each.title for each in fourth.clauses] == ["Indemnification", "Sole remedy"]
    assert [each.title for each in third.clauses] == ["Sole remedy"]
    assert not third.has_money
    assert third.total == 0


def test_no_terms_no_statement():
    of = CHRONIC.model_copy(update={"consequences": (), "clauses": ()})
    assert not of.has_terms
    assert statement(judged(of, {"A": "failed"}), ()) is None


def test_a_clause_is_shown_with_its_rate_and_changes_no_amount():
    of = contract("""\
charges: {currency: EUR, at_risk: 12, amounts: [{from: 2026-01-01, amount: 200000}]}
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, minimum: 8,
     allocation: 60}
clauses:
  - {title: Value added tax, rate: 19, text: Credits are net of tax.}
  - {title: Set-off, text: With the next invoice., applies_to: [A]}
  - {title: No interest, rate: 0, text: None is due.}
""")
    (bill,) = bills(of, {"A": "failed"})
    assert (bill.total, bill.net) == (14400, 14400)
    assert [(each.title, each.why) for each in bill.clauses] == [
        ("Value added tax, 19 %", "applies always"),
        ("Set-off", "A is failed"),
        ("No interest, 0 %", "applies always"),
    ]
