"""What the parties told each other about a period's money, as its evaluation shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from quality.contract.ledger.disputes import Disputed, disputes
from quality.contract.ledger.effects import ExcusedDays, Told, noticed
from quality.contract.ledger.entries import Signed
from quality.contract.ledger.ledger import Ledger
from quality.contract.ledger.notices import Choice, Incident, Notice, Reallocation
from quality.model.relief import Approved, Dispute, NoticeRecord
from quality.model.statement import CreditStatement, FailureStep
from quality.model.verdict import Period, Verdict
from quality.money.history import PeriodVerdicts
from quality.verdicts.request import Request

NOTHING_LEFT = "there is no credit of these service levels, or all of it is disputed already"


def judged_with(request: Request, period: Period, verdicts: tuple[Verdict, ...]) -> PeriodVerdicts:
    """The verdicts of a period with what the ledger's notices say of its money."""
    contract, family = request.of(period), request.family
    told = noticed(request.ledger, family.starts, contract, period, request.today)
    excused = (
        ExcusedDays(each.id, levels, each.start or each.end, each.end)
        for each, levels in request.excused_days(period)
    )
    return PeriodVerdicts(period, contract, verdicts, replace(told, excused=tuple(excused)))


def records(
    request: Request, judged: PeriodVerdicts, bill: CreditStatement | None
) -> tuple[NoticeRecord, ...]:
    """The notices that concern a period; ``bill`` shows which choices have something to choose."""
    return tuple(
        _record(request.ledger, each, why or _idle(each, bill)) for each, why in judged.notices.told
    )


def _idle(entry: Told, bill: CreditStatement | None) -> str:
    """Why a choice changes nothing that is charged; "": it is what is charged, or no choice."""
    if not isinstance(entry, Choice) or bill is None:
        return ""
    (name,) = entry.service_levels
    steps: tuple[FailureStep, ...] = (*bill.steps, *bill.points)
    step = next((each for each in steps if each.service_level == name), None)
    charged = {each.service_level for each in bill.steps if each.charged}
    charged |= {each.service_level for each in bill.points if each.charged_points}
    if step and step.instead:
        return f"of the same event {step.instead} is charged already"
    if step is None or name not in charged:
        return f"{name} is charged nothing in this period: there is nothing to choose"
    return "" if step.event else f"no event failed {name} together with others"


def _record(ledger: Ledger, entry: Told, why_not: str) -> NoticeRecord:
    return NoticeRecord(
        id=entry.id,
        kind=entry.kind,
        on=ledger.given_on(entry) if isinstance(entry, Notice) else None,
        service_levels=() if isinstance(entry, Reallocation) else entry.service_levels,
        reason=entry.reason,
        evidence=entry.evidence,
        why_not=why_not,
        allocations=tuple((each.service_level, each.allocation) for each in entry.allocations)
        if isinstance(entry, Reallocation)
        else (),
        start=_first(entry),
        end=entry.end if isinstance(entry, Incident) else None,
        approved_by=approved(entry),
    )


def _first(entry: Told) -> date | None:
    if isinstance(entry, Reallocation):
        return entry.effective
    return entry.start if isinstance(entry, Incident) else None


def disputed(request: Request, period: Period, bill: CreditStatement | None) -> tuple[Dispute, ...]:
    """The disputes about a period, each with the part of the credit that it is about: what an
    earlier one disputes already is not disputed twice."""
    return tuple(_disputed(request, period, bill))


def _disputed(request: Request, period: Period, bill: CreditStatement | None) -> Iterator[Dispute]:
    left = {step.service_level: step.paid for step in bill.steps} if bill else {}
    unit = Decimal(1).scaleb(-bill.minor_digits) if bill else Decimal(1)
    for each in disputes(request.ledger, request.of(period), period, request.today):
        entry = each.entry
        amount = entry.amount or Decimal(0)
        if entry.raised_by == "supplier":
            named = [name for name in left if entry.names(name)]
            whole = sum((left[name] for name in named), Decimal(0))
            amount = whole if entry.amount is None else min(entry.amount, whole)
            if each.state:
                rest = amount
                for name in named:
                    part = min(rest, left[name])
                    left[name], rest = left[name] - part, rest - part
        idle = each.state and not amount
        found = replace(each, state="", why_not=NOTHING_LEFT) if idle else each
        yield _dispute(found, amount.quantize(unit), unit)


def _dispute(found: Disputed, amount: Decimal, unit: Decimal) -> Dispute:
    entry, settlement = found.entry, found.settlement
    return Dispute(
        id=entry.id,
        raised_by=entry.raised_by,
        on=found.on,
        service_levels=entry.service_levels,
        amount=amount,
        state=found.state,
        reason=entry.reason,
        evidence=entry.evidence,
        why_not=found.why_not,
        lapses=found.lapses,
        agreed=min(settlement.amount.quantize(unit), amount) if settlement else None,
        settled_by=settlement.id if settlement else "",
        approved_by=approved(settlement or entry),
    )


def approved(entry: Signed) -> tuple[Approved, ...]:
    """Who signed an entry, and when."""
    given = entry.approvals.given.items()
    return tuple(Approved(party, each.name, each.on) for party, each in given if each)
