"""The other party's copy of a record against our own two, and the one way to restore one of them.

A record of which the database or the folder alone knows may be forged: nobody here can tell. The
copy that the other party keeps can.
"""

import json
from datetime import date
from pathlib import Path

from quality.closing.journal import joined, journal_path, keep, kept, lines_of, read_journal
from quality.closing.records import (
    body_of,
    closed_of,
    digest_of,
    files_of,
    read_closed,
    record_file,
    tampered,
)
from quality.contract.amendments import Family
from quality.contract.contract import Contract
from quality.errors import MeasureError, UsageError
from quality.files import write
from quality.store.database import FrozenRow, Store


def contract_of(copy: Path) -> str:
    """The id of the contract that a copy is a record of (UsageError: it is no record)."""
    return _stated(copy, _text(copy), "contract")


def _stated(copy: Path, text: str, key: str) -> str:
    try:
        return str(json.loads(text)[key])
    except (ValueError, LookupError, TypeError, RecursionError):
        raise UsageError(f"{copy} is not the record of a closed period") from None


def verify(store: Store, contract: Contract, copy: Path, today: date) -> str:
    """Hold a copy against the database's row and our file, and restore whichever of them is
    missing; returns what was found, in a line.

    MeasureError: they differ, or the copy does not fit into the chain. UsageError: it is our own,
    or no record.
    """
    text = _text(copy)
    period = _stated(copy, text, "period")
    previous, digest = body_of(contract, period, text).previous, digest_of(text)
    closed_of(contract, FrozenRow(period, text, digest, previous), "", today)
    file = record_file(contract, period)
    if file.exists() and file.samefile(copy):
        raise UsageError(f"{copy} is our own record: name the copy that the other party keeps")
    rows = {row.period: row for row in store.frozen(contract.id)}
    row, ours = rows.get(period), files_of(contract).get(period)
    known = {store.path: row.body if row else None, file: ours}
    for place, other in known.items():
        if other is not None and other != text:
            raise tampered(contract, period, f"{copy} is {digest}, {place} is {digest_of(other)}")
    lost = [place for place, other in known.items() if other is None]
    if not row:
        if any(previous == each.previous for each in rows.values()):
            raise MeasureError(f"{copy} does not follow the records in {store.path}: {digest}")
        store.freeze(contract.id, FrozenRow(period, text, digest, previous))
    if ours is None:
        write(file, text)
    restored = f"; restored {' and '.join(map(str, lost))}" if lost else ""
    return f"{period} of {contract.id}: all copies agree on {digest}{restored}"


def verify_journal(store: Store, family: Family, copy: Path, today: date) -> str:
    """Hold our ledger against what the other party saw of it, and take over the lines of a journal
    that continues ours; returns what was found, in a line.

    ContractError, MeasureError: our ledger or our records do not say what the copy holds, or the
    copy was changed. UsageError: it is our own, or holds nothing that ours could agree with."""
    contract, path = family.base, journal_path(family.base.path)
    if path.exists() and path.samefile(copy):
        raise UsageError(f"{copy} is our own journal: name the copy that the other party keeps")
    ours, theirs = read_journal(store, contract), lines_of(copy)
    if not theirs:
        raise UsageError(f"{copy} does not hold a line of a journal")
    joined((), theirs, f"{copy} was changed")
    continued = theirs[: len(ours)] == ours
    if continued:
        keep(store, contract, theirs)
    kept(theirs, family, read_closed(store, contract, today))
    last = digest_of(theirs[-1])
    new = f"; {len(theirs) - len(ours)} new to us" if continued else ""
    return f"{contract.id} is as the journal of {len(theirs)} lines holds it, up to {last}{new}"


def _text(copy: Path) -> str:
    try:
        return copy.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise UsageError(f"cannot read {copy}: {error.strerror}") from error
