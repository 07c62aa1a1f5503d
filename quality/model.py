"""The frozen records that cross the borders between collectors, quality and reports.

Three families: facts (what an analyzer says of one blob), repository content (commits and
files), and the evaluation (what a report shows). Tuples inside, no behaviour beyond arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from quality.credit_model import CreditStatement

# ---------------------------------------------------------------- facts of one blob


@dataclass(frozen=True, slots=True)
class Blob:
    """One file's content: all that an analyzer ever gets. ``oid`` is git's object id (hex)."""

    oid: str
    language: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FileSize:
    """lizard's size of a file: lines of code without blank and comment lines."""

    nloc: int


@dataclass(frozen=True, slots=True)
class Function:
    """A function as lizard sees it. Lines are 1-based; ``body`` is a 64-bit digest of its code,
    comments and white space left out."""

    name: str
    start_line: int
    end_line: int
    nloc: int
    ccn: int
    tokens: int
    parameters: int
    nesting: int
    body: int


@dataclass(frozen=True, slots=True)
class Block:
    """A Python function or method as radon sees it, with radon's cyclomatic complexity."""

    name: str
    kind: Literal["function", "method"]
    start_line: int
    end_line: int
    cc: int


@dataclass(frozen=True, slots=True)
class PythonFile:
    """radon's raw counts, Halstead measures and maintainability index of one Python file.

    ``mi_millionths`` is the index (0-100) times 1,000,000, rounded: sums stay exact.
    """

    loc: int
    lloc: int
    sloc: int
    comments: int
    multi: int
    single_comments: int
    blank: int
    volume: float
    difficulty: float
    effort: float
    mi_millionths: int


@dataclass(frozen=True, slots=True)
class CodeLines:
    """A file's normalised code lines in order: their 1-based numbers and 64-bit hashes.

    Blank and comment-only lines are left out, so duplication is a query over the hashes.
    """

    numbers: tuple[int, ...]
    hashes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A pylint message. ``context`` is a 64-bit digest of the line's code, white space folded;
    ``hidden``: a directive in the file would have hidden it."""

    line: int
    column: int
    rule: str
    message: str
    context: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment that asks an analyzer to look away: the tool it speaks to, and its text."""

    line: int
    tool: str
    text: str


Row = FileSize | Function | Block | PythonFile | CodeLines | Finding | Suppression


@dataclass(frozen=True, slots=True)
class Facts:
    """What one analyzer says of one blob: rows, or the ``reason`` why it could not be measured."""

    blob: str
    language: str
    analyzer: str
    reason: str | None
    rows: tuple[Row, ...] = ()


# ---------------------------------------------------------------- repository content


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of the supplier's branch. ``committed_at`` is the committer date, in UTC."""

    sha: str
    committed_at: datetime


@dataclass(frozen=True, slots=True)
class TreeFile:
    """An entry of a commit's tree. ``path`` is text that any report may print after escaping;
    ``language`` is None where no reader knows the suffix or the entry is no regular file."""

    path: str
    oid: str
    size: int
    kind: Literal["file", "link", "submodule"]
    language: str | None


# ---------------------------------------------------------------- the evaluation

Outcome = Literal["met", "below_expected", "failed", "excused", "unknown"]
Good = Literal["low", "high", "none"]


@dataclass(frozen=True, slots=True)
class Period:
    """A measurement window: calendar quarter or month, cut to the contract's term. Both days
    belong to it. ``to_date``: it has not ended yet."""

    id: str
    start: date
    end: date
    to_date: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """A measured value as exact integers: value = scale x numerator / denominator."""

    numerator: int
    denominator: int
    scale: int

    @property
    def exact(self) -> Fraction | None:
        """The unrounded value; None where the denominator is 0."""
        if self.denominator == 0:
            return None
        return Fraction(self.scale * self.numerator, self.denominator)

    @property
    def value(self) -> float | None:
        """The value rounded to 6 decimals; None where the denominator is 0."""
        exact = self.exact
        return None if exact is None else float(round(exact, 6))


@dataclass(frozen=True, slots=True)
class RepositoryValue:
    """A service level's value in one repository; ``measured`` is None where it is unknown.
    ``outcome`` is set where every repository is judged by itself."""

    repository: str
    measured: Measured | None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A service level's value in an earlier period, oldest first in a trend; None: unknown."""

    period: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A service level judged in one period. ``reason`` says why it is unknown or failed;
    ``measures`` is the catalogue's sentence about the indicator."""

    id: str
    name: str
    level_class: Literal["critical", "key"]
    indicator: str
    parameters: tuple[tuple[str, int], ...]
    measured: Measured | None
    unit: str
    good: Good
    expected: Decimal | None
    minimum: Decimal | None
    outcome: Outcome
    reason: str
    repositories: tuple[RepositoryValue, ...]
    trend: tuple[TrendPoint, ...]
    measures: str = ""
    scope: Literal["contract", "each-repository"] = "contract"
    without: Verdict | None = None  # the verdict without excusals; None: none acts on it


@dataclass(frozen=True, slots=True)
class Effect:
    """What one ledger entry does to one service level: the verdict as it stands, and as it were
    without this entry, the others standing. ``taken`` False: the entry would have made it worse,
    so the verdict stands without any excusal."""

    service_level: str
    measured: Measured | None
    outcome: Outcome
    measured_without: Measured | None
    outcome_without: Outcome
    taken: bool


@dataclass(frozen=True, slots=True)
class Excusal:
    """A ledger entry that concerns a period: an excused event or accepted debt. It counts, and
    ``effects`` says where; or it does not, and ``why_not`` says why."""

    id: str
    kind: Literal["excused_event", "accepted_debt"]
    cause: str
    start: date | None
    end: date
    what: str
    reason: str
    evidence: str
    raised_by: str
    why_not: str
    effects: tuple[Effect, ...] = ()
    amount: Decimal | None = None  # by how much it lowers the period's credit; None: no money

    @property
    def counts(self) -> bool:
        """Whether it is applied before the evaluation."""
        return not self.why_not


@dataclass(frozen=True, slots=True)
class CreditNote:
    """A correction of a closed period, booked in a later one. ``amount`` is in the contract's
    currency: positive is paid to the customer, negative to the supplier. It counts unless
    ``why_not`` says why it does not."""

    id: str
    period: str
    corrects: str
    amount: Decimal
    reason: str
    evidence: str
    why_not: str


PeriodState = Literal["", "provisional", "in_dispute", "closed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a recomputation of a closed period does not agree with what was frozen, in words:
    ``what`` ("TQ-1 value", "contract digest"), the frozen text and today's."""

    what: str
    frozen: str
    now: str


@dataclass(frozen=True, slots=True)
class FrozenRecord:
    """When, by whom and as what a period was closed. ``digest`` names the frozen bytes, which
    both parties keep; ``previous`` the record before it. ``differences`` to a recomputation change
    nothing; ``notes`` say where a copy of the record is missing."""

    closed_at: datetime
    closed_by: str
    agreed: bool
    digest: str
    previous: str
    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """A production file that an analyzer could not measure, and why."""

    path: str
    analyzer: str
    reason: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The commit that stands for a repository in a period. Without one, ``reason`` says why.

    ``files`` counts the production files; ``rewritten`` names the commit that stood here before
    the supplier rewrote the branch's history ("" if he did not).
    """

    repository: str
    commit: str | None
    committed_at: datetime | None
    files: int
    unmeasured: tuple[Unmeasured, ...]
    reason: str
    rewritten: str = ""


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
    """One of the most complex functions; ``history`` is its CCN over the periods."""

    repository: str
    path: str
    name: str
    line: int
    ccn: int
    nloc: int
    parameters: int
    nesting: int
    history: tuple[HistoryPoint, ...]


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
class ClassCount:
    """How the snapshot's files divide: production, test, generated, vendored, other (no language
    that is measured), link, submodule."""

    file_class: str
    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What stands below the verdicts: everything a reader needs to challenge a number."""

    size: tuple[SizePoint, ...]
    risk: tuple[RiskPoint, ...]
    duplication: tuple[SharePoint, ...]
    rules: tuple[RuleCount, ...]
    worst_functions: tuple[WorstFunction, ...]
    worst_files: tuple[WorstFile, ...]
    suppressions: tuple[SuppressionCount, ...]
    classes: tuple[ClassCount, ...]


@dataclass(frozen=True, slots=True)
class RecipeInfo:
    """The recipe that measured: id, digest, exact tool versions by name."""

    id: str
    digest: str
    tools: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PastPeriod:
    """An earlier period in short: the outcomes by service level id, and what followed in money.
    ``excused`` counts the ledger entries that took effect."""

    period: Period
    outcome: Outcome
    outcomes: tuple[tuple[str, Outcome], ...]
    credits: CreditStatement | None = None
    state: PeriodState = ""
    excused: int = 0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One contract judged in one period: all that a report needs, and nothing it must look up."""

    contract_id: str
    contract_digest: str
    customer: str
    supplier: str
    minimum_measured: Decimal
    period: Period
    recipe: RecipeInfo
    snapshots: tuple[Snapshot, ...]
    service_levels: tuple[Verdict, ...]
    outcome: Outcome
    scorecard: Scorecard
    # --- excusals, the period's state, amendments: empty where the contract has none of it
    state: PeriodState = ""
    disputed_until: date | None = None  # last day of the dispute window
    amendment: str = ""  # id of the amendment in force; "": the contract itself
    ledger_digest: str = ""
    excusals: tuple[Excusal, ...] = ()
    credit_notes: tuple[CreditNote, ...] = ()
    frozen: FrozenRecord | None = None  # set where the period is closed
    # --- money: None where the contract has no commercial terms
    credits: CreditStatement | None = None
    credits_without: CreditStatement | None = None  # had the ledger excused nothing in the period
    past: tuple[PastPeriod, ...] = ()  # the periods before this one, oldest first


# ---------------------------------------------------------------- the merge gate

GateOutcome = Literal["passed", "failed", "unknown"]


@dataclass(frozen=True, slots=True)
class GateHit:
    """A place that a gate rule speaks of, in the head. ``rule`` is the finer rule (a pylint id, a
    tool) or the gate rule itself; ``number`` and ``limit`` say by how much; ``fingerprint`` is
    stable when lines move and files are renamed; ``new``: it was not there in the base."""

    path: str
    line: int
    end_line: int
    rule: str
    title: str
    message: str
    number: int | None
    limit: int | None
    fingerprint: str
    new: bool


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """A gate rule judged on a change. ``why`` is the contract's reason for the rule, ``reason``
    why it failed or could not be judged; ``value`` stands against ``limit``: at most where low is
    ``good``, at least where high is. ``hits`` worst first, new ones before unchanged ones."""

    id: str
    rule: str
    parameters: tuple[tuple[str, int], ...]
    value: Decimal | None
    unit: str
    limit: Decimal | None
    good: Good
    outcome: GateOutcome
    reason: str
    why: str
    hits: tuple[GateHit, ...]


@dataclass(frozen=True, slots=True)
class GateResult:
    """A change judged by the contract's gate rules. Commits are full ids; ``files`` counts the
    production and test files that the change touches; ``notes`` tell what a reviewer must know:
    the merge changes the contract or the CI definition."""

    contract_id: str
    contract_digest: str
    supplier: str
    repository: str
    base: str
    merge_base: str
    head: str
    recipe: RecipeInfo
    files: int
    notes: tuple[str, ...]
    verdicts: tuple[GateVerdict, ...]
    outcome: GateOutcome
