"""What evaluating a filled database costs: generated rows, millions of them."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from quality.catalogue.indicators import INDICATORS
from quality.catalogue.recipes import load_recipe
from quality.contract.contract import Contract
from quality.contract.file import load_contract
from quality.model.memory import GB
from quality.store.counting import Scope
from quality.store.database import Store
from quality.store.machine import Resources
from quality.store.scope import MetricQuery
from tests.bench import portfolio
from tests.bench.timing import Line, workmanship

Result = TypeVar("Result")
SHARE = MetricQuery(INDICATORS["duplication.share"], 6)
MEMORY = 4 * GB


def generated(folder: Path) -> list[Line]:
    """Evaluate and report one period of 25 contracts over 40 quarters."""
    contracts, functions = portfolio.generate(folder / "portfolio")
    database = folder / "portfolio/.workmanship/measurements.duckdb"
    names = [contract.name for contract in contracts]
    report = workmanship("report", *names, "--output", "out", folder=folder / "portfolio")
    evaluate = workmanship("evaluate", *names, folder=folder / "portfolio")
    if "unknown" in evaluate.output:
        raise SystemExit("the generated database does not answer every service level")
    size = database.stat().st_size / functions
    with Store(database, read_only=True) as store:
        queries = list(_queries(store, [load_contract(contract) for contract in contracts]))
    return [
        *queries,
        Line(f"report (with evaluate): {len(names)} contracts, {portfolio.QUARTERS} quarters, "
             f"{functions:,} function rows",
             f"{report.seconds:.2f} s, {report.megabytes:.0f} MB; evaluate alone "
             f"{evaluate.seconds:.2f} s, {evaluate.megabytes:.0f} MB", "", "3 s, 500 MB"),
        Line("bytes a function row, all other tables included", f"{size:.0f}", "", "stated"),
    ]  # fmt: skip


def _queries(store: Store, contracts: list[Contract]) -> Iterator[Line]:
    """The two queries that read most, over five million rows each."""
    recipe = load_recipe("2026.2")
    functions = Scope(store, recipe, portfolio.contents(contracts, 270))
    owners = [(n, n // portfolio.QUARTERS) for n in range(270)]
    functions.table("scope_owners", "snapshot integer, owner integer", owners)
    size = MetricQuery(INDICATORS["size.functions"], None)
    rows = sum(count.numerator for count in functions.count(size).values())
    seconds, found = _cpu(lambda: functions.rows("scorecard/worst_functions", top=10))
    assert len(found) == 10 * len({owner for _, owner in owners})
    yield Line(f"the ten most complex of {rows:,} functions, of each contract",
               f"{seconds:.2f} s of CPU", "", "0.5 s")  # fmt: skip
    lines = Scope(store, recipe, portfolio.contents(contracts, 84))
    lines.pending()
    yield _duplicates(lines, "8.9 s before")


def lines(folder: Path) -> list[Line]:
    """Duplicates in one snapshot of fifty million lines, in bounded memory."""
    contract = folder / "c.contract.yaml"
    contract.write_text(portfolio.CONTRACT.format(number=0), encoding="utf-8")
    database = folder / "lines.duckdb"
    bounded = Resources(memory=MEMORY)
    with Store(database, resources=bounded) as store:
        portfolio.fill(store, 1, 1, files=100_000, functions=1, lines=500, distinct=95_000)
    with Store(database, read_only=True, resources=bounded) as store:
        content = portfolio.contents([load_contract(contract)], 1)
        return [_duplicates(Scope(store, load_recipe("2026.2"), content), f"{MEMORY // GB} GB")]


def _duplicates(scope: Scope, target: str) -> Line:
    seconds, counts = _cpu(lambda: scope.count(SHARE))
    total = sum(count.denominator for count in counts.values())
    doubled = sum(count.numerator for count in counts.values())
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    return Line(f"duplicates in {total:,} lines, {100 * doubled / total:.0f} % of them duplicated",
                f"{seconds:.2f} s of CPU, {megabytes} MB", "", target)  # fmt: skip


def _cpu(work: Callable[[], Result]) -> tuple[float, Result]:
    """Seconds of this process's CPU, all threads, and what came out."""
    begin = time.process_time()
    result = work()
    return time.process_time() - begin, result
