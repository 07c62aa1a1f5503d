"""The rows behind a service level's value, worst first: what a dispute starts from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quality.catalogue.recipes import load_recipe
from quality.contract.sections.levels import ServiceLevel
from quality.errors import MeasureError
from quality.model.evidence import Evidence
from quality.model.verdict import Verdict
from quality.store.database import Store
from quality.verdicts.behind.evidence import evidence_of
from quality.verdicts.behind.questions import placed
from quality.verdicts.history import History
from quality.verdicts.portfolio import count
from quality.verdicts.request import Request


@dataclass(frozen=True, slots=True)
class Explanation:
    """The verdict and the rows that make its numerator. ``total`` counts all of them, ``rows``
    holds the worst; each row begins with the repository's or source's name. ``evidence``: what
    changed, and what to repair."""

    contract_id: str
    period: str
    verdict: Verdict
    commits: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: int
    evidence: Evidence
    in_utc: bool  # its rows have moments that do not say so themselves


def explain(store: Store, request: Request, service_level: str, top: int) -> Explanation:
    """The ``top`` worst rows of a service level (by its id) in the request's last period
    (UsageError: there is no such service level; MeasureError: nothing it could be counted in)."""
    level = request.level(service_level)
    (history,) = count(store, [request])
    return explained(store, history, level, top)


def explained(store: Store, history: History, level: ServiceLevel, top: int) -> Explanation:
    """The same of a service level of a request that is counted already."""
    request = history.request
    recipe, period = load_recipe(*request.contract.measured_by), request.period
    judged, snapshots = placed(history, level, period)
    recorded = level.indicator.of and history.recorded.window(level, period)
    if not (snapshots or recorded):
        raise MeasureError(_nothing(request, level, judged.bare.reason))
    evidence, table = evidence_of(store, recipe, history, judged.verdict, level)
    return Explanation(
        contract_id=request.base.id,
        period=period.id,
        verdict=judged.verdict,
        commits=tuple((name, content.commit) for name, content in snapshots),
        columns=tuple(table.columns[at] for at in table.told),
        rows=tuple(tuple(_plain(row[at]) for at in table.told) for row in table.rows[:top]),
        total=len(table.rows),
        evidence=evidence,
        in_utc=table.kind.bare,
    )


def _nothing(request: Request, level: ServiceLevel, reason: str) -> str:
    """Why there are no rows."""
    if level.indicator.of:
        return f"{level.id} in {request.period.id}: {reason}"
    what = "snapshot to compare" if level.indicator.since else "snapshot"
    why = reason or "run `workmanship measure`"
    return f"{request.base.id} has no {what} in {request.period.id}: {why}"


def _plain(value: Any) -> Any:
    """A value of a row; the places of a block as texts: a.py:3-9."""
    if isinstance(value, list):
        return [
            f"{each['path']}:{each['line']}-{each['last_line']}" if isinstance(each, dict) else each
            for each in value
        ]
    return value
