"""``workmanship close``: an evaluation that nothing changes any more."""

import getpass
from typing import Annotated

import typer

from quality.cli import options
from quality.cli.console import say, show
from quality.errors import UsageError

EXAMPLE = "workmanship close acme.contract.yaml --period 2026-Q3 --by 'J. Doe'"


def command(
    contracts: options.Contracts,
    period: Annotated[str, typer.Option(metavar="P", help="2026-Q3 or 2026-09.")],
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who closes it. Default: your login name.")
    ] = None,
    agreed: Annotated[
        bool,
        typer.Option("--agreed", help="Both parties agree not to wait for the dispute window."),
    ] = False,
    database: options.Database = None,
    memory: options.Memory = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Freeze a period's evaluation for good: no later change of data or contract touches it."""
    from quality.cli.session import begin
    from reports.scorecard import terminal

    session = begin(contracts, database, memory)
    evaluation = session.close(period, _closer(by), agreed)
    show(terminal.render([evaluation]))
    say(f"closed; the record is {session.record(evaluation)}: both parties keep a copy")


def _closer(name: str | None) -> str:
    """Who closes a period: one line of printable text (UsageError)."""
    from pydantic_core import PydanticCustomError

    from quality.contract.values import printable

    try:
        return printable(getpass.getuser() if name is None else name)
    except PydanticCustomError as error:
        raise UsageError(f"--by {error.message()}") from None
    except (OSError, KeyError):
        raise UsageError("nobody is logged in here: say who closes the period with --by") from None
