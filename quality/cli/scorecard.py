"""``workmanship scorecard``: the main job in one go."""

from contextlib import closing
from time import monotonic

from quality.cli import options
from quality.cli.console import UNKNOWN, complain, leave, say, verdicts
from quality.cli.pages import Pages

EXAMPLE = "workmanship scorecard acme.contract.yaml --output out/"


def command(
    contracts: options.Contracts,
    output: options.Output,
    period: options.Period = None,
    jobs: options.Jobs = options.CORES,
    engine: options.Engine = "processes",
    offline: options.Offline = False,
    database: options.Database = None,
    memory: options.Memory = None,
    strict: options.Strict = False,
    exit_zero: options.ExitZero = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Measure, evaluate and report in one go."""
    from quality.cli.progress import watch
    from quality.cli.session import begin, exit_code
    from quality.measure.engine import engine as engine_of
    from reports.scorecard import summary
    from reports.shared.text import safe_text

    began = monotonic()
    session = begin(contracts, database, memory, jobs)
    requests = session.requests(period)
    with watch(quiet, verbose) as watcher:
        ranges = session.ranges(None)
        result = session.measure(ranges, engine_of(engine, jobs), watcher, offline)
    done = result.told(monotonic() - began)
    session.witness()
    with closing(Pages(output)) as pages:
        evaluations = session.evaluate(requests, sink=pages.rows)
        page = pages.write(session, evaluations)
    text = summary.shown(evaluations, verbose)
    verdicts(text)
    untold = [line for line in (*result.problems, *result.absent) if safe_text(line) not in text]
    complain([*untold, *result.notices])
    say(f"{done}; wrote {page}")
    code = exit_code(evaluations, strict)
    leave(UNKNOWN if result.problems else code, exit_zero)
