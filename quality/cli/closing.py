"""``workmanship closing``: the records of closed periods between the parties."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from quality.cli import options
from quality.cli.console import say
from quality.errors import UsageError

EXAMPLE = "workmanship closing verify from-acme/2026-Q3.json --contract acme.contract.yaml"


class Action(StrEnum):
    """What is done with the records."""

    verify = "verify"


def command(
    action: Annotated[Action, typer.Argument(help="verify: hold copies against our own records.")],
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="The other party's copies of records.")
    ],
    contract: Annotated[
        Path | None,
        typer.Option(metavar="CONTRACT", help="The contract file. Default: the one here."),
    ] = None,
    database: options.Database = None,
) -> None:
    """Hold the other party's copies against the database and our files; restore what is missing."""
    from quality.closing.reach import contract_beside
    from quality.closing.verify import contract_of, verify, verify_journal
    from quality.contract.amendments import load_families
    from quality.contract.periods import today_in
    from quality.store.database import Store
    from quality.store.folder import database_beside

    for copy in files:
        journal = copy.suffix == ".jsonl"
        if contract is None and journal:
            raise UsageError(f"{copy} is a journal: name its contract with --contract")
        path = contract or contract_beside(Path.cwd(), contract_of(copy))
        if path is None:
            raise UsageError(
                f"no contract file here has the id {contract_of(copy)}: name it with --contract"
            )
        (family,) = load_families([path])
        base = family.base
        today = today_in(base.timezone, datetime.now(UTC))
        with Store(database or database_beside(path)) as store:
            say(
                verify_journal(store, family, copy, today)
                if journal
                else verify(store, base, copy, today)
            )
