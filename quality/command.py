"""What the commands share: contracts loaded, the database found, periods chosen, pages written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Thread

from quality.contract import Contract, ContractError, Problem, contract_schema, load_contract
from quality.engine import Engine
from quality.errors import MeasureError, UsageError
from quality.explain import Explanation, explain
from quality.history import Request
from quality.model import Evaluation, Period
from quality.periods import default_period, parse_period, parse_range, periods, today_in
from quality.pipeline import Measurement, Source, measure
from quality.portfolio import evaluate
from quality.store import Store
from quality.watcher import Watcher

FOLDER = ".workmanship"


class Session:
    """One command's contracts, all over one database. ``now`` decides which periods have begun."""

    def __init__(self, paths: Sequence[Path], database: Path | None, now: datetime) -> None:
        self.contracts = load_contracts(paths)
        home = paths[0].absolute().parent / FOLDER
        self.database = database.absolute() if database else home / "measurements.duckdb"
        self.mirrors = home / "mirrors"
        self._now = now

    def requests(self, period: str | None) -> list[Request]:
        """Each contract with all its periods up to ``period`` (None: its default one)."""
        return [self._request(contract, period) for contract in self.contracts]

    def _request(self, contract: Contract, text: str | None) -> Request:
        today = today_in(contract.timezone, self._now)
        known = periods(contract, today)
        chosen = parse_period(text, contract, today) if text else default_period(known)
        return Request(contract, known[: known.index(chosen) + 1])

    def ranges(self, text: str | None) -> list[Request]:
        """Each contract with the periods of ``--periods``; None: all that have begun."""
        return [Request(contract, self._range(contract, text)) for contract in self.contracts]

    def _range(self, contract: Contract, text: str | None) -> tuple[Period, ...]:
        today = today_in(contract.timezone, self._now)
        if text is not None:
            return parse_range(text, contract, today)
        begun = periods(contract, today)
        default_period(begun)  # says it where none has begun
        return begun

    def measure(
        self, requests: Sequence[Request], engine: Engine, watcher: Watcher, offline: bool
    ) -> Measurement:
        """Measure what nobody measured yet."""
        with Store(self.database) as store:
            return measure(
                store, requests, Source(self.mirrors, offline, self._now), engine, watcher
            )

    def evaluate(self, requests: Sequence[Request]) -> tuple[Evaluation, ...]:
        """Judge by what the database holds; it is only read."""
        with Store(self.database, read_only=True) as store:
            return evaluate(store, requests)

    def explain(self, request: Request, service_level: str, top: int) -> Explanation:
        """The rows behind a service level's value."""
        with Store(self.database, read_only=True) as store:
            return explain(store, request, service_level, top)


def load_contracts(paths: Sequence[Path]) -> list[Contract]:
    """All contracts, or every error of all of them at once."""
    contracts: list[Contract] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            contracts.append(load_contract(path))
        except ContractError as error:
            problems += error.problems
    if problems:
        raise ContractError(tuple(problems))
    seen: dict[str, Path] = {}
    for contract in contracts:
        if contract.id in seen:
            raise UsageError(
                f"{contract.path}: contract {contract.id} is also {seen[contract.id]}: "
                f"give each contract an id of its own"
            )
        seen[contract.id] = contract.path
    return contracts


def schema_text() -> str:
    """The JSON Schema of a contract."""
    return json.dumps(contract_schema(), indent=2, sort_keys=True)


def exit_code(evaluations: Sequence[Evaluation], strict: bool) -> int:
    """What a command says of its verdicts: unknown above failed above met. A repository without a
    snapshot is unknown even where no critical service level asks for it."""
    if any(not snapshot.commit for each in evaluations for snapshot in each.snapshots):
        return MeasureError.exit_code
    outcomes = [
        verdict.outcome
        for evaluation in evaluations
        for verdict in evaluation.service_levels
        if strict or verdict.level_class == "critical"
    ]
    if "unknown" in outcomes:
        return MeasureError.exit_code
    return 1 if "failed" in outcomes else 0


@contextmanager
def charts_prepared() -> Iterator[None]:
    """Load what draws charts beside what waits for git, workers and the database."""
    from reports import charts

    thread = Thread(target=charts.prepare)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def write_pages(evaluations: Sequence[Evaluation], folder: Path) -> Path:
    """Write the scorecard and return its index; no page is ever left half written."""
    from reports import html

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in html.pages(evaluations):
            half = folder / f".{name}.part"
            half.write_text(text, encoding="utf-8")
            half.replace(folder / name)
    except OSError as error:
        raise MeasureError(f"cannot write {folder}: {error.strerror}") from error
    return folder / "index.html"
