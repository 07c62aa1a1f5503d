"""Grace and suspension: judged as ever, and free."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.contract.contract import Contract
from quality.contract.incentives.clauses import incentives
from quality.contract.sections.terms import Improvement
from quality.contract.text.problem import ContractError
from quality.money.improvement import in_force
from reports.scorecard import terminal
from reports.scorecard.words import invoice
from tests.examples import examples
from tests.quality.credit_cases import bills, contract, d, judged, known, statements
from tests.reports import money_samples

TERMS = """\
charges: {currency: EUR, at_risk: 12, amounts: [{from: 2026-01-01, amount: 200000}]}
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     allocation: 60%s}
  - {id: B, class: critical, indicator: duplication.share, expected: 3, minimum: 5, allocation: 40}
credits:
  repeated: [{failures: 2, within: 4, multiplier: 1.5}]
  earnback: {periods: 2}
consequences:
  - {kind: notice, failures: 2, of: 4, service_levels: [A], text: Tell us.}
"""
F = {"A": "failed"}


def terms(more: str = "") -> Contract:
    return contract(TERMS % more, period="quarter")


def totals(more: str, *values) -> list[Decimal]:
    return [bill.total for bill in bills(terms(more), *values)]


def test_the_guides_example_of_grace():
    """24,000 at risk x 60 %; the failures in grace are none in the window of the multiplier."""
    assert totals(", grace: 2", F, F, F, F) == [0, 0, 14400, 21600]
    assert totals("", F, F, F) == [14400, 21600, 21600]


def test_the_statement_says_why_nothing_is_charged():
    first, second, third = bills(terms(", grace: 2"), F, {"A": "unknown"}, F)
    assert [each.explanation for each in first.eased] == [
        "A: in grace, period 1 of 2: no credit, and no failure"
    ]
    assert [each.explanation for each in second.eased] == [
        "A: in grace, period 2 of 2: no credit, and no failure"
    ]
    assert second.unknown == third.eased == ()
    made = money_samples.worked(credits=first)
    lines = [(line.about, line.amount.replace("\u00a0", " ")) for line in invoice.lines(made)]
    assert ("A", "EUR 0.00") in lines
    assert "A: in grace, period 1 of 2: no credit, and no failure\n" in terminal.render([made])


def test_no_consequence_follows_from_a_failure_in_grace():
    *_, third, fourth = bills(terms(", grace: 2"), F, F, F, F)
    assert third.consequences == ()
    assert [each.why for each in fourth.consequences] == [
        "2 failures worse than minimum within 4 periods: 2026-Q3, 2026-Q4"
    ]


def test_a_suspension_takes_whole_periods():
    pause = ", suspended: [{from: 2026-04-01, to: 2026-09-30, clause: '4.2'}]"
    first, second, third, fourth = bills(terms(pause), F, F, F, F)
    assert [bill.total for bill in (first, second, third)] == [14400, 0, 0]
    assert fourth.total == 21600  # Q1 lies within the last four
    assert second.eased[0].explanation == (
        "A: suspended from 2026-04-01 to 2026-09-30 (4.2): no credit, and no failure"
    )


def test_an_earnback_passes_over_a_suspension():
    """Failed in Q1, met in Q2, set aside in Q3, met in Q4: two periods in which it counted."""
    pause = ", suspended: [{from: 2026-07-01, to: 2026-09-30}]"
    found = bills(terms(pause), F, {}, F, {})
    assert [bill.returned for bill in found] == [0, 0, 0, 14400]


@pytest.mark.parametrize(
    ("pause", "line"),
    [
        ("{from: 2026-04-02, to: 2026-06-30}", "suspended[0].from: 2026-04-02 is not the first day "
         "of a period: whole periods are suspended; did you mean 2026-04-01?"),
        ("{from: 2026-04-01, to: 2026-06-29}", "suspended[0].to: 2026-06-29 is not the last day of "
         "a period: whole periods are suspended; did you mean 2026-06-30?"),
        ("{from: 2026-07-01, to: 2026-06-30}", "suspended[0].to: 2026-06-30 lies before "
         "2026-07-01: swap them"),
    ],
)  # fmt: skip
def test_a_suspension_by_halves_is_refused(pause, line):
    with pytest.raises(ContractError) as caught:
        terms(f", suspended: [{pause}]")
    assert str(caught.value).endswith(f"service_levels[0].{line}")


def test_relief_does_not_raise_what_is_expected_later():
    """(9 + 3) / 2 = 6 is no better than 5; without the 9 it would be 3, and expected would move."""
    of = terms()
    bare = judged(of, {"A": d("9")}, {"A": d("3")})
    excused = replace(bare[0].verdicts[0], outcome="excused", measured=None)
    relieved = replace(excused, without=bare[0].verdicts[0])
    rule = Improvement(every=2, at_most=d("100"))
    improving = of.model_copy(update={"continuous_improvement": rule})
    first = replace(bare[0], verdicts=(relieved, *bare[0].verdicts[1:]))
    for earlier in (bare, [first, bare[1]]):
        assert in_force(improving, of.service_levels[0], earlier).expected == 5


def test_free_periods_reward_bad_conduct():
    more = ", grace: 1, suspended: [{from: 2026-04-01, to: 2026-06-30}]"
    found = [each.location for each in incentives(terms(more))]
    assert ("service_levels", 0, "grace") in found
    assert ("service_levels", 0, "suspended") in found


value = st.integers(0, 20).map(Decimal) | st.sampled_from(("excused", "unknown"))
history = st.lists(st.fixed_dictionaries({"A": value, "B": value}), min_size=1, max_size=10)


@given(history, st.integers(1, 6), st.integers(0, 3))
@examples(60)
def test_more_grace_never_raises_a_credit(values, grace, more):
    found = [
        known(statements(judged(terms(f", grace: {periods}"), *values)))
        for periods in (grace, grace + more)
    ]
    free = known(statements(judged(terms(), *values)))
    for plain, less, least in zip(free, *found, strict=True):
        assert least.uncapped <= less.uncapped <= plain.uncapped
        assert least.total <= least.cap


@given(history)
@examples(40)
def test_a_suspension_never_raises_a_credit_and_leaves_the_other_level_alone(values):
    pause = ", suspended: [{from: 2026-04-01, to: 2026-12-31}]"
    with_it = known(statements(judged(terms(pause), *values)))
    without = known(statements(judged(terms(), *values)))
    for number, (eased, plain) in enumerate(zip(with_it, without, strict=True)):
        assert eased.uncapped <= plain.uncapped
        theirs = [s.charged for s in plain.steps if s.service_level == "B"]
        assert [s.charged for s in eased.steps if s.service_level == "B"] == theirs
        if 1 <= number <= 3:
            assert eased.step("A") is None


@given(history, st.integers(0, 9))
@examples(40)
def test_an_excusal_in_grace_never_harms(values, number):
    number %= len(values)
    excused = [{**each, "A": "excused"} if n == number else each for n, each in enumerate(values)]
    of = terms(", grace: 2")
    before = known(statements(judged(of, *values)))
    after = known(statements(judged(of, *excused)))
    assert all(x.uncapped <= y.uncapped for x, y in zip(after, before, strict=True))
    assert d("0") <= after[0].total
