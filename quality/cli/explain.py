"""``workmanship explain``: the rows behind a number."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from quality.cli.console import show
from quality.cli.options import (
    Database,
    Format,
    FormatOption,
    Memory,
    OneContract,
    PeriodOption,
    Quiet,
    Verbose,
)
from quality.store.machine import Resources, parse_memory

EXAMPLE = "workmanship explain acme.contract.yaml --service-level TQ-1 --top 10"


def command(
    contract: OneContract,
    service_level: Annotated[str, typer.Option(metavar="ID", help="The service level's id.")],
    period: PeriodOption = None,
    top: Annotated[int, typer.Option(min=1, help="How many rows.")] = 20,
    format_: FormatOption = Format.text,
    database: Database = None,
    memory: Memory = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show the rows behind a number, worst first: functions, files, findings."""
    from quality.cli.session import Session
    from reports.scorecard import explanation

    session = Session(
        [contract], database, datetime.now(UTC), Resources(memory=parse_memory(memory))
    )
    found = session.explain(session.requests(period)[0], service_level, top)
    head = {"contract": found.contract_id, "period": found.period, "commits": dict(found.commits)}
    render = explanation.as_json if format_ is Format.json else explanation.text
    show(render(head, found.verdict, found.columns, found.rows, found.total))
