"""``workmanship evaluate``: the verdicts of one period."""

from __future__ import annotations

from datetime import UTC, datetime

from quality.cli.console import leave, show
from quality.cli.options import (
    Contracts,
    Database,
    ExitZero,
    Format,
    FormatOption,
    Memory,
    PeriodOption,
    Quiet,
    Strict,
    Verbose,
)
from quality.store.machine import Resources, parse_memory

EXAMPLE = "workmanship evaluate acme.contract.yaml --period 2026-Q3 --format json"


def command(
    contracts: Contracts,
    period: PeriodOption = None,
    format_: FormatOption = Format.text,
    database: Database = None,
    memory: Memory = None,
    strict: Strict = False,
    exit_zero: ExitZero = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Judge one period by what was measured."""
    from quality.cli.session import Session, exit_code
    from reports.scorecard import json, terminal

    session = Session(
        contracts, database, datetime.now(UTC), Resources(memory=parse_memory(memory))
    )
    evaluations = session.evaluate(session.requests(period))
    report = json if format_ is Format.json else terminal
    show(report.render(evaluations))
    leave(exit_code(evaluations, strict), exit_zero)
