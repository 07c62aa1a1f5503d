"""``workmanship scorecard``: the main job in one go."""

from __future__ import annotations

from datetime import UTC, datetime

from quality.cli.console import UNKNOWN, complain, leave, say, show
from quality.cli.measure import chosen
from quality.cli.options import (
    CORES,
    Contracts,
    Database,
    EngineOption,
    ExitZero,
    Jobs,
    Memory,
    Offline,
    Output,
    PeriodOption,
    Quiet,
    Strict,
    Verbose,
)
from quality.cli.report import charts_prepared, write_pages
from quality.store.machine import Resources, parse_memory

EXAMPLE = "workmanship scorecard acme.contract.yaml --output out/"


def command(
    contracts: Contracts,
    output: Output,
    period: PeriodOption = None,
    jobs: Jobs = CORES,
    engine: EngineOption = "processes",
    offline: Offline = False,
    database: Database = None,
    memory: Memory = None,
    strict: Strict = False,
    exit_zero: ExitZero = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Measure, evaluate and report in one go."""
    from quality.cli.progress import watch
    from quality.cli.session import Session, exit_code
    from reports.scorecard import terminal

    session = Session(contracts, database, datetime.now(UTC), Resources(jobs, parse_memory(memory)))
    requests = session.requests(period)
    with charts_prepared():
        with watch(quiet, verbose) as watcher:
            result = session.measure(session.ranges(None), chosen(engine, jobs), watcher, offline)
        evaluations = session.evaluate(requests)
    page = write_pages(evaluations, output)
    show(terminal.render(evaluations))
    complain([*result.problems, *result.absent, *result.notices])
    say(f"wrote {page}")
    code = exit_code(evaluations, strict)
    leave(UNKNOWN if result.problems else code, exit_zero)
