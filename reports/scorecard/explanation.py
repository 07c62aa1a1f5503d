"""An explanation as text or JSON: the rows behind a value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from quality.model.amounts import in_hours
from quality.model.canonical import indented
from quality.model.evidence import Evidence, EvidenceRow, Repair
from quality.model.verdict import Measured, Verdict
from reports.scorecard.terminal import MARKS, mark, table
from reports.scorecard.words import evidence, standing
from reports.shared import numbers
from reports.shared.plain import decided, measured, picked
from reports.shared.text import clip, safe_text

FORMAT = "workmanship.explanation/1"
FEW = 3  # rows that are new or to be repaired; JSON names more
PLACES = 8  # of a duplicated block that a table names; JSON names all


@dataclass(frozen=True, slots=True)
class Rows:
    """The worst rows by their columns, how many there are in all, what changed, and what to
    repair; ``in_utc``: they have moments that do not say so themselves."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    total: int
    evidence: Evidence
    in_utc: bool = False


def text(head: dict[str, Any], verdict: Verdict, behind: Rows) -> str:
    """The verdict in one line, what changed and what to repair, then the rows as a table."""
    rows, total = behind.rows, behind.total
    value = _value(verdict, verdict.deciding)
    repository, _ = numbers.whose(verdict)
    overall = f"all repositories together: {_value(verdict, verdict.measured)}"
    lines = [
        f"{safe_text(verdict.id)} {safe_text(verdict.name)} in {head['period']}: "
        f"{value}, {mark(verdict)}",
        *([f"decided by {safe_text(repository)}; {overall}"] if repository else []),
        f"counts {verdict.measures}",
        *([safe_text(verdict.reason)] if verdict.reason else []),
        *_relief(verdict, behind.evidence),
        *_told(verdict, behind.evidence),
        *(["moments in UTC"] if behind.in_utc else []),
        "",
    ]
    shown = [[_cell(cell) for cell in row] for row in rows]
    body = (
        table(behind.columns, shown)
        if rows
        else "no rows: nothing counts against this service level\n"
    )
    more = f"and {total - len(rows)} more: --top {total} shows all\n" if total > len(rows) else ""
    return "\n".join(lines) + "\n" + body + more


def _relief(verdict: Verdict, found: Evidence) -> Iterator[str]:
    """The verdict without relief, and the tickets that another party's delay takes out."""
    if verdict.without:
        value = _value(verdict, verdict.without.measured)
        by = verdict.relieved_by
        named = f" by {standing.relievers(by)}" if by else ""
        yield safe_text(f"without relief{named}: {value}, {MARKS[verdict.without.outcome]}")
    for each in found.relieved:
        ran, target, late = map(in_hours, (each.elapsed, each.target, each.seconds))
        yield safe_text(
            f"taken out: {each.source}: {each.id} ran {ran} of {target}, {late} of them while "
            f"{each.party} was beyond its own target"
        )


def _told(verdict: Verdict, found: Evidence) -> Iterator[str]:
    """What changed, with the first new and worse rows, and what to repair."""
    if changes := found.changes:
        yield evidence.changed(changes)
        for group in (changes.new, changes.worse):
            for row in group.rows[:FEW]:
                was = evidence.number_of(found, row)
                yield safe_text(f"  {group.name}: {_label(found, row)}{f', {was}' if was else ''}")
    for each in evidence.advice(verdict, found):
        yield safe_text(each.sentence)
        if each.start > 1 and each.first:
            yield "  besides what the minimum takes:"
        yield from (safe_text(f"  {_label(found, row)}") for row in each.first[:FEW])
        if each.rows > FEW:
            yield f"  and {each.rows - FEW} more"
    if found.repairs and (assumed := evidence.assumed(found)):
        yield assumed
    if found.unrepaired:
        yield f"what to repair is not told: {found.unrepaired}"


def _label(found: Evidence, row: EvidenceRow) -> str:
    return clip(f"{row.repository}: {evidence.label(found, row)}")


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


def as_json(head: dict[str, Any], verdict: Verdict, behind: Rows) -> str:
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
        "rows": [dict(zip(behind.columns, row, strict=True)) for row in behind.rows],
        "total": behind.total,
        "repairs": [_repair(behind.evidence, each) for each in behind.evidence.repairs],
    }
    if changes := behind.evidence.changes:
        content["changes"] = {"since": changes.since} | {
            group.name: {
                "total": group.total,
                "first": [_row(behind.evidence, each) for each in group.rows],
            }
            for group in (changes.new, changes.worse, changes.gone)
        }
    return indented(content)


def _repair(found: Evidence, each: Repair) -> dict[str, Any]:
    told = picked(each, "to", "rows", "weight", "numerator", "denominator", "reached")
    told |= {"limit": float(each.limit), "first": [_row(found, row) for row in each.first]}
    return told | ({"repository": each.repository} if each.repository else {})


def _row(found: Evidence, row: EvidenceRow) -> dict[str, Any]:
    """A row as ``rows`` has it, its places as texts."""
    places = [evidence.spot(each) for each in row.places]
    cells = dict(zip(found.columns, row.cells, strict=True))
    was = {} if row.was is None else {"was": row.was}
    return {"repository": row.repository, "places": places, **cells, **was}


def steps(ticket: str, level: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """One ticket's clock, step by step, as a table, without columns in which nothing stands."""
    told = [
        place
        for place, _ in enumerate(columns)
        if any(row[place] not in {None, ""} for row in rows)
    ]
    shown = [[_cell(_minutes(row[place])) for place in told] for row in rows]
    return f"{safe_text(ticket)} under {safe_text(level)}, moments in UTC\n\n" + table(
        [columns[place] for place in told], shown
    )


def steps_as_json(
    ticket: str, level: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> str:
    """The same as ``workmanship.explanation/1``."""
    told = [dict(zip(columns, map(_minutes, row), strict=True)) for row in rows]
    return indented({"format": FORMAT, "ticket": ticket, "service_level": level, "steps": told})


def _minutes(cell: Any) -> Any:
    """Minutes as a whole number where they are one."""
    return int(cell) if isinstance(cell, float) and cell == int(cell) else cell
