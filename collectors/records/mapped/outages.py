"""Outages and planned maintenance of any export: a row each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Literal

from collectors.records.mapped.fields import Fields, Table, identity, placed, text, words
from collectors.records.stamps import Stamps
from collectors.records.text import UnreadableError, line_of
from quality.model.records import Asked, Outage

KNOWN = ("id", "service", "kind", "begins", "ends", "duration", "announced_at", "cause")
Kind = Literal["outage", "maintenance"]
_KINDS: dict[str, Kind] = {
    "": "outage", "outage": "outage", "down": "outage", "incident": "outage",
    "maintenance": "maintenance", "planned": "maintenance", "planned maintenance": "maintenance",
    "scheduled maintenance": "maintenance",
}  # fmt: skip


def read(table: Table, asked: Asked) -> Iterator[Outage]:
    """The outages of a table (UnreadableError)."""
    fields = Fields(table, asked, KNOWN)
    fields.need("begins")
    if not ("ends" in fields or "duration" in fields):
        fields.need("ends")
    outages = Outages(asked)
    gets = {name: fields.get(name) for name in KNOWN}
    for row in table.rows():
        try:
            made = outages.of({name: get(row) for name, get in gets.items()})
        except UnreadableError as error:
            raise placed(table, error) from None
        yield made


class Outages:
    """Makes outages of fields by their names."""

    def __init__(self, asked: Asked) -> None:
        self._stamps, self._service = Stamps(asked), asked.service
        stated: dict[str, Kind] = {
            said: "maintenance" if kind == "maintenance" else "outage"
            for said, kind in words(asked.fields, "kind").items()
        }
        self._kinds = _KINDS | stated

    def of(self, said: dict[str, Any]) -> Outage:
        """The outage (UnreadableError)."""
        begins = self._stamps.of(said["begins"])
        ends = self._stamps.may_be(said.get("ends"))
        if ends is None and (lasted := said.get("duration")) not in (None, ""):
            ends = begins + _seconds(lasted)
        if ends is not None and ends < begins:
            raise UnreadableError("an outage ends before it begins")
        service = text(said.get("service")) or self._service
        if not service:
            raise UnreadableError("an outage of no service: state the source's service:")
        number = said.get("id")
        if number in (None, ""):
            number = f"{service} {begins.isoformat()}"
        word = text(said.get("kind"))
        kind = self._kinds.get(word.casefold())
        if kind is None:
            named = line_of(word, 40)
            raise UnreadableError(
                f"nobody says what {named} is: name it in fields:, as kind.outage: {named} or "
                f"kind.maintenance: {named}"
            )
        announced = self._stamps.may_be(said.get("announced_at"))
        cause = text(said.get("cause"), 300)
        return Outage(identity(number), service, kind, begins, ends, announced, cause)


def _seconds(value: object) -> timedelta:
    """A duration: seconds, or hours, minutes and seconds with colons."""
    said = text(value)
    try:
        parts = [float(part) for part in said.split(":")]
        seconds = sum(part * 60**place for place, part in enumerate(reversed(parts)))
        if len(parts) <= 3 and min(parts) >= 0:
            return timedelta(seconds=round(seconds))
    except (ValueError, OverflowError):
        pass
    raise UnreadableError(f"{said} is not a duration, in seconds or as 1:02:03")
