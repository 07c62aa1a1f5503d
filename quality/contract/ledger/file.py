"""Reading a ledger file: bytes to a ``Ledger``, or every problem in it at once, by its place."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from quality.catalogue.recipes import load_recipe
from quality.contract.contract import Contract
from quality.contract.file import decoded, read_bytes
from quality.contract.ledger.entries import Signed
from quality.contract.ledger.kinds import KINDS
from quality.contract.ledger.ledger import EMPTY, FORMAT, Ledger, ledger_path
from quality.contract.ledger.names import strangers
from quality.contract.ledger.notices import Dispute
from quality.contract.problems import empty_values, entries_of, told, twice
from quality.contract.text.people import whose
from quality.contract.text.problem import all_of, broken
from quality.contract.text.section import Identifier, Section, digest
from quality.contract.text.values import meant, shown
from quality.contract.text.yaml import Document, Found, Location, read_yaml
from quality.model.canonical import compact


class LedgerFile(Section):
    """A ledger as a whole; its entries are checked one by one."""

    format: Literal["workmanship.events/1"]
    contract: Identifier
    entries: tuple[Any, ...] = ()


def load_ledger(contracts: Sequence[Contract]) -> Ledger:
    """The ledger of a contract (the first) and its amendments; empty where there is no file
    (ContractError with every problem in it)."""
    path = ledger_path(contracts[0].path)
    return read_ledger(path, contracts) if path.exists() else EMPTY


def read_ledger(path: Path, contracts: Sequence[Contract]) -> Ledger:
    """Read and check a ledger of a contract and its amendments (ContractError)."""
    document = read_yaml(decoded(read_bytes(path), path))
    found = list(document.troubles)
    entries: list[Signed] = []
    if document.readable:
        if not isinstance(document.data, dict):
            raise broken(path, _NOTHING)
        found += _head(document, contracts)
        for number, entry in enumerate(entries_of(document, "entries")):
            checked = _entry(document, number, entry, contracts)
            if isinstance(checked, list):
                found += checked
            else:
                entries.append(checked)
        found += _unsettled(document, entries)
        found += empty_values(document, found)
        found += twice(document)
    if found:
        raise all_of(path, found)
    return _ledger(entries, contracts)


_NOTHING = f"holds no keys: a ledger begins with `format: {FORMAT}`"


def _head(document: Document, contracts: Sequence[Contract]) -> Iterator[Found]:
    try:
        head = LedgerFile.model_validate(document.data)
    except ValidationError as error:
        yield from told(error, LedgerFile, document, ())
        return
    if head.contract != contracts[0].id:
        place = document.place(("contract",))
        text = f"must be {contracts[0].id}, the contract beside which the ledger lies"
        yield ("contract",), place, text


def _entry(
    document: Document, number: int, entry: object, contracts: Sequence[Contract]
) -> Signed | list[Found]:
    """The entry's model, or what is wrong with it."""
    at: Location = ("entries", number)
    if not isinstance(entry, dict):
        text = "must be a group of keys (lines such as `id: ...`)"
        return [(at, document.place(at), text)]
    kind = entry.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        if "kind" in entry and kind is None:
            return []  # said where empty values are
        text = f"use {', '.join(KINDS)}"
        if isinstance(kind, str):
            text = f"{shown(kind)} is not a known kind; {meant(kind, KINDS, text)}"
        elif "kind" not in entry:
            text = f"is missing: {text}"
        where = (*at, "kind")
        return [(where, document.place(where), text)]
    recipe = load_recipe(*contracts[-1].measured_by)
    try:
        model = KINDS[kind].model_validate(entry, context={"recipe": recipe})
    except ValidationError as error:
        return list(told(error, KINDS[kind], document, at))
    found = [((*at, *where), text) for where, text in strangers(model, contracts)]
    return [(where, document.place(where), text) for where, text in found] or model


def _unsettled(document: Document, entries: Sequence[Signed]) -> Iterator[Found]:
    """Settlements of what is no dispute of the ledger."""
    disputes = [each.id for each in entries if isinstance(each, Dispute)]
    for number, entry in enumerate(entries_of(document, "entries")):
        settles = entry.get("settles") if isinstance(entry, dict) else None
        if isinstance(settles, str) and settles not in disputes:
            where = ("entries", number, "settles")
            hint = meant(settles, disputes, f"it has {', '.join(disputes) or 'none'}")
            yield (
                where,
                document.place(where),
                f"{shown(settles)} is not a dispute in this ledger; {hint}",
            )


def _ledger(entries: Sequence[Signed], contracts: Sequence[Contract]) -> Ledger:
    digests = tuple((entry.id, digest(entry.agreed())) for entry in entries)
    chain = ""
    for _, each in digests:
        chain = hashlib.sha256(f"{chain}{each}".encode()).hexdigest()
    return Ledger(
        written=tuple(entries),
        outsiders=tuple(_outsiders(entries, contracts)),
        facts=tuple(fact for entry in entries for fact in _facts(entry)),
        digests=digests,
        digest=f"sha256:{chain}" if chain else "",
    )


def _facts(entry: Signed) -> Iterator[tuple[str, str]]:
    """What an entry says, and what each of its approvals does, as canonical JSON."""
    said = entry.model_dump(mode="json", by_alias=True, exclude_unset=True)
    approvals = said.pop("approved_by", None) or {}
    yield f"entry {entry.id}", compact(said)
    for party, approval in sorted(approvals.items()):
        yield f"approval of {entry.id} by the {party}", compact(approval)


def _outsiders(
    entries: Sequence[Signed], contracts: Sequence[Contract]
) -> Iterator[tuple[str, str]]:
    """The entries that somebody approved whom the contract, as in force on that day, does not
    name."""
    for entry in entries:
        for party, approval in entry.approvals.given.items():
            if approval is None:
                continue
            amended = [c for c in contracts[1:] if c.effective and c.effective <= approval.on]
            named = [contracts[0], *amended][-1].may_approve(party)
            if named and whose(approval.name) not in map(whose, named):
                text = f"{shown(approval.name)} may not approve for the {party}: {', '.join(named)}"
                yield entry.id, text
                break
