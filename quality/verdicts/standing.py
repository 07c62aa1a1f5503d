"""What stands of a source of records in a period: the first complete reading after its end.

Later versions of a record change nothing of a period that has ended; they are a notice beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from quality.contract.contract import Contract
from quality.contract.defects import Defects
from quality.contract.periods import day_begin_instant, period_end_instant
from quality.contract.record_sources import RecordSource
from quality.contract.support import Support
from quality.contract.values import shown
from quality.model.facts import Cause
from quality.model.verdict import Period, RecordReading
from quality.store import records
from quality.store.database import Store
from quality.store.records import Batch
from quality.store.views import Cut

NOT_READ = "not read since the period ended: run `workmanship import`"
NOT_YET = "not read since the period began: run `workmanship import`"
NEVER = "not read yet: run `workmanship import`"
STATUSES_OF = ("tickets", "defects")
MOST = 5  # statuses that a notice names


@dataclass(frozen=True, slots=True)
class Standing:
    """A source in a period. ``cut``: as it is judged; None: it does not say all of the period, for
    a ``reason`` with its ``cause``. ``reading``: the same for people."""

    source: RecordSource
    cut: Cut | None
    reading: RecordReading
    reason: str = ""
    cause: Cause = "ours"


def standing(store: Store, base: str, contract: Contract, period: Period,
             source: RecordSource) -> Standing:  # fmt: skip
    """What stands of a source of the contract with the id ``base`` (or of its amendment)."""
    asked = _Asked(store, contract, period, period_end_instant(period, contract.timezone))
    number = records.source_number(store, base, source.name, source.kind)
    looks = records.batches(store, number) if number else []
    came = [each for each in looks if each.page.last and not each.reason]
    if period.to_date:
        since = day_begin_instant(period.start, contract.timezone)
        chosen = came[-1] if came and came[-1].page.spoken_at > since else None
    else:
        since = asked.end
        chosen = next((each for each in came if each.page.spoken_at >= since), None)
    if chosen is None or number is None:
        reason, cause = _why_not(looks, came, since, to_date=period.to_date)
        return Standing(source, None, _reading(source, None, ()), reason, cause)
    cut = Cut(number, source.name, source.kind, chosen.number, _seconds(chosen.page.spoken_at))
    notices = _notices(asked, chosen, looks)
    return Standing(source, cut, _reading(source, chosen, tuple(notices)))


def with_statuses(store: Store, contract: Contract, period: Period, found: Standing) -> Standing:
    """The same, telling the statuses of its tickets and defects that the contract does not name."""
    if found.cut is None or found.cut.kind not in STATUSES_OF:
        return found
    meanings = dict((contract.support or Support()).meanings)
    if found.cut.kind == "defects":
        meanings |= dict((contract.defects or Defects()).meanings)
    window = window_of(contract, period, [found.cut])
    unnamed = records.unnamed_statuses(store, found.cut, meanings.keys(), *window)
    if not unnamed:
        return found
    told = (*found.reading.notices, _unnamed(unnamed, found.cut.kind))
    return replace(found, reading=replace(found.reading, notices=told))


def _unnamed(statuses: Sequence[tuple[str, int]], kind: str) -> str:
    """Which statuses the contract does not name, and what to do."""
    (first, many), *others = statuses[:MOST]
    noun = kind if many > 1 else kind.removesuffix("s")
    told = [f"{shown(first)} ({many:,} {noun} in the period)"]
    told += [f"{shown(status)} ({many:,})" for status, many in others]
    more = [f"{len(statuses) - MOST:,} more"] if len(statuses) > MOST else []
    *head, last = (*told, *more)
    named = f"{', '.join(head)} and {last}" if head else last
    lists = "support.statuses" if kind == "tickets" else "support.statuses or defects"
    return (
        f"no list of {lists} names {named}: work counts as going on there; name each as "
        "open, waiting, resolved or closed"
    )


def window_of(contract: Contract, period: Period, cuts: Sequence[Cut]) -> tuple[int, int]:
    """A period in seconds since 1970, half-open; one that goes on ends where its sources do."""
    begins = _seconds(day_begin_instant(period.start, contract.timezone))
    ends = _seconds(period_end_instant(period, contract.timezone))
    return begins, min([ends, *(cut.spoken for cut in cuts if period.to_date)])


def _why_not(
    looks: Sequence[Batch], came: Sequence[Batch], since: datetime, *, to_date: bool
) -> tuple[str, Cause]:
    """Why no reading ``since`` a moment speaks of a period, and whose cause that is."""
    after = [each for each in looks if each.reason and each.page.received_at >= since]
    if after:
        return after[-1].reason, after[-1].cause
    late = [each for each in came if each.page.received_at >= since]
    if late and not to_date:
        spoken = late[-1].page.spoken_at
        return f"was written on {spoken:%Y-%m-%d %H:%M} UTC, before the period ended", "supplier"
    if not looks:
        return NEVER, "ours"
    return (NOT_YET if to_date else NOT_READ), "ours"


def _reading(source: RecordSource, batch: Batch | None, notices: tuple[str, ...]) -> RecordReading:
    return RecordReading(
        source.name,
        source.declared_by,
        batch.page.received_at if batch else None,
        batch.page.spoken_at if batch else None,
        notices,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    store: Store
    contract: Contract
    period: Period
    end: datetime


def _notices(asked: _Asked, chosen: Batch, looks: Sequence[Batch]) -> list[str]:
    notices = []
    days = asked.contract.late_reading_days
    if chosen.page.received_at - asked.end > timedelta(days=days):
        notices.append(
            f"read on {chosen.page.received_at:%Y-%m-%d}, more than {days} "
            "days after the period's end: its stamps are the source's claim alone"
        )
    if any(each.number > chosen.number and each.changed for each in looks):
        changed, gone = records.changed_since(asked.store, chosen.page.source, chosen.number)
        parts = [f"{changed:,} changed"] * bool(changed) + [f"{gone:,} are gone"] * bool(gone)
        if parts:
            notices.append(
                f"of the records that were known when the period was first judged, "
                f"{' and '.join(parts)} since; what was known then stands"
            )
    return notices


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
