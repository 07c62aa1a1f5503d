"""A small open benchmark with numbers that can be counted, in place of the one that is shipped."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from quality.benchmark import data
from quality.benchmark.data import Benchmark, Query
from quality.catalogue.recipes import load_recipe
from tests.bench.benchmark import Row, write
from tests.bench.systems import System

RECIPE = load_recipe("2026.2")
Values = dict[Query, Sequence[float | int]]


def rows(language: str, values: Values, nloc: Sequence[int] = ()) -> list[Row]:
    """Systems of a language, the n-th with the n-th value of each query, 10,000 NLOC each."""
    count = len(next(iter(values.values())))
    sizes = nloc or [10_000] * count
    return [
        Row(
            System(language, f"{language}{n:02}", "1.0", "debian"),
            sizes[n],
            {query: Fraction(str(found[n])) for query, found in values.items()},
        )
        for n in range(count)
    ]


def shipped(systems: Sequence[Row], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Benchmark:
    """Let the systems be what is shipped with the recipe, written by what makes the real data."""
    place = folder / "data" / RECIPE.id
    place.mkdir(parents=True)
    write(systems, RECIPE, place)
    monkeypatch.setattr(data, "RECIPES", folder / "data")
    data.benchmark.cache_clear()
    return data.benchmark(RECIPE)
