"""Clauses that reward bad conduct, and contracts that have none."""

import pytest

from quality.contract.checks.names import alike
from quality.contract.incentives.clauses import incentives
from tests.quality.contracts import SMALL, parse
from tests.quality.credit_cases import contract as agreed

FAIR = """\
charges: {currency: EUR, at_risk: 12, amounts: [{from: 2026-01-01, amount: 1000}]}
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     minimum_sample: 500, allocation: 50}
  - {id: B, class: critical, indicator: errors.density, expected: 0.1, minimum: 1,
     minimum_sample: 500, allocation: 50}
  - {id: S, class: key, indicator: suppressions.density, expected: 1}
  - {id: U, class: critical, indicator: measured.share, expected: 99, minimum: 95,
     minimum_sample: 500, credit: {kind: fixed, amount: 10}}
gate:
  - {id: G-1, rule: function.ccn, at_most: 15}
approvers: {customer: [Ann Smith], supplier: [Bob Jones]}
excusals: {by_days: true}
credits: {repeated: [{failures: 2, within: 4, multiplier: 1.5}]}
consequences:
  - {kind: rectification_plan, failures: 2, of: 4, due_days: 30, text: Plan.}
"""


def contract(text, head="unmeasured: failed"):
    return agreed(text, head=f"{head}\n  settle_days: 60" if head else "settle_days: 60")


def test_unknown_is_free_where_the_contract_does_not_say_failed():
    for head in ("unmeasured: unknown", ""):
        (one,) = incentives(contract(FAIR, head))
        assert "unknown costs nothing" in one.clause
        assert "one NUL byte" in one.move
        assert one.remedy == "set unmeasured: failed"
        assert one.location == ("contract", "unmeasured")


def test_code_that_no_gate_judges_may_be_cleaned_up_for_one_day():
    ungated = FAIR.replace("gate:\n  - {id: G-1, rule: function.ccn, at_most: 15}\n", "")
    found = {each.location: each for each in incentives(contract(ungated))}
    one = found["contract", "period"]
    assert "the month's last day" in one.clause
    assert "take it back the day after" in one.move
    assert all(each.location != one.location for each in incentives(contract(FAIR)))


@pytest.mark.parametrize(
    ("stated", "move"),
    [("tag: v1.0", "set the tag on a later commit"), ("date: 2026-01-01", "date commits back")],
)
def test_a_baseline_is_the_suppliers_word_until_it_is_read(stated, move):
    (one,) = incentives(contract(f"baseline: {{{stated}}}\n{FAIR}"))
    assert one.location == ("baseline", stated.partition(":")[0])
    assert move in one.move
    assert "name the commit" in one.remedy
    assert incentives(contract(f"baseline: {{commit: '{'12' * 20}'}}\n{FAIR}")) == ()


def test_new_errors_are_diluted_unless_all_errors_or_all_new_findings_are_judged_too():
    new = FAIR.replace("indicator: errors.density", "indicator: errors.new_density")
    new = f"baseline: {{commit: '{'12' * 20}'}}\n{new}"
    (one,) = incentives(contract(new))
    assert "findings that are new since the baseline" in one.clause
    assert "edit a word in each of many old lines" in one.move
    assert one.location == ("service_levels", 1, "indicator")
    rule = "gate:\n  - {id: G-2, rule: findings.new, rules: [errors], at_most: 0}\n"
    assert incentives(contract(new.replace("gate:\n", rule))) == ()


def test_a_fair_contract_has_none():
    assert incentives(contract(FAIR)) == ()


BAD = [
    (("  - {id: G-1, rule: function.ccn, at_most: 15}", "  - {id: G-1, rule: suppressions.new, "
      "at_most: 0}"), "padding cannot dilute", ("service_levels", 0, "indicator")),
    (("  - {id: S, class: key, indicator: suppressions.density, expected: 1}\n", ""),
     "without a service level on suppressions", ("service_levels", 1, "indicator")),
    (("minimum_sample: 500, allocation: 50}\n  - {id: B", "allocation: 50}\n  - {id: B"),
     "a ratio without a minimum sample", ("service_levels", 0)),
    (("expected: 5, minimum: 8", "minimum: 8"), "expected equals minimum (8)",
     ("service_levels", 0, "expected")),
    (("indicator: suppressions.density, expected: 1}", "indicator: suppressions.density, expected: "
      "1}\n  - {id: M, class: key, indicator: python.mi.mean, expected: 60}"),
     "hangs on the maintainability index", ("service_levels", 3, "indicator")),
    (("indicator: suppressions.density, expected: 1}", "indicator: suppressions.density, expected: "
      "1}\n  - {id: M, class: key, indicator: python.cc.mean, expected: 6}"),
     "padding lowers a mean", ("service_levels", 3, "indicator")),
    (("failures: 2, of: 4, due_days", "failures: 1, of: 1, due_days"),
     "credits without a chronic trigger", ("charges",)),
    (("credits: {repeated: [{failures: 2, within: 4, multiplier: 1.5}]}\n", ""),
     "a second failure costs no more than the first", ("credits",)),
    (("at_risk: 12", "at_risk: 12, pool: 200, pools: [{name: p, percent: 50}]"),
     "further failures are free", ("charges", "pool")),
    (("expected: 5, minimum: 8,\n     minimum_sample: 500, allocation: 50}", "expected: 5, "
      "minimum: 8,\n     minimum_sample: 500}"), "A is critical and costs nothing",
     ("service_levels", 0)),
    (("credits: {", "credits: {earnback: {periods: 1}, "), "one good period returns",
     ("credits", "earnback")),
    (("measured.share, expected: 99, minimum: 95", "complexity.nloc_share, above: 10, expected: 5, "
      "minimum: 9"),
     "code over the recipe's limits is unknown", ("contract", "unmeasured")),
    (("credits: {", "closing: {unknown: accepted}\ncredits: {"),
     "closed although nobody knows", ("closing", "unknown")),
    (("approvers: {customer: [Ann Smith], supplier: [Bob Jones]}\n", ""),
     "nobody is named who may approve", ("approvers",)),
    (("due_days: 30", "due_days: 0"), "a claim to date", ("consequences", 0, "due_days")),
    (("allocation: 50}\n  - {id: S", "allocation: 50, bonus: {better_than: 0.05, percent: 1}}\n  "
      "- {id: S"), "", ()),  # a bonus beside the credit is no problem
]  # fmt: skip


@pytest.mark.parametrize(("change", "clause", "location"), BAD, ids=[each[1] for each in BAD])
def test_each_has_its_clause_its_cheapest_move_and_its_remedy(change, clause, location):
    assert FAIR.count(change[0]) == 1, change
    found = incentives(contract(FAIR.replace(*change)))
    if not clause:
        assert found == ()
        return
    (one,) = found
    assert clause in one.clause
    assert one.location == location
    assert one.move
    assert one.remedy
    assert str(one) == f"{one.clause}. Cheapest move: {one.move}. Remedy: {one.remedy}"


def test_offsets_groups_and_measurement():
    text = FAIR.replace("allocation: 50", "event_group: x, allocation: 50").replace(
        "credits: {", "credits: {bonus_offsets: true, single_event: highest, "
    )
    text = text.replace("event_group: x", "bonus: {better_than: 0, amount: 1}, event_group: x", 1)
    clauses = [each.clause for each in incentives(contract(text))]
    assert clauses == [
        "a bonus offsets failures",
        "the service levels of x are charged once, whatever made them fail",
    ]


def test_names_that_differ_only_by_case_are_flagged():
    text = SMALL.replace(
        "service_levels:\n",
        "  - {name: Billing, url: ./other, branch: main}\nservice_levels:\n"
        "  - {id: tq-1, class: key, indicator: size.nloc}\n",
    )
    assert list(alike(parse(text))) == [
        (("repositories", 1, "name"),
         '"Billing" and "billing" differ only by case: give each its own'),
        (("service_levels", 1, "id"), '"TQ-1" and "tq-1" differ only by case: give each its own'),
    ]  # fmt: skip
    assert not list(alike(parse(SMALL)))


RECORDS = """\
services: [{name: shop}]
sources:
  - {name: desk, kind: tickets, format: csv, file: desk.csv, declared_by: supplier, MISSING}
  - {name: list, kind: outages, format: csv, file: list.csv, declared_by: customer}
support: {policies: [{name: all, otherwise: true, targets: {first_response: 6 h}}]}
service_levels:
  - {id: T, class: critical, indicator: tickets.first_response, expected: 95, minimum: 90,
     minimum_sample: 20}
  - {id: A, class: critical, indicator: service.availability, service: shop, expected: 99.9,
     minimum: 99}
  - {id: O, class: key, indicator: service.outages, service: shop}
"""


def test_records_are_judged_by_what_is_kept_back_and_not_by_what_code_can_hide():
    def clauses(missing):
        text = RECORDS.replace("MISSING", missing)
        return {each.location: each.clause for each in incentives(contract(text, head=""))}

    assert clauses("missing: failed") == {}
    assert list(clauses("missing: unknown")) == [("sources", 0)]
    assert (
        "desk: what the supplier does not declare is unknown"
        in clauses("missing: unknown")["sources", 0]
    )
