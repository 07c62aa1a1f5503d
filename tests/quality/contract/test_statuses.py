"""Statuses that stand in several lists: one meaning counts, and ``check`` says that the others do
nothing."""

from __future__ import annotations

from pathlib import Path

from quality.contract.checks.dead_terms import dead_terms
from quality.contract.file import parse_contract
from quality.contract.text.yaml import Location

CONTRACT = """\
format: workmanship.contract/1
contract: {id: H, customer: A, supplier: B, starts: 2026-01-01, ends: 2027-12-31,
  period: quarter, timezone: Europe/Berlin, recipe: "2026.2"}
sources:
  - {name: desk, kind: tickets, format: csv, file: desk.csv, declared_by: supplier}
support:
  statuses: STATUSES
  policies: [{name: all, otherwise: true, targets: {resolution: 1 h}}]
service_levels:
  - {id: B, class: critical, indicator: tickets.backlog, minimum: 2}
"""


def dead(statuses: str) -> list[tuple[Location, str]]:
    text = CONTRACT.replace("STATUSES", statuses)
    return [each for each in dead_terms(parse_contract(text.encode(), Path("h.contract.yaml")))
            if each[0][0] == "support"]  # fmt: skip


def test_a_status_that_means_something_else_too_is_told_where_it_does_nothing() -> None:
    at = ("support", "statuses")
    assert dead("{waiting: [On hold, SOLVED], closed: [Closed, Cancelled, Done]}") == [
        ((*at, "waiting", 1), '"SOLVED" is resolved too, and that is what counts: remove it'),
    ], "the usual words of a list that the contract does not write count as well"
    assert dead("{open: [Parked], waiting: [parked], resolved: [Done], closed: [done]}") == [
        ((*at, "open", 0), '"Parked" is waiting too, and that is what counts: remove it'),
        ((*at, "resolved", 0), '"Done" is closed too, and that is what counts: remove it'),
    ]


def test_usual_words_that_the_contract_gives_another_meaning_are_no_error_of_its() -> None:
    assert dead("{waiting: [Assigned, In Review], resolved: [Resolved], closed: [Done]}") == []
