"""``workmanship measure``: repositories in, facts into the database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from quality.cli.console import UNKNOWN, complain, say
from quality.cli.options import (
    CORES,
    Contracts,
    Database,
    EngineOption,
    Jobs,
    Memory,
    Offline,
    Quiet,
    Verbose,
)
from quality.store.machine import Resources, parse_memory

if TYPE_CHECKING:
    from quality.measure.engine import Engine

EXAMPLE = "workmanship measure acme.contract.yaml --periods 2026-Q1..2026-Q3"


def command(
    contracts: Contracts,
    periods: Annotated[
        str | None,
        typer.Option(
            metavar="P..P", help="Which periods. Default: every one of the contract so far."
        ),
    ] = None,
    jobs: Jobs = CORES,
    engine: EngineOption = "processes",
    offline: Offline = False,
    database: Database = None,
    memory: Memory = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Mirror the repositories and measure what nobody measured yet."""
    from quality.cli.progress import watch
    from quality.cli.session import Session

    session = Session(contracts, database, datetime.now(UTC), Resources(jobs, parse_memory(memory)))
    with watch(quiet, verbose) as watcher:
        result = session.measure(session.ranges(periods), chosen(engine, jobs), watcher, offline)
    complain([*result.problems, *result.absent, *result.notices])
    say(f"measured {len(result.blobs)} new contents into {session.database}")
    if result.problems or result.absent:
        raise typer.Exit(UNKNOWN)


def chosen(name: str, jobs: int) -> Engine:
    """The engine of --engine and --jobs (UsageError)."""
    from quality.measure.engine import engine

    return engine(name, jobs)
