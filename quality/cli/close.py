"""``workmanship close``: an evaluation that nothing changes any more."""

import getpass
import sys
from typing import Annotated

import typer

from quality.cli import options
from quality.cli.console import say, verdicts
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
        typer.Option(
            "--agreed",
            help="Both parties agree not to wait for the dispute window: the ledger must say so.",
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be frozen, and freeze nothing.")
    ] = False,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes", help="Do not ask for confirmation; without a terminal nobody is asked."
        ),
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
    closer = _closer(by)
    evaluation = None
    if dry_run or (not yes and sys.stdin.isatty() and sys.stdout.isatty()):
        evaluation = session.to_close(period, agreed)
        verdicts(terminal.render([evaluation]))
        say(f"this would be frozen for good, as closed by {closer}")
        if dry_run:
            return
        typer.confirm("Close it?", abort=True, err=True)
    frozen = session.close(period, closer, agreed, evaluation)
    if evaluation is None:
        verdicts(terminal.render([frozen]))
    say(f"closed as {frozen.frozen.digest if frozen.frozen else ''}")
    say(f"the record is {session.record(frozen)}: both parties keep a copy")


def _closer(name: str | None) -> str:
    """Who closes a period: one line of printable text (UsageError)."""
    from pydantic_core import PydanticCustomError

    from quality.contract.text.values import printable

    try:
        return printable(getpass.getuser() if name is None else name)
    except PydanticCustomError as error:
        raise UsageError(f"--by {error.message()}") from None
    except (OSError, KeyError):
        raise UsageError("nobody is logged in here: say who closes the period with --by") from None
