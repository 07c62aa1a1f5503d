"""What others declare, as the scorecard shows it: each source with its report and its content."""

from __future__ import annotations

from collections.abc import Sequence

from quality.model.scorecard import DeclaredReport
from quality.store.counting import Scope
from quality.store.scope import Count
from quality.verdicts.fit import files_of, misfit
from quality.verdicts.history import History
from quality.verdicts.reports import Declaration
from quality.verdicts.scorecard.scorecard import Place
from quality.verdicts.verdict import RepositoryState

OUTSIDE = 5  # files that the snapshot does not have, by name
FINDINGS = (
    *("findings in production files", "in other files", "outside of the snapshot"),
    *("suppressed", "results that are not findings"),
)
COVERAGE = (
    *("lines that can be run", "lines run", "lines named without code"),
    *("lines of functions that it passes over", "lines that directives leave out"),
)
Declared = dict[tuple[Place, str], tuple[tuple[str, int], ...]]


def read_declared(
    scope: Scope, places: Sequence[Place], histories: Sequence[History]
) -> list[tuple[DeclaredReport, ...]]:
    """What stands of each source in the period that each history judges; ``places[n]`` says whose
    snapshot number ``n`` of the scope is."""
    states = [history.states(history.request.period) for history in histories]
    standing = [each for some in states for state in some for each in state.reports]
    if not standing:
        return [()] * len(histories)
    rows = [(*row[:2], FINDINGS, row[2:]) for row in scope.rows("scorecard/declared_findings")]
    for source in sorted({each.source.name for each in standing if each.section == "coverage"}):
        tests = scope.rows("scorecard/declared_coverage", source=source)
        rows += [(row[0], source, COVERAGE, row[1:]) for row in tests]
    counts: Declared = {
        (places[number], source): tuple(zip(names, map(int, found), strict=True))
        for number, source, names, found in rows
        if number < len(places)
    }
    outside: dict[tuple[Place, str], tuple[str, ...]] = {}
    for number, source, path in scope.rows("scorecard/declared_outside", shown=OUTSIDE):
        if number < len(places):
            key = places[number], source
            outside[key] = (*outside.get(key, ()), path)
    return [
        tuple(
            _report(Place(owner, state.repository), state, each, counts, outside)
            for state in some
            for each in state.reports
        )
        for owner, some in enumerate(states)
    ]


def _report(
    place: Place,
    state: RepositoryState,
    standing: Declaration,
    counts: Declared,
    outside: dict[tuple[Place, str], tuple[str, ...]],
) -> DeclaredReport:
    batch, source = standing.batch, standing.source
    arrived = [each for each in batch.arrivals if each.content is not None] if batch else []
    files = state.counts.get(files_of(source.name), Count(0, 0))
    reason = misfit(standing, state.counts)[0]
    names = FINDINGS if standing.section == "findings" else COVERAGE
    nothing = tuple((name, 0) for name in names)
    return DeclaredReport(
        repository=place.repository,
        source=source.name,
        section=standing.section,
        declared_by=source.declared_by,
        place=source.place,
        reports=tuple(
            (each.place, content.digest)
            for each, content in zip(arrived, standing.contents, strict=True)
        ),
        tools=tuple(dict.fromkeys(tool for each in standing.contents for tool in each.tools)),
        received_at=batch.received_at if batch else None,
        note=standing.note,
        reason=reason,
        later=standing.later,
        files=(files.denominator, files.numerator),
        outside=outside.get((place, source.name), ()),
        counts=() if reason else counts.get((place, source.name), nothing),
    )
