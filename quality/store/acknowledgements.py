"""Signed evidence as the database keeps it: rows are added and never changed."""

from __future__ import annotations

import hashlib

from quality.store.database import Store


def bodies(store: Store, contract: str) -> list[str]:
    """What is kept for a contract."""
    rows = store.connection.execute(
        "select body from acknowledgements where contract = ? order by digest", [contract]
    ).fetchall()
    return [body for (body,) in rows]


def add(store: Store, contract: str, period: str, body: str) -> None:
    """Keep a signed manifest, in one transaction."""
    digest = f"sha256:{hashlib.sha256(body.encode()).hexdigest()}"
    with store.transaction():
        store.connection.execute(
            "insert or ignore into acknowledgements values (?, ?, ?, ?)",
            [contract, period, digest, body],
        )
