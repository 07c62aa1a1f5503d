"""What entries of the ledger take out of records: by id, by service, or by time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from quality.contract.contract import Contract
from quality.contract.ledger.entries import Entry
from quality.contract.periods import day_begin_instant
from quality.contract.sections.levels import ServiceLevel
from quality.model.verdict import Period
from quality.store.views import Excusal


def excusals(
    level: ServiceLevel, contract: Contract, relief: Sequence[Entry]
) -> tuple[Excusal, ...]:
    """What the entries take out of what a service level counts."""
    return tuple(dict.fromkeys(each for entry in relief for each in _of(level, contract, entry)))


def whole(period: Period, relief: Sequence[Entry]) -> bool:
    """Whether one entry takes out all of the period."""
    return any(
        not entry.defects and not entry.records
        and (entry.start or entry.end) <= period.start and entry.end >= period.end
        for entry in relief
    )  # fmt: skip


def _of(level: ServiceLevel, contract: Contract, entry: Entry) -> Iterator[Excusal]:
    begins = _instant(entry.start or entry.end, contract)
    ends = _instant(entry.end + timedelta(days=1), contract)
    if ids := (*entry.defects, *entry.records):
        for each in ids:
            yield Excusal(each, level.service or None, begins, ends)
    else:
        yield Excusal(None, level.service or None, begins, ends)


def _instant(day: date, contract: Contract) -> int:
    return int(day_begin_instant(day, contract.timezone).timestamp())
