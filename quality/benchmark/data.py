"""The public systems of a recipe with their values, as they are shipped.

``catalogue/data/RECIPE/benchmark_systems.csv`` has a row for each system and a column for each
indicator with its parameter; ``benchmark.csv`` the distributions that follow from it, each with the
digest of what measured it.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from quality.benchmark.distribution import Distribution, best_first
from quality.benchmark.languages import LANGUAGES, title
from quality.catalogue.indicators import INDICATORS, Indicator
from quality.catalogue.recipes import RECIPES, load_recipe
from quality.model.benchmark import SystemValue
from quality.model.canonical import compact
from quality.model.rank import Peers
from quality.model.recipe import AnalyzerPart, Recipe

SYSTEMS, DISTRIBUTIONS = "benchmark_systems.csv", "benchmark.csv"
SMALLEST = 2_000  # NLOC of a system of the benchmark
FACTOR = 4  # systems of a like size have between a fourth and four times the NLOC
ENOUGH = 20  # systems that say anything
Query = tuple[str, int | None]
"""An indicator's id and its parameter."""


def queries() -> tuple[Query, ...]:
    """What is compared: the indicators of the catalogue, each with its usual parameters."""
    return tuple(
        (indicator.id, parameter)
        for indicator in INDICATORS.values()
        for parameter in indicator.usual
    )


def column(query: Query) -> str:
    """The name of a query's column."""
    indicator, parameter = query
    return indicator if parameter is None else f"{indicator}:{parameter}"


def compares(indicator: Indicator, language: str) -> bool:
    """Whether an indicator says anything of systems in a language ("": in every one)."""
    return language == "python" or indicator.within != "radon"


@cache
def made_by(recipe: Recipe, indicator: Indicator, language: str) -> str:
    """A digest of all that an indicator's values in a language depend on: the analyzers that read
    it, their revisions, tools, limits and the rules that count. The minor version of Python is left
    out: it decides how single files are read, and no level hangs on these."""
    names = recipe.named(indicator.analyzers) if indicator.analyzers else ()
    read = LANGUAGES[language].read_as
    parts = [
        part
        for part in recipe.parts
        if (not indicator.analyzers or part.name in names) and any(map(part.reads, read))
    ]
    content = [indicator.id, recipe.id, [_content(recipe, part) for part in parts]]
    return hashlib.sha256(compact(content).encode()).hexdigest()[:12]


def _content(recipe: Recipe, part: AnalyzerPart) -> list[object]:
    tools = [list(tool) for tool in part.tools if tool[0] != "python"]
    rules = [
        [rule.id, rule.list, rule.security, rule.only, rule.near, list(rule.unless),
         list(rule.yields)]
        for rule in recipe.rules_of(part.name)
        if rule.counts
    ]  # fmt: skip
    limits = recipe.limits
    bounds = [limits.file_bytes, limits.file_lines, limits.line_columns, limits.unread_percent]
    return [part.name, part.revision, tools, rules, bounds]


@dataclass(frozen=True, slots=True)
class PeerValues:
    """A distribution, and which systems it is over."""

    distribution: Distribution
    peers: Peers


class Benchmark:
    """The public systems that a recipe, as it measures here, may be held against."""

    def __init__(
        self, recipe: Recipe, systems: Sequence[dict[str, str]], digests: dict[tuple[str, str], str]
    ) -> None:
        """``systems``: the rows of ``SYSTEMS``; ``digests``: by indicator and language."""
        self.recipe = recipe
        self._systems = systems
        self._digests = digests
        self._read: dict[Query, list[tuple[str, SystemValue]]] = {}

    def current(self, indicator: Indicator, language: str) -> bool:
        """Whether the values of a language's systems were made by what measures here."""
        made = self._digests.get((indicator.id, language))
        return made == made_by(self.recipe, indicator, language)

    def stale(self) -> list[tuple[str, str]]:
        """(indicator, language) of the values that other analyzers or rules made than those that
        measure here: nothing is held against them."""
        return [
            (name, language)
            for name, language in self._digests
            if name in INDICATORS and not self.current(INDICATORS[name], language)
        ]

    def found(self, query: Query, language: str = "", nloc: int = 0) -> PeerValues | None:
        """The distribution over the systems of a language ("" for all languages); with ``nloc``
        over those of a like size. None: there are no values that may be compared."""
        indicator = INDICATORS[query[0]]
        least, most = (nloc // FACTOR, nloc * FACTOR) if nloc else (0, 0)
        values = tuple(self._values(query, indicator, language, least, most))
        if not values:
            return None
        peers = Peers(title(language), len(values), self.recipe.id, least, most)
        return PeerValues(Distribution(values, indicator.good), peers)

    def _values(
        self, query: Query, indicator: Indicator, language: str, least: int, most: int
    ) -> Iterator[SystemValue]:
        if not compares(indicator, language):
            return
        for spoken, value in self._all(query, indicator):
            alike = not most or least <= value.nloc <= most
            if language in ("", spoken) and alike:
                yield value

    def _all(self, query: Query, indicator: Indicator) -> list[tuple[str, SystemValue]]:
        """The language and value of every system that may be compared, the best first: read once, a
        portfolio asks a thousand times."""
        if query not in self._read:
            name = column(query)
            first = best_first(indicator.good)
            current = {each for each in LANGUAGES if self.current(indicator, each)}
            found = [
                (
                    system["language"],
                    SystemValue(
                        f"{system['name']} {system['version']}",
                        int(system["nloc"]),
                        Fraction(Decimal(system[name])),
                    ),
                )
                for system in self._systems
                if system["language"] in current and system.get(name)
            ]
            self._read[query] = sorted(found, key=lambda each: first(each[1]))
        return self._read[query]


@cache
def benchmark(recipe: Recipe | None = None, recipe_id: str = "") -> Benchmark:
    """What is shipped for a recipe (or for the one of an id, as it measures here)."""
    recipe = recipe or load_recipe(recipe_id)
    digests = {
        (row["indicator"], row["language"]): row["made_by"] for row in _rows(recipe, DISTRIBUTIONS)
    }
    return Benchmark(recipe, _rows(recipe, SYSTEMS), digests)


def _rows(recipe: Recipe, name: str) -> list[dict[str, str]]:
    file = RECIPES / recipe.id / name
    if not file.is_file():
        return []
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
