"""Several contracts on a terminal: a line each, each cause once."""

from __future__ import annotations

from dataclasses import replace

from reports.scorecard.summary import render
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


def test_a_name_steers_no_terminal() -> None:
    evil = replace(evaluation(), supplier="\x1b[2JAcme\nmet", contract_id="A\rB")
    text = render([evil, evil])
    assert all(char == "\n" or char.isprintable() for char in text.replace("\u00a0", " "))
