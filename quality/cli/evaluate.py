"""``workmanship evaluate``: the verdicts of one period."""

from quality.cli import options
from quality.cli.console import leave, show, verdicts

EXAMPLE = "workmanship evaluate acme.contract.yaml --period 2026-Q3 --format json"


def command(
    contracts: options.Contracts,
    period: options.Period = None,
    format_: options.FormatOption = options.Format.text,
    database: options.Database = None,
    memory: options.Memory = None,
    strict: options.Strict = False,
    exit_zero: options.ExitZero = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Judge one period by what was measured."""
    from quality.cli.session import begin, exit_code
    from reports.scorecard import json, summary

    session = begin(contracts, database, memory)
    session.witness()
    evaluations = session.evaluate(session.requests(period), pages=False)
    if format_ is options.Format.json:
        show(json.render(evaluations))
    else:
        verdicts(summary.shown(evaluations, verbose))
    leave(exit_code(evaluations, strict), exit_zero)
