"""What holds for every contract and every history: caps, order, and who gains by what."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from quality.model.amounts import rounded, shares
from tests.examples import examples
from tests.quality.credit_cases import contract, judged, known, statements

LEVELS = ("A", "B", "C", "D", "E")
TEXT = """\
charges:
  currency: EUR
  amounts: [{from: 2026-01-01, amount: 99999.97}, {from: 2026-05-01, amount: 123456.78}]
  at_risk: 12.5
  pool: 250
  annual_cap: 7
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 20, minimum: 40,
     allocation: 60.3, event_group: E1}
  - {id: B, class: critical, indicator: duplication.share, expected: 20, minimum: 40,
     allocation: 90.9, event_group: E1}
  - {id: C, class: critical, indicator: errors.density, expected: 20, minimum: 40,
     credit: {kind: ladder, steps: [{worse_than: 40, percent: 1}, {worse_than: 60, percent: 3.3}]}}
  - {id: D, class: critical, indicator: tests.ratio, expected: 80, minimum: 60,
     credit: {kind: target_minus_actual, factor: 0.1, of: charges, target: minimum}}
  - {id: E, class: critical, indicator: measured.share, expected: 80, minimum: 60,
     credit: {kind: points, steps: [{worse_than: 60, severity: minor},
                                    {worse_than: 40, severity: severe}]}}
credits:
  consecutive: [{failures: 2, multiplier: 1.25}, {failures: 3, multiplier: 2}]
  repeated: [{failures: 2, within: 5, multiplier: 1.5}]
  single_event: highest
  earnback: {periods: 2, share: 50}
  points: {percent_per_point: 1.1, of: this_period}
"""
OF = contract(TEXT)
value = st.integers(0, 100).map(Decimal) | st.sampled_from(("excused", "unknown"))
history = st.lists(st.fixed_dictionaries(dict.fromkeys(LEVELS, value)), min_size=1, max_size=14)


@given(history)
@examples(60)
def test_credits_never_exceed_a_cap_and_every_cent_is_somewhere(values):
    bills = known(statements(judged(OF, *values)))
    for bill in bills:
        assert bill.annual
        assert 0 <= bill.total <= min(bill.cap, bill.annual.left)
        assert bill.cap == bill.at_risk_amount
        assert sum((step.charged for step in bill.steps), Decimal(0)) == bill.uncapped
        assert bill.uncapped - bill.lapsed - bill.annual.lapsed - bill.offset == bill.total
        assert sum((step.paid for step in bill.steps), Decimal(0)) == bill.total
        assert bill.total - bill.returned == bill.net
        assert all(0 <= step.paid <= step.charged <= step.amount for step in bill.steps)
    for year in {bill.annual.year for bill in bills if bill.annual}:
        of_year = [bill for bill in bills if bill.annual and bill.annual.year == year]
        assert of_year[0].annual
        assert sum(bill.total for bill in of_year) <= of_year[0].annual.cap
    paid, returned = (sum(getattr(b, key) for b in bills) for key in ("total", "returned"))
    assert returned <= paid


@given(history, st.permutations(LEVELS))
@examples(30)
def test_order_never_matters(values, order):
    rank = {name: n for n, name in enumerate(order)}
    rules = OF.credits
    levels = tuple(sorted(OF.service_levels, key=lambda level: rank[level.id]))
    changed = {"consecutive": rules.consecutive[::-1], "repeated": rules.repeated[::-1]}
    turned = OF.model_copy(
        update={"service_levels": levels, "stated_credits": rules.model_copy(update=changed)}
    )
    one = known(statements(judged(OF, *values)))
    other = known(statements(judged(turned, *values)))
    for left, right in zip(one, other, strict=True):
        assert (left.total, left.net, left.lapsed) == (right.total, right.net, right.lapsed)
        assert {s.service_level: s for s in left.steps} == {s.service_level: s for s in right.steps}


@given(history, st.sampled_from(("A", "B", "C", "D", "E")), st.integers(0, 40))
@examples(60)
def test_loosening_a_limit_never_raises_what_was_claimed(values, name, by):
    level = next(each for each in OF.service_levels if each.id == name)
    assert level.minimum
    minimum = level.minimum - by if level.indicator.good == "high" else level.minimum + by
    levels = tuple(
        each.model_copy(update={"minimum": minimum}) if each.id == name else each
        for each in OF.service_levels
    )
    looser = OF.model_copy(update={"service_levels": levels})
    strict = known(statements(judged(OF, *values)))
    loose = known(statements(judged(looser, *values)))
    assert loose[0].uncapped <= strict[0].uncapped
    for left, right in zip(loose, strict, strict=True):
        assert left.uncapped <= right.uncapped
        assert left.points_total <= right.points_total
    for year in (1, 2):
        sums = [sum(b.total for b in bills if b.annual and b.annual.year == year)
                for bills in (loose, strict)]  # fmt: skip
        assert sums[0] <= sums[1]


@given(history, st.integers(0, 13), st.sampled_from(LEVELS))
@examples(60)
def test_excusing_a_failure_never_raises_a_credit(values, number, name):
    number %= len(values)
    excused = [{**each, name: "excused"} if n == number else each for n, each in enumerate(values)]
    before = known(statements(judged(OF, *values)))
    after = known(statements(judged(OF, *excused)))
    for left, right in zip(after, before, strict=True):
        assert left.uncapped <= right.uncapped


@given(history, st.integers(1, 14))
@examples(30)
def test_the_past_alone_decides_and_closed_periods_stand(values, cut):
    all_of_it = statements(judged(OF, *values))
    assert statements(judged(OF, *values[:cut])) == all_of_it[:cut]
    closed = {each.period: each for each in known(all_of_it[:cut])}
    worse = [dict.fromkeys(LEVELS, "failed") for _ in values]
    assert statements(judged(OF, *worse), closed)[:cut] == all_of_it[:cut]


@given(
    st.decimals(0, 10**9, places=2),
    st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=6),
)
def test_shares_sum_to_the_whole(total, weights):
    parts = shares(total, {str(n): weight for n, weight in enumerate(weights)}, 2)
    assert sum(parts.values()) == (total if any(weights) else 0)


@given(st.fractions(0, 10**6), st.integers(0, 4))
def test_rounding_rules_agree_with_decimal(exact, digits):
    unit = Fraction(1, 10**digits)
    down, up = (Fraction(rounded(exact, digits, rule)) for rule in ("down", "up"))
    assert down <= exact <= up
    assert up - down == (0 if exact % unit == 0 else unit)
    assert abs(Fraction(rounded(exact, digits, "half_up")) - exact) <= unit / 2
    even = rounded(exact, digits, "half_even")
    assert Fraction(even) == Fraction(round(exact / unit)) * unit
