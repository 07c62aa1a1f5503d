"""Each value's place among public systems of the evaluation's language and size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from quality.benchmark.data import Benchmark, benchmark, queries
from quality.benchmark.languages import Row, language_of
from quality.benchmark.rank import rank
from quality.model.evaluation import Evaluation
from quality.model.rank import Rank
from quality.model.recipe import Recipe
from quality.model.verdict import Verdict


def placed(evaluation: Evaluation, recipe: Recipe, rows: Iterable[Row]) -> Evaluation:
    """The evaluation with the place of each value that can be compared; ``rows``: the NLOC of its
    production code. Without a language that holds most of it nothing is compared."""
    rows = list(rows)
    language, nloc = language_of(rows), sum(lines for _, _, lines in rows)
    if not language:
        return evaluation
    known = benchmark(recipe)
    levels = (
        replace(verdict, benchmark=_place(verdict, known, language, nloc))
        for verdict in evaluation.service_levels
    )
    return replace(evaluation, service_levels=tuple(levels))


def _place(verdict: Verdict, known: Benchmark, language: str, nloc: int) -> Rank | None:
    exact = verdict.measured.exact if verdict.measured else None
    given = verdict.parameters[0][1] if verdict.parameters else None
    apart = isinstance(given, str) or "party" in dict(verdict.parameters)
    if exact is None or apart:  # what is of one language or one party is no whole system's
        return None
    query = verdict.indicator, given
    return rank(known, query, exact, language, nloc) if query in queries() else None
