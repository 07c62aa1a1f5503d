"""The rules of repeating, earning back, bonus, improvement and amendment, one by one."""

from dataclasses import replace

import pytest

from quality.model.verdict import Measured, RepositoryValue
from quality.money.history import PeriodVerdicts
from quality.money.improvement import in_force
from tests.quality.credit_cases import amounts, bills, contract, d, judged, known, statements

CHARGES = """\
charges: {currency: EUR, at_risk: 10, pool: 200, amounts: [{from: 2026-01-01, amount: 100000}]}
"""
A = """\
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     allocation: 10}
"""
F, M, B, E, U = ({"A": each} for each in ("failed", "met", "below_expected", "excused", "unknown"))


def multipliers(credits: str, *values) -> list:
    of = contract(CHARGES + A + credits)
    return [bill.steps[0].multiplier if bill.steps else 0 for bill in bills(of, *values)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((F, F, F, F), [1, d("1.5"), 2, 2]),
        ((F, M, F, F), [1, 0, 1, d("1.5")]),
        ((F, B, F, F), [1, 0, 1, d("1.5")]),
        ((F, E, F, F), [1, 0, 1, d("1.5")]),  # what is excused is no failure: the run ends
        ((F, U, F, F), [1, 0, d("1.5"), 2]),  # what is unknown is passed over
    ],
)
def test_failures_in_a_row(values, expected):
    row = "{failures: 2, multiplier: 1.5}, {failures: 3, multiplier: 2}"
    assert multipliers(f"credits: {{consecutive: [{row}]}}\n", *values) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((F, M, F), [1, 0, 3]),
        ((F, M, M, F), [1, 0, 0, 1]),
        ((F, E, M, F), [1, 0, 0, 1]),  # an excused period takes a place in the window
        ((F, U, M, F), [1, 0, 0, 3]),  # an unknown one does not
    ],
)
def test_failures_in_a_window(values, expected):
    window = "{failures: 2, within: 3, multiplier: 3}"
    assert multipliers(f"credits: {{repeated: [{window}]}}\n", *values) == expected


def test_the_highest_multiplier_counts_not_the_product():
    rules = "consecutive: [{failures: 2, multiplier: 1.5}], repeated: [{failures: 2, within: 4, multiplier: 2}]"  # noqa: E501
    assert multipliers(f"credits: {{{rules}}}\n", F, F) == [1, 2]


@pytest.mark.parametrize(
    ("values", "returned"),
    [
        ((F, M, M, M), [0, 0, 1000, 0]),
        ((F, M, B, M, M), [0, 0, 0, 0, 0]),
        ((F, M, U, M, M), [0, 0, 0, 0, 0]),  # unknown does not prove that expected was met
        ((F, M, E, M), [0, 0, 0, 1000]),  # excused is passed over
        ((F, F, M, M), [0, 0, 0, 1000]),  # only the second one: the first was followed by a failure
    ],
)
def test_earning_back(values, returned):
    of = contract(CHARGES + A + "credits: {earnback: {periods: 2}}\n")
    assert [bill.returned for bill in bills(of, *values)] == returned


def test_a_part_is_earned_back_and_net_may_be_negative():
    of = contract(CHARGES + A + "credits: {earnback: {periods: 1, share: 33.333}}\n")
    back = bills(of, F, M)[1]
    assert (back.total, back.returned, back.net) == (0, d("333.33"), d("-333.33"))
    assert back.earnbacks[0].explanation == (
        "A: expected was met in 2026-02, so 33.333 % of the EUR 1,000.00 paid for 2026-01 return "
        "= EUR 333.33"
    )


def test_what_is_unknown_is_named_and_costs_nothing():
    (bill,) = bills(contract(CHARGES + A), U)
    assert (bill.total, bill.steps, bill.unknown) == (0, (), ("A",))
    later = bills(contract(CHARGES + A), U, M)[1]
    assert (later.unknown, later.unknown_before) == ((), ("2026-01",))


BONUS = (
    CHARGES
    + """\
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     allocation: 10}
  - {id: B, class: critical, indicator: tests.ratio, expected: 60, minimum: 40, allocation: 10,
     bonus: {better_than: 90, percent: 0.5}}
"""
)


def test_a_bonus_stands_beside_the_credit_unless_the_contract_lets_it_offset():
    values = {"A": "failed", "B": d("90.1")}
    (beside,) = bills(contract(BONUS), values)
    assert (beside.total, beside.bonus_due, beside.offset) == (1000, 500, 0)
    (offset,) = bills(contract(BONUS + "credits: {bonus_offsets: true}\n"), values)
    assert (offset.total, offset.bonus_due, offset.offset) == (500, 0, 500)
    assert offset.steps[0].paid == 500  # what an earnback could return
    (at_the_limit,) = bills(contract(BONUS), {"B": d("90")})
    assert at_the_limit.bonuses == ()


def test_each_repository_is_priced_by_the_worst():
    of = contract(
        CHARGES
        + """\
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     scope: each-repository, credit: {kind: target_minus_actual, target: minimum}}
"""
    )
    (period,) = judged(of, {"A": d("10")})
    (verdict,) = period.verdicts
    parts = tuple(
        RepositoryValue(name, Measured(n, 100, 100), "failed") for name, n in (("a", 3), ("b", 12))
    )
    bill = statements([PeriodVerdicts(period.period, of, (replace(verdict, repositories=parts),))])
    assert known(bill)[0].steps[0].value == 12
    assert known(bill)[0].total == 4000  # 12 - 8 = 4 % of 100,000


UNMEASURED = """\
service_levels:
  - {{id: A, class: critical, indicator: {indicator}, expected: {expected}, minimum: {minimum},
     {credit}}}
"""


@pytest.mark.parametrize(
    ("indicator", "limits", "credit", "total"),
    [
        ("duplication.share", (3, 5), "credit: {kind: fixed, amount: 700}", 700),
        # the last step, although nobody knows by how much it was missed
        ("duplication.share", (3, 5), "credit: {kind: ladder, steps: [{worse_than: 5, percent: 1}, "
         "{worse_than: 50, percent: 4}]}", 4000),
        # 100 % duplicated is 97 over 3; no test at all is 60 under 60
        ("duplication.share", (3, 5), "credit: {kind: target_minus_actual, factor: 0.5}", 48500),
        ("tests.ratio", (60, 40), "credit: {kind: target_minus_actual}", 60000),
        # no density is the worst: the whole base, which the cap then bounds
        ("errors.density", (1, 2), "credit: {kind: target_minus_actual}", 100000),
    ],
)  # fmt: skip
def test_a_failure_without_a_value_costs_what_the_worst_value_would(
    indicator, limits, credit, total
):
    of = contract(CHARGES + UNMEASURED.format(
        indicator=indicator, expected=limits[0], minimum=limits[1], credit=credit
    ))  # fmt: skip
    (period,) = judged(of, {"A": "failed"})
    (verdict,) = period.verdicts
    lost = replace(verdict, measured=None, reason="nothing could be read")
    (bill,) = known(statements([PeriodVerdicts(period.period, of, (lost,))]))
    assert (bill.steps[0].amount, bill.steps[0].value) == (total, None)
    assert bill.steps[0].explanation.startswith(
        "A: nothing could be read. Without a value it costs what the worst one would. "
    )


def test_points_of_a_failure_without_a_value_are_those_of_the_last_step():
    of = contract(CHARGES + UNMEASURED.format(
        indicator="duplication.share", expected=3, minimum=5,
        credit="credit: {kind: points, steps: [{worse_than: 5, severity: minor}, "
        "{worse_than: 50, points: 9}]}",
    ))  # fmt: skip
    (period,) = judged(of, {"A": "failed"})
    lost = replace(period.verdicts[0], measured=None)
    (bill,) = known(statements([PeriodVerdicts(period.period, of, (lost,))]))
    assert bill.points_total == 9


def test_a_repository_without_a_value_is_the_worst():
    of = contract(
        CHARGES
        + """\
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     scope: each-repository, credit: {kind: target_minus_actual, target: minimum}}
"""
    )
    (period,) = judged(of, {"A": d("10")})
    parts = (
        RepositoryValue("a", Measured(3, 100, 100), "met"), RepositoryValue("b", None, "failed")
    )  # fmt: skip
    lost = replace(period.verdicts[0], repositories=parts)
    (bill,) = known(statements([PeriodVerdicts(period.period, of, (lost,))]))
    assert (bill.steps[0].value, bill.steps[0].amount) == (None, 92000)  # 100 - 8 = 92 %


# ---------------------------------------------------------------- continuous improvement


def improved(rule: str, level: str, *values):
    of = contract(f"{CHARGES}service_levels: [{level}]\ncontinuous_improvement: {rule}\n")
    (first,) = of.service_levels
    return in_force(of, first, judged(of, *values)).expected


HIGH = "{id: A, class: critical, indicator: tests.ratio, expected: 90, minimum: 80}"
LOW = (
    "{id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8}"
)


def test_expected_moves_to_the_average_within_its_bound():
    two = ({"A": d("90.2")}, {"A": d("90.6")})
    assert improved("{every: 2, at_most: 10}", HIGH, *two) == d("90.4")  # bound: 10 % of 10 = 91
    far = ({"A": d("97")}, {"A": d("99")})
    assert improved("{every: 2, at_most: 10}", HIGH, *far) == 91
    assert improved("{every: 2, at_most: 10}", HIGH, *far, *far) == d("91.9")
    assert improved("{every: 2, at_most: 10}", HIGH, far[0]) == 90  # the block is not complete
    assert improved("{every: 2, at_most: 10, best: 1}", HIGH, *two) == d("90.6")
    worse = ({"A": d("85")}, {"A": d("70")})
    assert improved("{every: 2, at_most: 10}", HIGH, *worse) == 90  # never back
    low = ({"A": d("4")}, {"A": d("4.85")})
    assert improved("{every: 2, at_most: 100}", LOW, *low) == d("4.43")  # 4.425, to his favour
    assert improved("{every: 2, at_most: 4}", LOW, *low) == d("4.8")
    assert improved("{every: 2}", LOW, {"A": "unknown"}, {"A": "excused"}) == 5


def test_the_statement_says_what_moved():
    of = contract(f"{CHARGES}service_levels: [{HIGH}]\ncontinuous_improvement: {{every: 1}}\n")
    first, second = bills(of, {"A": d("90.3")}, {})
    assert first.improved == ()
    assert second.improved[0].explanation == (
        "A: the average of 2026-01 to 2026-01 was 90.3 %, so expected moves from 90 % to 90.3 % "
        "(at most 10 % of the distance to 100)"
    )


# ---------------------------------------------------------------- consequences

TRIGGERS = (
    CHARGES
    + """\
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     allocation: 100}
  - {id: B, class: critical, indicator: tests.ratio, minimum: 99,
     credit: {kind: points, steps: [{worse_than: 99, points: 5}]}}
consequences:
  - {kind: step_in, credits: 10, of: 2, text: Step in.}
  - {kind: termination, points: 15, of: 2, text: Terminate.}
  - {kind: notice, failures: 3, of: 2, across: true, text: Talk.}
"""
)


def test_triggers_by_credits_points_and_across_service_levels():
    of = contract(TRIGGERS)
    both = {"A": "failed", "B": "failed"}
    first, second, third = bills(of, both, both, {})
    assert (
        first.consequences == ()
    )  # 10,000 are 10 % of one month's 100,000, and 5 % of two months'
    assert [c.kind for c in second.consequences] == ["step_in", "termination", "notice"]
    assert [c.why for c in second.consequences] == [
        "credits of EUR 20,000.00 in 2026-01 to 2026-02 reach 10 % of the charges of "
        "EUR 200,000.00",
        "15 service points in 2026-01 to 2026-02",  # 5, then 5 doubled
        "4 failures worse than minimum within 2 periods: A in 2026-01, A in 2026-02, "
        "B in 2026-01, B in 2026-02",
    ]
    assert third.consequences == ()
    assert amounts(first) == {"A": 10000}  # points without a price


# ---------------------------------------------------------------- amendments


def test_each_period_is_judged_by_the_contract_in_force():
    old = contract(CHARGES + A)
    new = contract(CHARGES.replace("100000", "200000") + A)
    history = [replace(each, contract=of) for each, of in
               zip(judged(old, F, F), (old, new), strict=True)]  # fmt: skip
    assert [bill.total for bill in known(statements(history))] == [1000, 2000]


def test_a_year_that_is_amended_is_capped_by_what_was_billed():
    capped = CHARGES.replace("pool: 200", "pool: 200, annual_cap: 1")
    old = contract(capped + A)
    new = contract(
        capped.replace("from: 2026-01-01, amount: 100000", "from: 2026-01-01, amount: 200000") + A
    )
    history = [replace(each, contract=of) for each, of in
               zip(judged(old, F, F), (old, new), strict=True)]  # fmt: skip
    first, second = known(statements(history))
    assert first.annual
    assert second.annual
    assert (first.annual.cap, second.annual.cap) == (12000, 23000)  # 1 % of 100,000 + 11 x 200,000
