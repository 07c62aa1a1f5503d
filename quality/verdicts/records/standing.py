"""What stands of a source of records in a period: the first complete reading after its end.

Later versions of a record change nothing of a period that has ended; they are a notice beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from quality.contract.contract import Contract
from quality.contract.periods import day_begin_instant, period_end_instant
from quality.contract.sections.record_sources import RecordSource
from quality.model.facts import Cause
from quality.model.records import RecordKind
from quality.model.verdict import Period, RecordReading
from quality.store import records
from quality.store.database import Store
from quality.store.records import Batch
from quality.store.views import Cut
from quality.verdicts.records.unnamed import unnamed
from quality.verdicts.request import Request

NOT_READ = "not read since the period ended: run `workmanship import`"
NOT_YET = "not read since the period began: run `workmanship import`"
NEVER = "not read yet: run `workmanship import`"


@dataclass(frozen=True, slots=True)
class Standing:
    """A source in a period. ``cut``: as it is judged; None: it does not say all of the period, for
    a ``reason`` with its ``cause``. ``reading``: the same for people."""

    source: RecordSource
    cut: Cut | None
    reading: RecordReading
    reason: str = ""
    cause: Cause = "ours"


def standings(store: Store, request: Request) -> dict[tuple[str, str], Standing]:
    """What stands of each source in each period, in the judged one with its notices."""
    base, found = request.base.id, dict[tuple[str, str], Standing]()
    looks: dict[tuple[str, RecordKind], list[Batch]] = {}
    for period in request.periods:
        contract = request.of(period)
        for source in contract.records:
            of = source.name, source.kind
            if of not in looks:
                looks[of] = records.all_of(store, base, *of)
            stands = _standing(contract, period, source, looks[of])
            if period == request.period:
                stands = _with_notices(store, contract, period, stands, looks[of])
            found[period.id, source.name] = stands
    return found


def _standing(
    contract: Contract, period: Period, source: RecordSource, looks: Sequence[Batch]
) -> Standing:
    """What stands of a source in a period; ``looks``: all that ever came of it, in order."""
    came = [each for each in looks if each.page.last and not each.reason]
    if period.to_date:
        since = day_begin_instant(period.start, contract.timezone)
        chosen = came[-1] if came and came[-1].page.spoken_at > since else None
    else:
        since = period_end_instant(period, contract.timezone)
        chosen = next((each for each in came if each.page.spoken_at >= since), None)
    if chosen is None:
        reason, cause = _why_not(looks, came, since, to_date=period.to_date)
        return Standing(source, None, _reading(source, None), reason, cause)
    spoken = _seconds(chosen.page.spoken_at)
    cut = Cut(chosen.page.source, source.name, source.kind, chosen.number, spoken)
    return Standing(source, cut, _reading(source, chosen))


def _with_notices(
    store: Store, contract: Contract, period: Period, found: Standing, looks: Sequence[Batch]
) -> Standing:
    """The same with what a reader must know of it, which is looked for in all records."""
    if found.cut is None:
        return found
    chosen = next(each for each in looks if each.number == found.cut.batch)
    notices = list(_late(contract, period, chosen))
    if any(each.number > chosen.number and each.changed for each in looks):
        notices += _changed(store, found.cut)
    notices += unnamed(store, contract, found.cut, *window_of(contract, period, [found.cut]))
    return replace(found, reading=replace(found.reading, notices=tuple(notices)))


def _late(contract: Contract, period: Period, chosen: Batch) -> Iterator[str]:
    days, end = contract.late_reading_days, period_end_instant(period, contract.timezone)
    if chosen.page.received_at - end > timedelta(days=days):
        yield (
            f"read on {chosen.page.received_at:%Y-%m-%d}, more than {days} "
            "days after the period's end: its stamps are the source's claim alone"
        )


def _changed(store: Store, cut: Cut) -> Iterator[str]:
    changed, gone = records.changed_since(store, cut.number, cut.batch)
    parts = [f"{changed:,} changed"] * bool(changed) + [f"{gone:,} are gone"] * bool(gone)
    if parts:
        yield (
            f"of the records that were known when the period was first judged, "
            f"{' and '.join(parts)} since; what was known then stands"
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


def _reading(source: RecordSource, batch: Batch | None) -> RecordReading:
    return RecordReading(
        source.name,
        source.declared_by,
        batch.page.received_at if batch else None,
        batch.page.spoken_at if batch else None,
    )


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
