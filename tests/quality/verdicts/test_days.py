"""Events that excuse some days of a period, and not the period: by hand."""

from __future__ import annotations

import json as plain_json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.contract.checks.dead_terms import dead_terms
from quality.contract.incentives.clauses import incentives
from quality.model.evaluation import Evaluation
from reports.scorecard import json, terminal
from reports.scorecard.page import html
from reports.scorecard.words import invoice
from tests.conftest import Desk
from tests.examples import examples
from tests.quality.credit_cases import contract
from tests.quality.ledgers import BRANCHY, LEVELS, SIMPLE, event, ledger
from tests.quality.money import drawn, played
from tests.quality.money.ledgers_drawn import family, ledgers

TERMS = (
    "charges: {currency: EUR, amounts: [{from: 2026-01-01, amount: 100000}], at_risk: 10}\n"
    "excusals: {by_days: true}\n"
)
LEVEL = LEVELS[0].removesuffix("}") + ", allocation: 100}"


@pytest.fixture(scope="module")
def measured(shared_desk: Desk) -> Desk:
    shared_desk.repository("billing", {"a.py": SIMPLE, "b.py": BRANCHY})
    shared_desk.contract(["billing"], [LEVEL], more=TERMS)
    assert shared_desk.measure(jobs=1).problems == []
    return shared_desk


def judged(desk: Desk, *entries: str) -> Evaluation:
    ledger(desk, *entries)
    (evaluation,) = desk.evaluate("2026-Q3", pages=True)
    return evaluation


def total(evaluation: Evaluation) -> Decimal:
    assert evaluation.credits
    return evaluation.credits.total


def test_the_guides_example_of_days(measured: Desk) -> None:
    """Ten of 92 days: 10,000 x 82 / 92 = 8,913.04."""
    ten = event(days=("2026-07-06", "2026-07-15"))
    found = judged(measured, ten)
    assert total(found) == Decimal("8913.04")
    assert found.service_levels[0].outcome == "failed"
    assert found.credits_without
    assert found.credits_without.total == 10000
    (excusal,) = found.excusals
    assert (excusal.days, excusal.amount, excusal.effects) == (10, Decimal("1086.96"), ())
    assert found.credits
    assert "x 82 of 92 days (10 excused by E-1) = EUR 8,913.04" in (
        found.credits.steps[0].explanation
    )
    (line,) = [each for each in invoice.lines(found) if each.about == "TQ-1"]
    assert ("82 / 92", "days, 10 excused") in line.factors
    said = "10 days of the period, and their share of the credits of TQ-1"
    assert f"E-1: excused event excuses {said}\n" in terminal.render([found])
    assert said in html.page(found)
    assert said in html.index([found], ["acme.html"])
    entry = plain_json.loads(json.render([found]))["excusals"][0]
    assert (entry["days"], entry["service_levels"]) == (10, ["TQ-1"])


@pytest.mark.slow
def test_a_day_is_excused_once_and_whatever_its_cause(measured: Desk) -> None:
    one = event(days=("2026-07-06", "2026-07-15"))
    other = event("E-2", days=("2026-07-11", "2026-07-20"), cause="maintenance")
    found = judged(measured, one, other)
    assert total(found) == Decimal("8369.57")  # 15 days: 10,000 x 77 / 92
    assert [each.amount for each in found.excusals] == [Decimal("543.47"), Decimal("543.47")]
    before = event(days=("2026-06-01", "2026-07-02"))  # two of its days lie in the period
    assert total(judged(measured, before)) == Decimal("9782.61")


def test_what_covers_the_whole_period_excuses_it_as_ever(measured: Desk) -> None:
    found = judged(measured, event(days=("2026-07-01", "2026-09-30")))
    assert (found.service_levels[0].outcome, total(found)) == ("excused", 0)


def test_days_of_one_repository_are_no_days_of_the_delivery(measured: Desk) -> None:
    found = judged(
        measured, event(days=("2026-07-06", "2026-07-15"), more=", repositories: [billing]")
    )
    assert total(found) == 10000
    assert found.excusals[0].why_not == (
        "it names repositories, but days are excused for the whole delivery"
    )


def test_dead_and_dangerous() -> None:
    level = "{id: A, class: critical, indicator: duplication.share, expected: 3, minimum: 5}"
    of = contract(f"service_levels: [{level}]\nexcusals: {{by_days: true}}\n", "quarter")
    assert [place for place, _ in dead_terms(of)] == [("excusals", "by_days")]
    priced = level.replace("}", ", allocation: 100}")
    of = contract(f"{TERMS.splitlines()[0]}\nservice_levels: [{priced}]\n", "quarter")
    found = [each for each in incentives(of) if each.location == ("excusals", "by_days")]
    assert "one day" in found[0].clause


@given(st.data(), drawn.contracts(), played.rows)
@examples(25)
def test_excused_days_never_harm(data, texts, values):
    entries = data.draw(ledgers(texts))
    without = [each for each in entries if each["kind"] != "excused_event"]
    some, others = (played.evaluated(family(texts, each), values) for each in (entries, without))
    for left, right in zip(some, others, strict=True):
        assert left.credits
        assert right.credits
        assert left.credits.uncapped <= right.credits.uncapped
