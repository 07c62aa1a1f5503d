"""What was counted is kept: an evaluation counts only what nobody counted before.

What an indicator counts in a snapshot depends on nothing but the commit, the patterns of the
contract, what is excused, and the tables and SQL that the indicator reads; one that compares, on
the baseline's commit too, and on how functions are paired. These make its key.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from collectors.languages.looks import LISTING
from quality.catalogue.indicators import Indicator
from quality.catalogue.recipes import PYTHONS, load_recipe
from quality.model.recipe import Recipe
from quality.store import pasts
from quality.store.counting import Content, Counts, MetricQueries, Scope, tables_of
from quality.store.definitions import definitions, needed
from quality.store.reported import TABLES
from quality.store.scope import Count, MetricQuery

if TYPE_CHECKING:
    from quality.store.database import Store

Key = TypeVar("Key")
BATCH = 25_000  # files of the snapshots counted at once: bounds the memory of their tables


def counted(store: Store, recipe: Recipe, wanted: MetricQueries) -> Counts:
    """The counts of each content's queries. A content that is not fully measured yet is left out.

    What was counted before is read, the rest is counted and, where the store may be written, kept.
    """
    if not wanted:  # a contract on records alone
        return {}
    found = _kept(store, recipe, wanted)
    left = {
        content: missing
        for content, queries in wanted.items()
        if (missing := [query for query in queries if query not in found.get(content, ())])
    }
    for batch in at_once(store, {content: {content.commit} for content in left}, BATCH):
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
        for content in pending:  # also where some indicators need nothing of what is missing
            found.pop(content, None)
        if store.writable:
            _keep(store, recipe, fresh)
    return found


def at_once(store: Store, commits: Mapping[Key, Collection[str]], most: int) -> Iterator[list[Key]]:
    """The keys in order, as many at once as have ``most`` files in their commits between them; one
    at least."""
    alone = len(commits) < 2
    sizes = {} if alone else store.file_counts({sha for each in commits.values() for sha in each})
    batch: list[Key] = []
    files = 0
    for key, of_key in commits.items():
        size = sum(sizes.get(sha, 0) for sha in of_key)
        if batch and files + size > most:
            yield batch
            batch, files = [], 0
        batch.append(key)
        files += size
    if batch:
        yield batch


def _kept(store: Store, recipe: Recipe, wanted: MetricQueries) -> Counts:
    by_key = {
        (content.commit, digest, kept_as(query)): (content, query)
        for content, queries in wanted.items()
        for query, digest in _digests(content, recipe, queries)
    }
    rows = store.connection.execute(
        'select "commit", inputs, parameter, numerator, denominator '
        "from snapshot_values where inputs in (select unnest(?)) "
        'and "commit" in (select unnest(?))',
        [sorted({digest for _, digest, _ in by_key}), sorted({sha for sha, _, _ in by_key})],
    ).fetchall()
    kept: Counts = {}
    for sha, digest, parameter, numerator, denominator in rows:
        if found := by_key.get((sha, digest, parameter)):
            content, query = found
            kept.setdefault(content, {})[query] = Count(numerator, denominator)
    return kept


def kept_as(query: MetricQuery) -> str | None:
    """What a query is kept under beside its inputs: its arguments as text."""
    if query.chosen:
        return json.dumps(query.arguments)
    return None if query.parameter is None else str(query.parameter)


def _keep(store: Store, recipe: Recipe, fresh: Counts) -> None:
    rows = [
        (content.commit, digest, query.indicator.id, kept_as(query), counts[query].numerator,
         counts[query].denominator)
        for content, counts in fresh.items()
        for query, digest in _digests(content, recipe, counts)
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
    return _digest(replace(content, commit=""), recipe, indicator)


def _digests(
    content: Content, recipe: Recipe, queries: Iterable[MetricQuery]
) -> Iterator[tuple[MetricQuery, str]]:
    """Each query with the same digest; a portfolio asks for a hundred thousand."""
    anywhere = replace(content, commit="")
    for query in queries:
        yield query, _digest(anywhere, recipe, query.indicator)


def _digest(anywhere: Content, recipe: Recipe, indicator: Indicator) -> str:
    reported = anywhere.reports or anywhere.base_reports
    if reported and not _counts_reports(indicator.macro):
        anywhere = replace(anywhere, reports=(), base_reports=())
    return _inputs(anywhere, recipe, indicator.macro)


@cache
def _counts_reports(macro: str) -> bool:
    return any(table in definitions()[name] for name in needed(macro) for table in TABLES)


@cache
def _inputs(anywhere: Content, recipe: Recipe, macro: str) -> str:
    patterns, excused, reports = anywhere.patterns, anywhere.excused, anywhere.reports
    read = [definitions()[name] for name in needed(macro)]
    tables = [
        table for name, table in tables_of(recipe).items() if any(name in text for text in read)
    ]
    excuses = list(map(astuple, excused))
    stated: list[object] = [patterns.tests, patterns.generated, patterns.vendored, excuses]
    if anywhere.owned:
        stated.append(["owned", *anywhere.owned])
    if reports:
        stated.append(list(map(astuple, reports)))
    if any("scope_baselines" in text for text in read):
        stated.append(["compared with", anywhere.baseline])
        if anywhere.base_reports:
            stated.append(list(map(astuple, anywhere.base_reports)))
    if any(pasts.NAME in text for text in read):
        stated.append(pasts.STATED)
    content = json.dumps([*stated, tables, read, LISTING])
    return hashlib.sha256(content.encode()).hexdigest()[:16]
