"""The snapshots under judgement, as tables that the indicators' SQL reads.

Which file is production is the contract's word, so classes are made here, from the patterns of
the contract in hand, and never stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from pathspec import GitIgnoreSpec

from collectors.languages.looks import LISTING
from collectors.languages.unread import UNREAD
from quality.catalogue.models import model_tables
from quality.contract.sections.repositories import FilePatterns
from quality.model.recipe import Recipe
from quality.store import pasts
from quality.store.reported import TABLES, Reported, report_tables
from quality.store.scope import Count, MetricQuery, Table, Tables

if TYPE_CHECKING:
    from quality.store.database import Store

Owned = tuple[tuple[str, ...], ...]
NOTHING = ""  # the commit of a baseline before the first one
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
    """A commit under a contract's patterns, less what is excused, with the reports on it: all that
    an indicator's count depends on here. ``baseline``: the commit that it is compared with, less
    the same (NOTHING: the repository was empty then), with the reports on that; None: it stands for
    itself. ``owned``: the patterns of the files that alone count, then those of files that do not
    all the same; (): all files do."""

    commit: str
    patterns: FilePatterns = field(hash=False)  # a portfolio looks up a million contents
    excused: tuple[Excused, ...] = field(default=(), hash=False)
    reports: tuple[Reported, ...] = field(default=(), hash=False)
    baseline: str | None = None
    base_reports: tuple[Reported, ...] = field(default=(), hash=False)
    owned: Owned = ()


class Classifier:
    """path -> test, generated, vendored, excused, production or foreign (another party's), by a
    contract's patterns, what is excused as a whole and what is ``owned``."""

    def __init__(
        self, patterns: FilePatterns, excused: Sequence[Excused] = (), owned: Owned = ()
    ) -> None:
        self._owned, self._others = list(map(_spec, owned[:1])), list(map(_spec, owned[1:]))
        self._specs = [(name, _spec(getattr(patterns, _KEY[name]))) for name in CLASSES]
        self._specs += [
            ("excused", _spec(each.paths))
            for each in excused
            if not each.rule and not each.function
        ]
        self._known: dict[str, str] = {}  # a path comes back in every period

    def __call__(self, path: str) -> str:
        if path not in self._known:
            self._known[path] = self._class(path)
        return self._known[path]

    def _class(self, path: str) -> str:
        foreign = any(not each.match_file(path) for each in self._owned)
        if foreign or any(each.match_file(path) for each in self._others):
            return "foreign"
        for name, spec in self._specs:
            if spec.match_file(path):
                return name
        return "production"


@cache
def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    return GitIgnoreSpec.from_lines(patterns)


LINKED = (
    ("link", "stands for a file that may lie anywhere"),
    ("submodule", "stands for another repository, which is not measured"),
)
_KEY = {"test": "tests", "generated": "generated", "vendored": "vendored"}


Rules = tuple[FilePatterns, tuple[Excused, ...], Owned]
"""By what the files of a contract are classified."""


class Scope(Tables):
    """Temporary tables over some contents, numbered as given, and behind them their baselines: one
    recipe, any contracts."""

    def __init__(self, store: Store, recipe: Recipe, contents: Sequence[Content]) -> None:
        super().__init__(store)
        self.contents = contents
        bases = {n: base_of(c) for n, c in enumerate(contents) if c.baseline is not None}
        behind = {each: n for n, each in enumerate(dict.fromkeys(bases.values()), len(contents))}
        every = [*contents, *behind]
        self._bases = {n: behind[base] for n, base in bases.items()}
        ruled = [(c.patterns, c.excused, c.owned) for c in every]
        rules = {each: n for n, each in enumerate(dict.fromkeys(ruled))}
        self.table(
            "scope_snapshots", 'snapshot integer, "commit" varchar, contract integer',
            [(n, c.commit, rules[by])
             for n, (c, by) in enumerate(zip(every, ruled, strict=True))],
        )  # fmt: skip
        self.table("scope_baselines", "snapshot integer, base integer", [*self._bases.items()])
        self.tables(("scope_classes", "scope_debts"), lambda: self._classes(list(rules)))
        for name, (columns, rows) in tables_of(recipe).items():
            self.table(name, columns, rows)
        reports = [(each.commit, each.reports) for each in every]
        self.tables(TABLES, lambda: report_tables(store, reports))
        self.tables((pasts.NAME,), self._pasts)

    def _classes(self, rules: Sequence[Rules]) -> Iterator[Table]:
        """The class of each file, and what of it is accepted debt."""
        paths = self.rows("paths")
        classify = [Classifier(*each) for each in rules]
        yield (
            "scope_classes", "contract integer, path varchar, class varchar",
            [(number, path, classify[number](path)) for number, path in paths],
        )  # fmt: skip
        yield (
            "scope_debts", "contract integer, path varchar, rule varchar, function varchar",
            _debts(rules, paths),
        )  # fmt: skip

    def _pasts(self) -> Iterator[Table]:
        yield pasts.NAME, pasts.COLUMNS, pasts.function_pasts(self.rows(pasts.QUERY))

    def rows(self, name: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a query; of no contents there are none, and nothing is asked: a contract on
        records alone has no code."""
        return super().rows(name, **parameters) if self.contents else []

    def count(self, query: MetricQuery) -> dict[Content, Count]:
        """The indicator in each content; contents that have nothing to count stand at 0 / 0."""
        counts = dict.fromkeys(self.contents, Count(0, 0))
        for snapshot, count in self.counted(query):
            if snapshot < len(self.contents):
                counts[self.contents[snapshot]] = count
        return counts

    def pending(self) -> dict[Content, int]:
        """How many files of each content, or of its baseline, nobody measured yet."""
        waiting = dict(self.rows("scorecard/pending", listing=LISTING))
        sides = ((each, (n, self._bases.get(n))) for n, each in enumerate(self.contents))
        found = {each: sum(waiting.get(n, 0) for n in both) for each, both in sides}
        return {content: files for content, files in found.items() if files}


def base_of(content: Content) -> Content:
    """What a content with a baseline is compared with."""
    commit = content.baseline or NOTHING
    return Content(
        commit, content.patterns, content.excused, content.base_reports, owned=content.owned
    )


def _debts(
    rules: Sequence[Rules], paths: Sequence[tuple[Any, ...]]
) -> list[tuple[int, str, str, str]]:
    """(contract, path, rule, function) of the findings and functions that are accepted debt."""
    specs = [
        [(each, _spec(each.paths)) for each in excused if each.rule or each.function]
        for _, excused, _ in rules
    ]
    return [
        (number, path, each.rule, each.function)
        for number, path in paths
        for each, spec in specs[number]
        if spec.match_file(path)
    ]


def tables_of(recipe: Recipe) -> dict[str, tuple[str, list[tuple[Any, ...]]]]:
    """Columns and rows, by name, of the tables that a recipe and this release state: its analyzers,
    the rules that count, all that can hold logic without a reader, and the rating models."""
    return {
        "scope_parts": (
            "analyzer varchar, part varchar, languages varchar[], tests boolean, finds boolean",
            [(p.name, p.digest, p.languages, p.tests, p.finds) for p in recipe.parts],
        ),
        "recipe_rules": (
            "analyzer varchar, rule varchar, kind varchar, severity varchar, cwe integer, "
            "security boolean, unless varchar[], yields varchar[]",
            [(rule.analyzer, rule.id, rule.list.removesuffix("s"), rule.severity, rule.cwe or None,
              rule.security, rule.unless, rule.yields)
             for rule in recipe.rules if rule.counts],
        ),
        "scope_unread": (
            "what varchar, why varchar",
            [*LINKED, *((row.what, row.why) for row in UNREAD)],
        ),
        **model_tables(),
    }  # fmt: skip


MetricQueries = dict[Content, tuple[MetricQuery, ...]]
Counts = dict[Content, dict[MetricQuery, Count]]
