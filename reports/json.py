"""The evaluation for machines: the same facts as the scorecard, the same bytes in every run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from quality.model import Evaluation, Measured, Snapshot, Verdict
from reports import numbers

FORMAT = "workmanship.evaluation/1"


def render(evaluations: Sequence[Evaluation]) -> str:
    """JSON text: an object for one evaluation, a list for any other number, keys sorted.

    ASCII only, so that no name of a supplier's can steer the terminal it is printed on.
    """
    objects = [_evaluation(evaluation) for evaluation in evaluations]
    content = objects[0] if len(objects) == 1 else objects
    text = json.dumps(content, indent=2, sort_keys=True, allow_nan=False)
    return text.replace("\x7f", "\\u007f") + "\n"


def _evaluation(evaluation: Evaluation) -> dict[str, Any]:
    period, recipe = evaluation.period, evaluation.recipe
    return {
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


def _utc(moment: datetime | None) -> str | None:
    """ISO 8601 with +00:00; a moment without zone is UTC, as the store keeps it."""
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
