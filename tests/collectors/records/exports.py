"""Small exports for tests, and what is read of them."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest

from collectors.records.systems import SYSTEMS
from collectors.records.text import UnreadableError
from quality.model.records import Asked, RecordKind, Ticket


def read(
    system: str, content: str | bytes, kind: RecordKind = "tickets", **asked: Any
) -> list[Any]:
    """The records of an export."""
    raw = content.encode() if isinstance(content, str) else content
    fields = asked.pop("fields", {})
    return list(SYSTEMS[system].read(io.BytesIO(raw), Asked(kind, fields, **asked)))


def refused(system: str, content: str | bytes, why: str, **asked: Any) -> None:
    """Nothing of an export is believed, and the error says why."""
    with pytest.raises(UnreadableError, match=why) as error:
        read(system, content, **asked)
    assert str(error.value).isprintable()


def at(text: str) -> datetime:
    """A moment of UTC, from "2026-03-02 09:15"."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def events(ticket: Ticket) -> list[tuple[str, str, str, str, str]]:
    """The events of a ticket, each stamp in short."""
    return [
        (f"{event.at:%m-%d %H:%M}", event.kind, event.value, event.actor, event.role)
        for event in ticket.events
    ]
