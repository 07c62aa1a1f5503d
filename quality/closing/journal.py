"""The journal of a ledger: every entry and approval as it was first seen, every closing as it was
made.

A ledger is a file that anybody may edit. So each line of the journal holds one fact, and the digest
of the line before; it is kept in the database and, as the same bytes, in ``NAME.journal.jsonl``
beside the contract, of which both parties keep a copy. Lines are only added: a fact of the journal
that the ledger no longer says, or says otherwise, is an error with both versions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from quality.closing.records import Closed, digest_of
from quality.contract.amendments import Family
from quality.contract.contract import Contract
from quality.contract.ledger.ledger import ledger_path, stem
from quality.contract.ledger.notices import Notice
from quality.contract.periods import today_in
from quality.contract.stated import changes, flat, problem_at
from quality.contract.text.problem import ContractError, Problem, problem
from quality.errors import MeasureError
from quality.files import write
from quality.model.canonical import NotCanonicalError, decode, dumps, encode
from quality.store.database import Store

CLOSING = "closing of "


@dataclass(frozen=True, slots=True)
class Line:
    """A fact and when it was first seen. ``what``: "entry E-1", "approval of E-1 by the customer",
    "closing of 2026-Q3"; ``said``: its content as canonical JSON, or the digest of a record."""

    number: int
    seen_at: datetime
    what: str
    said: str
    previous: str


def journal_path(contract: Path) -> Path:
    """Where a contract's journal lies: ``acme.contract.yaml`` has ``acme.journal.jsonl`` beside."""
    return contract.with_name(f"{stem(contract)}.journal.jsonl")


def read_journal(store: Store | None, contract: Contract) -> tuple[str, ...]:
    """The lines that the database and the file hold, as text; where one of them has more, it is
    taken. MeasureError: they contradict each other, or a line was changed."""
    path = journal_path(contract.path)
    rows = store.journal(contract.id) if store else ()
    ours = lines_of(path) if path.exists() else ()
    return joined(rows, ours, f"{path} and {store.path if store else ''} differ")


def joined(some: Sequence[str], others: Sequence[str], wrong: str) -> tuple[str, ...]:
    """Two copies of a journal as one: the longer one, if the other is its beginning (MeasureError
    with both versions of the first line that differs)."""
    for number, (one, other) in enumerate(zip(some, others, strict=False), 1):
        if one != other:
            raise MeasureError(f"{wrong} in line {number}: {one.strip()} and {other.strip()}")
    longer = tuple(some if len(some) > len(others) else others)
    _chained(longer, wrong)
    return longer


def lines_of(path: Path) -> tuple[str, ...]:
    """The lines of a journal's file (MeasureError: it cannot be read)."""
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise MeasureError(f"cannot read {path}: {error.strerror}") from error
    return tuple(text.splitlines(keepends=True))


def kept(lines: Sequence[str], family: Family, closed: Mapping[str, Closed]) -> None:
    """Raise where the ledger or the records no longer say what the journal holds (ContractError
    with the places in the ledger; MeasureError: a closing)."""
    now = dict(family.ledger.facts)
    records = {f"{CLOSING}{name}": each.record.digest for name, each in closed.items()}
    found: list[Problem] = []
    for line in map(_line, lines):
        if line.what.startswith(CLOSING):
            if records.get(line.what) != line.said:
                raise MeasureError(
                    f"{line.what} as {line.said} stands in the journal since "
                    f"{line.seen_at:%Y-%m-%d}, but its record is "
                    f"{records.get(line.what, 'gone')}: restore it from the other party's copy"
                )
        elif now.get(line.what) != line.said:
            found += _changed(ledger_path(family.base.path), line, now.get(line.what))
    if found:
        raise ContractError(tuple(found))


def bounds(lines: Sequence[str], family: Family) -> tuple[tuple[str, date], ...]:
    """For each notice of the ledger the last day on which the ledger was read without it; none
    where it is as old as the journal."""
    read = [_line(line) for line in lines]
    seen = {line.what: line.seen_at for line in read}
    found = []
    for notice in family.ledger.of(Notice):
        own = seen.get(f"approval of {notice.id} by the {notice.raised_by}")
        before = [line.seen_at for line in read if own is None or line.seen_at < own]
        if before:
            found.append((notice.id, today_in(family.base.timezone, max(before))))
    return tuple(found)


def unseen(
    lines: Sequence[str], family: Family, records: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """What the ledger and the records (their digests by period) say that no line holds yet."""
    known = {_line(line).what for line in lines}
    facts = [*family.ledger.facts]
    facts += [(f"{CLOSING}{name}", digest) for name, digest in records.items()]
    return tuple(fact for fact in facts if fact[0] not in known)


def remember(
    store: Store,
    family: Family,
    closed: Mapping[str, Closed],
    journal: Sequence[str],
    now: datetime,
) -> None:
    """Write down what the ``journal``, which holds (see ``kept``), does not say yet, in the
    database and in the file."""
    lines = list(journal)
    records = {name: each.record.digest for name, each in closed.items()}
    for what, said in unseen(lines, family, records):
        previous = digest_of(lines[-1]) if lines else ""
        seen_at = now.astimezone(UTC).replace(microsecond=0)
        lines.append(dumps(encode(Line(len(lines) + 1, seen_at, what, said, previous))))
    keep(store, family.base, lines)


def keep(store: Store, contract: Contract, lines: Sequence[str]) -> None:
    """Bring the database and the file up to these lines."""
    store.write_journal(contract.id, lines)
    path = journal_path(contract.path)
    if lines and (not path.exists() or lines_of(path) != tuple(lines)):
        write(path, "".join(lines))


def _changed(path: Path, line: Line, now: str | None) -> Iterator[Problem]:
    _, _, name = line.what.partition("entry ")
    restore = (
        f"restore it as it was first seen on {line.seen_at:%Y-%m-%d}, and write corrections as "
        f"new entries"
    )
    if now is None:
        text = f"{line.what} was removed, {line.said}: {restore}"
        gone = problem(path, ("entries",), None, text)
        yield problem_at(path, "entries", text) if path.exists() else gone
        return
    if not name:
        name = line.what.removeprefix("approval of ").rpartition(" by the ")[0]
    for key, then, today in changes(flat(json.loads(line.said)), flat(json.loads(now))):
        inside = f"approved_by.{line.what.rpartition(' by the ')[2]}.{key}"
        at = key if line.what.startswith("entry ") else inside
        yield problem_at(path, f"entries[{name}].{at}", f"was {then!a} and is {today!a}: {restore}")


def _line(text: str) -> Line:
    try:
        return decode(Line, json.loads(text))
    except (NotCanonicalError, ValueError, RecursionError) as error:
        raise MeasureError(f"this is not a line of a journal: {text.strip()[:80]!a}") from error


def _chained(lines: Sequence[str], wrong: str) -> None:
    previous = ""
    for number, text in enumerate(lines, 1):
        line = _line(text)
        if (line.number, line.previous) != (number, previous):
            raise MeasureError(f"{wrong}: line {number} does not follow the one before it")
        previous = digest_of(text)
