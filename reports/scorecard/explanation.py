"""An explanation as text or JSON: the rows behind a value."""

from collections.abc import Sequence
from typing import Any

from quality.model.canonical import indented
from quality.model.verdict import Measured, Verdict
from reports.scorecard.terminal import MARKS, table
from reports.shared import numbers
from reports.shared.plain import decided, measured, picked
from reports.shared.text import clip, safe_text

FORMAT = "workmanship.explanation/1"
PLACES = 8  # of a duplicated block that a table names; JSON names all


def text(head: dict[str, Any], verdict: Verdict, columns: Sequence[str],
         rows: Sequence[Sequence[Any]], total: int) -> str:  # fmt: skip
    """The verdict in one line, then the rows as a table."""
    value = _value(verdict, verdict.deciding)
    repository, _ = numbers.whose(verdict)
    overall = f"all repositories together: {_value(verdict, verdict.measured)}"
    lines = [
        f"{safe_text(verdict.id)} {safe_text(verdict.name)} in {head['period']}: "
        f"{value}, {MARKS[verdict.outcome]}",
        *([f"decided by {safe_text(repository)}; {overall}"] if repository else []),
        f"counts {verdict.measures}",
        *([safe_text(verdict.reason)] if verdict.reason else []),
        "",
    ]
    shown = [[_cell(cell) for cell in row] for row in rows]
    body = table(columns, shown) if rows else "no rows: nothing counts against this service level\n"
    more = f"and {total - len(rows)} more: --top {total} shows all\n" if total > len(rows) else ""
    return "\n".join(lines) + "\n" + body + more


def _value(verdict: Verdict, found: Measured | None) -> str:
    """A value and the arithmetic behind it."""
    if found is None or found.exact is None:
        return "unknown"
    value = numbers.judged(verdict, found)
    if found.scale == found.denominator == 1:
        return value
    scale = "" if found.scale == 1 else f"{found.scale} x "
    return f"{value} = {scale}{found.numerator} / {found.denominator}"


def _cell(cell: Any) -> Any:
    """Names cut to fit; of a block's places the first few."""
    if isinstance(cell, list):
        more = [f"and {len(cell) - PLACES} more"] if len(cell) > PLACES else []
        return ", ".join([*map(clip, cell[:PLACES]), *more])
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return clip(cell) if isinstance(cell, str) else cell


def as_json(head: dict[str, Any], verdict: Verdict, columns: Sequence[str],
            rows: Sequence[Sequence[Any]], total: int) -> str:  # fmt: skip
    """``workmanship.explanation/1``: sorted keys, ASCII, the same bytes in every run."""
    content = {
        "format": FORMAT,
        **head,
        "service_level": {
            **picked(verdict, "id", "indicator", "outcome", "reason"),
            **measured(verdict.measured),
            **decided(verdict),
            "parameters": dict(verdict.parameters),
            "unit": numbers.plain_unit(verdict.unit),
        },
        "rows": [dict(zip(columns, row, strict=True)) for row in rows],
        "total": total,
    }
    return indented(content)
