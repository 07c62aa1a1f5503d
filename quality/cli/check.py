"""``workmanship check``: contracts and ledgers, held against their format and against what was
closed by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quality.cli.console import say, show
from quality.errors import UsageError
from quality.model.canonical import indented

if TYPE_CHECKING:
    from quality.contract.amendments import Family

EXAMPLE = "workmanship check acme.contract.yaml"


def command(
    contracts: Annotated[list[Path] | None, typer.Argument(metavar="CONTRACT...")] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of a contract instead.")
    ] = False,
    incentives: Annotated[
        bool, typer.Option("--incentives", help="Warn of clauses that reward bad conduct.")
    ] = False,
) -> None:
    """Validate contracts: every error as file:line:column: key: what is wrong."""
    from quality.contract.amendments import load_families
    from quality.contract.schema import contract_schema

    if schema:
        show(indented(contract_schema()))
        return
    if not contracts:
        raise UsageError("name at least one contract, or --schema")
    families = load_families(contracts)
    for line in checked(families):
        say(line)
    for line in warnings(families) if incentives else ():
        show(line + "\n")


def checked(families: Sequence[Family]) -> Iterator[str]:
    """A line for each valid contract, amendment and ledger (UsageError: a ledger lost what a
    closed period counted)."""
    from quality.closing.differences import broken_promises
    from quality.contract.ledger import ledger_path

    if broken := [each for f in families for each in broken_promises(f.base, f.ledger)]:
        raise UsageError("\n".join(broken))
    for family in families:
        for contract in family.contracts:
            amends = f", amends {contract.amends} from {contract.effective} on"
            levels, repositories = len(contract.service_levels), len(contract.repositories)
            yield (
                f"{contract.path}: valid, {levels} service level{'s' * (levels != 1)} over "
                f"{repositories} {'repository' if repositories == 1 else 'repositories'}"
                f"{amends if contract.amends else ''}"
            )
        if family.ledger.digests:
            entries = f"{len(family.ledger.digests)} entries"
            yield f"{ledger_path(family.base.path)}: valid, {entries}"


def warnings(families: Sequence[Family]) -> Iterator[str]:
    """What a customer may want to look at again, as file:line:column: key: warning."""
    from quality.contract.file import places
    from quality.contract.incentives import incentives
    from quality.contract.names import alike
    from quality.contract.problem import problem

    for family in families:
        for contract in family.contracts:
            place = places(contract.path)
            odd = [(each.location, str(each)) for each in incentives(contract)]
            for location, text in (*alike(contract), *odd):
                yield str(problem(contract.path, location, place(location), f"warning: {text}"))
