"""Sample evaluations by plain constructors: an ordinary one, and the extremes a page must stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from quality.model.evaluation import Evaluation, LostTip, Snapshot, Unmeasured
from quality.model.evidence import (
    Changes,
    Evidence,
    EvidenceGroup,
    EvidencePlace,
    EvidenceRow,
    Repair,
)
from quality.model.recipe import RecipeInfo
from quality.model.scorecard import (
    ClassCount,
    DuplicatedBlock,
    FindingPlace,
    HistoryPoint,
    Hotspot,
    LanguageCount,
    RiskBand,
    RiskPoint,
    RuleCount,
    Scorecard,
    SharePoint,
    SizePoint,
    SuppressionCount,
    WorstFile,
    WorstFunction,
)
from quality.model.verdict import Measured, Outcome, Period, RepositoryValue, TrendPoint, Verdict

SHA = "6f1c0de5b3a74f2f9c1be2d0a4479b6d0f3c8e21"
OLD_SHA = "0a4479b6d0f3c8e216f1c0de5b3a74f2f9c1be2d"
EMPTY = Scorecard((), (), (), (), (), (), (), ())
WEB = "https://github.com/acme/billing/blob/{commit}/{path}#L{line}"
RECIPE = RecipeInfo(
    "2026.2",
    "sha256:3d1f0c7a9be2d04479b6d0f3c8e216f1c0de5b3a74f2f9c1be2d0a4479b6d0f3",
    (("astroid", "4.3.4"), ("lizard", "1.24.3"), ("pylint", "4.1.4"), ("radon", "6.0.1")),
)
HOSTILE = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\x1b[2J\u202egnp.exe{{7*7}}[red]"
)
ARABIC = "شركة البرمجيات 🚀 المحدودة"


def quarters(number: int) -> tuple[str, ...]:
    """The last ``number`` quarters up to 2026-Q3."""
    last = 2026 * 4 + 2
    return tuple(f"{at // 4}-Q{at % 4 + 1}" for at in range(last - number + 1, last + 1))


def verdict(
    level_id: str,
    name: str,
    measured: Measured | None,
    outcome: Outcome,
    trend: Sequence[float | None] = (),
    **changes: object,
) -> Verdict:
    """A service level on complexity, expected 5 and minimum 8 percent, its trend up to Q3."""
    made = Verdict(
        id=level_id,
        name=name,
        level_class="critical",
        indicator="complexity.nloc_share",
        parameters=(("above", 20),),
        measured=measured,
        unit="percent",
        good="low",
        expected=Decimal(5),
        minimum=Decimal(8),
        outcome=outcome,
        reason="",
        repositories=(RepositoryValue("billing", measured),),
        trend=tuple(
            TrendPoint(period, value)
            for period, value in zip(quarters(len(trend)), trend, strict=True)
        ),
        measures="NLOC of functions whose cyclomatic complexity is above the limit, of all "
        "functions' NLOC",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def levels() -> tuple[Verdict, ...]:
    """Six critical service levels and two key ones, one of each outcome."""
    return (
        verdict("TQ-1", "Code in overly complex functions", Measured(1964, 21410, 100), "failed",
                (4.1, 4.6, 5.2, 6.4, 6.9, 7.4, 8.31, 9.173284),
                reason="9.173 % is worse than the minimum of 8 %",
                repositories=(RepositoryValue("billing", Measured(1802, 15200, 100)),
                              RepositoryValue("portal", Measured(162, 6210, 100)))),
        verdict("TQ-2", "Code in overly long functions", Measured(812, 21410, 100), "met",
                (6.0, 5.5, 5.5, 5.1, 4.9, 4.4, 4.1, 3.79262),
                indicator="unit_size.nloc_share", parameters=(("above", 60),),
                measures="NLOC of functions longer than the limit, of all functions' NLOC"),
        verdict("TQ-3", "Duplicated code", Measured(1351, 21003, 100), "below_expected",
                (5.9, 6.1, None, 6.3, 6.2, 6.6, 6.4, 6.432414),
                indicator="duplication.share", parameters=(("lines", 6),),
                measures="code lines inside a window of consecutive lines that occurs at "
                "least twice, of all code lines"),
        verdict("TQ-4", "Coding errors", Measured(9, 18210, 1000), "met",
                (1.9, 1.7, 1.1, 0.9, 0.8, 0.55, 0.5, 0.494234),
                indicator="errors.density", parameters=(), unit="per KNLOC",
                expected=Decimal("0.5"), minimum=Decimal(1),
                measures="findings of the recipe's error rules per 1,000 lines of Python"),
        verdict("TQ-5", "Measured code", Measured(991_000, 1_000_000, 100), "met",
                (99.5, 99.5, 99.5, 99.4, 99.4, 99.1, 99.1, 99.1), indicator="measured.share",
                parameters=(), good="high", expected=Decimal(99), minimum=Decimal(95),
                measures="bytes of production files that every applicable analyzer measured"),
        verdict("TQ-6", "Findings hidden by directives", Measured(14, 1, 1), "excused",
                (0, 0, 0, 2, 2, 9, 14, 14), indicator="suppressions.hidden", parameters=(),
                unit="findings", expected=Decimal(5), minimum=Decimal(10),
                reason="excused until 2026-12-31: migration of the invoicing module",
                measures="findings of the recipe's rules that directives would have hidden"),
        verdict("TQ-7", "Program size", Measured(21410, 1, 1), "met",
                (14200, 15100, 16900, 18000, 18800, 19900, 20766, 21410), level_class="key",
                indicator="size.nloc", parameters=(), unit="NLOC", good="none", expected=None,
                minimum=None, measures="lines of code without blank and comment lines"),
        verdict("TQ-8", "Test code", None, "unknown",
                (41.0, 42.5, 42.2, 40.1, 39.0, 38.4, 37.9, None),
                level_class="key", indicator="tests.ratio", parameters=(), good="high",
                expected=Decimal(60), minimum=Decimal(30),
                reason="portal: only 91.2 % of the code was measured (at least 95 % needed)",
                repositories=(RepositoryValue("billing", Measured(6080, 15200, 100)),
                              RepositoryValue("portal", None)),
                measures="NLOC of test files, of the production files' NLOC"),
    )  # fmt: skip


def scorecard(periods: Sequence[str]) -> Scorecard:
    """What stands below the verdicts, growing over ``periods``."""
    total = len(periods)
    size = tuple(
        SizePoint(
            at, 90 + 9 * number, 700 + 71 * number, 14000 + 1030 * number, 5000 + 150 * number
        )
        for number, at in enumerate(periods)
    )
    risk = tuple(
        RiskPoint(at, (
            RiskBand(1, 10, 1100 + 20 * number, 12000 + 500 * number),
            RiskBand(11, 20, 60 + number, 2400 + 60 * number),
            RiskBand(21, 50, 12 + number, 700 + 90 * number),
            RiskBand(51, None, number // 2, 110 * (number // 2)),
        ))
        for number, at in enumerate(periods)
    )  # fmt: skip
    duplication = tuple(
        SharePoint(at, Measured(800 + 70 * number, 13800 + 1000 * number, 100))
        for number, at in enumerate(periods)
        if number != 2 or total < 4
    )
    rules = (
        RuleCount("E0602", "undefined-variable", "error", 5, 2),
        RuleCount("E1120", "no-value-for-parameter", "error", 4, 0),
        RuleCount("W0611", "unused-import", "warning", 118, 12),
        RuleCount("W0612", "unused-variable", "warning", 64, 0),
        RuleCount("W0102", "dangerous-default-value", "warning", 7, 0),
    )
    names = ("InvoiceRun.settle", "parse_statement", "Ledger.__post", "render_report",
             "apply_rules", "main", "migrate", "to_csv", "handle_request", "retry")  # fmt: skip
    functions = tuple(
        WorstFunction(
            "billing" if rank % 3 else "portal", f"src/billing/{name.lower()}/engine.py", name,
            120 + 31 * rank, 74 - 5 * rank, 310 - 21 * rank, 3 + rank % 5, 4 + rank % 3,
            _history(periods, 40 - 3 * rank, 3 if rank % 2 else -1, new=rank == 4),
            None if rank == 3 else 80 + rank, "tree" if rank == 4 else "lizard",
        )
        for rank, name in enumerate(names)
    )  # fmt: skip
    files = tuple(
        WorstFile(
            "billing" if rank % 2 else "portal", f"src/portal/views/{name.lower()}.py",
            1840 - 120 * rank, 60 - 3 * rank, 74 - 5 * rank, 900 - 70 * rank, 12 - rank,
            _history(periods, 400, 35 - 9 * rank, new=False),
        )
        for rank, name in enumerate(names)
    )  # fmt: skip
    suppressions = (
        SuppressionCount("billing", "pylint", 21, 9, (
            "src/billing/run.py:12: # pylint: disable=undefined-variable",
            "src/billing/ledger.py:1: # pylint: skip-file",
        )),
        SuppressionCount("portal", "noqa", 6, 4, ("src/portal/urls.py:3: # noqa: F401",)),
        SuppressionCount("portal", "eslint", 3, 1, ("web/app.js:1: /* eslint-disable */",)),
    )  # fmt: skip
    classes = tuple(
        ClassCount(*row)
        for row in (
            ("production", 157, 1_204_311), ("test", 88, 402_118), ("generated", 4, 77_203),
            ("vendored", 31, 911_400), ("other", 212, 5_400_000), ("link", 2, 61),
            ("submodule", 0, 0),
        )
    )  # fmt: skip
    blocks = (
        DuplicatedBlock("portal", 41, 2, (
            EvidencePlace("src/portal/views/orders.py", 118, 171),
            EvidencePlace("src/portal/views/returns.py", 90, 143),
        )),
        DuplicatedBlock("billing", 9, 27, tuple(
            EvidencePlace(f"src/billing/models/table{row}.py", 3, 12) for row in range(1, 21)
        )),
    )  # fmt: skip
    languages = (
        LanguageCount("swift", 2_000, (), None, None, None),
        LanguageCount("python", 38_000, ("pylint", "ruff"), 9, 189, 0),
        LanguageCount("javascript", 9_001, ("oxlint",), 1, 3, None),
    )
    findings = (
        FindingPlace("billing", "src/billing/run.py", 12, "error", "critical", None, "E0602",
                     "Undefined variable 'total'", "undefined-variable"),
        FindingPlace("portal", "src/portal/views/orders.py", 40, "warning", "major", 89, "S608",
                     "Possible SQL injection", "hardcoded-sql-expression"),
    )  # fmt: skip
    return Scorecard(
        size, risk, duplication, rules, functions, files, suppressions, classes,
        duplicated_blocks=blocks, languages=languages, findings=findings, evidence=evidence(),
        hotspots=tuple(
            Hotspot("billing", f"src/billing/{name.lower()}.py", 1 + rank % 7, 7, 400 - 30 * rank,
                    20, 30, 900)
            for rank, name in enumerate(names)
        ),
    )  # fmt: skip


def _history(
    periods: Sequence[str], start: int, step: int, *, new: bool
) -> tuple[HistoryPoint, ...]:
    return tuple(
        HistoryPoint(
            at, None if new and number < len(periods) - 3 else max(1, start + step * number)
        )
        for number, at in enumerate(periods)
    )


def evidence() -> tuple[Evidence, ...]:
    """What stands behind TQ-1 and TQ-4: functions with repairs and changes, and two rules."""
    functions = tuple(
        EvidenceRow("billing", (EvidencePlace(f"src/billing/{name}.py", 12 + row),),
                    (name, 74 - row, None if row == 1 else 60 + row, 310 - row, 3, 4, "lizard"))
        for row, name in enumerate(("settle", "parse_statement", "render_report"))
    )  # fmt: skip
    worse = replace(functions[1], was=71)
    gone = EvidenceRow("portal", (EvidencePlace("src/portal/old.py", 3),),
                       ("main", 40, 44, 90, 0, 5, "tree"))  # fmt: skip
    findings = tuple(
        EvidenceRow("portal", (EvidencePlace(f"src/portal/views{row}.py", 40 + row),),
                    ("critical", None, "E0602", f"Undefined variable 'total{row}'", row == 1))
        for row in range(5)
    )  # fmt: skip
    return (
        Evidence(
            "TQ-1", "functions",
            ("function", "ccn", "cognitive", "nloc", "parameters", "nesting", "reader"), "ccn", 23,
            (EvidenceGroup("", 23, functions),),
            changes=Changes("2026-Q2", EvidenceGroup("new", 12, functions[:1]),
                            EvidenceGroup("worse", 1, (worse,)), EvidenceGroup("gone", 1, (gone,))),
            repairs=(
                Repair("minimum", Decimal(8), "", 1, 310, 1654, 21410, True, functions[:1]),
                Repair("expected", Decimal(5), "", 23, 1964, 1100, 21410, False, functions),
            ),
            repaired="each is brought to its limit, and its lines stay in the code",
            weight="nloc",
        ),
        Evidence(
            "TQ-4", "findings", ("severity", "cwe", "rule", "message", "hidden"), "", 9,
            (EvidenceGroup("E0602", 8, findings), EvidenceGroup("E1120", 1, findings[:1])),
            others=2,
        ),
    )  # fmt: skip


def snapshots() -> tuple[Snapshot, ...]:
    """Two repositories: one measured whole, one with gaps."""
    at = datetime(2026, 9, 29, 16, 2, 11, tzinfo=UTC)
    return (
        Snapshot("billing", SHA, at, 104, (), "", web=WEB),
        Snapshot("portal", OLD_SHA, at - timedelta(days=3), 53, (
            Unmeasured("src/portal/legacy/report.py", "pylint", "Python 2 syntax", "supplier"),
            Unmeasured("src/portal/legacy/report.py", "radon", "Python 2 syntax", "supplier"),
            Unmeasured("src/portal/data/rates.py", "lizard", "longer than 20000 lines", "ours"),
        ), ""),
    )  # fmt: skip


LOST = (LostTip(OLD_SHA, datetime(2026, 9, 2, tzinfo=UTC), "rewritten"),)
REWRITTEN = (f"history was rewritten: the branch lost {OLD_SHA[:12]} (2026-09-02)",)


def evaluation(number: int = 8, **changes: object) -> Evaluation:
    """Acme in 2026-Q3 with ``number`` periods: 1 of 6 critical service levels failed."""
    made = Evaluation(
        contract_id="ACME-2026-01",
        contract_digest="sha256:9be2d04479b6d0f3c8e216f1c0de5b3a74f2f9c1be2d0a4479b6d0f33d1f0c7a",
        customer="Northwind Retail",
        supplier="Acme Software",
        minimum_measured=Decimal(95),
        period=Period("2026-Q3", date(2026, 7, 1), date(2026, 9, 30), to_date=False),
        recipe=RECIPE,
        snapshots=snapshots(),
        service_levels=levels(),
        outcome="failed",
        scorecard=scorecard(quarters(number)),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def met() -> Evaluation:
    """Everything met, in the first period, which has not ended: no trend."""
    return evaluation(
        1,
        contract_id="GLOBEX-7",
        supplier="Globex Systems",
        period=Period("2026-Q3", date(2026, 7, 1), date(2026, 9, 30), to_date=True),
        outcome="met",
        snapshots=snapshots()[:1],
        service_levels=tuple(
            verdict(f"TQ-{row}", name, Measured(row, 100, 100), "met")
            for row, name in enumerate(("Complex code", "Long functions", "Duplicates"), start=1)
        ),
    )


def unknown() -> Evaluation:
    """No repository has a commit: nothing is known."""
    return evaluation(
        0,
        contract_id="INITECH/2026 №3",
        supplier="Initech",
        outcome="unknown",
        scorecard=EMPTY,
        snapshots=(
            Snapshot("core", None, None, 0, (), "no commit before the end of 2026-Q3"),
            Snapshot("web", None, None, 0, (), "branch main does not exist"),
        ),
        service_levels=tuple(
            replace(each, measured=None, outcome="unknown", trend=(), repositories=(),
                    reason="no repository has a commit in 2026-Q3")
            for each in levels()[:4]
        ),
    )  # fmt: skip


def bare() -> Evaluation:
    """A contract that names nothing, of which nothing is known."""
    return evaluation(0, scorecard=EMPTY, snapshots=(), service_levels=(), outcome="unknown")


def large() -> Evaluation:
    """40 periods, 20 service levels, 15 repositories, large numbers, long and hostile names."""
    periods = quarters(40)
    values = (0, 100, 12_345_678, 8, 5)
    repositories = tuple(
        RepositoryValue(f"repository-{row}", Measured(row, 40, 100), outcome="met")
        for row in range(15)
    )
    many = tuple(
        verdict(
            f"TQ-{row}", ("Very long name " * 14)[:200] if row % 5 == 0 else f"Level {row}",
            Measured(values[row % 5], 1, 1), "failed" if values[row % 5] > 8 else "met",
            [float(row + at % 7) for at in range(40)], repositories=repositories,
            unit="findings", scope="each-repository",
        )
        for row in range(20)
    )  # fmt: skip
    card = scorecard(periods)
    gaps = tuple(
        Unmeasured(f"legacy/{'deep/' * 30}f{row}.py", "pylint", "x" * 200, "ours")
        for row in range(60)
    )
    places = tuple(
        Snapshot(f"repository-{row}", SHA, datetime(2026, 9, 1, tzinfo=UTC), row, gaps[: 4 * row],
                 "", lost=LOST if row == 3 else (), notices=REWRITTEN if row == 3 else ())
        for row in range(15)
    )  # fmt: skip
    first = replace(card.worst_functions[0], name="A" * 3000, path="n/" * 100, nloc=12_345_678)
    return evaluation(
        40,
        contract_id="LARGE",
        supplier="Wide & Long Consolidated International Software Engineering Partnership " * 2,
        service_levels=many,
        snapshots=places,
        scorecard=replace(card, worst_functions=(first, *card.worst_functions[1:])),
    )


def hostile() -> Evaluation:
    """Every text that comes from outside attacks the page."""
    base = evaluation(8)
    card, gap = base.scorecard, Unmeasured(HOSTILE, HOSTILE, HOSTILE, "ours")
    return replace(
        base,
        contract_id=f"../../{HOSTILE}",
        customer=ARABIC,
        supplier=HOSTILE,
        snapshots=tuple(
            replace(each, repository=HOSTILE, unmeasured=(gap,), web=WEB)
            for each in base.snapshots
        ),
        service_levels=tuple(
            replace(each, id=HOSTILE, name=HOSTILE if row % 2 else ARABIC, reason=HOSTILE,
                    measures=HOSTILE)
            for row, each in enumerate(base.service_levels)
        ),
        scorecard=replace(
            card,
            worst_functions=tuple(
                replace(each, name=HOSTILE, path=HOSTILE, repository=ARABIC)
                for each in card.worst_functions
            ),
            worst_files=tuple(replace(each, path=HOSTILE) for each in card.worst_files),
            evidence=tuple(map(_hostile, card.evidence)),
            suppressions=(SuppressionCount(HOSTILE, HOSTILE, 1, 1, (HOSTILE,)),),
            duplicated_blocks=(
                DuplicatedBlock(
                    HOSTILE, 6, 2, (EvidencePlace(HOSTILE, 1, 6), EvidencePlace("b", 2, 7))
                ),
            ),
        ),
    )  # fmt: skip


def _hostile(evidence: Evidence) -> Evidence:
    def row(each: EvidenceRow) -> EvidenceRow:
        cells = tuple(HOSTILE if isinstance(cell, str) else cell for cell in each.cells)
        return replace(each, repository=HOSTILE, places=(EvidencePlace(HOSTILE, 7),), cells=cells)

    return replace(
        evidence,
        service_level=HOSTILE,
        groups=tuple(
            replace(group, name=HOSTILE if group.name else "", rows=tuple(map(row, group.rows)))
            for group in evidence.groups
        ),
        repairs=tuple(
            replace(each, first=tuple(map(row, each.first))) for each in evidence.repairs
        ),
    )


def everything() -> tuple[Evaluation, ...]:
    """All of the above, as one portfolio."""
    return apart(evaluation(), met(), unknown(), bare(), large(), hostile())


def apart(*evaluations: Evaluation) -> tuple[Evaluation, ...]:
    """The evaluations as those of different contracts."""
    found: dict[str, Evaluation] = {}
    for each in evaluations:
        taken = each.contract_id in found
        name = f"{each.contract_id}-{len(found)}" if taken else each.contract_id
        found[name] = replace(each, contract_id=name)
    return tuple(found.values())
