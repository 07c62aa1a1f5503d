"""What stands below the verdicts: size, risk, rules, worst functions and files, what is missing.

Each query runs once for all contracts (owners), whose snapshots are numbered in one scope.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from quality.catalogue.signs import SIGNS
from quality.model.evaluation import Unmeasured
from quality.model.evidence import EvidencePlace
from quality.model.recipe import Recipe
from quality.model.scorecard import (
    ClassCount,
    DuplicatedBlock,
    FindingPlace,
    HistoryPoint,
    Hotspot,
    LanguageCount,
    RuleCount,
    Scorecard,
    Sign,
    SignPlace,
    SuppressionCount,
    WorstFile,
    WorstFunction,
)
from quality.store.counting import Scope
from quality.verdicts.history import History
from quality.verdicts.scorecard.growth import DUPLICATION, growth

WORST = 10
FINDINGS = 20
HOTSPOTS = 30
STEPS = 12  # from one period's snapshot to the next
PLACES = 20  # of one duplicated block

Owned = dict[int, list[tuple[Any, ...]]]
Past = dict[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class Place:
    """A snapshot in the scope: the owner's number and the repository's name."""

    owner: int
    repository: str


def read_scorecards(
    scope: Scope,
    recipe: Recipe,
    places: Sequence[Place],
    histories: Sequence[History],
    *,
    blocks: bool = True,
) -> list[Scorecard]:
    """One scorecard a history; ``places[n]`` says whose snapshot number ``n`` of the scope is. The
    scope may hold more snapshots behind these, to compare with: scope_pairs names them.
    ``blocks``: with the largest duplicated blocks, which take longest."""
    owners = [(number, place.owner) for number, place in enumerate(places)]
    scope.table("scope_owners", "snapshot integer, owner integer", owners)
    rules = _owned(scope.rows("scorecard/rules"), places)
    findings = _owned(scope.rows("scorecard/findings", top=FINDINGS), places)
    suppressions = _owned(scope.rows("scorecard/suppressions"), places)
    classes = _owned(scope.rows("scorecard/classes"), places)
    languages = _owned(scope.rows("scorecard/languages"), places)
    functions = _owned(scope.rows("scorecard/worst_functions", top=WORST), places)
    files = _owned(scope.rows("scorecard/worst_files", top=WORST), places)
    found_blocks = scope.rows(
        "scorecard/duplicated_blocks", lines=DUPLICATION.parameter, judged=len(places),
        top=WORST, shown=PLACES,
    ) if blocks else []  # fmt: skip
    largest = _owned(found_blocks, places)
    named, whole = _everywhere(histories, functions, 2), _everywhere(histories, files, 1)
    looked_at = {(commit, path) for commit, path, *_ in (*named, *whole)}
    scope.table("history_places", '"commit" varchar, path varchar', sorted(looked_at))
    ccn = _past(scope, "history_functions", "path varchar, name varchar", named)
    complex_nloc = _past(scope, "history_files", "path varchar", whole)
    symbols = {rule.id: rule.symbol for rule in recipe.rules}
    hotspots = _hotspots(scope, places, histories)
    signs = read_signs(scope, places, len(histories))
    return [
        Scorecard(
            size=grown.size,
            risk=grown.risk,
            duplication=grown.duplication,
            rules=_rules(rules[owner], symbols),
            worst_functions=tuple(
                WorstFunction(*[*numbers, course, cognitive, reader])
                for *numbers, cognitive, reader, course in _worst(
                    history, functions[owner], ccn, key=2
                )
            ),
            worst_files=tuple(
                WorstFile(*row) for row in _worst(history, files[owner], complex_nloc, key=1)
            ),
            suppressions=tuple(
                SuppressionCount(place.repository, tool, directives, in_files, tuple(examples))
                for place, tool, directives, in_files, examples in suppressions[owner]
            ),
            classes=_classes(classes[owner]),
            languages=_languages(languages[owner]),
            findings=tuple(
                FindingPlace(*[place.repository, *found, rule, message, symbols[rule]])
                for place, *found, rule, message in findings[owner]
            ),
            duplicated_blocks=tuple(
                DuplicatedBlock(
                    place.repository, lines, count, tuple(EvidencePlace(**each) for each in first)
                )
                for place, lines, count, first in largest[owner]
            ),
            signs=signs[owner],
            hotspots=hotspots[owner],
        )
        for owner, history in enumerate(histories)
        for grown in [growth(history)]
    ]


def read_signs(scope: Scope, places: Sequence[Place], owners: int) -> list[tuple[Sign, ...]]:
    """What there is to look at, a tuple for each owner."""
    rows = {name: _owned(scope.rows(f"signs/{name}"), places) for name in SIGNS}
    return [_signs({name: found[owner] for name, found in rows.items()}) for owner in range(owners)]


def read_unmeasured(scope: Scope, places: Sequence[Place]) -> dict[Place, tuple[Unmeasured, ...]]:
    """What could not be measured in each snapshot."""
    found: dict[Place, list[Unmeasured]] = defaultdict(list)
    for snapshot, *file in scope.rows("scorecard/unmeasured"):
        if snapshot < len(places):
            found[places[snapshot]].append(Unmeasured(*file))
    return {place: tuple(files) for place, files in found.items()}


def _owned(rows: Sequence[tuple[Any, ...]], places: Sequence[Place]) -> Owned:
    """Rows by owner; the snapshot's number in front becomes its place. Rows of the snapshots behind
    ``places`` are left out."""
    owned: Owned = defaultdict(list)
    for snapshot, *rest in rows:
        if snapshot < len(places):
            owned[places[snapshot].owner].append((places[snapshot], *rest))
    return owned


def _hotspots(
    scope: Scope, places: Sequence[Place], histories: Sequence[History]
) -> dict[int, tuple[Hotspot, ...]]:
    """What is complex and changes often, by owner: over the last ``STEPS`` periods at most."""
    rows, steps = [], {}
    for number, place in enumerate(places):
        commits = [sha for _, sha in _commits(histories[place.owner], place.repository) if sha]
        last = commits[-STEPS - 1 :]
        steps[place] = len(last) - 1
        rows += [(number, place.owner, position, sha) for position, sha in enumerate(last)]
    scope.table(
        "churn_snapshots", 'snapshot integer, owner integer, position integer, "commit" varchar',
        rows,
    )  # fmt: skip
    found = _owned(scope.rows("scorecard/hotspots", top=HOTSPOTS), places)
    return defaultdict(
        tuple,
        {
            owner: tuple(
                Hotspot(place.repository, path, changes, steps[place], *map(int, numbers))
                for place, path, changes, *numbers in each
            )
            for owner, each in found.items()
        },
    )


# ---------------------------------------------------------------- in the period judged


def _rules(rows: Sequence[tuple[Any, ...]], symbols: dict[str, str]) -> tuple[RuleCount, ...]:
    findings: Counter[tuple[str, Any]] = Counter()
    hidden: Counter[tuple[str, Any]] = Counter()
    for _, rule, severity, count, hiding in rows:
        findings[rule, severity] += count
        hidden[rule, severity] += hiding
    counts = [
        RuleCount(rule, symbols[rule], severity, count, hidden[rule, severity])
        for (rule, severity), count in findings.items()
    ]
    return tuple(sorted(counts, key=lambda c: (c.severity, -c.findings, c.rule)))


def _classes(rows: Sequence[tuple[Any, ...]]) -> tuple[ClassCount, ...]:
    files: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for _, name, count, size in rows:
        files[name] += count
        sizes[name] += size
    return tuple(ClassCount(name, files[name], sizes[name]) for name in sorted(files))


def _languages(rows: Sequence[tuple[Any, ...]]) -> tuple[LanguageCount, ...]:
    """Over an owner's repositories, what nobody searches first, then the most code."""
    analyzers: dict[str, tuple[str, ...]] = {}
    nloc: Counter[str] = Counter()
    found: dict[str, list[list[int | None]]] = defaultdict(list)
    for _, language, lines, names, *counts in rows:
        analyzers[language] = tuple(names)
        nloc[language] += lines
        found[language].append(counts)
    counted = (
        LanguageCount(
            language,
            nloc[language],
            names,
            *(
                None if None in each else sum(filter(None, each))
                for each in zip(*found[language], strict=True)
            ),
        )
        for language, names in analyzers.items()
    )
    return tuple(sorted(counted, key=lambda e: (bool(e.analyzers), -e.nloc, e.language)))


def _signs(rows: dict[str, list[tuple[Any, ...]]]) -> tuple[Sign, ...]:
    return tuple(
        Sign(
            name, SIGNS[name].title, SIGNS[name].meaning, len(found),
            tuple(SignPlace(place.repository, *seen) for place, *seen in found[:WORST]),
        )
        for name, found in rows.items()
        if found
    )  # fmt: skip


# ---------------------------------------------------------------- worst, and their past


def _commits(history: History, repository: str) -> list[tuple[str, str]]:
    """(period, commit) of a repository, "" where there is none."""
    periods = history.request.periods
    stored = [(p.id, history.snapshots.of(p, repository).commit) for p in periods]
    return [(period, commit.sha if commit else "") for period, commit in stored]


def _everywhere(histories: Sequence[History], worst: Owned, columns: int) -> list[tuple[str, ...]]:
    """The worst places in all periods: each commit with so many ``columns``, from the path on."""
    return sorted({
        (sha, *row[1 : 1 + columns])
        for owner, rows in worst.items()
        for row in rows
        for _, sha in _commits(histories[owner], row[0].repository)
        if sha
    })  # fmt: skip


def _past(scope: Scope, name: str, key: str, places: Sequence[tuple[str, ...]]) -> Past:
    """What the query ``name`` says of the places, by commit and ``key``."""
    scope.table(name, f'"commit" varchar, {key}', places)
    return {tuple(place): number for *place, number in scope.rows(f"scorecard/{name}")}


def _worst(
    history: History, rows: Sequence[tuple[Any, ...]], past: Past, key: int
) -> Iterator[tuple[Any, ...]]:
    """Each worst place with its number over the periods; ``key`` columns from the path on name it
    in ``past``."""
    for place, *row in rows:
        course = tuple(
            HistoryPoint(period, past.get((sha, *row[:key])))
            for period, sha in _commits(history, place.repository)
        )
        yield place.repository, *row, course
