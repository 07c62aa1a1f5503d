"""What stands below the verdicts: everything a reader needs to challenge a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from quality.model.evidence import Evidence, EvidencePlace
from quality.model.recipe import Severity
from quality.model.reports import DeclaredBy, SectionName
from quality.model.verdict import Measured


@dataclass(frozen=True, slots=True)
class SizePoint:
    """The production code of one period: files, functions, NLOC, and NLOC of the tests."""

    period: str
    files: int
    functions: int
    nloc: int
    test_nloc: int


@dataclass(frozen=True, slots=True)
class RiskBand:
    """Part of the complexity risk profile: functions with ``low`` <= CCN <= ``high`` (None: no
    upper limit), their count and NLOC."""

    low: int
    high: int | None
    functions: int
    nloc: int


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """The complexity risk profile of one period, bands from low to high."""

    period: str
    bands: tuple[RiskBand, ...]


@dataclass(frozen=True, slots=True)
class SharePoint:
    """Duplicated code lines of all code lines in one period (windows of six lines)."""

    period: str
    measured: Measured


@dataclass(frozen=True, slots=True)
class RuleCount:
    """Findings of one rule of the recipe; ``severity`` is "error" or "warning"."""

    rule: str
    symbol: str
    severity: Literal["error", "warning"]
    findings: int
    hidden: int


@dataclass(frozen=True, slots=True)
class HistoryPoint:
    """A function's or file's number in an earlier period; None: it did not exist."""

    period: str
    value: int | None


@dataclass(frozen=True, slots=True)
class WorstFunction:
    """One of the most complex functions; ``history`` is its CCN over the periods, ``cognitive`` its
    cognitive complexity (None: not known), ``reader`` who measured it."""

    repository: str
    path: str
    name: str
    line: int
    ccn: int
    nloc: int
    parameters: int
    nesting: int
    history: tuple[HistoryPoint, ...]
    cognitive: int | None = None
    reader: str = ""


@dataclass(frozen=True, slots=True)
class WorstFile:
    """One of the files with most code in complex functions (CCN above 10, ``complex_nloc``);
    ``history`` is that number over the periods."""

    repository: str
    path: str
    nloc: int
    functions: int
    max_ccn: int
    complex_nloc: int
    findings: int
    history: tuple[HistoryPoint, ...]


@dataclass(frozen=True, slots=True)
class SuppressionCount:
    """Directives that speak to one tool, in one repository: how many, in how many files, and
    the places (path:line: text) of the first few."""

    repository: str
    tool: str
    directives: int
    files: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DuplicatedBlock:
    """One of the largest blocks of code that stand more than once in a repository: its code lines,
    at how many ``places`` in all, and the first of them."""

    repository: str
    code_lines: int
    places: int
    first: tuple[EvidencePlace, ...]


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """One of the gravest findings: where it is, whether its rule is of the errors or the warnings,
    how severe it is, and the weakness by its CWE (None: the rule has none)."""

    repository: str
    path: str
    line: int
    kind: Literal["error", "warning"]
    severity: Severity
    cwe: int | None
    rule: str
    message: str
    symbol: str


@dataclass(frozen=True, slots=True)
class LanguageCount:
    """The production code in one language, the analyzers that search it for errors (none: nobody
    does), and their findings; None where no rule of theirs looks for such."""

    language: str
    nloc: int
    analyzers: tuple[str, ...]
    errors: int | None
    warnings: int | None
    weaknesses: int | None


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How the snapshot's files divide: production, test, generated, vendored, unread (code that no
    analyzer reads), other (data), link, submodule."""

    file_class: str
    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class SignPlace:
    """Where a sign is seen, and what: ``path`` "" is the whole repository, ``line`` None the whole
    file."""

    repository: str
    path: str
    line: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What can lift a value without better code and no service level judges: ``title`` and
    ``meaning`` for the reader, how many ``places`` in all, and the first of them."""

    id: str
    title: str
    meaning: str
    places: int
    first: tuple[SignPlace, ...]


@dataclass(frozen=True, slots=True)
class DeclaredReport:
    """What a source of the contract declares of a repository. ``reports``: (place, sha256) of each
    report; ``tools``: (name, version); ``note``: how it is known that they speak of the snapshot;
    ``reason``: why nothing of it counts (""; it does); ``later``: how many versions came since.
    ``files``: how many it names, and how many of them the snapshot has; ``outside``: the first of
    the others. ``counts``: (what, how many) of its content."""

    repository: str
    source: str
    section: SectionName
    declared_by: DeclaredBy
    place: str
    reports: tuple[tuple[str, str], ...]
    tools: tuple[tuple[str, str], ...]
    received_at: datetime | None
    note: str
    reason: str
    later: int
    files: tuple[int, int]
    outside: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class NewCode:
    """A measure of a repository's code beside its baseline: how much the baseline has, how much of
    that is ``inherited``, what is new in functions that it has in another form (``changed``), and
    what is ``new`` elsewhere. The snapshot has the sum of the last three. An inherited line may be
    duplicated now because somebody copied it: then more are inherited than there were."""

    repository: str
    measure: str
    baseline: int
    inherited: int
    changed: int
    new: int


@dataclass(frozen=True, slots=True)
class Hotspot:
    """A file that is complex and changes often: in how many of ``steps`` from one period's snapshot
    to the next its content changed, and the sum of its functions' CCN."""

    repository: str
    path: str
    changes: int
    steps: int
    complexity: int
    functions: int
    max_ccn: int
    nloc: int

    @property
    def weight(self) -> int:
        """What hotspots are ranked by."""
        return self.changes * self.complexity


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What stands below the verdicts: everything a reader needs to challenge a number.
    Where no page is made of it, it has the signs, the new code and the declared alone."""

    size: tuple[SizePoint, ...] = ()
    risk: tuple[RiskPoint, ...] = ()
    duplication: tuple[SharePoint, ...] = ()
    rules: tuple[RuleCount, ...] = ()
    worst_functions: tuple[WorstFunction, ...] = ()
    worst_files: tuple[WorstFile, ...] = ()
    suppressions: tuple[SuppressionCount, ...] = ()
    classes: tuple[ClassCount, ...] = ()
    signs: tuple[Sign, ...] = ()
    duplicated_blocks: tuple[DuplicatedBlock, ...] = ()
    languages: tuple[LanguageCount, ...] = ()
    findings: tuple[FindingPlace, ...] = ()
    declared: tuple[DeclaredReport, ...] = ()
    new_code: tuple[NewCode, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    hotspots: tuple[Hotspot, ...] = ()
