"""Facts read back from the database, as the analyzers gave them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, fields

from quality.model.facts import ROWS, Facts, Row
from quality.store.database import Store, Wanted


def known_facts(store: Store, wanted: Iterable[Wanted]) -> list[Facts]:
    """The facts of those of ``wanted`` that somebody measured before, rows in the order of their
    lines."""
    connection = store.connection
    connection.execute(
        "create or replace temp table asked "
        "(blob varchar, language varchar, analyzer varchar, part varchar)"
    )
    store.append("asked", [astuple(item) for item in set(wanted)])
    connection.execute(
        "create or replace temp table found as select m.* from measurements as m "
        "semi join asked using (blob, language, analyzer, part)"
    )
    rows: dict[int, list[Row]] = {}
    for kind in ROWS:
        columns = ", ".join(f't."{each.name}"' for each in fields(kind))
        values = connection.execute(
            f"select t.measurement, {columns} from {kind.table} as t "  # noqa: S608  # our own names
            "join found as f on f.id = t.measurement order by all"
        ).fetchall()
        for measurement, *row in values:
            tuples = (tuple(value) if isinstance(value, list) else value for value in row)
            rows.setdefault(measurement, []).append(kind(*tuples))
    found = connection.execute(
        "select id, blob, language, analyzer, reason, cause from found order by id"
    ).fetchall()
    return [
        Facts(
            *(blob, language, analyzer, reason),
            tuple(sorted(rows.get(number, ()), key=line_of)),
            cause,
        )
        for number, blob, language, analyzer, reason, cause in found
    ]


def line_of(row: Row) -> int:
    """Where a row stands in its file; 0: it speaks of the whole."""
    return int(getattr(row, "start_line", getattr(row, "line", 0)))
