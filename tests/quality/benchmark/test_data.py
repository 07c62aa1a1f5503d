"""The benchmark that is shipped: enough systems, and distributions that follow from them."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from fractions import Fraction

from quality.benchmark.data import DISTRIBUTIONS, SMALLEST, SYSTEMS, column, queries
from quality.benchmark.languages import LANGUAGES
from quality.catalogue.recipes import RECIPES
from tests.bench.benchmark import RECIPE, Row, distributions
from tests.bench.systems import System, listed
from tests.public import RECIPE as RECIPE_2026_2

FOLDER = RECIPES / RECIPE
LEAST, MOST_BYTES = 40, 2_000_000


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_language_has_enough_systems_and_each_is_large_enough() -> None:
    rows = table(SYSTEMS)
    counted = Counter(row["language"] for row in rows)
    assert set(counted) == set(LANGUAGES)
    assert {name: n for name, n in counted.items() if n < LEAST} == {}
    assert min(int(row["nloc"]) for row in rows) >= SMALLEST
    assert len({(row["language"], row["name"]) for row in rows}) == len(rows)
    assert set(rows[0]) == {"language", "name", "version", "origin", "nloc"} | {
        column(query) for query in queries()
    }


def test_the_list_has_every_system_that_is_shipped() -> None:
    known = {(each.language, each.name, each.version, each.origin) for each in listed()}
    shipped = {
        (row["language"], row["name"], row["version"], row["origin"]) for row in table(SYSTEMS)
    }
    assert shipped <= known


def test_the_distributions_are_those_of_the_systems() -> None:
    systems = [
        Row(
            System(row["language"], row["name"], row["version"], row["origin"]),
            int(row["nloc"]),
            {
                query: Fraction(Decimal(row[column(query)]))
                for query in queries()
                if row[column(query)]
            },
        )
        for row in table(SYSTEMS)
    ]
    heads = list(table(DISTRIBUTIONS)[0])
    found = [
        dict(zip(heads, row, strict=True)) for row in distributions(systems, RECIPE_2026_2)
    ]  # fmt: skip
    told = table(DISTRIBUTIONS)
    for row in (*found, *told):
        del row["made_by"]  # of the recipe as it was when they were measured
    assert found == told


def test_the_data_are_small() -> None:
    sizes = [len((FOLDER / name).read_bytes()) for name in (SYSTEMS, DISTRIBUTIONS)]
    assert sum(sizes) < MOST_BYTES
