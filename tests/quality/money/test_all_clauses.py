"""What holds for any contract that has all clauses at once, over any history."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from quality.contract.contract import Contract
from tests.examples import examples
from tests.quality.credit_cases import contract, judged, known, statements

LEVELS = ("A", "B", "C", "D")
TEXT = """\
charges:
  currency: EUR
  amounts: [{{from: 2026-01-01, amount: 99999.97}}]
  indexation: [{{from: 2027-01-01, percent: {rise}}}]
  at_risk_by_year: [{first}, {second}]
  pool: 300
  annual_cap: {annual}
service_levels:
  - {{id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     allocation: 60.3, grace: {grace}, event_group: E1}}
  - {{id: B, class: critical, indicator: duplication.share, expected: 3, minimum: 5,
     allocation: 90.9, event_group: E1, suspended: [{{from: 2026-07-01, to: 2026-12-31}}]}}
  - {{id: C, class: critical, indicator: errors.density, expected: 2, minimum: 4,
     credit: {{kind: per_day, amount: 55.55, cap: {cap}}}}}
  - {{id: D, class: critical, indicator: measured.share, expected: 80, minimum: 60,
     credit: {{kind: target_minus_actual, factor: 0.1, target: minimum}}}}
credits:
  repeated: [{{failures: 2, within: 4, multiplier: 1.5}}]
  by_year: [1, 1.25]
  single_event: highest
  earnback: {{{earnback}}}
"""


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    share = st.integers(0, 100)
    terms = {
        "rise": draw(st.integers(0, 20)), "first": draw(share), "second": draw(share),
        "annual": draw(share), "grace": draw(st.integers(1, 4)),
        "cap": draw(st.integers(0, 9000)),
        "earnback": draw(st.sampled_from(("by: yearly_average", "periods: 2, share: 50"))),
    }  # fmt: skip
    return contract(TEXT.format(**terms), "quarter")


value = st.integers(0, 100).map(Decimal) | st.sampled_from(("excused", "unknown"))
history = st.lists(st.fixed_dictionaries(dict.fromkeys(LEVELS, value)), min_size=1, max_size=10)


@given(contracts(), history)
@examples(60)
def test_no_credit_exceeds_its_caps_and_every_cent_is_somewhere(of, values):
    found = known(statements(judged(of, *values)))
    for bill in found:
        assert bill.annual
        assert 0 <= bill.total <= min(bill.cap, bill.annual.left)
        assert sum((step.charged for step in bill.steps), Decimal(0)) == bill.uncapped
        assert sum((step.paid for step in bill.steps), Decimal(0)) == bill.total
        assert bill.uncapped - bill.lapsed - bill.annual.lapsed == bill.total
        assert bill.total - bill.returned == bill.net
        damages = bill.step("C")
        rule = of.level("C").credit  # type: ignore[union-attr]
        assert damages is None or damages.amount <= rule.cap  # type: ignore[union-attr,operator]
    assert sum(bill.returned for bill in found) <= sum(bill.total for bill in found)


@given(contracts(), history, st.permutations(LEVELS))
@examples(40)
def test_the_order_of_levels_never_matters(of, values, order):
    rank = {name: n for n, name in enumerate(order)}
    levels = tuple(sorted(of.service_levels, key=lambda level: rank[level.id]))
    turned = of.model_copy(update={"service_levels": levels})
    one, other = (known(statements(judged(each, *values))) for each in (of, turned))
    for left, right in zip(one, other, strict=True):
        assert (left.total, left.net, left.lapsed) == (right.total, right.net, right.lapsed)
        assert {e.service_level for e in left.eased} == {e.service_level for e in right.eased}


@given(contracts(), history, st.integers(0, 9), st.sampled_from(LEVELS))
@examples(60)
def test_an_excusal_never_raises_a_credit(of, values, number, name):
    number %= len(values)
    if values[number][name] == "unknown":
        return
    excused = [{**each, name: "excused"} if n == number else each for n, each in enumerate(values)]
    before, after = (known(statements(judged(of, *each))) for each in (values, excused))
    assert all(x.uncapped <= y.uncapped for x, y in zip(after, before, strict=True))


@given(contracts(), history, st.integers(1, 10))
@examples(40)
def test_closed_periods_stand_whatever_follows(of, values, cut):
    every = statements(judged(of, *values))
    assert statements(judged(of, *values[:cut])) == every[:cut]
    closed = {each.period: each for each in known(every[:cut])}
    worse = [dict.fromkeys(LEVELS, "failed") for _ in values]
    assert statements(judged(of, *worse), closed)[:cut] == every[:cut]


@given(contracts(), history, st.sampled_from(LEVELS), st.integers(0, 40))
@examples(60)
def test_a_looser_minimum_never_raises_a_credit(of, values, name, by):
    level = of.level(name)
    assert level
    assert level.minimum is not None
    looser = level.minimum - by if level.indicator.good == "high" else level.minimum + by
    levels = tuple(
        each.model_copy(update={"minimum": max(looser, Decimal(0))}) if each.id == name else each
        for each in of.service_levels
    )
    loose = known(statements(judged(of.model_copy(update={"service_levels": levels}), *values)))
    strict = known(statements(judged(of, *values)))
    assert all(x.uncapped <= y.uncapped for x, y in zip(loose, strict, strict=True))
