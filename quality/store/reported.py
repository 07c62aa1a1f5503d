"""The reports that stand in snapshots under judgement, as tables that the indicators' SQL reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quality.model.reports import SectionName
from quality.store.scope import Table

if TYPE_CHECKING:
    from quality.store.database import Store

TABLES = {
    "scope_reports": (
        "snapshot integer, section varchar, source varchar, content integer, languages varchar[]"
    ),
    "scope_report_files": "snapshot integer, content integer, file integer, path varchar",
}
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Reported:
    """The reports of a source that speak of a snapshot, by their numbers; ``languages``: those that
    tests are to cover (none: all)."""

    section: SectionName
    source: str
    contents: tuple[int, ...]
    languages: tuple[str, ...] = ()


def report_tables(
    store: Store, snapshots: Sequence[tuple[str, Sequence[Reported]]]
) -> Iterator[Table]:
    """Name, columns and rows of ``TABLES`` for snapshots, numbered as given: the commit, what
    stands there."""
    rows = [
        (number, each.section, each.source, report, list(each.languages))
        for number, (_, standing) in enumerate(snapshots)
        for each in standing
        for report in each.contents
    ]
    found: dict[tuple[str, int], Rows] = {}
    files: Rows = []
    for number, *_, report, _ in rows:
        key = snapshots[number][0], report
        if key not in found:
            found[key] = _matched(store, *key)
        files += [(number, report, *row) for row in found[key]]
    for (name, columns), each in zip(TABLES.items(), (rows, files), strict=True):
        yield name, columns, each


def _matched(store: Store, commit: str, report: int) -> Rows:
    """(file, path) of the files that a report names and a commit has."""
    from collectors.records.formats import by_themselves  # slow to load, and rarely needed
    from collectors.records.places import matched
    from quality.store.reports import content, named_files

    named = named_files(store, report)
    paths = store.connection.execute(
        "select path from files where \"commit\" = ? and kind = 'file'", [commit]
    ).fetchall()
    known = {path for (path,) in paths}
    found = matched((n for _, n in named), known, by_themselves(content(store, report).reader))
    return [(file, found[path]) for file, path in named if path in found]
