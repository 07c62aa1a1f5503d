"""Facts as a bundle holds them: a line a measurement, whose digest names it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any, get_args, get_type_hints

from quality.errors import DisagreementError
from quality.evidence.archive import Entries
from quality.evidence.lines import lines, lines_of
from quality.model.canonical import dumps
from quality.model.facts import ROWS, Cause, Facts, Row
from quality.store.known import line_of

FACTS, BLOBS = "facts/", "blobs.jsonl"
_TABLES = {row.table: row for row in ROWS}
Key = tuple[str, str, str]  # blob, language, analyzer


def key_of(facts: Facts) -> Key:
    """What was measured, and by which analyzer."""
    return facts.blob, facts.language, facts.analyzer


def line(facts: Facts) -> list[Any]:
    """A measurement as plain data: its key, its reason and cause, and its rows by their table."""
    rows: dict[str, list[list[Any]]] = defaultdict(list)
    for row in facts.rows:
        rows[row.table].append([_plain(getattr(row, each.name)) for each in fields(row)])
    return [*key_of(facts), facts.reason, facts.cause, rows]


def digest(facts: Facts) -> str:
    """The digest that names a measurement."""
    return hashlib.sha256(dumps(line(facts)).encode()).hexdigest()


def entries_of(facts: Iterable[Facts]) -> dict[str, bytes]:
    """The entries that hold facts: one an analyzer, and the digests of all."""
    by_analyzer: dict[str, list[Facts]] = defaultdict(list)
    for each in sorted(facts, key=key_of):
        by_analyzer[each.analyzer].append(each)
    found = {f"{FACTS}{name}.jsonl": lines(map(line, some)) for name, some in by_analyzer.items()}
    every = sorted((*key_of(each), digest(each)) for some in by_analyzer.values() for each in some)
    return found | {BLOBS: lines(list(each) for each in every)}


def facts_of(entries: Entries) -> Iterator[Facts]:
    """All facts of a bundle (DisagreementError with the entry and line)."""
    for name in sorted(entries):
        if name.startswith(FACTS):
            for number, row in enumerate(lines_of(entries, name), 1):
                try:
                    found = _facts(row)
                except (ValueError, TypeError, KeyError) as error:
                    raise DisagreementError(
                        f"{name}, line {number}: these are not facts: {str(error)[:100]}"
                    ) from None
                if f"{FACTS}{found.analyzer}.jsonl" != name:
                    raise DisagreementError(
                        f"{name}, line {number}: these are facts of {found.analyzer[:40]}"
                    )
                yield found


def disagreements(entries: Entries, facts: Sequence[Facts]) -> Iterator[str]:
    """Where the digests of ``BLOBS`` are not those of the facts."""
    stated = {tuple(row[:3]): row[3] for row in lines_of(entries, BLOBS)
              if len(row) == 4 and all(isinstance(each, str) for each in row)}  # fmt: skip
    found = {key_of(each): digest(each) for each in facts}
    for key in sorted(stated.keys() | found.keys()):
        if stated.get(key) != found.get(key):
            blob, language, analyzer = key
            yield f"facts of {blob} ({language}) by {analyzer}: not those that {BLOBS} names"
    if len(found) != len(facts):
        yield "facts of a content stand there twice"


def _facts(row: list[Any]) -> Facts:
    blob, language, analyzer, reason, cause, by_table = row
    for text in (blob, language, analyzer):
        _demand(isinstance(text, str))
    _demand(reason is None or isinstance(reason, str))
    _demand(cause is None or cause in get_args(Cause))
    _demand(isinstance(by_table, dict))
    rows: list[Row] = []
    for table, some in by_table.items():
        kind, checks = _TABLES[table], _CHECKS[table]
        for values in some:
            _demand(isinstance(values, list) and len(values) == len(checks))
            for check, value in zip(checks, values, strict=True):
                _demand(check(value))
            rows.append(kind(*(tuple(v) if isinstance(v, list) else v for v in values)))
    return Facts(blob, language, analyzer, reason, tuple(sorted(rows, key=line_of)), cause)


def _demand(holds: bool) -> None:
    if not holds:
        raise ValueError("a value is of another type")


def _checks(kind: type[Any]) -> tuple[Any, ...]:
    """What a value of each field of a kind of row must be."""
    hints = get_type_hints(kind)
    return tuple(_check(hints[each.name]) for each in fields(kind))


def _check(hint: Any) -> Any:
    arguments = get_args(hint)
    if hint == tuple[int, ...]:
        return lambda value: isinstance(value, list) and {type(each) for each in value} <= {int}
    if arguments and all(isinstance(each, str) for each in arguments):  # a Literal
        return lambda value: value in arguments
    kinds = {each for each in arguments or (hint,) if isinstance(each, type)}
    return lambda value: type(value) in kinds


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


_CHECKS = {table: _checks(kind) for table, kind in _TABLES.items()}
