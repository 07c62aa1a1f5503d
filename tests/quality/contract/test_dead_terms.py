# ruff: noqa: E501
"""Terms that do nothing, one fragment of a contract and its line each; and those that contradict
themselves."""

from __future__ import annotations

import pytest

from quality.cli.app import run
from quality.contract.checks.dead_terms import dead_terms
from quality.contract.text.yaml import Location
from tests.quality.contracts import SMALL, parse, problems
from tests.quality.credit_cases import bills, contract

# a term of eight quarters in which every key does something
ALIVE = (
    SMALL.split("service_levels:", maxsplit=1)[0]
    + """\
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     allocation: 60, event_group: release}
  - {id: B, class: critical, indicator: duplication.share, expected: 3, minimum: 5, allocation: 40,
     pool: quality, event_group: release, bonus: {better_than: 1, percent: 1}}
  - {id: C, class: critical, indicator: measured.share, expected: 60, minimum: 50,
     credit: {kind: ladder, decimals: 1, round: down, of: at_risk,
              steps: [{worse_than: 50, percent: 2}, {worse_than: 40, percent: 4}]}}
  - {id: D, class: critical, indicator: errors.density, expected: 1, minimum: 3,
     credit: {kind: points, steps: [{worse_than: 3, severity: minor}, {worse_than: 5, points: 3}]}}
  - {id: E, class: key, indicator: warnings.density, expected: 20}
charges:
  currency: EUR
  amounts: [{from: 2026-01-01, amount: 200000}, {from: 2027-01-01, amount: 210000}]
  at_risk: 12
  pool: 200
  pools: [{name: quality, percent: 50}]
  annual_cap: 10
credits:
  consecutive: [{failures: 2, multiplier: 1.5}, {failures: 3, multiplier: 2}]
  repeated: [{failures: 3, within: 6, multiplier: 1.75}]
  single_event: highest
  earnback: {periods: 2, share: 50}
  bonus_offsets: true
  points: {of: next_period, table: [{points: 5, percent: 1}]}
continuous_improvement: {every: 4, best: 2}
consequences:
  - {kind: notice, failures: 1, below: expected, service_levels: [A, E], text: Tell us.}
  - {kind: rectification_plan, failures: 3, of: 2, across: true, due_days: 30, text: Plan.}
  - {kind: step_in, points: 9, of: 3, text: We step in.}
  - {kind: termination, credits: 10, of: 4, service_levels: [A, B], text: The end.}
clauses:
  - {title: Indemnity, text: Hold harmless., applies_to: [termination, A]}
"""
)


def lines(text: str) -> list[str]:
    return [f"{dotted(at)}: {what}" for at, what in dead_terms(parse(text))]


def dotted(location: Location) -> str:
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in location).lstrip(".")


def changed(*changes: tuple[str, str]) -> str:
    text = ALIVE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_a_sound_contract_has_none():
    assert lines(ALIVE) == []


def test_a_contract_without_terms_has_none():
    assert lines(SMALL) == []


DEAD = [
    # --- charges
    (("from: 2027-01-01", "from: 2028-01-01"), "charges.amounts[1].from: 2028-01-01 lies after the "
     "end, 2027-12-31: it is never in force; remove it, or correct the day"),
    (("pools: [{", "pools: [{name: idle, percent: 10}, {"), "charges.pools[0].name: no service "
     "level draws on the pool idle: name it in one (pool:), or remove it"),
    (("annual_cap: 10", "annual_cap: 12"), "charges.annual_cap: 12 % a year never binds: each "
     "period's credits stop at 12 % already; lower it"),
    (("annual_cap: 10", "annual_cap: 0"), "charges.annual_cap: 0 leaves no room for a credit: raise "
     "it"),
    (("annual_cap: 10", "annual_cap_amount: 100800"), "charges.annual_cap_amount: 100800 a year never "
     "binds: each period's credits stop at what is at risk already; lower it"),
    (("amounts: [{from: 2026-01-01, amount: 200000}, {from: 2027-01-01, amount: 210000}]",
      "amounts: [{from: 2026-01-01, amount: 0}]"), "charges.amounts: are 0: a percentage of nothing "
     "costs nothing; state them"),
    # --- service levels
    (("better_than: 1, percent: 1", "better_than: 1, percent: 0"), "service_levels[1].bonus: is "
     "nothing: make it more than 0, or remove it"),
    (("allocation: 60,", "allocation: 60, suspended: [{from: 2026-01-01, to: 2026-06-30}, {from: "
      "2026-04-01, to: 2026-09-30}],"), "service_levels[0].suspended[1]: has days of suspended[0]: "
     "give each its own"),
    (("allocation: 60,", "allocation: 60, suspended: [{from: 2026-01-01, to: 2027-12-31}],"),
     "service_levels[0].suspended: leaves no period of the term: shorten it, or remove the service "
     "level"),
    (("of: at_risk,\n              steps: [{worse_than: 50, percent: 2}, {worse_than: 40, percent: 4}]",
      "steps: [{worse_than: 50, percent: 2}, {worse_than: 40, percent: 15}]"),
     "service_levels[2].credit.steps[1].percent: 15 % is more than the 12 % at risk: what is above "
     "lapses; lower it, or raise charges.at_risk"),
    (("allocation: 60,", "credit: {kind: fixed, amount: 25201},"), "service_levels[0].credit.amount: "
     "25201 is more than ever is at risk, 25200: what is above lapses; lower it, or raise "
     "charges.at_risk"),
    (("allocation: 60,", "credit: {kind: per_day, amount: 500, cap: 400},"),
     "service_levels[0].credit.cap: 400 is less than one day costs: state a fixed credit of it"),
    (("allocation: 60,", "allocation: 0,"), "service_levels[0].allocation: 0 % costs nothing: remove "
     "it, or give it a share"),
    (("better_than: 1,", "better_than: 0,"), "service_levels[1].bonus.better_than: nothing is better "
     "than 0 %: ask for less"),
    ((" event_group: release, bonus", " bonus"), "service_levels[0].event_group: names no other "
     "service level with a credit: give those that fail together one group"),
    (("decimals: 1, round: down,", "round: down,"), "service_levels[2].credit.round: does nothing "
     "without decimals: say how many, or remove it"),
    (("decimals: 1,", "target: expected, decimals: 1,"), "service_levels[2].credit.target: changes "
     "no amount: worse_than compares the value; remove it, or use shortfall_over"),
    (("{worse_than: 50, percent: 2}, ", ""), "service_levels[2].credit.steps[0].worse_than: 40 lies "
     "beyond where failing begins (50): a failure between the two costs nothing; begin there"),
    (("{worse_than: 40, percent: 4}", "{worse_than: 40, percent: 4}, {worse_than: 0, percent: 5}"),
     "service_levels[2].credit.steps[2].worse_than: no value is that bad: remove the step"),
    (("steps: [{worse_than: 50, percent: 2}, {worse_than: 40, percent: 4}]",
      "target: expected, steps: [{shortfall_over: 0, percent: 2}, {shortfall_over: 9, percent: 4}]"),
     "service_levels[2].credit.steps[0]: holds for no failure, because the next step does: remove "
     "it"),
    (("steps: [{worse_than: 50, percent: 2}, {worse_than: 40, percent: 4}]",
      "steps: [{worse_than: 50, amount: 2}, {worse_than: 40, amount: 4}]"),
     "service_levels[2].credit.of: does nothing: no step is a percentage; remove it"),
    # --- credits
    (("{failures: 3, multiplier: 2}", "{failures: 3, multiplier: 1.2}"), "credits.consecutive[1]: "
     "never counts: credits.consecutive[0] multiplies 2 failures by 1.5 already, and the highest "
     "counts; raise this one above"),
    (("multiplier: 1.75}]", "multiplier: 1.75}, {failures: 3, within: 6, multiplier: 1.75}]"),
     "credits.repeated[1]: stands twice, first in credits.repeated[0]: remove one"),
    (("multiplier: 1.75}]", "multiplier: 1.75}, {failures: 4, within: 5, multiplier: 1.6}]"),
     "credits.repeated[1]: never counts: credits.repeated[0] multiplies 3 failures by 1.75 already, "
     "and the highest counts; raise this one above"),
    (("single_event: highest", "single_event: highest\n  by_year: [1, 1]"), "credits.by_year: 1 changes "
     "nothing: use more in some year, or remove it"),
    (("single_event: highest", "single_event: highest\n  by_year: [1.6, 1.8]"), "credits.consecutive[0]: "
     "never counts: by_year multiplies by 1.6 at least, and the highest counts; raise this one above"),
    (("single_event: highest", "single_event: highest\n  reweighting: {notice_days: 900, times_a_year: "
      "1}"), "credits.reweighting: nothing can be weighted anew: give two service levels an "
     "allocation, or remove it"),
    (("table: [{points: 5, percent: 1}]", "table: [{points: 5, percent: 1}, {points: 7, percent: 2}]"),
     "credits.points.table[1].points: no period counts more than 6 points: remove the row, or lower "
     "it"),
    (("points: 9, of: 3", "points: 19, of: 3"), "consequences[2].points: never due: at most 18 points "
     "can be counted; lower it"),
    (("multiplier: 1.75}", "multiplier: 1}"), "credits.repeated[0].multiplier: 1 changes nothing: use "
     "more, or remove it"),
    (("within: 6", "within: 9"), "credits.repeated[0].within: 9 periods are more than the 8 of the "
     "term: shorten them"),
    (("{periods: 2, share: 50}", "{periods: 8, share: 50}"), "credits.earnback.periods: with the "
     "failed one, 9 periods are more than the 8 of the term: shorten them"),
    (("share: 50}", "share: 0}"), "credits.earnback.share: 0 % returns nothing: raise it, or remove "
     "it"),
    ((", bonus: {better_than: 1, percent: 1}", ""), "credits.bonus_offsets: does nothing: no service "
     "level has a bonus; remove it"),
    (("of: next_period, table: [{points: 5, percent: 1}]", "of: next_period"), "credits.points.of: "
     "points have no price: add table or percent_per_point"),
    (("table: [{points: 5, percent: 1}]", "table: [{points: 5, percent: 0}]"), "credits.points: cost "
     "0 % however many there are: raise the price"),
    # --- continuous improvement
    (("best: 2", "best: 5"), "continuous_improvement.best: the best 5 of 4 periods are all of them: "
     "lower best"),
    (("every: 4", "every: 8"), "continuous_improvement.every: with the period that it moves, 9 "
     "periods are more than the 8 of the term: shorten them"),
    (("best: 2", "at_most: 0"), "continuous_improvement.at_most: 0 % moves nothing: raise it, or "
     "remove the section"),
    # --- consequences and clauses
    (("of: 4, service", "of: 9, service"), "consequences[3].of: 9 periods are more than the 8 of the "
     "term: shorten them"),
    (("below: expected, ", ""), "consequences[0].service_levels[1]: E never counts, because it has "
     "no minimum: state one, or remove it"),
    (("expected: 20}", "name: Warnings}"), "consequences[0].service_levels[1]: E never counts, "
     "because it has no limit: state one, or remove it"),
    (("points: 9, of: 3", "points: 9, below: minimum, of: 3"), "consequences[2].below: does nothing "
     "beside points: remove it"),
    (("points: 9, of: 3", "points: 9, across: true, of: 3"), "consequences[2].across: does nothing: "
     "points are added up anyway; remove it"),
    (("points: 9, of: 3", "points: 9, of: 3, service_levels: [A, D]"),
     "consequences[2].service_levels[0]: A counts no points: remove it"),
    (("[A, B], text", "[A, D], text"), "consequences[3].service_levels[1]: D has no credit of its "
     "own, only points"),
    (("[A, B], text", "[A, A], text"), "consequences[3].service_levels[1]: A stands twice: remove "
     "one"),
    (("credits: 10, of: 4", "credits: 13, of: 4"), "consequences[3].credits: never due: credits stop "
     "at the 12 % at risk; use that or less"),
    (("failures: 3, of: 2, across", "failures: 9, of: 2, across"), "consequences[1].failures: never "
     "due: at most 8 can be counted; lower it"),
    (("failures: 3, of: 2, across: true", "failures: 2, of: 2, across: true, service_levels: [A]"),
     "consequences[1].across: does nothing: A alone is counted; remove it"),
    (("[termination, A]", "[chronic_failure, A]"), "clauses[0].applies_to[0]: shows nothing: no "
     "consequence is a chronic failure"),
    (("[termination, A]", "[termination, E]"), "clauses[0].applies_to[1]: shows nothing: E has no "
     "minimum, so it never fails"),
    (("clauses:", "  - {kind: step_in, points: 9, of: 3, text: We step in.}\nclauses:"),
     "consequences[4]: stands twice, first in consequences[2]: remove one"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "line"), DEAD, ids=[line[:60] for _, line in DEAD])
def test_a_dead_term_has_its_line(change, line):
    assert lines(changed(change)) == [line]


def test_event_groups_and_the_single_event_need_each_other():
    each = changed(("  single_event: highest\n", ""))
    what = "does nothing: add credits.single_event: highest, which charges an event once"
    assert lines(each) == [f"service_levels[{n}].event_group: {what}" for n in (0, 1)]
    (line,) = lines(
        ALIVE.replace(", event_group: release", "").replace(" event_group: release,", "")
    )
    assert line.startswith("credits.single_event: no service level has an event_group")


def test_points_triggers_and_prices_need_points():
    text = changed(
        ("     credit: {kind: points, steps: [{worse_than: 3, severity: minor}, {worse_than: 5, "
         "points: 3}]}}", "     credit: {kind: fixed, amount: 5}}"),
    )  # fmt: skip
    assert lines(text) == [
        "credits.points: no service level counts points: give one a credit of kind points, or "
        "remove it",
        "consequences[2].points: never due: no service level counts points; give one a credit of "
        "kind points",
    ]


def test_charges_that_nothing_is_taken_from(tmp_path, capsys):
    charges = "charges: {currency: EUR, amounts: [{from: 2026-01-01, amount: 5}]}\n"
    path = tmp_path / "acme.contract.yaml"
    path.write_text(SMALL + charges)
    assert run(["check", str(path)]) == 0
    said = capsys.readouterr().err
    assert (
        f"{path}:26:10: charges: warning: nothing is charged: no service level has an allocation or "
        "a credit with a price; give the critical ones an allocation\n"
    ) in said


def test_below_expected_needs_an_expected_of_its_own():
    text = SMALL.replace("expected: 5", "expected: 8") + (
        "consequences: [{kind: notice, failures: 1, below: expected, text: Tell us.}]\n"
    )
    assert lines(text) == [
        "consequences[0].below: does nothing: expected is the minimum in what is counted; remove it"
    ]


# ---------------------------------------------------------------- contradictions are errors

CONTRADICTORY = [
    (("due_days: 30", "due_days: -30"), "consequences[1].due_days: must be a whole number of days "
     "from 0 to 1,000,000"),
    (("points: {of", "points: {severe: 1, of"), "credits.points.severe: severe counts less than "
     "serious (2): a graver failure must not count less"),
    (("points: {of", "points: {minor: 3, of"), "credits.points.minor: serious counts less than minor "
     "(3): a graver failure must not count less"),
    (("{worse_than: 5, points: 3}", "{worse_than: 5, points: -3}"),
     "service_levels[3].credit.steps[1]: counts less than no points: use 0 or more"),
    # in points a minor failure is 1, so that 0 is less, whatever the unit is called
    (("{worse_than: 5, points: 3}", "{worse_than: 5, points: 0}"),
     "service_levels[3].credit.steps[1]: costs less than the step before it: who fails more must not "
     "pay less"),
    # 2 % of the 24,000 at risk are 480
    (("{worse_than: 40, percent: 4}", "{worse_than: 40, amount: 479}"),
     "service_levels[2].credit.steps[1]: costs 479, the step before it 480, of a period's charges of "
     "200000: less than the step before it: who fails more must not pay less"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "line"), CONTRADICTORY)
def test_a_contradiction_is_an_error(change, line):
    assert [each.split(": ", 1)[1] for each in problems(changed(change))] == [line]


def test_unlike_units_are_compared_by_the_charges_alone():
    """9,000 after 4 percent is more of the money, though 4 is not more than 9,000; and 480 is no
    less than 2 % of 24,000, though 4 percent after it is the smaller number."""
    for change in (
        ("{worse_than: 40, percent: 4}", "{worse_than: 40, amount: 9000}"),
        ("{worse_than: 50, percent: 2}", "{worse_than: 50, amount: 480}"),
    ):
        assert lines(changed(change)) == []


def test_a_trigger_counts_the_credits_of_its_own_service_levels():
    """A's failure is 6,000 of 100,000, B's 4,000; both together are cut to 9,000: 5,400 + 3,600."""
    of = contract("""\
charges: {currency: EUR, amounts: [{from: 2026-01-01, amount: 100000}], at_risk: 9}
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     credit: {kind: fixed, amount: 6000}}
  - {id: B, class: critical, indicator: duplication.share, expected: 3, minimum: 5,
     credit: {kind: fixed, amount: 4000}}
consequences:
  - {kind: step_in, credits: 5, service_levels: [A], text: We step in.}
""")
    both, other = bills(of, {"A": "failed", "B": "failed"}, {"B": "failed"})
    assert [each.why for each in both.consequences] == [
        "credits of A of EUR 5,400.00 in 2026-01 reach 5 % of the charges of EUR 100,000.00"
    ]
    assert other.consequences == ()


def test_a_trigger_counts_the_points_of_its_own_service_levels():
    of = contract("""\
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     credit: {kind: points, steps: [{worse_than: 8, points: 3}]}}
  - {id: B, class: critical, indicator: duplication.share, expected: 3, minimum: 5,
     credit: {kind: points, steps: [{worse_than: 5, points: 9}]}}
consequences:
  - {kind: step_in, points: 6, of: 2, service_levels: [A], text: We step in.}
""")
    first, second = bills(of, {"A": "failed", "B": "failed"}, {"A": "failed"})
    assert first.consequences == ()  # 3 of A; the 9 of B are not asked for
    assert [each.why for each in second.consequences] == [
        "9 service points of A in 2026-01 to 2026-02"  # 3, and twice 3
    ]


def test_a_notice_that_is_longer_than_the_term_takes_no_effect():
    of = contract("""\
charges: {currency: EUR, amounts: [{from: 2026-01-01, amount: 100000}], at_risk: 10}
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     allocation: 50}
  - {id: B, class: critical, indicator: duplication.share, expected: 3, minimum: 5, allocation: 50}
credits: {reweighting: {notice_days: 1200, times_a_year: 1}}
""")
    assert [(dotted(at), what) for at, what in dead_terms(of)] == [
        ("credits.reweighting.notice_days",
         "is longer than the term: no notice can take effect; shorten it"),
    ]  # fmt: skip


def test_a_day_on_which_nothing_can_be_claimed_is_an_error():
    text = changed(("  single_event: highest", "  claim_days: 0\n  single_event: highest"))
    (line,) = problems(text)
    assert "credits.claim_days: is 0, the period's last day, and nothing can be claimed" in line
