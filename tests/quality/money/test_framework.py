"""A cap over several contracts: by hand, by properties, and computed a second time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.cli.app import run
from quality.contract.amendments import Family
from quality.contract.checks.dead_terms import dead_terms
from quality.contract.incentives.clauses import incentives
from quality.contract.periods import periods
from quality.model.statement import CreditStatement
from quality.money.draws import Member, draws_of
from quality.money.statement import statement
from reports.scorecard import csv, terminal
from reports.scorecard import json as as_json
from reports.scorecard.page import html
from reports.scorecard.words import invoice
from tests.examples import examples
from tests.quality.credit_cases import HEAD, Contract, Value, contract, judged
from tests.quality.money import drawn, played, second_framework
from tests.quality.money.ledgers_drawn import family
from tests.quality.money.test_recomputed import amounts, said
from tests.reports import money_samples

TERMS = """\
charges: {currency: EUR, at_risk: 12, amounts: [{from: 2026-01-01, amount: %s}]}
framework: {id: FW-7, %s}
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     allocation: 100}
%s"""
YEAR = "cap: 30000, starts: 2026-01-01"
FAILED, MET, UNKNOWN = {"A": "failed"}, {}, {"A": "unknown"}


def of(name: str, amount: int = 200000, cap: str = YEAR, period: str = "quarter",
       more: str = "") -> Contract:  # fmt: skip
    return contract(TERMS % (amount, cap, more), period).model_copy(update={"id": name})


def member(terms: Contract, *values: Mapping[str, Value], closed: Any = None) -> Member:
    return Member(Family((terms,)), judged(terms, *values), closed or {})


def bills(*members: Member) -> dict[str, list[CreditStatement]]:
    draws, found = draws_of(members), dict[str, list[CreditStatement]]()
    for each in members:
        own: list[CreditStatement] = []
        for number, now in enumerate(each.judged, 1):
            closed = each.closed.get(now.period.id)
            shared = draws[each.id][now.period.id]
            bill = statement(each.judged[:number], own, each.family, shared)
            stands = closed[1] if closed else bill
            assert stands
            own.append(stands)
        found[each.id] = own
    return found


def totals(*members: Member) -> dict[str, list[int]]:
    return {name: [int(each.total) for each in own] for name, own in bills(*members).items()}


def test_the_guides_example():
    """24,000 and 12,000 are asked for, 30,000 are left: 20,000 and 10,000. Nothing is left then."""
    one, other = of("X-1"), of("X-2", 100000)
    found = bills(member(one, FAILED, FAILED), member(other, FAILED, FAILED))
    assert [each.total for each in found["X-1"]] == [20000, 0]
    assert [each.total for each in found["X-2"]] == [10000, 0]
    cap = found["X-1"][0].framework
    assert cap
    assert (cap.left, cap.asked, cap.granted, cap.lapsed) == (30000, 24000, 20000, 4000)
    assert cap.explanation == (
        "Framework FW-7 (2026-01-01 to 2026-12-31): cap EUR 30,000.00: EUR 30,000.00 left for EUR "
        "36,000.00, of which EUR 20,000.00 of EUR 24,000.00 here"
    )
    assert found["X-1"][0].steps[0].paid == 20000


def test_who_ends_first_comes_first_and_a_new_year_has_a_new_cap():
    """X-1 by the month: 12 % of 100,000 in January and February are 24,000; 6,000 are left."""
    monthly, quarterly = of("X-1", 100000, period="month"), of("X-2", 100000)
    every = [FAILED, FAILED, *([MET] * 10), FAILED]
    found = totals(member(monthly, *every), member(quarterly, FAILED, *([MET] * 3), FAILED))
    assert found == {"X-1": [12000, 12000, *([0] * 10), 12000], "X-2": [6000, 0, 0, 0, 12000]}


def test_a_quarter_may_be_the_span():
    cap = "cap: 30000, per: quarter"
    found = totals(*(member(of(f"X-{n}", cap=cap), FAILED, MET, FAILED) for n in (1, 2)))
    assert found == {"X-1": [15000, 0, 15000], "X-2": [15000, 0, 15000]}


def test_a_cent_that_rounding_leaves_goes_to_the_first_name():
    cap = "cap: 100, starts: 2026-01-01"
    three = [member(of(f"X-{n}", cap=cap), FAILED) for n in (3, 1, 2)]
    paid = {name: own[0].total for name, own in bills(*three).items()}
    assert paid == {"X-1": Decimal("33.34"), "X-2": Decimal("33.33"), "X-3": Decimal("33.33")}


def test_what_is_closed_is_fixed_and_comes_first():
    """X-3 has closed two quarters, with 0 and 12,000: 18,000 are left for the first of the others,
    who ask for 24,000 and 12,000: two thirds and one third."""
    one, other, third = of("X-1"), of("X-2", 100000), of("X-3", 100000)
    alone, ends = bills(member(third, MET, FAILED))["X-3"], periods(third, third.ends)
    closed = {ends[n].id: (ends[n], alone[n]) for n in (0, 1)}
    early = member(third, MET, closed=closed)
    members = member(one, FAILED, MET), member(other, FAILED, MET), early
    assert totals(*members) == {"X-1": [12000, 0], "X-2": [6000, 0], "X-3": [0]}
    cap = bills(*members)["X-1"][0].framework
    assert cap
    assert "cap EUR 30,000.00 - closed by X-3 EUR 12,000.00: EUR 18,000.00 left" in cap.explanation


def test_what_is_closed_stands_whatever_follows():
    one, other = of("X-1"), of("X-2", 100000)
    (first, *_) = bills(member(one, FAILED), member(other, FAILED))["X-1"]
    period = periods(one, one.ends)[0]
    closed = {period.id: (period, first)}
    found = bills(member(one, FAILED, closed=closed), member(other, MET))
    assert found["X-1"] == [first]
    # and a recomputation takes what the others took then
    assert draws_of([member(one, FAILED, closed=closed), member(other, MET)])["X-1"] == {
        period.id: first.framework.draws if first.framework else ()
    }


def test_what_is_not_known_is_not_free():
    """Up to 12,000 of X-2 are set aside: 18,000 of 24,000 in proportion are 20,000; the other
    4,000 are uncertain, and lapse or not when it is known. A key level changes nothing."""
    one, other = of("X-1"), of("X-2", 100000)
    found = bills(member(one, FAILED, FAILED), member(other, UNKNOWN, MET))
    first, second_ = (each.framework for each in found["X-1"])
    assert first
    assert second_
    assert (found["X-1"][0].total, first.uncertain) == (20000, 4000)
    assert "up to EUR 4,000.00 more once it is known what is taken by X-2 in 2026-Q1" in (
        first.explanation
    )
    # 30,000 - 20,000 - 12,000 set aside leave nothing that is certain
    assert (found["X-1"][1].total, second_.uncertain) == (0, 10000)
    assert found["X-2"][0].total == 0


def test_a_cap_that_cannot_bind_leaves_nothing_uncertain():
    cap = "cap: 90000, starts: 2026-01-01"
    found = bills(member(of("X-1", cap=cap), FAILED), member(of("X-2", cap=cap), UNKNOWN))
    (bill,) = found["X-1"]
    assert bill.framework
    assert (bill.total, bill.framework.uncertain) == (24000, 0)


def test_earlier_lapses_are_charged_only_where_the_framework_leaves_room():
    """The pool lets 36,000 be claimed of 24,000 at risk: 12,000 lapse, and 6,000 of the framework's
    30,000 are left for them. What the framework cut off is not carried."""
    text = TERMS.replace("at_risk: 12", "at_risk: 12, pool: 150").replace("100}", "150}")
    terms = contract(text % (200000, YEAR, "credits: {carry_over: {periods: 4}}\n"), "quarter")
    found = bills(member(terms, FAILED, MET, MET, MET, MET))["ACME-2026-01"]
    assert [each.total for each in found] == [24000, 6000, 0, 0, 6000]


def test_a_bonus_is_offset_before_and_an_earnback_reopens_nothing():
    more = "credits: {earnback: {periods: 1, share: 100}}\n"
    found = bills(member(of("X-1", more=more), FAILED, MET, FAILED))["X-1"]
    assert [(each.total, each.returned) for each in found] == [(24000, 0), (0, 24000), (6000, 0)]


def test_every_report_names_it():
    one = bills(member(of("X-1"), FAILED), member(of("X-2", 100000), FAILED))["X-1"][0]
    made = money_samples.worked(credits=one, past=())
    lines = {each.title: each.amount.replace("\u00a0", " ") for each in invoice.lines(made)}
    assert lines["Above the cap of framework FW-7"] == "\u2212EUR 4,000.00"
    assert one.framework
    assert one.framework.explanation in terminal.render([made])
    assert "A: EUR 20,000.00 of EUR 24,000.00 is left after the cap of framework FW-7" in (
        terminal.render([made])
    )
    assert "4000.00" in csv.render([made])
    index = html.index([made], ["page.html"])
    row = index[index.index(">FW-7<") :]
    cells = [cell.split("<")[0] for cell in row.split("<td")[1:6]]
    assert [cell.partition(">")[2].replace("\u00a0", " ") for cell in cells] == [
        "2026-01-01", "2026-12-31", "EUR 30,000.00", "EUR 30,000.00", "EUR 0.00",
    ]  # fmt: skip


def test_json_sums_all_that_lapsed_beside_what_the_periods_cap_cut_off():
    """The pool lets 36,000 be claimed of 24,000 at risk, and 20,000 of these the framework leaves:
    12,000 lapse above the period's cap, 4,000 above the framework's."""
    text = TERMS.replace("at_risk: 12", "at_risk: 12, pool: 150").replace("100}", "150}")
    one = contract(text % (200000, "cap: 20000, starts: 2026-01-01", ""), "quarter")
    (bill,) = bills(member(one, FAILED))["ACME-2026-01"]
    made = money_samples.worked(credits=bill)
    told = json.loads(as_json.render([made]))
    assert (told["credits"]["lapsed"], told["credits"]["lapsed_in_all"]) == (
        "12000.00", "16000.00"
    )  # fmt: skip
    assert told["credits"]["framework"]["lapsed"] == "4000.00"
    past = told["past"][0]["credits"]
    assert past["lapsed_in_all"] == past["lapsed"]


def test_the_most_of_a_month_is_what_all_caps_leave():
    """Of 30,000 the first quarter took 24,000: 6,000 are left of the 24,000 at risk, also where
    nothing is claimed; and nothing once they are gone."""
    words = [
        next(line for line in terminal.render([money_samples.worked(credits=each)]).splitlines()
             if line.startswith("credits: "))
        for each in bills(member(of("X-1"), FAILED, MET, FAILED, MET))["X-1"]
    ]  # fmt: skip
    left = "of at most EUR {} (cap of framework FW-7)"
    assert words == [
        "credits: EUR 24,000.00 of at most EUR 24,000.00",
        f"credits: EUR 0.00 {left.format('6,000.00')}",
        f"credits: EUR 6,000.00 {left.format('6,000.00')}, EUR 18,000.00 lapse",
        f"credits: EUR 0.00 {left.format('0.00')}",
    ]
    wide = TERMS.replace("at_risk: 12", "at_risk: 12, annual_cap: 5")
    yearly = contract(wide % (200000, "cap: 900000, starts: 2026-01-01", ""), "quarter")
    last = bills(member(yearly, FAILED, FAILED, MET))["ACME-2026-01"][-1]
    said = terminal.render([money_samples.worked(credits=last)])
    assert "credits: EUR 0.00 of at most EUR 0.00 (cap of contract year 1)" in said


def test_dead_and_dangerous():
    places = [place for place, _ in dead_terms(of("X-1", cap="cap: 0, starts: 2026-01-01"))]
    assert ("framework", "cap") in places
    assert ("framework", "cap") in [each.location for each in incentives(of("X-1"))]
    trigger = "consequences: [{kind: notice, failures: 2, of: 4, text: x}]\n"
    calm = incentives(of("X-1", more=trigger))
    assert ("framework", "cap") not in [each.location for each in calm]


def file(folder: Path, name: str, cap: str = YEAR, **changes: str) -> Path:
    text = HEAD.format(starts="2026-01-01", ends="2026-12-31", period="quarter")
    text = text.replace("ACME-2026-01", name.upper()) + TERMS % (200000, cap, "")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path = folder / f"{name}.contract.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_simulate_shares_the_cap(tmp_path, capsys):
    paths = [str(file(tmp_path, name)) for name in ("one", "two")]
    assert run(["simulate", *paths, "--what-if", "A=9", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [each["sum"]["total"] for each in found["drafts"]] == ["15000.00", "15000.00"]
    assert run(["simulate", paths[0], "--what-if", "A=9"]) == 1
    assert "credits: EUR 24,000.00" in capsys.readouterr().out


# ---------------------------------------------------------------- any contracts, any values

rows = st.fixed_dictionaries({f"{name}-1": played.rows for name in ("FIRST", "SECOND", "THIRD")})


def evaluated(texts: Mapping[str, Sequence[str]], values: Mapping[str, Any]) -> dict[str, Any]:
    families = {name: family(each) for name, each in texts.items()}
    members = [
        Member(each, played.judged_periods(each, values[name])) for name, each in families.items()
    ]
    draws = draws_of(members)
    return {
        name: played.evaluated(each, values[name], draws=draws[name])
        for name, each in families.items()
    }


@given(drawn.frameworks(), rows)
@examples(25)
def test_the_second_computation_gives_the_same(texts, values):
    documents = {name: [said(each) for each in found]
                 for name, found in evaluated(texts, values).items()}  # fmt: skip
    found = second_framework.money(texts, documents)
    for name, own in documents.items():
        ids = [each["period"]["id"] for each in own]
        for document, mine in zip(own, found[name], strict=True):
            assert mine == amounts(document, ids), (name, document["period"]["id"])


@pytest.mark.slow
@given(drawn.frameworks(), rows, st.randoms())
@examples(20)
def test_the_cap_holds_every_cent_is_somewhere_and_no_order_matters(texts, values, random):
    found = evaluated(texts, values)
    sums: dict[date, Decimal] = defaultdict(Decimal)
    for bill in (each.credits for own in found.values() for each in own):
        cap, annual = bill.framework, bill.annual
        sums[cap.starts] += bill.total
        cut = bill.lapsed + (annual.lapsed if annual else 0) + cap.lapsed
        assert bill.uncapped - cut - bill.offset + bill.carried_over == bill.total
        assert 0 <= bill.total <= cap.granted <= cap.asked
        assert sum((step.paid for step in bill.steps), Decimal(0)) == bill.total - bill.carried_over
        assert cap.uncertain >= 0
    assert all(each <= cap.cap for each in sums.values())
    names = list(texts)
    random.shuffle(names)
    turned = evaluated({name: texts[name] for name in names}, values)
    assert all(turned[name] == found[name] for name in names)
