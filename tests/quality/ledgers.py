"""Ledgers for tests: entries as text, and code that they can excuse."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Desk

SIMPLE = "def f(a):\n    return a\n"  # 2 NLOC
BRANCHY = "def g(a):\n" + "    if a:\n        a += 1\n" * 3 + "    return a\n"  # CCN 4, 8 NLOC
FINDING = "def h():\n    unused = 1\n    return undefined_name\n"  # W0612 and E0602, 3 NLOC
APPROVED = (
    "approved_by: {customer: {name: Ann, date: 2026-08-01}, "
    "supplier: {name: Bob, date: 2026-08-02}}"
)
LEVELS = (
    "{id: TQ-1, name: c, class: critical, indicator: complexity.nloc_share, above: 3, "
    "expected: 5, minimum: 8}",
    "{id: TQ-2, name: e, class: critical, indicator: errors.density, expected: 0.1, minimum: 0.5}",
)


def ledger(desk: Desk, *entries: str, name: str = "acme") -> Path:
    head = "entries:\n" if entries else "entries: []\n"
    text = f"format: workmanship.events/1\ncontract: {name.upper()}\n{head}"
    text += "".join(f"  - {{{entry}}}\n" for entry in entries)
    path = desk.folder / f"{name}.events.yaml"
    path.write_text(text)
    return path


def event(id: str = "E-1", more: str = "", approved: str = APPROVED, cause: str = "customer",
          days: tuple[str, str] = ("2026-07-01", "2026-09-30")) -> str:  # fmt: skip
    return (
        f"id: {id}, kind: excused_event, cause: {cause}, from: {days[0]}, to: {days[1]}, "
        f"service_levels: all, reason: why, raised_by: supplier, {approved}{more}"
    )


def debt(id: str = "D-1", more: str = "paths: [old/**]", until: str = "2026-12-31",
         approved: str = APPROVED) -> str:  # fmt: skip
    return (
        f"id: {id}, kind: accepted_debt, until: {until}, reason: why, raised_by: customer, "
        f"{approved}, {more}"
    )


def closing(
    period: str, waives: str, *, days: tuple[str, str] = ("2026-11-01", "2026-11-02"),
    names: tuple[str, str] = ("Ann", "Bob"), approved: str = "",
) -> str:  # fmt: skip
    """Both parties agree how a period is closed."""
    approved = approved or (
        f"approved_by: {{customer: {{name: '{names[0]}', date: {days[0]}}}, "
        f"supplier: {{name: '{names[1]}', date: {days[1]}}}}}"
    )
    return (
        f"id: C-{period}-{waives}, kind: closing, period: {period}, waives: [{waives}], "
        f"reason: why, raised_by: customer, {approved}"
    )


def note(corrects: str, period: str, amount: str = "-120.50", id: str = "N-1") -> str:
    """A correction that both parties approved in November 2026."""
    return (
        f"id: {id}, kind: credit_note, corrects: {corrects}, period: {period}, amount: {amount}, "
        f"reason: typo, raised_by: customer, {APPROVED.replace('2026-08', '2026-11')}"
    )
