"""The snapshots under judgement, as tables that the indicators' SQL reads.

Which file is production is the contract's word, so classes are made here, from the patterns of
the contract in hand, and never stored. What an indicator counts in a snapshot depends on nothing
but the commit, the patterns, the analyzers and rules that it counts by, and its own SQL:
``counted`` keeps it under these.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pathspec import GitIgnoreSpec

from collectors.languages.looks import LISTING
from collectors.languages.unread import UNREAD
from quality.catalogue.indicators import Indicator
from quality.catalogue.recipes import PYTHONS, load_recipe
from quality.contract.contract import FilePatterns
from quality.model.recipe import Recipe
from quality.store.definitions import definitions, needed, sql

if TYPE_CHECKING:
    from quality.store.database import Store

BATCH = 25_000  # files of the snapshots counted at once: bounds the memory of the tables below
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
    """What is to be counted: an indicator with its parameter (None: it has none, or the contract
    gives none)."""

    indicator: Indicator
    parameter: int | str | None


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


LINKED = (
    ("link", "stands for a file that may lie anywhere"),
    ("submodule", "stands for another repository, which is not measured"),
)
_KEY = {"test": "tests", "generated": "generated", "vendored": "vendored"}


class Scope:
    """Temporary tables over some contents, numbered as given: one recipe, any contracts. Those that
    a query reads are made when the first such query is asked."""

    def __init__(self, store: Store, recipe: Recipe, contents: Sequence[Content]) -> None:
        self.store = store
        self.contents = contents
        self._made: set[str] = set()
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
        self.table("scope_parts",
                   "analyzer varchar, part varchar, languages varchar[], tests boolean, "
                   "finds boolean",
                   _parts(recipe))  # fmt: skip
        self.table("recipe_rules",
                   "analyzer varchar, rule varchar, severity varchar, security boolean",
                   _rules(recipe))  # fmt: skip
        self.table("scope_unread", "what varchar, why varchar", _unread())

    def table(self, name: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """A temporary table of our own rows, for the queries that name it."""
        self.store.connection.execute(f"create or replace temp table {name} ({columns})")
        self.store.append(name, rows)

    def _paths(self) -> list[tuple[int, str]]:
        return self.store.connection.execute(
            "select distinct s.contract, f.path from scope_snapshots as s "
            'join files as f on f."commit" = s."commit" '
            "where f.language is not null or f.unread is not null or f.kind != 'file'"
        ).fetchall()

    def rows(self, name: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of the query ``quality/store/sql/NAME.sql``."""
        return self.table_of(name, **parameters)[1]

    def table_of(
        self, name: str, **parameters: Any
    ) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Column names and rows of the query ``quality/store/sql/NAME.sql``."""
        result = self._execute(sql(name), parameters or None)
        return tuple(column[0] for column in result.description), result.fetchall()

    def _execute(self, query: str, parameters: Any) -> Any:
        """The result of a query, after all that it reads is made."""
        for name in needed(query):
            if name not in self._made:
                self.store.connection.execute(definitions()[name])
                self._made.add(name)
        return self.store.connection.execute(query, parameters)

    def count(self, query: MetricQuery) -> dict[Content, Count]:
        """The indicator in each content; contents that have nothing to count stand at 0 / 0."""
        counts = dict.fromkeys(self.contents, Count(0, 0))
        arguments = "?" if query.indicator.parameter else ""
        rows = self._execute(
            f"select snapshot, numerator, denominator from {query.indicator.macro}({arguments})",  # noqa: S608
            [query.parameter] if arguments else [],
        ).fetchall()
        for snapshot, numerator, denominator in rows:
            counts[self.contents[snapshot]] = Count(int(numerator or 0), int(denominator or 0))
        return counts

    def pending(self) -> dict[Content, int]:
        """How many files of each content nobody measured yet."""
        return {
            self.contents[n]: files for n, files in self.rows("scorecard/pending", listing=LISTING)
        }


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


def _parts(recipe: Recipe) -> list[tuple[Any, ...]]:
    return [
        (part.name, part.digest, part.languages, part.tests, part.finds) for part in recipe.parts
    ]


def _rules(recipe: Recipe) -> list[tuple[Any, ...]]:
    """(analyzer, rule, severity, security) of the rules that count."""
    return [
        (rule.analyzer, rule.id, rule.list.removesuffix("s"), rule.security)
        for rule in recipe.rules
        if rule.list != "excluded"
    ]


def _unread() -> list[tuple[str, str]]:
    """(what, why) of all that can hold logic without a reader."""
    return [*LINKED, *((row.what, row.why) for row in UNREAD)]


MetricQueries = dict[Content, tuple[MetricQuery, ...]]
Counts = dict[Content, dict[MetricQuery, Count]]


def counted(store: Store, recipe: Recipe, wanted: MetricQueries) -> Counts:
    """The counts of each content's queries. A content that is not fully measured yet is left out.

    What was counted before is read, the rest is counted and, where the store may be written, kept.
    """
    found = _kept(store, recipe, wanted)
    left = {
        content: missing
        for content, queries in wanted.items()
        if (missing := [query for query in queries if query not in found.get(content, ())])
    }
    for batch in _batches(store, list(left)):
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
            _keep(store, recipe, fresh)
    return found


def _batches(store: Store, contents: Sequence[Content]) -> Iterator[list[Content]]:
    """The contents in order, as many at once as have ``BATCH`` files between them; one at least."""
    sizes = store.file_counts({content.commit for content in contents})
    batch: list[Content] = []
    files = 0
    for content in contents:
        files += sizes.get(content.commit, 0)
        if batch and files > BATCH:
            yield batch
            batch, files = [], sizes.get(content.commit, 0)
        batch.append(content)
    if batch:
        yield batch


def _kept(store: Store, recipe: Recipe, wanted: MetricQueries) -> Counts:
    by_key = {
        (content.commit, inputs(content, recipe, query.indicator), _kept_as(query)): (
            content,
            query,
        )
        for content, queries in wanted.items()
        for query in queries
    }
    rows = store.connection.execute(
        'select "commit", inputs, parameter, numerator, denominator '
        "from snapshot_values where inputs in (select unnest(?))",
        [sorted({digest for _, digest, _ in by_key})],
    ).fetchall()
    kept: Counts = {}
    for sha, digest, parameter, numerator, denominator in rows:
        if found := by_key.get((sha, digest, parameter)):
            content, query = found
            kept.setdefault(content, {})[query] = Count(numerator, denominator)
    return kept


def _kept_as(query: MetricQuery) -> str | None:
    return None if query.parameter is None else str(query.parameter)


def _keep(store: Store, recipe: Recipe, fresh: Counts) -> None:
    rows = [
        (content.commit, inputs(content, recipe, query.indicator), query.indicator.id,
         _kept_as(query), count.numerator, count.denominator)
        for content, counts in fresh.items()
        for query, count in counts.items()
    ]  # fmt: skip
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


def inputs(content: Content, recipe: Recipe, indicator: Indicator) -> str:
    """A digest of all that the indicator's counts in the content depend on beside the commit."""
    return _inputs(content.patterns, content.excused, recipe, indicator.macro)


@cache
def _inputs(
    patterns: FilePatterns, excused: tuple[Excused, ...], recipe: Recipe, macro: str
) -> str:
    names = needed(macro)
    read = [definitions()[name] for name in names]
    rules = _rules(recipe) if any("recipe_rules" in text for text in read) else []
    content = [
        patterns.tests, patterns.generated, patterns.vendored, list(map(astuple, excused)),
        _parts(recipe), rules, read, LISTING,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]
