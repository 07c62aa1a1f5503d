"""``workmanship check``: contracts and ledgers, held against their format and against what was
closed by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quality.cli import options
from quality.cli.console import say, show
from quality.errors import MeasureError, UsageError
from quality.model.canonical import indented

if TYPE_CHECKING:
    from quality.contract.amendments import Family
    from quality.contract.contract import Contract
    from quality.contract.text.yaml import Location
    from quality.store.database import Store

EXAMPLE = "workmanship check acme.contract.yaml"


def command(
    contracts: Annotated[list[Path] | None, typer.Argument(metavar="CONTRACT...")] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of a contract instead.")
    ] = False,
    incentives: Annotated[
        bool, typer.Option("--incentives", help="Warn about clauses that reward bad conduct.")
    ] = False,
    database: options.Database = None,
) -> None:
    """Validate contracts: every error as file:line:column: key: what is wrong."""
    from quality.contract.amendments import load_families
    from quality.contract.peers import with_peers
    from quality.contract.schema import contract_schema

    if schema:
        show(indented(contract_schema()))
        return
    contracts = contracts or options.contracts_here()
    families = with_peers(load_families(contracts))
    keep_promises(families, contracts[0], database)
    for line in checked(families):
        say(line)
    for line in remarks(families):
        say(line)
    for line in warnings(families) if incentives else ():
        show(line + "\n")


def keep_promises(families: Sequence[Family], first: Path, database: Path | None) -> None:
    """Hold contracts and ledgers against what was closed by them (UsageError, MeasureError), as the
    database and the files of the records tell it; without a database the files alone."""
    from quality.store.database import Store
    from quality.store.folder import database_beside

    path = database or database_beside(first)
    if path.exists():
        try:
            store = Store(path, read_only=True)
        except MeasureError as error:
            say(f"closed periods are checked by the files of their records alone: {error}")
        else:
            with store:
                _kept(families, store)
            return
    _kept(families, None)


def _kept(families: Sequence[Family], store: Store | None) -> None:
    from quality.closing.differences import broken_promises
    from quality.closing.guard import guarded
    from quality.contract.periods import today_in

    broken: list[str] = []
    given = {each.base.id for each in families}
    for family in families:
        today = today_in(family.base.timezone, datetime.now(UTC))
        closed = guarded(store, family, given, today)
        broken += broken_promises(family.base, closed, family.ledger)
    if broken:
        raise UsageError("\n".join(broken))


def checked(families: Sequence[Family]) -> Iterator[str]:
    """A line for each valid contract, amendment and ledger."""
    from quality.contract.ledger.ledger import ledger_path

    for family in families:
        for contract in family.contracts:
            amends = f", amends {contract.amends} from {contract.effective} on"
            levels, repositories = len(contract.service_levels), len(contract.repositories)
            over = [f"{repositories} {'repository' if repositories == 1 else 'repositories'}"]
            if contract.records:
                sources = len(contract.records)
                over = over[: bool(repositories)]
                over.append(f"{sources} source{'s' * (sources != 1)} of records")
            yield (
                f"{contract.path}: valid, {levels} service level{'s' * (levels != 1)} over "
                f"{' and '.join(over)}"
                f"{amends if contract.amends else ''}"
            )
        if family.peers:
            names = ", ".join(each.base.id for each in family.peers)
            yield f"{family.base.path}: shares the cap of its framework with {names}"
        if family.ledger.digests:
            entries = f"{len(family.ledger.digests)} entries"
            yield f"{ledger_path(family.base.path)}: valid, {entries}"


def remarks(families: Sequence[Family]) -> Iterator[str]:
    """The levels that nobody or nearly everybody reaches and the terms that do nothing, as
    file:line:column: key: warning."""
    from quality.contract.checks.dead_terms import dead_terms
    from quality.contract.checks.parties_apart import divided_otherwise
    from quality.contract.checks.reach import out_of_reach
    from quality.contract.checks.record_files import files_missing
    from quality.contract.checks.shared import uneven
    from quality.contract.holidays import holidays_missing

    for family in families:
        for contract in family.contracts:
            dead = (*dead_terms(contract), *holidays_missing(contract))
            yield from _warned(contract, (*out_of_reach(contract), *dead))
    for family in families:
        contract = family.contracts[-1]
        if contract.framework and not family.peers:
            text = f"no other contract in this folder names {contract.framework.id}: the cap is "
            text = f"{text}this contract's alone"
            yield from _warned(contract, ((("framework", "id"), text),))
    standing = [family.contracts[-1] for family in families]
    for contract in standing:
        yield from _warned(contract, tuple(files_missing(contract)))
    for contract, place, text in (*uneven(standing), *divided_otherwise(standing)):
        yield from _warned(contract, ((place, text),))


def warnings(families: Sequence[Family]) -> Iterator[str]:
    """What a customer may want to look at again, as file:line:column: key: warning."""
    from quality.contract.checks.names import alike
    from quality.contract.incentives.clauses import incentives

    for family in families:
        for contract in family.contracts:
            odd = [(each.location, str(each)) for each in incentives(contract)]
            yield from _warned(contract, (*alike(contract), *odd))


def _warned(contract: Contract, found: Sequence[tuple[Location, str]]) -> Iterator[str]:
    from quality.contract.file import places
    from quality.contract.text.problem import problem

    if not found:
        return  # the file is not read once more
    place = places(contract.path)
    for location, text in found:
        yield str(problem(contract.path, location, place(location), f"warning: {text}"))
