"""How far a report fits the snapshot that it is to speak of: its files, and the lines in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quality.catalogue.indicators import Indicator
from quality.contract.checks.sources import serves
from quality.contract.contract import Contract
from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.sources import SECTIONS, Source
from quality.model.facts import Cause
from quality.model.reports import HELD, MATCHED
from quality.store.scope import Count, MetricQuery
from quality.verdicts.reports import Declaration

_FILES = Indicator(
    "reports.matched", "Files that the snapshot has", "percent", "high", 100,
    "files that reports name and the snapshot has, of all that they name", "declared", (),
    selects=("source",),
)  # fmt: skip
_LINES = Indicator(
    "reports.held", "Lines that hold code", "percent", "high", 100,
    "lines that reports name and that hold code in the snapshot, of all that they name", "coverage",
    ("clones",), selects=("source",),
)  # fmt: skip


def files_of(source: str) -> MetricQuery:
    """The files that a source's reports name, and those of them that the snapshot has."""
    return MetricQuery(_FILES, None, (source,))


def lines_of(source: str) -> MetricQuery:
    """The lines that a source's reports of tests name in production files, and those with code."""
    return MetricQuery(_LINES, None, (source,))


def fits(contract: Contract) -> Iterator[MetricQuery]:
    """What must be counted to know how far a contract's reports fit."""
    for section in SECTIONS:
        for source in contract.sources(section):
            yield files_of(source.name)
            if section == "coverage":
                yield lines_of(source.name)


def concerning(level: ServiceLevel, reports: Iterable[Declaration]) -> list[Declaration]:
    """Those of the reports on a repository that a service level counts."""
    section = level.indicator.records
    return [each for each in reports if each.section == section and serves(level, each.source)]


def misfit(standing: Declaration, counts: Mapping[MetricQuery, Count]) -> tuple[str, Cause]:
    """Why nothing of a report counts, and whose cause that is; "": it counts."""
    if standing.reason:
        return standing.reason, standing.cause
    files = counts.get(files_of(standing.source.name), Count(0, 0))
    if too_few(files, MATCHED):
        return (
            f"only {share(files)} % of the {files.denominator:,} files that it names are in the "
            f"snapshot, at least {MATCHED} % must be",
            "supplier",
        )
    lines = counts.get(lines_of(standing.source.name), Count(0, 0))
    if standing.section == "coverage" and too_few(lines, HELD):
        return (
            f"only {share(lines)} % of the {lines.denominator:,} lines that it names hold code in "
            f"the snapshot, at least {HELD} % must: it is of another version",
            "supplier",
        )
    return "", "supplier"


@dataclass(frozen=True, slots=True)
class ReportGap:
    """Why nothing that a ``source`` reports can be counted; ``owed``: who reports could have."""

    source: Source
    reason: str
    owed: bool


def report_gaps(
    level: ServiceLevel, reports: Sequence[Declaration], counts: Mapping[MetricQuery, Count]
) -> Iterator[ReportGap]:
    """What a service level wants of reports and does not have."""
    wanted = concerning(level, reports)
    found = [ReportGap(each.source, f"{each.source.name}: {reason}", cause == "supplier")
             for each in wanted for reason, cause in [misfit(each, counts)] if reason]  # fmt: skip
    yield from found
    if wanted and level.tool and not found and not any(each.is_of(level.tool) for each in wanted):
        yield ReportGap(wanted[0].source, f"no report is of {level.tool}", True)


def baseline_gaps(
    level: ServiceLevel,
    reports: Sequence[Declaration],
    base_reports: Sequence[Declaration],
    counts: Mapping[MetricQuery, Count],
) -> Iterator[ReportGap]:
    """What a service level wants of reports on the baseline and does not have: one of each source,
    and of each tool that has reported since."""
    if not level.indicator.since:
        return
    now = {each.source.name: each for each in concerning(level, reports)}
    for each in concerning(level, base_reports):
        reason, _ = misfit(each, counts)
        tools = {name for content in now[each.source.name].contents for name, _ in content.tools}
        if lacking := sorted(tool for tool in tools if not reason and not each.is_of(tool)):
            reason = f"no report is of {', '.join(lacking)}"
        if reason:
            yield ReportGap(each.source, f"{each.source.name}, of the baseline: {reason}", False)


def too_few(count: Count, percent: int) -> bool:
    """Whether a share is under a percentage; of nothing it is not."""
    return 100 * count.numerator < percent * count.denominator


def share(count: Count) -> Decimal:
    """A share in percent, rounded down: never shown as enough."""
    return Decimal(count.numerator * 10_000 // count.denominator) / 100
