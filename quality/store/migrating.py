"""The schema, as the migrations in ``quality/store/sql/migrations`` build it."""

from __future__ import annotations

from pathlib import Path

import duckdb

from quality.errors import MeasureError
from quality.store.definitions import SQL


def migrate(connection: duckdb.DuckDBPyConnection, path: Path, writable: bool) -> None:
    """Bring the schema up to date; a migration that fails leaves it as it was (MeasureError: it
    belongs to another release, or to something else)."""
    from quality.store.opening import transaction

    current, newest = _schema(connection, path), migrations()[-1][0]
    if current > newest:
        raise MeasureError(
            f"{path} was written by a newer release (schema {current}, this one knows "
            f"{newest}): use that release"
        )
    if current == newest:
        return
    if not writable and path.exists():
        raise MeasureError(
            f"{path} was written by an older release (schema {current}, this one reads "
            f"{newest}): run `workmanship measure` once"
        )
    connection.execute(
        "create table if not exists migrations (number integer primary key, name varchar)"
    )
    for number, name, text in migrations():
        if number > current:
            with transaction(connection, path):
                connection.execute(text)
                connection.execute("insert into migrations values (?, ?)", [number, name])


def _schema(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """The number of the last migration the database has seen; 0: it is new."""
    try:
        row = connection.execute("select max(number) from migrations").fetchone()
    except duckdb.CatalogException:
        if not connection.execute("select 1 from duckdb_tables()").fetchone():
            return 0
        raise MeasureError(
            f"{path} is not a database of measurements: name another file with --database"
        ) from None
    return int(row[0] or 0) if row else 0


def migrations() -> list[tuple[int, str, str]]:
    """(number, name, SQL) of each migration of this release, in order."""
    found = []
    for entry in (SQL / "migrations").iterdir():
        number, _, name = entry.name.removesuffix(".sql").partition("_")
        found.append((int(number), name, entry.read_text("utf-8")))
    return sorted(found)
