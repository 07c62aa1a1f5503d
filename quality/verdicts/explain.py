"""The rows behind a service level's value, worst first: what a dispute starts from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quality.catalogue.recipes import load_recipe
from quality.contract.levels import ServiceLevel
from quality.errors import MeasureError, UsageError
from quality.model.verdict import Verdict
from quality.store.counting import Scope
from quality.store.database import Store
from quality.store.record_scope import RecordScope
from quality.verdicts.portfolio import count
from quality.verdicts.relief import relieved
from quality.verdicts.request import Request


@dataclass(frozen=True, slots=True)
class Explanation:
    """The verdict and the rows that make its numerator. ``total`` counts all of them, ``rows``
    holds the worst; each row begins with the repository's or source's
    name."""

    contract_id: str
    period: str
    verdict: Verdict
    commits: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: int


def explain(store: Store, request: Request, service_level: str, top: int) -> Explanation:
    """The ``top`` worst rows of a service level (by its id) in the request's last period."""
    contract = request.contract
    level = contract.level(service_level)
    if level is None:
        known = ", ".join(each.id for each in contract.service_levels)
        raise UsageError(f"{contract.id} has no service level {service_level!r}: it has {known}")
    if level.indicator.of:
        return _of_records(store, request, level, top)
    recipe, period = load_recipe(*contract.measured_by), request.period
    (history,) = count(store, [request])
    judged = relieved(history, level, period, history.states(period))
    changed = judged.stands.measured and judged.stands.measured != judged.bare.measured
    relief = judged.entries if changed else ()  # else the rows of what was delivered
    look = history.snapshots.compared if level.indicator.since else history.snapshots.content
    placed = [
        (name, look(period, name, relief))
        for name in request.repositories
        if not any(entry.in_repository(name) and not entry.paths for entry in relief)
    ]
    snapshots = [(name, content) for name, content in placed if content]
    if not snapshots:
        what = "snapshot to compare" if level.indicator.since else "snapshot"
        raise MeasureError(f"{request.base.id} has no {what} in {period.id}: "
                           f"{judged.bare.reason or 'run `workmanship measure`'}")  # fmt: skip
    scope = Scope(store, recipe, [content for _, content in snapshots])
    indicator = level.indicator
    optional = [p.name for p in [indicator.parameter] if p and p.optional]
    ungiven = [(name, None) for name in (*optional, *indicator.selects)]
    columns, rows = scope.table_of(
        f"explain/{indicator.query}", **dict((*indicator.fixed, *ungiven, *level.parameters))
    )
    names = [name for name, _ in snapshots]
    rows = [row for row in rows if row[0] < len(names)]  # behind them stand the baselines
    return Explanation(
        contract_id=request.base.id,
        period=period.id,
        verdict=judged.verdict,
        commits=tuple((name, content.commit) for name, content in snapshots),
        columns=("repository", *columns[1:]),
        rows=tuple((names[row[0]], *row[1:]) for row in rows[:top]),
        total=len(rows),
    )


def _of_records(store: Store, request: Request, level: ServiceLevel, top: int) -> Explanation:
    """The records behind a service level's value, as they are judged."""
    (history,) = count(store, [request])
    period = request.period
    judged = relieved(history, level, period, [])
    window = history.recorded.window(level, period)
    if window is None:
        raise MeasureError(f"{level.id} in {period.id}: {judged.bare.reason}")
    scope = RecordScope(store, [window])
    given = dict((*level.indicator.fixed, *level.parameters))
    ungiven = dict.fromkeys(level.indicator.selects) | given
    columns, rows = scope.table_of(f"explain/{level.indicator.query}", **ungiven)
    return Explanation(
        contract_id=request.base.id,
        period=period.id,
        verdict=judged.verdict,
        commits=(),
        columns=columns[1:],
        rows=tuple(row[1:] for row in rows[:top]),
        total=len(rows),
    )
