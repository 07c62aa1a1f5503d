"""Stamps as sources write them: aware, in UTC and credible, or an error that says what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NoReturn
from zoneinfo import ZoneInfo

from collectors.records.text import UnreadableError, line_of
from quality.model.records import Asked

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS = 100_000_000_000  # a number from here on counts these: as seconds it is year 5138
_SMALLEST = 100_000_000  # 1973: smaller ones are days of spreadsheets, or no stamps at all
_HOURS = ("%H", "%I", "%c", "%X")
_ODD = {" UTC": "+00:00", " GMT": "+00:00", " Z": "+00:00"}


class Stamps:
    """Reads the stamps of one source."""

    def __init__(self, asked: Asked) -> None:
        self._zone = ZoneInfo(asked.timezone) if asked.timezone else None
        self._format = asked.stamps
        if self._format and not any(hour in self._format for hour in _HOURS):
            raise UnreadableError(f"stamps: {line_of(self._format, 40)} says no time of day")

    def of(self, value: object) -> datetime:
        """The moment that a value names: ISO 8601, the format that the source states, seconds or
        milliseconds since 1970 (UnreadableError)."""
        if type(value) is str:
            try:  # in line: eight of ten stamps of a large export come this way
                ordinary = len(value) > 10 and not self._format
                at = datetime.fromisoformat(value) if ordinary else self._text(value)
            except ValueError:
                at = self._odd(value.strip())
        elif isinstance(value, datetime):
            at = value
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            at = _counted(value)
        else:
            _wrong(value, "not a stamp")
        if at.tzinfo is None:
            at = self._local(at)
        elif at.tzinfo is not UTC:
            try:
                at = at.astimezone(UTC)
            except OverflowError:
                _wrong(value, "not a credible stamp")
        if not 1970 <= at.year < 2200:  # the rest is for the store, which knows when it came
            _wrong(value, "not a credible stamp: before 1970 or after 2199")
        return at

    def may_be(self, value: object) -> datetime | None:
        """The same; None where nothing stands."""
        return None if value is None or value == "" else self.of(value)

    def _text(self, text: str) -> datetime:
        if self._format:
            return datetime.strptime(text.strip(), self._format)
        return self._odd(text.strip())

    def _odd(self, text: str) -> datetime:
        if text.isascii() and text.isdecimal() and len(text) in (10, 13):
            return _counted(int(text))
        if self._format:
            _wrong(text, f"not written as stamps: says ({line_of(self._format, 40)})")
        for end, offset in _ODD.items():
            text = text.removesuffix(end) + offset if text.endswith(end) else text
        try:
            at = datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-"))
        except ValueError:
            _wrong(text, "not an ISO 8601 stamp: say by stamps: how the source writes them")
        if len(text) <= 10:
            _wrong(text, "a day without a time: export stamps with their time of day")
        return at

    def _local(self, at: datetime) -> datetime:
        if self._zone is None:
            _wrong(at, "a stamp without a time zone: state the source's timezone:")
        offset = at.replace(tzinfo=self._zone).utcoffset() or timedelta()
        other = at.replace(tzinfo=self._zone, fold=1).utcoffset() or timedelta()
        if offset != other:
            what = "occurs twice" if offset > other else "does not exist"
            _wrong(
                at, f"a time that {what} in {self._zone.key}: export stamps in UTC or with offset"
            )
        try:
            return (at - offset).replace(tzinfo=UTC, fold=0)
        except OverflowError:
            _wrong(at, "not a credible stamp")


def in_utc(asked: Asked) -> Asked:
    """For stamps that a system documents to be UTC, unless the contract says otherwise."""
    return asked if asked.timezone else replace(asked, timezone="UTC")


def _counted(number: float) -> datetime:
    if number < _SMALLEST:
        _wrong(number, "not a credible stamp: seconds since 1970 are larger")
    seconds = number / 1000 if abs(number) >= _MILLISECONDS else number
    try:
        return EARLIEST + timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        _wrong(number, "not a credible stamp")


def _wrong(value: object, what: str) -> NoReturn:
    raise UnreadableError(f"{line_of(str(value), 40) or 'nothing'} is {what}")
