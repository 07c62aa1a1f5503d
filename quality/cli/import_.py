"""``workmanship import``: what others report in, into the database."""

import typer

from quality.cli import options
from quality.cli.console import UNKNOWN, complain, say

EXAMPLE = "workmanship import acme.contract.yaml"


def command(
    contracts: options.Contracts,
    offline: options.Offline = False,
    database: options.Database = None,
    memory: options.Memory = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Bring in what contracts name: reports of analyzers and tests, records of trackers.

    measure and scorecard do so too. What a period was judged by is never replaced.
    """
    from quality.cli.progress import watch
    from quality.cli.session import begin

    session = begin(contracts, database, memory)
    with watch(quiet, verbose) as watcher:
        result, new = session.import_reports(session.ranges(None), watcher, offline)
    complain([*result.problems, *result.absent, *result.notices])
    for line in result.records:
        say(line)
    if new or not result.records:  # of records alone the lines above say enough
        say(f"{new or 'no'} new {'report' if new == 1 else 'reports'} in {session.database}")
    if result.problems or result.absent:
        raise typer.Exit(UNKNOWN)
