"""Closed periods of other contracts: what a renamed or a second contract would judge again."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from quality.store.database import Store
from quality.store.definitions import sql


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A closed period of another contract, and the ``place`` of its record."""

    contract: str
    period: str
    customer: str
    supplier: str
    starts: date
    ends: date
    closed_on: str
    closed_by: str
    framework: str | None
    indicators: tuple[str, ...]
    repositories: tuple[str, ...]
    place: Path

    def __str__(self) -> str:
        return (
            f"{self.period} of {self.contract} ({self.starts} to {self.ends}), closed on "
            f"{self.closed_on} by {self.closed_by}"
        )


def closed_elsewhere(store: Store, but: Collection[str]) -> list[Elsewhere]:
    """The closed periods that the database holds of all contracts ``but`` these: read once for all
    of them."""
    shelf = f"closed but of {sorted(but)}"
    if shelf not in store.shelf:
        rows = store.connection.execute(sql("closing/elsewhere"), [sorted(but)]).fetchall()
        store.shelf[shelf] = [
            Elsewhere(*(*row[:-2], tuple(row[-2]), tuple(row[-1]), store.path)) for row in rows
        ]
    found: list[Elsewhere] = store.shelf[shelf]
    return found


def recorded_in(folder: Path) -> Iterator[Elsewhere]:
    """The closed periods of a folder of records; a file that is none is passed over."""
    for path in sorted(folder.glob("*.json")):
        try:
            yield _recorded(json.loads(path.read_bytes()), path)
        except (OSError, ValueError, KeyError, TypeError):
            continue


def _recorded(body: dict[str, Any], path: Path) -> Elsewhere:
    evaluation = body["evaluation"]
    period = evaluation["period"]
    return Elsewhere(
        body["contract"],
        body["period"],
        evaluation["customer"],
        evaluation["supplier"],
        date.fromisoformat(period["start"]),
        date.fromisoformat(period["end"]),
        body["closed_at"][:10],
        body["closed_by"],
        ((evaluation["credits"] or {}).get("framework") or {}).get("id"),
        tuple(each["indicator"] for each in evaluation["service_levels"]),
        tuple(each["repository"] for each in evaluation["snapshots"]),
        path,
    )
