"""Systems that no contract names, measured as if one did: the default patterns, today's commit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from collectors.git.head import default_branch
from quality.benchmark.data import Query, queries
from quality.benchmark.languages import Row, language_of
from quality.catalogue.indicators import INDICATORS
from quality.catalogue.recipes import load_recipe
from quality.contract.amendments import Family
from quality.contract.contract import Contract
from quality.contract.file import parse_contract
from quality.contract.periods import periods
from quality.errors import MeasureError
from quality.measure.engine import Engine
from quality.measure.measurement import Measurement
from quality.measure.pipeline import measure
from quality.measure.planning import Mirrors
from quality.measure.watcher import Watcher
from quality.model.address import is_path
from quality.model.recipe import Recipe
from quality.store.counting import Content, Scope
from quality.store.counts import counted
from quality.store.database import Store
from quality.store.scope import MetricQuery
from quality.verdicts.history import read_snapshots
from quality.verdicts.request import Request

SIZE = MetricQuery(INDICATORS["size.nloc"], None)


@dataclass(frozen=True, slots=True)
class System:
    """A measured system: its address as it was given, its NLOC by a reader's language and suffix,
    its NLOC in all, and its values; one that is not known is left out."""

    name: str
    address: str
    rows: tuple[Row, ...]
    nloc: int
    values: dict[Query, Fraction]

    @property
    def language(self) -> str:
        """The language that it is written in; "": in several, or in one without benchmark."""
        return language_of(self.rows)


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The systems that could be measured, in the order given, and what the run told."""

    systems: tuple[System, ...]
    measurement: Measurement


@dataclass(frozen=True, slots=True)
class Bench:
    """What measures: into which database, with which mirrors, by which engine; who looks on."""

    store: Store
    mirrors: Mirrors
    engine: Engine
    watcher: Watcher


def measure_systems(bench: Bench, addresses: Sequence[str], recipe_id: str) -> Calibrated:
    """Measure the repositories at ``addresses`` (paths or URLs) as they stand today. What goes
    wrong with one of them is a problem of the measurement, and the others go on."""
    given = dict(zip(_names(addresses), addresses, strict=True))
    request, lost = _request(given, recipe_id, bench.mirrors)
    result = Measurement()
    if request:
        result = measure(bench.store, [request], bench.mirrors, bench.engine, bench.watcher)
    result.problems[:0] = lost
    return Calibrated(tuple(_systems(bench.store, request, given)) if request else (), result)


def _request(
    addresses: dict[str, str], recipe_id: str, mirrors: Mirrors
) -> tuple[Request | None, list[str]]:
    """What a contract over the repositories would ask for today; and which cannot be read."""
    rows, lost = [], []
    for name, address in addresses.items():
        url = str(Path(address).expanduser().absolute()) if is_path(address) else address
        try:
            branch = default_branch(mirrors.folder, name, url)
            rows.append({"name": name, "url": url, "branch": branch})
        except MeasureError as error:
            lost.append(str(error))
    if not rows:
        return None, lost
    contract = _contract(rows, recipe_id, mirrors.now)
    family = Family((contract,))
    today = mirrors.now.date()
    return Request(family, periods(family, today)[-1:], today), lost


def _names(addresses: Sequence[str]) -> Iterator[str]:
    """A name for each repository, by which reports know it: the last part of its address."""
    taken: set[str] = set()
    for address in addresses:
        last = re.split(r"[/:]", address.rstrip("/").removesuffix(".git"))[-1]
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", last).strip("._-")[:50] or "system"
        name, number = stem, 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name)
        yield name


def _contract(rows: Sequence[dict[str, str]], recipe_id: str, now: datetime) -> Contract:
    year = now.astimezone(UTC).year
    content = {
        "format": "workmanship.contract/1",
        "contract": {
            "id": "CALIBRATION", "customer": "Calibration", "supplier": "Calibration",
            "starts": f"{year}-01-01", "ends": f"{year + 1}-12-31", "period": "quarter",
            "timezone": "UTC", "recipe": recipe_id,
        },
        "repositories": list(rows),
        "service_levels": [{"id": "SIZE", "class": "key", "indicator": "size.nloc"}],
    }  # fmt: skip
    return parse_contract(json.dumps(content).encode(), Path("calibration.contract.yaml"))


def _systems(store: Store, request: Request, given: dict[str, str]) -> Iterator[System]:
    contract = request.contract
    recipe = load_recipe(*contract.measured_by)
    (snapshots,) = read_snapshots(store, [request])
    contents = {
        name: content
        for name in request.repositories
        if (content := snapshots.content(request.period, name))
    }
    wanted = {query: MetricQuery(INDICATORS[query[0]], query[1]) for query in queries()}
    counts = counted(store, recipe, dict.fromkeys(contents.values(), (SIZE, *wanted.values())))
    known = [content for content in dict.fromkeys(contents.values()) if content in counts]
    if not known:
        return
    scope = Scope(store, recipe, known)
    rows: dict[Content, list[Row]] = {}
    for number, language, suffix, nloc in scope.rows("benchmark/languages"):
        rows.setdefault(known[number], []).append((language, suffix, int(nloc)))
    seen = _seen(scope, recipe, int(contract.minimum_measured))
    for name, content in contents.items():
        if content in rows:
            values = {
                query: Fraction(metric.indicator.scale * count.numerator, count.denominator)
                for query, metric in wanted.items()
                for count in [counts[content][metric]]
                if count.denominator and content in seen[metric.indicator.analyzers]
            }
            nloc = counts[content][SIZE].numerator
            yield System(name, given[name], tuple(rows[content]), nloc, values)


def _seen(scope: Scope, recipe: Recipe, minimum: int) -> dict[tuple[str, ...], set[Content]]:
    """The contents of which the analyzers behind an indicator measured enough, as verdicts ask of
    all analyzers: by the analyzers as the catalogue names them. Where it names none, it says
    itself how much was measured."""
    named = {INDICATORS[name].analyzers for name, _ in queries()}
    found: dict[tuple[str, ...], set[Content]] = {(): set(scope.contents)}
    for analyzers in named - {()}:
        rows = scope.rows("benchmark/measured", analyzers=list(recipe.named(analyzers)))
        found[analyzers] = {
            scope.contents[number] for number, done, size in rows if 100 * done >= minimum * size
        }
    return found
