"""Code with a report of others on it, a contract that reads the report, and how both are judged."""

from __future__ import annotations

from datetime import UTC, datetime

from quality.measure.measurement import Measurement
from quality.model.scorecard import DeclaredReport
from quality.model.verdict import Verdict
from tests.collectors.records.reports import result, run, sarif
from tests.conftest import Desk

CODE = "def f(a):\n    if a:\n        return 1\n    return eval(a)\n"
OTHER = "def g(a):\n    return [a]\n\n\ndef h(a):\n    return {a}\n"
LEVEL = "{id: D, class: critical, indicator: findings.density, minimum: 100}"
ONE = sarif(run(result("src/a.py", 4)))
TWO = sarif(run(result("src/a.py", 4), result("src/a.py", 3)))
OCTOBER = datetime(2026, 10, 3, 12, tzinfo=UTC)


def contract(
    desk: Desk, place: str, *levels: str, section: str = "findings", more: str = ""
) -> None:
    source = f"{{name: lint, repository: r, {place}, declared_by: supplier{more}}}"
    desk.contract(["r"], levels or (LEVEL,), more=f"{section}:\n  - {source}\n")


def measured(desk: Desk) -> Measurement:
    desk.now = OCTOBER if desk.now.year == 2026 and desk.now.month == 11 else desk.now
    return desk.measure()


def judged(desk: Desk, period: str = "2026-Q3") -> tuple[Verdict, DeclaredReport]:
    (evaluation,) = desk.evaluate(period)
    (report,) = evaluation.scorecard.declared
    return evaluation.service_levels[0], report


def numbers(verdict: Verdict) -> tuple[int, int]:
    assert verdict.measured, verdict.reason
    return verdict.measured.numerator, verdict.measured.denominator
