"""The records of closed periods: evaluations that no later change of data, contract, ledger or
program touches.

A record is canonical JSON with the whole evaluation, in two places: a row of the database and a
file ``NAME.closed/PERIOD.json`` beside the contract, the same bytes. Every record names the digest
of the one before, so a record that is changed or taken away breaks the chain. Whoever can write
both places can forge both together: so each party keeps the digest, or the file.

Reading prefers nothing: rows and files must agree, one for one. A record of which one place alone
knows may be forged, so it is an error until the other party's copy confirms it (see ``verify``).
Corrections are credit notes in a later period, see the ledger.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from quality.contract.contract import Contract
from quality.contract.ledger.ledger import stem
from quality.contract.stated import Stated, problem_at
from quality.contract.text.problem import ContractError
from quality.errors import MeasureError
from quality.files import half_of
from quality.model.canonical import NotCanonicalError, decode
from quality.model.closing import FrozenRecord
from quality.model.evaluation import Evaluation
from quality.store.database import FrozenRow, Store

FORMAT = "workmanship.closed/1"


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed period. ``entries``: (id, digest) of the ledger's entries at that time; ``stated``:
    what stood in the contract that judged it, () in records that do not say."""

    evaluation: Evaluation
    record: FrozenRecord
    entries: tuple[tuple[str, str], ...]
    stated: Stated = ()


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
    stated: Stated = ()


def digest_of(body: str) -> str:
    """The digest that names a record."""
    return f"sha256:{hashlib.sha256(body.encode()).hexdigest()}"


def closed_folder(contract: Path) -> Path:
    """Where the records lie: ``acme.contract.yaml`` has ``acme.closed/`` beside."""
    return contract.with_name(f"{stem(contract)}.closed")


def record_file(contract: Contract, period: str) -> Path:
    """The file with the record of a closed period."""
    return closed_folder(contract.path) / f"{period}.json"


def read_closed(store: Store, contract: Contract, today: date | None = None) -> dict[str, Closed]:
    """The closed periods of a contract (the one that the others amend), by the period's name.

    MeasureError: a record was changed, taken away from the database or from its folder, or is
    dated after ``today``.
    """
    rows, files = _in_order(contract, store.frozen(contract.id)), files_of(contract)
    known = {row.period: row.body for row in rows}
    for period, text in files.items():
        if period not in known:
            body_of(contract, period, text)  # says it where the contract's id is another now
            raise tampered(contract, period, f"{store.path} has lost its row")
        if text != known[period]:
            file = record_file(contract, period)
            raise tampered(contract, period, f"{file} and {store.path} differ")
    found = {}
    for row in rows:
        file, note = record_file(contract, row.period), ""
        if row.period not in files:
            if not _half_done(file, row.body):
                raise tampered(contract, row.period, f"{file} is missing")
            note = f"closing was interrupted before {file.name} was in place: close again"
        found[row.period] = closed_of(contract, row, note, today)
    return found


def read_files(contract: Contract, today: date | None = None) -> dict[str, Closed]:
    """The closed periods as the files alone tell them, in the order of their chain."""
    rows = _chained(contract, files_of(contract))
    return {row.period: closed_of(contract, row, "", today) for row in rows}


def _half_done(file: Path, body: str) -> bool:
    """Whether a closing was stopped between the database's transaction and the file's name."""
    half = half_of(file)
    return half.exists() and half.read_bytes() == body.encode()


def files_of(contract: Contract) -> dict[str, str]:
    """The texts in a contract's folder of records, by the period's name."""
    folder = closed_folder(contract.path)
    try:
        paths = sorted(folder.glob("*.json"))
        return {path.stem: path.read_bytes().decode("utf-8", "replace") for path in paths}
    except OSError as error:
        raise MeasureError(f"cannot read {folder}: {error.strerror}") from error


def _in_order(contract: Contract, rows: Sequence[FrozenRow]) -> list[FrozenRow]:
    """The rows in the order of their chain."""
    for row in rows:
        if digest_of(row.body) != row.digest:
            raise tampered(contract, row.period, "its content does not match its digest")
    after = {row.previous: row for row in rows}
    found: list[FrozenRow] = []
    while (previous := found[-1].digest if found else "") in after:
        found.append(after.pop(previous))
    if lost := {row.period for row in rows} - {row.period for row in found}:
        raise tampered(contract, min(lost), "the record before it was changed or removed")
    return found


def _chained(contract: Contract, files: dict[str, str]) -> list[FrozenRow]:
    """The files' records in the order of their chain."""
    bodies = {period: body_of(contract, period, text) for period, text in files.items()}
    return _in_order(contract, [
        FrozenRow(period, files[period], digest_of(files[period]), body.previous)
        for period, body in bodies.items()
    ])  # fmt: skip


def closed_of(contract: Contract, row: FrozenRow, note: str, today: date | None) -> Closed:
    """The closed period of a row (MeasureError: the record contradicts itself, or the day)."""
    body = body_of(contract, row.period, row.body)
    if body.previous != row.previous:
        raise tampered(contract, row.period, "it names another record before it")
    day = body.closed_at.astimezone(ZoneInfo(contract.timezone)).date()
    if today and day > today:
        raise tampered(contract, row.period, f"it says that it was closed on {day}, in the future")
    if day <= body.evaluation.period.end:
        raise tampered(contract, row.period, f"it says that it was closed on {day}, before its end")
    signed = body.closed_at, body.closed_by, body.agreed
    record = FrozenRecord(*signed, row.digest, row.previous, notes=(note,) if note else ())
    return Closed(replace(body.evaluation, frozen=record), record, body.ledger, body.stated)


def body_of(contract: Contract, period: str, text: str) -> Body:
    """What a record's text holds (MeasureError: it is no record of this period; ContractError: it
    is one of another contract)."""
    try:
        data = json.loads(text)
        if isinstance(data, dict) and data.get("format") != FORMAT:
            raise MeasureError(
                f"the record of closed period {period} has the format "
                f"{str(data.get('format'))[:40]!a}: this release reads {FORMAT}"
            )
        body = decode(Body, data)
    except (NotCanonicalError, ValueError, ArithmeticError, RecursionError) as error:
        raise tampered(contract, period, "it is not a readable record") from error
    if body.period != period or body.evaluation.period.id != period:
        raise tampered(contract, period, f"it is the record of {body.period}")
    if body.contract != contract.id:
        text = (
            f"{period}, closed on {body.closed_at:%Y-%m-%d} by {body.closed_by}, is not a period "
            f"of {contract.id}: it is a record of contract {body.contract}. Restore the id"
        )
        raise ContractError((problem_at(contract.path, "contract.id", text),))
    return body


def tampered(contract: Contract, period: str, how: str) -> MeasureError:
    """The error of a record that is not as it was closed."""
    return MeasureError(
        f"the record of closed period {period} of {contract.id} is not as it was closed: {how}. "
        f"Compare it with the other party's copy: workmanship closing verify COPY"
    )
