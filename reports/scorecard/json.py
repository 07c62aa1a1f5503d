"""The evaluation for machines: the same facts as the scorecard, the same bytes in every run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from quality.model.canonical import indented
from quality.model.closing import FrozenRecord
from quality.model.evaluation import Evaluation, PastPeriod, Snapshot
from quality.model.relief import CreditNote, Excusal
from quality.model.verdict import Measured, Verdict
from reports.shared import numbers

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
    period, recipe = evaluation.period, evaluation.recipe
    found = {
        "format": FORMAT,
        "contract": {
            "id": evaluation.contract_id,
            "supplier": evaluation.supplier,
            "digest": evaluation.contract_digest,
        },
        "period": {
            "id": period.id,
            "from": period.start.isoformat(),
            "to": period.end.isoformat(),
            "to_date": period.to_date,
        },
        "recipe": {"id": recipe.id, "digest": recipe.digest, "tools": dict(recipe.tools)},
        "snapshots": [_snapshot(snapshot) for snapshot in evaluation.snapshots],
        "service_levels": [_verdict(verdict) for verdict in evaluation.service_levels],
        "outcome": evaluation.outcome,
    }
    return found | _settlement(evaluation)


def _settlement(evaluation: Evaluation) -> dict[str, Any]:
    """The period's state, what was excused and corrected, and the record of a closed period: each
    key only where there is something to say."""
    found: dict[str, Any] = {
        "state": evaluation.state,
        "disputed_until": _day(evaluation.disputed_until),
        "amendment": evaluation.amendment,
        "ledger_digest": evaluation.ledger_digest,
        "excusals": [_excusal(each) for each in evaluation.excusals],
        "credit_notes": [_credit_note(each) for each in evaluation.credit_notes],
        "frozen": _frozen(evaluation.frozen) if evaluation.frozen else None,
        "credits": exactly(evaluation.credits),
    }
    without = evaluation.credits_without
    if without and without != evaluation.credits:
        found["credits_without_excusals"] = exactly(without)
    if evaluation.credits:
        found["past"] = [_past(each) for each in evaluation.past]
    return {key: value for key, value in found.items() if value}


def _past(past: PastPeriod) -> dict[str, Any]:
    """An earlier period in short: who met what, and the sums it came to."""
    bill = past.credits
    sums = ("currency", "at_risk_amount", "total", "lapsed", "returned", "net")
    return {
        "period": past.period.id,
        "state": past.state,
        "outcome": past.outcome,
        "outcomes": dict(past.outcomes),
        "excused": past.excused,
        "credits": {key: exactly(getattr(bill, key)) for key in sums} if bill else None,
    }


def exactly(value: object) -> Any:
    """A record as plain data, key by key: numbers that are exact become text, days ISO 8601."""
    if is_dataclass(value):
        return {each.name: exactly(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [exactly(each) for each in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def _excusal(excusal: Excusal) -> dict[str, Any]:
    return {
        "id": excusal.id,
        "kind": excusal.kind,
        "cause": excusal.cause,
        "from": _day(excusal.start),
        "to": _day(excusal.end),
        "what": excusal.what,
        "reason": excusal.reason,
        "evidence": excusal.evidence,
        "raised_by": excusal.raised_by,
        "counts": excusal.counts,
        "why_not": excusal.why_not,
        **({} if excusal.amount is None else {"amount": exactly(excusal.amount)}),
        "effects": [
            {
                "service_level": effect.service_level,
                **_measured(effect.measured),
                "outcome": effect.outcome,
                "without": {
                    **_measured(effect.measured_without),
                    "outcome": effect.outcome_without,
                },
                "taken": effect.taken,
            }
            for effect in excusal.effects
        ],
    }


def _credit_note(note: CreditNote) -> dict[str, Any]:
    return {
        "id": note.id,
        "period": note.period,
        "corrects": note.corrects,
        "amount": str(note.amount),
        "reason": note.reason,
        "evidence": note.evidence,
        "counts": not note.why_not,
        "why_not": note.why_not,
    }


def _frozen(record: FrozenRecord) -> dict[str, Any]:
    return {
        "closed_at": _utc(record.closed_at),
        "closed_by": record.closed_by,
        "agreed": record.agreed,
        "digest": record.digest,
        "previous": record.previous,
        "differences": [
            {"what": each.what, "frozen": each.frozen, "now": each.now}
            for each in record.differences
        ],
        "notes": list(record.notes),
    }


def _snapshot(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "repository": snapshot.repository,
        "commit": snapshot.commit,
        "committed_at": _utc(snapshot.committed_at),
        "files": snapshot.files,
        "unmeasured": [
            {"path": file.path, "analyzer": file.analyzer, "reason": file.reason}
            for file in snapshot.unmeasured
        ],
        "reason": snapshot.reason,
        "rewritten": snapshot.rewritten,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    without = verdict.without
    beside = {**_measured(without.measured), "outcome": without.outcome} if without else None
    return _judged(verdict) | ({"without": beside} if beside else {})


def _judged(verdict: Verdict) -> dict[str, Any]:
    return {
        "id": verdict.id,
        "name": verdict.name,
        "class": verdict.level_class,
        "indicator": verdict.indicator,
        "parameters": dict(verdict.parameters),
        **_measured(verdict.measured),
        "unit": numbers.plain_unit(verdict.unit),
        "good": verdict.good,
        "expected": _limit(verdict.expected),
        "minimum": _limit(verdict.minimum),
        "outcome": verdict.outcome,
        "reason": verdict.reason,
        "repositories": [
            {"repository": part.repository, **_measured(part.measured)}
            for part in verdict.repositories
        ],
        "trend": [{"period": point.period, "value": point.value} for point in verdict.trend],
    }


def _measured(measured: Measured | None) -> dict[str, int | float | None]:
    if measured is None:
        return {"numerator": None, "denominator": None, "value": None}
    return {
        "numerator": measured.numerator,
        "denominator": measured.denominator,
        "value": measured.value,
    }


def _limit(limit: Decimal | None) -> int | float | None:
    if limit is None:
        return None
    return int(limit) if limit == limit.to_integral_value() else float(limit)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _utc(moment: datetime | None) -> str | None:
    """ISO 8601 with +00:00; a moment without zone is UTC, as the store keeps it."""
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
