"""``workmanship explain``: the rows behind a number."""

from typing import Annotated

import typer

from quality.cli import options
from quality.cli.console import show

EXAMPLE = "workmanship explain acme.contract.yaml --service-level TQ-1 --top 10"


def command(
    contract: options.OneContract,
    service_level: Annotated[
        str,
        typer.Option(metavar="ID", help="The service level's id, where more than one is possible."),
    ] = "",
    period: options.Period = None,
    ticket: Annotated[
        str, typer.Option(metavar="ID", help="Show one ticket's clock instead, step by step.")
    ] = "",
    top: Annotated[int, typer.Option(min=1, help="How many rows to show.")] = 20,
    format_: options.FormatOption = options.Format.text,
    database: options.Database = None,
    memory: options.Memory = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Show the rows behind a number, worst first: functions, files, findings."""
    from quality.cli.session import begin
    from reports.scorecard import explanation

    session = begin([contract], database, memory)
    if ticket:
        steps = session.ticket_steps(session.requests(period)[0], service_level, ticket)
        say = explanation.steps_as_json if format_ is options.Format.json else explanation.steps
        show(say(ticket, steps.service_level, steps.columns, steps.rows))
        return
    found = session.explain(session.requests(period)[0], service_level, top)
    head = {"contract": found.contract_id, "period": found.period, "commits": dict(found.commits)}
    render = explanation.as_json if format_ is options.Format.json else explanation.text
    rows = explanation.Rows(found.columns, found.rows, found.total, found.evidence, found.in_utc)
    show(render(head, found.verdict, rows))
