"""The snapshots under judgement, as tables that the indicators' SQL reads.

Which file is production is the contract's word, so classes are made here, from the patterns of
the contract in hand, and never stored. What an indicator counts in a snapshot depends on nothing
but the commit, the patterns, the recipe and the SQL: ``counted`` keeps it under these.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cache
from itertools import islice
from typing import Any

from pathspec import GitIgnoreSpec

from quality.catalogue.indicators import Indicator
from quality.catalogue.recipes import PYTHONS, load_recipe
from quality.contract.contract import FilePatterns
from quality.model.recipe import Recipe
from quality.store.database import Store
from quality.store.migrating import SQL

BATCH = 50  # snapshots counted at once: bounds the memory of the tables below
CLASSES = ("test", "generated", "vendored")  # in this order; what matches none is production


@dataclass(frozen=True, slots=True)
class Excused:
    """What a ledger takes out of the production code before it is counted: the files under
    ``paths`` (gitignore patterns), or in them only the findings of a ``rule`` or a ``function``."""

    paths: tuple[str, ...]
    rule: str = ""
    function: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A commit under a contract's patterns, less what is excused: all that an indicator's count
    depends on here."""

    commit: str
    patterns: FilePatterns
    excused: tuple[Excused, ...] = ()


@dataclass(frozen=True, slots=True)
class MetricQuery:
    """What is to be counted: an indicator with its parameter (None: it has none)."""

    indicator: Indicator
    parameter: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """Numerator and denominator of an indicator in one snapshot."""

    numerator: int
    denominator: int


class Classifier:
    """path -> test, generated, vendored, excused or production, by a contract's patterns and what
    is excused as a whole."""

    def __init__(self, patterns: FilePatterns, excused: Sequence[Excused] = ()) -> None:
        self._specs = [
            (name, GitIgnoreSpec.from_lines(getattr(patterns, _KEY[name]))) for name in CLASSES
        ]
        self._specs += [
            ("excused", GitIgnoreSpec.from_lines(each.paths))
            for each in excused
            if not each.rule and not each.function
        ]
        self._known: dict[str, str] = {}  # a path comes back in every period

    def __call__(self, path: str) -> str:
        if path not in self._known:
            self._known[path] = self._class(path)
        return self._known[path]

    def _class(self, path: str) -> str:
        for name, spec in self._specs:
            if spec.match_file(path):
                return name
        return "production"


_KEY = {"test": "tests", "generated": "generated", "vendored": "vendored"}


class Scope:
    """Temporary tables over some contents, numbered as given: one recipe, any contracts."""

    def __init__(self, store: Store, recipe: Recipe, contents: Sequence[Content]) -> None:
        self.store = store
        self.contents = contents
        rules = list(dict.fromkeys((content.patterns, content.excused) for content in contents))
        self.table(
            "scope_snapshots", 'snapshot integer, "commit" varchar, contract integer',
            [(n, c.commit, rules.index((c.patterns, c.excused))) for n, c in enumerate(contents)],
        )  # fmt: skip
        paths = self._paths()
        classify = [Classifier(*each) for each in rules]
        self.table("scope_classes", "contract integer, path varchar, class varchar",
                    [(number, path, classify[number](path)) for number, path in paths])  # fmt: skip
        self.table("scope_debts", "contract integer, path varchar, rule varchar, function varchar",
                    _debts(rules, paths))  # fmt: skip
        self.table(
            "scope_parts", "analyzer varchar, part varchar, languages varchar[], tests boolean",
            [(p.name, p.digest, p.languages, p.tests) for p in recipe.parts],
        )  # fmt: skip
        self.table(
            "recipe_rules", "rule varchar, severity varchar",
            [(r.id, r.list.removesuffix("s")) for r in recipe.rules if r.list != "excluded"],
        )  # fmt: skip
        for statement in _definitions():
            store.connection.execute(statement)

    def table(self, name: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """A temporary table of our own rows, for the queries that name it."""
        self.store.connection.execute(f"create or replace temp table {name} ({columns})")
        self.store.append(name, rows)

    def _paths(self) -> list[tuple[int, str]]:
        return self.store.connection.execute(
            "select distinct s.contract, f.path from scope_snapshots as s "
            'join files as f on f."commit" = s."commit" where f.language is not null'
        ).fetchall()

    def rows(self, name: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of the query ``quality/store/sql/NAME.sql``."""
        return self.table_of(name, **parameters)[1]

    def table_of(
        self, name: str, **parameters: Any
    ) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Column names and rows of the query ``quality/store/sql/NAME.sql``."""
        result = self.store.connection.execute(sql(name), parameters or None)
        return tuple(column[0] for column in result.description), result.fetchall()

    def count(self, query: MetricQuery) -> dict[Content, Count]:
        """The indicator in each content; contents that have nothing to count stand at 0 / 0."""
        counts = dict.fromkeys(self.contents, Count(0, 0))
        arguments = "" if query.parameter is None else "?"
        rows = self.store.connection.execute(
            f"select snapshot, numerator, denominator from {query.indicator.macro}({arguments})",  # noqa: S608
            [] if query.parameter is None else [query.parameter],
        ).fetchall()
        for snapshot, numerator, denominator in rows:
            counts[self.contents[snapshot]] = Count(int(numerator or 0), int(denominator or 0))
        return counts

    def pending(self) -> dict[Content, int]:
        """How many files of each content nobody measured yet."""
        return {self.contents[n]: files for n, files in self.rows("scorecard/pending")}


def _debts(
    rules: Sequence[tuple[FilePatterns, tuple[Excused, ...]]], paths: Sequence[tuple[int, str]]
) -> list[tuple[int, str, str, str]]:
    """(contract, path, rule, function) of the findings and functions that are accepted debt."""
    specs = [
        [
            (each, GitIgnoreSpec.from_lines(each.paths))
            for each in excused
            if each.rule or each.function
        ]
        for _, excused in rules
    ]
    return [
        (number, path, each.rule, each.function)
        for number, path in paths
        for each, spec in specs[number]
        if spec.match_file(path)
    ]


MetricQueries = dict[Content, tuple[MetricQuery, ...]]
Counts = dict[Content, dict[MetricQuery, Count]]


def counted(store: Store, recipe: Recipe, wanted: MetricQueries) -> Counts:
    """The counts of each content's queries. A content that is not fully measured yet is left out.

    What was counted before is read, the rest is counted and, where the store may be written, kept.
    """
    inputs = {content: _inputs(content.patterns, recipe, content.excused) for content in wanted}
    found = _kept(store, wanted, inputs)
    left = {
        content: missing
        for content, queries in wanted.items()
        if (missing := [query for query in queries if query not in found.get(content, ())])
    }
    queue = iter(left)
    while batch := list(islice(queue, BATCH)):
        scope = Scope(store, recipe, batch)
        pending = scope.pending()
        fresh: Counts = {content: {} for content in batch if content not in pending}
        for query in dict.fromkeys(query for content in fresh for query in left[content]):
            counts = scope.count(query)
            for content, more in fresh.items():
                if query in left[content]:
                    more[query] = counts[content]
        for content, more in fresh.items():
            found.setdefault(content, {}).update(more)
        if store.writable:
            _keep(store, fresh, inputs)
    return found


def _kept(store: Store, wanted: MetricQueries, inputs: dict[Content, str]) -> Counts:
    rows = store.connection.execute(
        'select "commit", inputs, indicator, parameter, numerator, denominator '
        "from snapshot_values where inputs in (select unnest(?))",
        [sorted(set(inputs.values()))],
    ).fetchall()
    by_key = {(content.commit, inputs[content]): content for content in wanted}
    by_query = {
        (query.indicator.id, query.parameter): query
        for query in dict.fromkeys(query for queries in wanted.values() for query in queries)
    }
    kept: Counts = {}
    for sha, digest, indicator, parameter, numerator, denominator in rows:
        content, query = by_key.get((sha, digest)), by_query.get((indicator, parameter))
        if content and query:
            kept.setdefault(content, {})[query] = Count(numerator, denominator)
    return kept


def _keep(store: Store, fresh: Counts, inputs: dict[Content, str]) -> None:
    rows = [
        (c.commit, inputs[c], query.indicator.id, query.parameter, n.numerator, n.denominator)
        for c, counts in fresh.items()
        for query, n in counts.items()
    ]
    with store.transaction():
        store.append("snapshot_values", rows)


def measured_under(store: Store, recipe: Recipe, contents: Sequence[Content]) -> dict[Content, str]:
    """Which contents are fully measured by the recipe under another minor version of Python."""
    found: dict[Content, str] = {}
    for python in PYTHONS:
        if left := [content for content in contents if content not in found]:
            pending = Scope(store, load_recipe(recipe.id, python), left).pending()
            found |= dict.fromkeys((each for each in left if each not in pending), python)
    return found


@cache
def _inputs(patterns: FilePatterns, recipe: Recipe, excused: tuple[Excused, ...] = ()) -> str:
    text = json.dumps(
        [
            patterns.tests,
            patterns.generated,
            patterns.vendored,
            list(map(astuple, excused)),
            recipe.digest,
        ]
    )
    return hashlib.sha256((text + "".join(_definitions())).encode()).hexdigest()[:16]


@cache
def _definitions() -> tuple[str, ...]:
    """The SQL of the scope's tables and of the indicators, in the order of their names."""
    return tuple(
        entry.read_text("utf-8")
        for folder in ("scope", "indicators")
        for entry in sorted((SQL / folder).iterdir(), key=lambda entry: entry.name)
    )


@cache
def sql(name: str) -> str:
    """The text of ``quality/store/sql/NAME.sql``."""
    return (SQL / f"{name}.sql").read_text("utf-8")
