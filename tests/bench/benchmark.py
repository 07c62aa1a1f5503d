"""``make benchmark-data``: the open benchmark, measured anew.

    python -m tests.bench.benchmark [--folder DIR] [--mirrors DIR] [--language L]... [--list FILE]

Every system of the list becomes a repository in the folder, is measured by the whole line and
counted; then the recipe's data are written. Whatever was fetched or measured before stays, so that
a run that was interrupted goes on, and after a change of the recipe only the analyzers that changed
look again. A system that cannot be had, is smaller than it must be or is written in several
languages is said and left out.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from quality import files
from quality.benchmark.data import (
    DISTRIBUTIONS,
    SMALLEST,
    SYSTEMS,
    Query,
    column,
    compares,
    made_by,
    queries,
)
from quality.benchmark.distribution import Distribution
from quality.benchmark.languages import LANGUAGES, SHARE, by_language
from quality.calibration.systems import Bench, measure_systems
from quality.calibration.systems import System as Measured
from quality.catalogue.indicators import INDICATORS
from quality.catalogue.recipes import load_recipe
from quality.cli.progress import Bar
from quality.measure.engine import engine
from quality.measure.planning import Mirrors
from quality.model.amounts import plain
from quality.model.benchmark import SystemValue
from quality.model.recipe import Recipe
from quality.store.database import Store
from tests.bench.systems import LIST, Place, System, UnavailableError, listed

RECIPE = "2026.2"
STEPS = range(0, 101, 5)  # percent
HEAD = ("language", "name", "version", "origin", "nloc")
TOGETHER = 10
DATA = Path(__file__).parents[2] / "quality/catalogue/data" / RECIPE


@dataclass(frozen=True, slots=True)
class Row:
    """A system of the benchmark as it was measured."""

    system: System
    nloc: int
    values: dict[Query, Fraction]

    def cells(self) -> list[str]:
        """Its row of the data, values to six decimals."""
        system = self.system
        head = [system.language, system.name, system.version, system.origin, str(self.nloc)]
        shown = (self.values.get(query) for query in queries())
        return head + ["" if each is None else plain(round(each, 6)) for each in shown]


def main(arguments: Sequence[str]) -> None:
    """Fetch, measure, count and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.benchmark")
    parser.add_argument("--folder", type=Path, default=Path(".workmanship/benchmark"))
    parser.add_argument("--mirrors", type=Path)
    parser.add_argument("--language", action="append")
    parser.add_argument("--list", type=Path, default=LIST)
    parser.add_argument("--output", type=Path, default=DATA)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args(arguments)
    systems = [s for s in listed(given.list) if not given.language or s.language in given.language]
    rows = list(measured(systems, Place(given.folder, given.mirrors), given.jobs))
    write(rows, load_recipe(RECIPE), given.output)
    print(f"wrote {len(rows)} of {len(systems)} systems to {given.output}")


def measured(
    systems: Sequence[System], place: Place, jobs: int, smallest: int = SMALLEST
) -> Iterator[Row]:
    """Each system that counts, a line for each one on the way. Some are measured together, for to
    start the analyzers' processes costs as much as a small system."""
    place.folder.mkdir(parents=True, exist_ok=True)
    with Store(place.folder / "measurements.duckdb") as store:
        for first in range(0, len(systems), TOGETHER):
            for system, found in _measured(store, systems[first : first + TOGETHER], place, jobs):
                share = _share(found, system.language) if found else 0
                said = f"{found.nloc if found else 0:,} NLOC, {system.language} {share} %"
                why = _left_out(found, system, smallest)
                end = f": left out, {why}" if why else ""
                print(f"{system.language} {system.name} {system.version}: {said}{end}", flush=True)
                if found and not why:
                    yield Row(system, found.nloc, _comparable(found, system))


def _measured(
    store: Store, systems: Iterable[System], place: Place, jobs: int
) -> Iterator[tuple[System, Measured | None]]:
    there: dict[str, System] = {}
    for system in systems:
        try:
            there[str(place.repository(system))] = system
        except UnavailableError as error:
            print(f"{system.language} {error}: left out", flush=True)
    mirrors = Mirrors(place.folder.absolute() / "mirrors", False, datetime.now(UTC))
    work = engine("processes", jobs)
    silent = Bar(None, verbose=False)  # a line a system says enough
    done = measure_systems(Bench(store, mirrors, work, silent), list(there), RECIPE)
    for problem in done.measurement.problems:
        print(problem, file=sys.stderr)
    found = {each.address: each for each in done.systems}
    for address, system in there.items():
        yield system, found.get(address)


def _share(found: Measured, language: str) -> int:
    """Percent of the NLOC in the language, rounded down."""
    lines = by_language(found.rows)
    return 100 * lines.get(language, 0) // max(sum(lines.values()), 1)


def _left_out(found: Measured | None, system: System, smallest: int) -> str:
    if found is None:
        return "it could not be measured"
    lines = by_language(found.rows).get(system.language, 0)
    if lines < smallest:
        return f"{lines:,} NLOC are less than {smallest:,}"
    if found.language != system.language:
        return f"less than {SHARE} % of it is {LANGUAGES[system.language].title}"
    return "" if len(found.values) > 2 else "too little of it can be measured"


def _comparable(found: Measured, system: System) -> dict[Query, Fraction]:
    """The values that say what they seem to: a package made for use has no tests to count."""
    return {
        query: value
        for query, value in found.values.items()
        if compares(INDICATORS[query[0]], system.language)
        and (query[0] != "tests.ratio" or system.shipped_tests)
    }


def write(rows: Sequence[Row], recipe: Recipe, folder: Path) -> None:
    """The systems with their values, and the distributions that follow from them."""
    rows = sorted(rows, key=lambda row: (row.system.language, row.system.name.lower()))
    heads = [*HEAD, *map(column, queries())]
    _table(folder / SYSTEMS, heads, (row.cells() for row in rows))
    percents = [f"p{step}" for step in STEPS]
    heads = ["indicator", "parameter", "language", "weighting", "n", "made_by", *percents]
    _table(folder / DISTRIBUTIONS, heads, distributions(rows, recipe))


def distributions(rows: Sequence[Row], recipe: Recipe) -> Iterator[list[str]]:
    """A row for each query, language and weighting: p25 is the value that a quarter of the systems
    (or of their NLOC) have or less."""
    for query in queries():
        indicator = INDICATORS[query[0]]
        for language in LANGUAGES:
            values = [
                SystemValue(row.system.name, row.nloc, round(row.values[query], 6))
                for row in rows
                if row.system.language == language and query in row.values
            ]
            if not values:
                continue
            ascending = Distribution.of(values, "low")
            digest = made_by(recipe, indicator, language)
            parameter = "" if query[1] is None else str(query[1])
            for weighting, weight in (("system", None), ("nloc", _nloc)):
                places = (ascending.reached_by(step, weight) for step in STEPS)
                shown = [plain(ascending.values[at].value) for at in places]
                head = [indicator.id, parameter, language, weighting, str(len(values)), digest]
                yield head + shown


def _nloc(value: SystemValue) -> int:
    return value.nloc


def _table(file: Path, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([heads, *rows])
    files.write(file, text.getvalue())


if __name__ == "__main__":
    main(sys.argv[1:])
