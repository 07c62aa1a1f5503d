"""What the parties tell each other about credits: by hand, and what it must never do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.contract.amendments import Family
from quality.contract.checks.dead_terms import dead_terms
from quality.contract.contract import Contract
from quality.contract.incentives.clauses import incentives
from quality.contract.ledger.effects import noticed
from quality.contract.ledger.kinds import KINDS
from quality.contract.ledger.ledger import Ledger
from quality.contract.periods import periods
from quality.model.statement import CreditStatement
from quality.money.statement import statement
from quality.verdicts.request import Request
from quality.verdicts.scorecard.notices import disputed, judged_with, records
from reports.scorecard import json, terminal
from reports.scorecard.page import html
from reports.scorecard.words import money, settlement
from tests.examples import examples
from tests.quality.credit_cases import Value, contract, verdict
from tests.quality.money import drawn, played
from tests.quality.money.ledgers_drawn import family, ledgers
from tests.reports import money_samples

TERMS = """\
charges: {currency: EUR, at_risk: 12, amounts: [{from: 2026-01-01, amount: 200000}]}
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     allocation: 60}
  - {id: B, class: critical, indicator: duplication.share, expected: 3, minimum: 5, allocation: 40}
credits: {%s}
"""
BOTH = {"A": "failed", "B": "failed"}


def terms(credits: str, head: str = "") -> Contract:
    return contract(TERMS % credits, "quarter", head=head)


def entry(kind: str, id: str = "N-1", on: str = "2026-04-20", by: str = "customer", **more):
    """An entry that both parties signed on one day."""
    names = {"customer": {"name": "Ann", "date": on}, "supplier": {"name": "Bob", "date": on}}
    content = {"id": id, "kind": kind, "reason": "why", "raised_by": by, "approved_by": names}
    return content | {key.rstrip("_"): value for key, value in more.items()}


def requests(of: Contract, entries, today: date | None) -> Request:
    written = tuple(KINDS[each["kind"]].model_validate(each) for each in entries)
    return Request(Family((of,), Ledger(written=written)), periods(of, of.ends), today)


def bills(
    of: Contract, entries, *values: dict[str, Value], today: date | None = None
) -> list[CreditStatement]:
    """The statements of the first periods, with what the ledger's notices say."""
    request, judged, found = requests(of, entries, today), [], []
    for period, each in zip(request.periods, values, strict=False):
        verdicts = tuple(
            verdict(of, level.id, each.get(level.id, "met")) for level in of.service_levels
        )
        judged.append(judged_with(request, replace(period, to_date=False), verdicts))
        found.append(statement(judged, found))
    return [each for each in found if each]


def test_the_guides_example_of_claims():
    """A's 14,400 are claimed in time; B's 9,600 lapse after 30 April."""
    of = terms("claim_days: 30")
    claim = entry("claim", period="2026-Q1", service_levels=("A",))
    (before,) = bills(of, [claim], BOTH, today=date(2026, 4, 30))
    (after,) = bills(of, [claim], BOTH, today=date(2026, 5, 1))
    assert (before.total, after.total) == (24000, 14400)
    assert after.step("B").explanation.endswith("; lapsed: nobody claimed it by 2026-04-30")
    made = money_samples.worked(credits=after, unclaimed=("B",), credits_without=None)
    waiting = replace(made, claim_until=date(2026, 4, 30), as_of=date(2026, 4, 30))
    hint = "credits lapse unless they are claimed until 2026-04-30\n"
    assert hint in terminal.render([waiting])
    assert hint not in terminal.render([replace(waiting, as_of=None, state="closed")])
    assert "B: EUR 9,600.00 lapsed, for nobody claimed it in time\n" in terminal.render([made])
    assert money.instead_of(made, "B") == "not claimed in time"
    late = entry("claim", on="2026-05-01", period="2026-Q1", service_levels="all")
    assert bills(of, [late], BOTH, today=date(2026, 6, 1))[0].total == 0
    all_ = entry("claim", on="2026-04-30", period="2026-Q1", service_levels="all")
    assert bills(of, [all_], BOTH, today=date(2026, 6, 1))[0].total == 24000


def test_the_guides_example_of_an_incident():
    """One incident failed both: 14,400 once, not 24,000."""
    of = terms("single_event: highest")
    incident = entry("incident", service_levels=("A", "B"), from_="2026-02-03", to="2026-02-05")
    first, second = bills(of, [incident], BOTH, BOTH)
    assert (first.total, second.total) == (14400, 24000)
    assert first.step("B").instead == "A"
    assert first.step("B").event == "N-1"
    unsigned = incident | {"approved_by": {"supplier": {"name": "Bob", "date": "2026-04-20"}}}
    assert bills(of, [unsigned], BOTH)[0].total == 24000
    assert bills(terms("single_event: each"), [incident], BOTH)[0].total == 24000


def test_the_guides_example_of_a_choice():
    """Of the two that one incident failed the customer takes B: 9,600."""
    of = terms("single_event: customer_choice")
    incident = entry("incident", service_levels="all", from_="2026-02-03", to="2026-02-05")
    choice = entry("choice", "N-2", period="2026-Q1", service_levels=("B",))
    assert bills(of, [incident], BOTH)[0].total == 14400  # until he chooses, the highest
    (bill,) = bills(of, [choice, incident], BOTH)
    assert (bill.total, bill.step("A").instead) == (9600, "B")
    late = choice | entry("choice", "N-2", on="2026-05-01") | {"period": "2026-Q1"}
    late["service_levels"] = ("B",)
    assert bills(of, [late, incident], BOTH)[0].total == 14400


def chosen(level: str, id: str = "N-2", on: str = "2026-04-20"):
    return entry("choice", id, on, period="2026-Q1", service_levels=(level,))


NOBODY = "B is charged nothing in this period: there is nothing to choose"


@pytest.mark.parametrize(
    ("values", "more", "why"),
    [
        (BOTH, [], ""),
        ({"A": "failed"}, [], NOBODY),
        ({"A": "failed", "B": "below_expected"}, [], NOBODY),
        ({"A": "failed", "B": "unknown"}, [], NOBODY),
        ({"B": "failed"}, [], ""),  # what is charged is what he chose
        (BOTH, [chosen("A", "N-3", "2026-04-19")], "of the same event A is charged already"),
    ],
)
def test_a_choice_that_changes_nothing_says_why(values, more, why):
    incident = entry("incident", service_levels="all", from_="2026-02-03", to="2026-02-05")
    found = whys([incident, chosen("B"), *more], values)
    assert found == {"N-1": "", "N-2": why} | {each["id"]: "" for each in more}


def test_a_choice_without_an_event_says_why():
    assert whys([chosen("B")], BOTH) == {"N-2": "no event failed B together with others"}


def whys(entries, values: dict[str, Value]) -> dict[str, str]:
    """By notice of the first period, why it does not count; the customer may choose."""
    of = terms("single_event: customer_choice")
    request = requests(of, entries, None)
    verdicts = tuple(verdict(of, name, values.get(name, "met")) for name in ("A", "B"))
    judged = judged_with(request, replace(request.periods[0], to_date=False), verdicts)
    return {each.id: each.why_not for each in records(request, judged, statement([judged], []))}


ANEW = "reweighting: {notice_days: 90, times_a_year: 1}"


def shares(a: int, b: int, effective: str = "2026-07-01", **more):
    each = ({"service_level": "A", "allocation": a}, {"service_level": "B", "allocation": b})
    return entry("reallocation", effective=effective, allocations=each, **more)


def test_the_guides_example_of_a_reallocation():
    """24,000 x 30 % = 7,200 and x 70 % = 16,800 from 1 July on."""
    notice = shares(30, 70, on="2026-04-02")
    found = bills(terms(ANEW), [notice], BOTH, BOTH, BOTH)
    amounts = [[step.amount for step in bill.steps] for bill in found]
    assert amounts == [[14400, 9600], [14400, 9600], [7200, 16800]]
    assert found[2].steps[0].explanation.endswith("; the allocation is that of notice N-1")
    again = shares(90, 10, "2026-10-01", id="N-2", on="2026-04-02")
    assert bills(terms(ANEW), [again, notice], BOTH, BOTH, BOTH, BOTH)[3].steps[0].amount == 7200
    fifth = shares(90, 10, "2027-01-01", id="N-2", on="2026-04-02")
    found = bills(terms(ANEW), [notice, fifth], *[BOTH] * 5)
    assert found[4].steps[0].amount == 21600  # the next contract year has its own


@pytest.mark.parametrize(
    ("credits", "notice", "why"),
    [
        (ANEW, shares(30, 70, on="2026-04-03"), "given 89 days before, the contract asks for 90"),
        (ANEW, shares(60, 70, on="2026-04-02"), "brings the allocations to 130 %, but the pool "
         "holds 100 %"),
        ("single_event: each", shares(30, 70), "the contract lets nobody set allocations by notice "
         "(credits.reweighting)"),
    ],
)  # fmt: skip
def test_a_reallocation_that_does_not_count(credits, notice, why):
    of = terms(credits)
    request = requests(of, [notice], None)
    found = noticed(request.ledger, of.starts, of, request.periods[2], None)
    assert [reason for _, reason in found.told] == [why]
    assert found.allocations == ()


def test_the_guides_example_of_a_dispute():
    """4,000 of A's 14,400 are disputed: 20,000 are payable. Settled at 1,500: 21,500 in all."""
    of = terms("single_event: each", head="settle_days: 60")
    dispute = entry("dispute", by="supplier", period="2026-Q1", service_levels=("A",), amount=4000)
    settled = entry("settlement", "S-1", on="2026-05-20", settles="N-1", amount=1500)
    (bill,) = bills(of, [dispute], BOTH)

    def made(entries, today=date(2026, 6, 1)):
        request = requests(of, entries, today)
        found = disputed(request, request.periods[0], bill)
        return money_samples.worked(credits=bill, disputes=found, credits_without=None)

    open_ = made([dispute])
    assert (settlement.balance(open_), settlement.undisputed(open_)) == (24000, 20000)
    assert "In dispute" in html.page(open_)
    assert "undisputed: EUR 20,000.00 in favour of the customer\n" in terminal.render([open_])
    assert '"undisputed": "20000.00"' in json.render([open_])
    done = made([dispute, settled])
    assert (settlement.balance(done), settlement.undisputed(done)) == (21500, 21500)
    assert "Settled by S-1: EUR 1,500.00 of it is owed to the customer." in html.page(done)
    assert made([dispute, settled | {"amount": 9000}]).disputes[0].adjustment == 0
    late = made([dispute, settled], date(2026, 5, 19)).disputes[0]
    assert late.state == "open"  # nobody has signed it yet
    assert made([dispute], date(2026, 6, 20)).disputes[0].state == "lapsed"
    more = entry("dispute", period="2026-Q1", service_levels="all", amount=2000)
    claimed = made([more, settled | {"amount": 500}])
    assert settlement.balance(claimed) == 24500
    too_late = made([entry("dispute", on="2026-05-01", by="supplier", period="2026-Q1",
                           service_levels="all")])  # fmt: skip
    assert too_late.disputes[0].why_not == (
        "raised on 2026-05-01, after the dispute window, which ended on 2026-04-30"
    )


def test_nothing_is_disputed_twice():
    of = terms("single_event: each")
    (bill,) = bills(of, [], BOTH)
    one = entry("dispute", by="supplier", period="2026-Q1", service_levels=("A",))
    other = entry("dispute", "N-2", by="supplier", period="2026-Q1", service_levels="all")
    request = requests(of, [other, one], None)
    assert [each.amount for each in disputed(request, request.periods[0], bill)] == [14400, 9600]


def test_what_costs_nothing_is_no_matter_of_dispute():
    of = terms("single_event: each")
    (bill,) = bills(of, [], {"A": "failed"})
    dispute = entry("dispute", by="supplier", period="2026-Q1", service_levels=("B",))
    request = requests(of, [dispute], None)
    (found,) = disputed(request, request.periods[0], bill)
    assert (found.state, found.amount) == ("", 0)
    assert found.why_not.startswith("there is no credit of these service levels")


def test_dead_and_dangerous_rules():
    bare = TERMS.replace("     allocation: 60", "     clause: x").replace(", allocation: 40", "")
    of = contract(bare % f"claim_days: 5, {ANEW}", "quarter")
    places = [".".join(map(str, place)) for place, _ in dead_terms(of)]
    assert "credits.claim_days" in places
    assert "credits.reweighting" in places
    found = [each.location for each in incentives(terms(f"claim_days: 5, {ANEW}"))]
    assert ("credits", "claim_days") in found
    assert ("contract", "settle_days") in found
    assert ("credits", "reweighting", "notice_days") not in found
    short = incentives(terms("reweighting: {notice_days: 30, times_a_year: 1}"))
    assert ("credits", "reweighting", "notice_days") in [each.location for each in short]


@given(st.data(), drawn.contracts(), played.rows)
@examples(25)
def test_the_order_of_entries_never_matters(data, texts, values):
    entries = data.draw(ledgers(texts))
    turned = data.draw(st.permutations(entries))
    found = [
        [(each.credits, settlement.balance(each)) for each in played.evaluated(of, values)]
        for of in (family(texts, entries), family(texts, turned))
    ]
    assert found[0] == found[1]


@given(st.data(), drawn.contracts(), played.rows)
@examples(25)
def test_disputes_never_touch_the_credit_and_incidents_never_raise_it(data, texts, values):
    entries = data.draw(ledgers(texts))
    kinds = {"dispute", "settlement"}
    without = [each for each in entries if each["kind"] not in kinds]
    free = [each for each in without if each["kind"] not in ("incident", "choice")]
    every, some, none = (
        played.evaluated(family(texts, each), values) for each in (entries, without, free)
    )
    assert [each.credits for each in every] == [each.credits for each in some]
    for left, right in zip(some, none, strict=True):
        assert left.credits.uncapped <= right.credits.uncapped
        assert left.credits.points_total <= right.credits.points_total
    for each in every:
        payable, balance = settlement.undisputed(each), settlement.balance(each)
        assert balance - each.credits.total <= payable <= balance
        assert all(Decimal(0) <= one.amount for one in each.disputes)
