"""Several contracts on a terminal: a line each, each cause once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from reports.scorecard.summary import render
from tests.reports import money_samples
from tests.reports.samples import evaluation

REASON = "billing: the server does not answer"


def test_a_line_a_contract_worst_first_and_each_cause_once() -> None:
    met = replace(evaluation(), contract_id="GOOD", outcome="met", service_levels=(), snapshots=())
    (first, *_) = evaluation().service_levels
    level = replace(first, measured=None, outcome="unknown", reason=REASON)
    levels = (replace(level, id="A"), replace(level, id="B"))
    lost = replace(met, outcome="unknown", service_levels=levels)
    text = render([met, replace(lost, contract_id="ONE"), replace(lost, contract_id="TWO")])
    rows, causes, sum_ = text.split("\n\n")
    assert [row.split()[2:4] for row in rows.splitlines()[1:]] == [
        ["ONE", "2026-Q3"], ["TWO", "2026-Q3"], ["GOOD", "2026-Q3"],
    ]  # fmt: skip
    assert "? A, ? B" in rows
    assert causes == f"ONE, TWO: {REASON}"
    assert sum_ == "3 contracts: 2 unknown, 1 met. --verbose shows each service level.\n"


def test_what_is_only_several_causes_together_is_not_told_again() -> None:
    (first, *_) = evaluation().service_levels
    base = replace(evaluation().snapshots[0], commit=None, reason="it is gone")
    one, two = (replace(base, repository=name) for name in ("billing", "portal"))
    both = "billing: it is gone; portal: it is gone"
    level = replace(first, measured=None, outcome="unknown", reason=both)
    lost = replace(evaluation(), service_levels=(level,), snapshots=(one, two))
    _, causes, _ = render([lost, replace(lost, contract_id="TWO")]).split("\n\n")
    assert causes.splitlines() == [
        "ACME-2026-01, TWO: billing: it is gone", "ACME-2026-01, TWO: portal: it is gone",
    ]  # fmt: skip


def test_the_largest_claim_comes_first_and_all_are_summed_up() -> None:
    bill = money_samples.statement(total=Decimal(500), net=Decimal(500))
    small = replace(evaluation(), contract_id="SMALL", credits=bill, snapshots=())
    large = replace(small, contract_id="LARGE", credits=replace(bill, total=Decimal(900)))
    text = render([small, large])
    assert text.index("LARGE") < text.index("SMALL")
    assert "2 contracts: 2 failed, EUR 1,400.00 claimed. " in text


def test_what_is_met_below_expectations_is_told_as_on_the_page() -> None:
    below = replace(evaluation().service_levels[2], level_class="critical")
    assert below.outcome == "below_expected"
    made = replace(evaluation(), outcome="met", service_levels=(below,), snapshots=())
    met = replace(made, contract_id="GOOD", service_levels=())
    text = render([met, replace(made, supplier="A" * 41)])
    assert text.index("! below expected") < text.index("GOOD")
    assert "A" * 39 + "…  " in text
    assert "2 contracts: 1 below expected, 1 met. " in text


def test_a_name_steers_no_terminal() -> None:
    evil = replace(evaluation(), supplier="\x1b[2JAcme\nmet", contract_id="A\rB")
    text = render([evil, evil])
    assert all(char == "\n" or char.isprintable() for char in text.replace("\u00a0", " "))
