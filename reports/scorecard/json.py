"""The evaluation for machines: the same facts as the scorecard, the same bytes in every run."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from quality.model.canonical import indented
from quality.model.evaluation import Evaluation, PastPeriod, Snapshot
from quality.model.rank import Rank
from quality.model.relief import Approved, Dispute, Effect, ReliefEvent
from quality.model.scorecard import DeclaredReport
from quality.model.statement import CreditStatement
from quality.model.verdict import RecordReading, TrendPoint, Verdict
from reports.scorecard.words import money, places, settlement
from reports.shared import numbers
from reports.shared.plain import decided, measured, picked, plain, recipe

SUFFIX = "json"
ABOUT = "the evaluations"
FORMAT = "workmanship.evaluation/1"


def render(evaluations: Sequence[Evaluation]) -> str:
    """JSON text: an object for one evaluation, a list for any other number, keys sorted.

    ASCII only, so that no name of a supplier's can steer the terminal it is printed on.
    """
    objects = [_evaluation(evaluation) for evaluation in evaluations]
    content = objects[0] if len(objects) == 1 else objects
    return indented(content)


def _evaluation(evaluation: Evaluation) -> dict[str, Any]:
    period = evaluation.period
    found = {
        "format": FORMAT,
        "contract": {
            "id": evaluation.contract_id,
            "supplier": evaluation.supplier,
            "digest": evaluation.contract_digest,
        },
        "period": {
            "id": period.id,
            "from": plain(period.start),
            "to": plain(period.end),
            "to_date": period.to_date,
        },
        "recipe": recipe(evaluation.recipe),
        "snapshots": [_snapshot(each) for each in evaluation.snapshots],
        "service_levels": [_verdict(verdict) for verdict in evaluation.service_levels],
        "outcome": evaluation.outcome,
    }
    card = evaluation.scorecard
    shown = {
        "signs": plain(card.signs),
        "new_code": plain(card.new_code),
        "declared": [_declared(each) for each in card.declared],
    }
    return found | {key: value for key, value in shown.items() if value} | _settlement(evaluation)


def _declared(report: DeclaredReport) -> dict[str, Any]:
    """What a source declares; its counts by what they count."""
    named, matched = report.files
    found: dict[str, Any] = plain(report)
    return found | {
        "tools": [{"name": name, "version": version} for name, version in report.tools],
        "reports": [{"place": place, "sha256": digest} for place, digest in report.reports],
        "files": {"named": named, "in_snapshot": matched},
        "counts": {what.replace(" ", "_"): number for what, number in report.counts},
    }


def _snapshot(snapshot: Snapshot) -> dict[str, Any]:
    found: dict[str, Any] = plain(snapshot)
    for optional in ("baseline", "web"):
        if not found[optional]:
            del found[optional]
    return found


def _settlement(evaluation: Evaluation) -> dict[str, Any]:
    """The period's state, what was excused and corrected, and the record of a closed period: each
    key only where there is something to say."""
    said = ("state", "disputed_until", "amendment", "ledger_digest", "frozen")
    found = picked(evaluation, *said, "claim_until", "unclaimed")
    found["credits"] = statement(evaluation.credits)
    found["disputes"] = [_dispute(each) for each in evaluation.disputes]
    found["notices"] = [
        picked(each, "id", "kind", "on", "service_levels", "reason", "evidence", "why_not")
        | {"counts": not each.why_not, "from": plain(each.start), "to": plain(each.end)}
        | {"allocations": {name: plain(share) for name, share in each.allocations}}
        | {"approved_by": [_approved(one) for one in each.approved_by]}
        for each in evaluation.notices
    ]
    found["acknowledgements"] = plain(evaluation.acknowledgements)
    found["excusals"] = [_excusal(each) for each in evaluation.excusals]
    found["credit_notes"] = [
        plain(note)
        | {"amount": str(note.amount), "counts": not note.why_not}
        | {"approved_by": [_approved(each) for each in note.approved_by]}
        for note in evaluation.credit_notes
    ]
    found["waivers"] = [
        picked(each, "id", "waives", "reason", "why_not")
        | {"counts": not each.why_not}
        | {"approved_by": [_approved(one) for one in each.approved_by]}
        for each in evaluation.waivers
    ]
    without = evaluation.credits_without
    if without and without != evaluation.credits:
        found["credits_without_excusals"] = statement(without)
    if evaluation.credits or evaluation.credit_notes:
        found["balance"] = str(settlement.balance(evaluation))
    if bill := money.priced(evaluation):
        found["payable"] = _payable(evaluation, bill)
    if settlement.in_dispute(evaluation):
        found["undisputed"] = str(settlement.undisputed(evaluation))
    if evaluation.credits:
        found["past"] = [_past(each) for each in evaluation.past]
    return {key: value for key, value in found.items() if value}


def statement(bill: CreditStatement | None) -> dict[str, Any] | None:
    """A statement key by key, and what it leaves to be added up."""
    return plain(bill) | picked(bill, "lapsed_in_all") if bill else None


def _payable(evaluation: Evaluation, bill: CreditStatement) -> dict[str, Any]:
    """The balance as it is booked: how much, from whom to whom, and whether that may still change
    (``final``: the period is closed)."""
    balance = settlement.balance(evaluation)
    parties = {"customer": evaluation.customer, "supplier": evaluation.supplier}
    creditor = settlement.favoured(balance)
    debtor = "supplier" if creditor == "customer" else "customer"
    return {
        "amount": str(abs(balance)),
        "currency": bill.currency,
        "from": {"party": debtor, "name": parties[debtor]},
        "to": {"party": creditor, "name": parties[creditor]},
        "final": evaluation.frozen is not None,
        "not_judged": list(bill.unknown),
        "lines": [
            {"service_level": level, "title": title, "amount": str(amount)}
            for level, title, amount in _lines(evaluation, bill)
        ],
    }


def _lines(evaluation: Evaluation, bill: CreditStatement) -> Iterator[tuple[str, str, Decimal]]:
    """What the balance is made of; above 0 it goes to the customer."""
    for step in bill.steps:
        if step.paid:
            yield step.service_level, step.name, step.paid
    for late in bill.carried:
        yield "", f"Carried over from {late.period}", late.amount
    for level, title, amount, _ in settlement.booked_lines(evaluation):
        yield level, title, amount


def _past(past: PastPeriod) -> dict[str, Any]:
    """An earlier period in short: who met what, and the sums it came to."""
    sums = ("currency", "at_risk_amount", "total", "lapsed", "lapsed_in_all", "returned", "net")
    return picked(past, "state", "outcome", "excused") | {
        "period": past.period.id,
        "outcomes": dict(past.outcomes),
        "credits": picked(past.credits, *sums) if past.credits else None,
        "balance": str(settlement.balance(past)),
    }


def _excusal(excusal: ReliefEvent) -> dict[str, Any]:
    said = ("id", "kind", "cause", "what", "reason", "evidence", "raised_by", "counts", "why_not")
    return {
        **picked(excusal, *said),
        "from": plain(excusal.start),
        "to": plain(excusal.end),
        **({} if excusal.amount is None else {"amount": plain(excusal.amount)}),
        "approved_by": [_approved(each) for each in excusal.approved_by],
        "effects": [_effect(each) for each in excusal.effects],
        **(picked(excusal, "service_levels", "days") if excusal.days else {}),
    }


def _dispute(dispute: Dispute) -> dict[str, Any]:
    approved = [_approved(each) for each in dispute.approved_by]
    return {**plain(dispute), "adjustment": plain(dispute.adjustment), "approved_by": approved}


def _approved(approved: Approved) -> dict[str, str]:
    return {**picked(approved, "party", "name"), "date": approved.on.isoformat()}


def _effect(effect: Effect) -> dict[str, Any]:
    without = {**measured(effect.measured_without), "outcome": effect.outcome_without}
    told = picked(effect, "service_level", "outcome", "taken")
    return {**told, **measured(effect.measured), "without": without}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    found = {
        **picked(verdict, "id", "name", "indicator", "good", "outcome", "reason"),
        **measured(verdict.measured),
        **decided(verdict),
        "trend": [_point(point) for point in verdict.trend],
        "class": verdict.level_class,
        "parameters": dict(verdict.parameters),
        "unit": numbers.plain_unit(verdict.unit),
        "expected": _limit(verdict.expected),
        "minimum": _limit(verdict.minimum),
        "repositories": [
            {"repository": part.repository, **measured(part.measured)}
            | ({"reason": part.reason} if part.reason else {})
            for part in verdict.repositories
        ],
    }
    if place := verdict.benchmark:
        found["benchmark"] = _place(place)
    if verdict.declared_by:
        found["declared_by"] = list(verdict.declared_by)
    if verdict.readings:
        found["sources"] = [_reading(each) for each in verdict.readings]
    if verdict.interval:
        found["interval"] = [_limit(bound) for bound in verdict.interval]
    if verdict.parts:
        found["parts"] = dict(verdict.parts)
    if without := verdict.without:
        found["without"] = {
            **measured(without.measured), **decided(without), "outcome": without.outcome
        }  # fmt: skip
    if verdict.relieved_by:
        found["relieved_by"] = plain(verdict.relieved_by)
    return found


def _reading(reading: RecordReading) -> dict[str, Any]:
    """Of which moment a source speaks, and when it reached us; null: it says nothing of it all."""
    return picked(reading, "source", "declared_by", "received_at", "spoken_at", "notices")


def _point(point: TrendPoint) -> dict[str, Any]:
    found = picked(point, "period", "value")
    if point.repository:
        found["decided_by"] = {"repository": point.repository, "value": point.decided}
    return found


def _place(place: Rank) -> dict[str, Any]:
    """A value's place among public systems; sizes are NLOC, 0 is no bound."""
    share = {"better_than_percent": places.better_than(place)}
    return {**share, **picked(place, "worse", "equal"), **plain(place.peers)}


def _limit(limit: Decimal | None) -> int | float | None:
    if limit is None:
        return None
    return int(limit) if limit == limit.to_integral_value() else float(limit)
