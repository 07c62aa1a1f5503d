"""Notices of dispute: which of them count, how they were settled, and which have lapsed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from quality.contract.contract import Contract
from quality.contract.ledger.ledger import Ledger
from quality.contract.ledger.notices import Dispute, Settlement
from quality.model.verdict import Period


@dataclass(frozen=True, slots=True)
class Disputed:
    """A dispute and what has become of it: ``settlement`` where it is settled, ``lapses`` where it
    must be settled by a day. ``why_not``: why it does not count."""

    entry: Dispute
    on: date | None
    state: Literal["open", "settled", "lapsed", ""]
    why_not: str = ""
    settlement: Settlement | None = None
    lapses: date | None = None


def disputes(
    ledger: Ledger, contract: Contract, period: Period, today: date | None
) -> Iterator[Disputed]:
    """The disputes about a period that ``contract`` judges, in the order of their days."""
    found = [each for each in ledger.of(Dispute) if each.period == period.id]
    last = period.end + timedelta(days=contract.dispute_days)
    for each in sorted(found, key=lambda entry: (ledger.given_on(entry) or date.max, entry.id)):
        why, on = ledger.unsigned(each, today), ledger.given_on(each)
        if on and not why and on > last:
            why = f"raised on {on}, after the dispute window, which ended on {last}"
        if why or on is None:
            yield Disputed(each, on, "", why)
            continue
        days = contract.settle_days
        lapses = None if days is None else on + timedelta(days=days)
        settlement = _settlement(ledger, each, today, on, lapses)
        if settlement:
            yield Disputed(each, on, "settled", settlement=settlement, lapses=lapses)
        elif lapses and today and today > lapses:
            yield Disputed(each, on, "lapsed", lapses=lapses)
        else:
            yield Disputed(each, on, "open", lapses=lapses)


def _settlement(
    ledger: Ledger, dispute: Dispute, today: date | None, since: date, until: date | None
) -> Settlement | None:
    """The first settlement that both parties signed, not before the dispute nor after it lapsed."""
    found: list[tuple[date, str, Settlement]] = []
    for each in ledger.of(Settlement):
        if each.settles == dispute.id and not ledger.unsigned(each, today):
            days = [approval.on for approval in each.approvals.given.values() if approval]
            if min(days) >= since and (until is None or max(days) <= until):
                found.append((max(days), each.id, each))
    return min(found)[2] if found else None
