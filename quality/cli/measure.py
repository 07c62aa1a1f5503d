"""``workmanship measure``: repositories in, facts into the database."""

from time import monotonic
from typing import Annotated

import typer

from quality.cli import options
from quality.cli.console import UNKNOWN, complain, say

EXAMPLE = "workmanship measure acme.contract.yaml --periods 2026-Q1..2026-Q3"


def command(
    contracts: options.Contracts,
    periods: Annotated[
        str | None,
        typer.Option(
            metavar="P..P", help="The periods to measure. Default: all of the contract so far."
        ),
    ] = None,
    jobs: options.Jobs = options.CORES,
    engine: options.Engine = "processes",
    offline: options.Offline = False,
    database: options.Database = None,
    memory: options.Memory = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Mirror the repositories and measure what nobody measured yet."""
    from quality.cli.progress import watch
    from quality.cli.session import begin
    from quality.measure.engine import engine as engine_of

    began = monotonic()
    session = begin(contracts, database, memory, jobs)
    with watch(quiet, verbose) as watcher:
        ranges = session.ranges(periods)
        result = session.measure(ranges, engine_of(engine, jobs), watcher, offline)
    session.witness()
    complain([*result.problems, *result.absent, *result.notices])
    say(f"{result.told(monotonic() - began)}, into {session.database}")
    if result.problems or result.absent:
        raise typer.Exit(UNKNOWN)
