"""What the tests of the whole line share: a folder with repositories, a contract, a database."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from quality.cli.session import Session
from quality.measure.engine import Engine, engine, serial
from quality.measure.measurement import Measurement
from quality.model.evaluation import Evaluation
from quality.model.verdict import Verdict
from quality.store.database import Store
from quality.store.folder import make_folder
from tests import browser as chromium
from tests import java
from tests.examples import register_profiles
from tests.remembered import remembered
from tests.repositories import Entry, Repository

if TYPE_CHECKING:
    from playwright.sync_api import Browser

register_profiles()

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HEAD = """\
format: workmanship.contract/1
contract:
  id: {id}
  customer: Northwind Retail
  supplier: Acme Software
  starts: {starts}
  ends: 2027-12-31
  period: quarter
  timezone: UTC
  recipe: "2026.2"
  minimum_measured: {minimum_measured}
repositories:
"""
LEVELS = (
    "{id: TQ-1, name: Complex code, class: critical, indicator: complexity.nloc_share, "
    "above: 20, expected: 5, minimum: 8}",
)


class Quiet:
    """A watcher that nobody watches."""

    def say(self, line: str) -> None: ...
    def expect(self, files: int, work: int) -> None: ...
    def done(self, files: int, work: int) -> None: ...
    def follow(self, in_hand: Callable[[], Sequence[str]]) -> None: ...


@dataclass
class Desk:
    """A folder in which a customer works: contracts, repositories beside them, a database."""

    folder: Path
    now: datetime = NOW
    database: Path | None = None
    contracts: list[Path] = field(default_factory=list)

    def repository(
        self, name: str, files: Mapping[str | bytes, Entry], at: str = "2026-08-01T10:00:00Z"
    ) -> Repository:
        """A repository of one commit (or one more commit on it)."""
        repository = Repository(self.folder / f"{name}.git")
        repository.commit(files, at=at)
        return repository

    def contract(
        self,
        repositories: Iterable[str],
        levels: Sequence[str] = LEVELS,
        *,
        name: str = "acme",
        starts: str = "2026-07-01",
        minimum_measured: int = 95,
        head: str = "",
        more: str = "",
    ) -> Path:
        """Write ``NAME.contract.yaml`` over repositories beside it; ``head`` goes into its head,
        ``more`` on top level."""
        text = HEAD.format(id=name.upper(), starts=starts, minimum_measured=minimum_measured)
        text = text.replace("repositories:\n", f"  {head}\nrepositories:\n") if head else text
        for repository in repositories:
            url = repository if ":" in repository else f"{repository}.git"
            text += f"  - {{name: {_name(repository)}, url: '{url}', branch: main}}\n"
        text += more + "service_levels:\n" + "".join(f"  - {level}\n" for level in levels)
        path = self.folder / f"{name}.contract.yaml"
        path.write_text(text, encoding="utf-8")
        if path not in self.contracts:
            self.contracts.append(path)
        return path

    @property
    def session(self) -> Session:
        """As a command would see it now."""
        return Session(self.contracts, self.database, self.now)

    def begun(self) -> Session:
        """The same, over a database that is there: an empty one, if need be, is laid beside the
        contract, which takes less time than its migrations."""
        session = self.session
        if not session.database.exists():
            make_folder(session.database.parent)
            session.database.write_bytes(_empty_database())
        return session

    def measure(
        self, jobs: int = 1, periods: str | None = None, *, anew: bool = False
    ) -> Measurement:
        """As ``workmanship measure`` does. What another test had measured is not measured again,
        unless ``anew`` or several ``jobs`` ask for the analyzers themselves."""
        session = self.begun()
        work: Engine = remembered
        if anew or jobs > 1:
            work = engine("processes", jobs) if jobs > 1 else serial
        return session.measure(session.ranges(periods), work, Quiet(), offline=False)

    def evaluate(
        self, period: str | None = "2026-Q3", *, pages: bool = False
    ) -> tuple[Evaluation, ...]:
        """As ``workmanship evaluate`` does; with ``pages``, as ``report`` does: with all that a
        page shows below the verdicts."""
        session = self.session
        return session.evaluate(session.requests(period), pages=pages)

    def verdicts(self, period: str | None = "2026-Q3") -> dict[str, Verdict]:
        """The verdicts of all contracts by the service level's id."""
        return {v.id: v for each in self.evaluate(period) for v in each.service_levels}

    def facts(self) -> dict[str, list[str]]:
        """All rows of facts by table, with what was measured in place of the measurement's id."""
        from quality.model.facts import ROWS

        with Store(self.session.database, read_only=True) as store:
            found = {
                "measurements": store.connection.execute(
                    "select blob, language, analyzer, part, reason from measurements"
                ).fetchall()
            }
            for table in (row.table for row in ROWS):
                found[table] = store.connection.execute(
                    f"select m.blob, m.language, t.* exclude (measurement) from {table} as t "
                    "join measurements as m on m.id = t.measurement"
                ).fetchall()
        return {table: sorted(map(repr, rows)) for table, rows in found.items()}


class Kept:
    """A desk as it stands, for tests that change it: its folder is laid out anew for each of them,
    always at its place, so that the addresses in its database and mirrors hold."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._copy = desk.folder.with_name(f"{desk.folder.name}-kept")
        shutil.copytree(desk.folder, self._copy)

    def lay_out(self, desk: Desk) -> None:
        """Let ``desk`` stand where the kept one stands, with all that it holds."""
        shutil.rmtree(self._desk.folder)
        shutil.copytree(self._copy, self._desk.folder)
        desk.folder, desk.now = self._desk.folder, self._desk.now
        desk.contracts = list(self._desk.contracts)


@cache
def _empty_database() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.duckdb"
        with Store(path):
            pass
        return path.read_bytes()


def _name(repository: str) -> str:
    return repository.rstrip("/").rsplit("/", 1)[-1].removesuffix(".git").replace(".", "-")


def pytest_collection_finish() -> None:
    """Thousands of tests and their modules stay to the end: no search for garbage among them."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def shared_facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What was measured once serves all tests, also those of pytest's other worker: the facts lie
    in the run's temporary folder (see ``tests.remembered``)."""
    base = tmp_path_factory.getbasetemp()
    remembered.folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "facts"
    yield
    remembered.stop()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A customer's folder."""
    return Desk(tmp_path)


@pytest.fixture
def remembering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands measure as ``Desk.measure`` does: what another test had measured, they take."""
    monkeypatch.setattr("quality.measure.engine.engine", lambda name, jobs: remembered)


@pytest.fixture(scope="module")
def shared_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A customer's folder for all tests of a module."""
    return Desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a worker. A machine without one skips them, CI fails them."""
    if chromium.lacking() and not chromium.demanded():
        pytest.skip(chromium.lacking())
    with chromium.launched() as launched:
        yield launched


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in loud lines that tests for a browser or for Java were skipped: a quiet run shows no
    reasons."""
    reasons = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])]
    for line in (chromium.skipped_line(reasons), java.skipped_line(reasons)):
        if line:
            terminalreporter.write_line(line, red=True, bold=True)
