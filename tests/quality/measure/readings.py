"""Readings at times that a test sets."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb

from quality.measure.measurement import Measurement
from quality.model.evaluation import Snapshot
from tests.conftest import Desk
from tests.repositories import Repository

Q3 = "2026-Q3"


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


def read(desk: Desk, when: str, periods: str | None = None) -> Measurement:
    """A reading at this moment of 2026."""
    desk.now = at(when)
    return desk.measure(periods=periods)


def push(repository: Repository, number: int, dated: str, *parents: str) -> str:
    """A commit, on the tip unless it has parents of its own."""
    text = f"def f(a):\n    return a + {number}\n"
    return repository.commit({"a.py": text}, at=f"{dated}T12:00:00Z", parents=parents or None)


def snapshot(desk: Desk, period: str = Q3) -> Snapshot:
    (found,) = desk.evaluate(period)[0].snapshots
    return found


def rows(desk: Desk, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(desk.session.database, read_only=True) as connection:
        return connection.execute(query).fetchall()
