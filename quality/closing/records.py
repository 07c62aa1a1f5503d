"""The records of closed periods: evaluations that no later change of data, contract, ledger or
program touches.

A record is canonical JSON with the whole evaluation, in two places: a row of the database and a
file ``NAME.closed/PERIOD.json`` beside the contract, the same bytes. Every record names the digest
of the one before, so a record that is changed or taken away breaks the chain. Whoever can write
both places can forge both together: so each party keeps the digest, or the file.

Reading prefers nothing: rows and files must agree. Where one of the two is missing as a whole (a
new database, a contract that was moved without its folder), the other one serves, and a note says
so. Corrections are credit notes in a later period, see the ledger.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from quality.contract.contract import Contract
from quality.contract.ledger import stem
from quality.errors import MeasureError
from quality.model.canonical import NotCanonicalError, decode
from quality.model.closing import FrozenRecord
from quality.model.evaluation import Evaluation
from quality.store.database import FrozenRow, Store

FORMAT = "workmanship.closed/1"


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed period. ``entries``: (id, digest) of the ledger's entries at that time."""

    evaluation: Evaluation
    record: FrozenRecord
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Body:
    """What a record holds, key by key."""

    format: str
    contract: str
    period: str
    closed_at: datetime
    closed_by: str
    agreed: bool
    program: str
    previous: str
    ledger: tuple[tuple[str, str], ...]
    evaluation: Evaluation


def digest_of(body: str) -> str:
    """The digest that names a record."""
    return f"sha256:{hashlib.sha256(body.encode()).hexdigest()}"


def closed_folder(contract: Path) -> Path:
    """Where the records lie: ``acme.contract.yaml`` has ``acme.closed/`` beside."""
    return contract.with_name(f"{stem(contract)}.closed")


def record_file(contract: Contract, period: str) -> Path:
    """The file with the record of a closed period."""
    return closed_folder(contract.path) / f"{period}.json"


def read_closed(store: Store, contract: Contract) -> dict[str, Closed]:
    """The closed periods of a contract (the one that the others amend), by the period's name.

    MeasureError: a record was changed, or taken away from between others.
    """
    rows = store.frozen(contract.id)
    if not rows:
        note = f"{store.path} does not hold this record: it is read from its file"
        return read_files(contract, note)
    files = _files(contract)
    known = {row.period: row for row in rows}
    _unbroken(contract, rows)
    for period, text in files.items():
        if period not in known:
            raise _tampered(contract, period, f"{store.path} has lost its row")
        if text != known[period].body:
            file = record_file(contract, period)
            raise _tampered(contract, period, f"{file} and {store.path} differ")
    missing = f"the copy in {closed_folder(contract.path)} is missing: close again to restore it"
    return {row.period: _closed(contract, row, "" if row.period in files else missing)
            for row in rows}  # fmt: skip


def read_files(contract: Contract, note: str = "") -> dict[str, Closed]:
    """The closed periods as the files alone tell them, in the order of their chain."""
    rows = _chained(contract, _files(contract))
    return {row.period: _closed(contract, row, note) for row in rows}


def _files(contract: Contract) -> dict[str, str]:
    folder = closed_folder(contract.path)
    try:
        paths = sorted(folder.glob("*.json"))
        return {path.stem: path.read_bytes().decode("utf-8", "replace") for path in paths}
    except OSError as error:
        raise MeasureError(f"cannot read {folder}: {error.strerror}") from error


def _unbroken(contract: Contract, rows: Sequence[FrozenRow]) -> None:
    previous = ""
    for row in rows:
        if digest_of(row.body) != row.digest:
            raise _tampered(contract, row.period, "its content does not match its digest")
        if row.previous != previous:
            raise _tampered(contract, row.period, "the record before it was changed or removed")
        previous = row.digest


def _chained(contract: Contract, files: dict[str, str]) -> list[FrozenRow]:
    """The files' records in the order of their chain."""
    bodies = {period: _body(contract, period, text) for period, text in files.items()}
    after = {body.previous: period for period, body in bodies.items()}
    rows: list[FrozenRow] = []
    previous = ""
    while previous in after:
        period = after.pop(previous)
        rows.append(FrozenRow(period, files[period], digest_of(files[period]), previous))
        previous = rows[-1].digest
    if len(rows) != len(files):
        lost = min(files.keys() - {row.period for row in rows})
        raise _tampered(contract, lost, "the record before it was changed or removed")
    return rows


def _closed(contract: Contract, row: FrozenRow, note: str) -> Closed:
    body = _body(contract, row.period, row.body)
    if body.previous != row.previous:
        raise _tampered(contract, row.period, "it names another record before it")
    signed = body.closed_at, body.closed_by, body.agreed
    record = FrozenRecord(*signed, row.digest, row.previous, notes=(note,) if note else ())
    return Closed(replace(body.evaluation, frozen=record), record, body.ledger)


def _body(contract: Contract, period: str, text: str) -> Body:
    try:
        data = json.loads(text)
        if isinstance(data, dict) and data.get("format") != FORMAT:
            raise MeasureError(
                f"the record of closed period {period} has the format "
                f"{str(data.get('format'))[:40]!a}: this release reads {FORMAT}"
            )
        body = decode(Body, data)
    except (NotCanonicalError, ValueError, ArithmeticError, RecursionError) as error:
        raise _tampered(contract, period, "it is not a readable record") from error
    if body.period != period or body.evaluation.period.id != period:
        raise _tampered(contract, period, f"it is the record of {body.period}")
    if body.contract != contract.id:
        raise _tampered(contract, period, f"it is a record of contract {body.contract}")
    return body


def _tampered(contract: Contract, period: str, how: str) -> MeasureError:
    return MeasureError(
        f"the record of closed period {period} of {contract.id} is not as it was closed: {how}. "
        f"Compare it with the other party's copy, and restore it"
    )
