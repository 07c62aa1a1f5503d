"""Records under attack: rows and files changed or taken away, and a close that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from quality.errors import MeasureError, UsageError
from tests.conftest import Desk, Kept
from tests.quality.closing.conftest import apart_from_differences, close, judged
from tests.quality.ledgers import BRANCHY, LEVELS, SIMPLE
from tests.repositories import Repository

pytestmark = pytest.mark.slow


def _sql(desk: Desk, statement: str) -> None:
    with duckdb.connect(desk.session.database) as con:
        con.execute(statement)


TAMPER = [
    "update frozen_evaluations set body = replace(body, '\"failed\"', '\"met\"')",
    "update frozen_evaluations set body = body || ' '",
    "update frozen_evaluations set digest = 'sha256:0'",
    "update frozen_evaluations set body = replace(body, '\"failed\"', '\"met\"'), "
    "digest = 'sha256:' || sha256(replace(body, '\"failed\"', '\"met\"'))",
    "update frozen_evaluations set period = '2026-Q4'",
    "update frozen_evaluations set previous = 'sha256:1'",
    "update frozen_evaluations set body = 'rubbish', digest = 'sha256:' || sha256('rubbish')",
]


@pytest.mark.parametrize("statement", TAMPER)
def test_a_changed_row_is_an_error(desk: Desk, billing: Repository, statement: str) -> None:
    close(desk)
    _sql(desk, statement)
    with pytest.raises(MeasureError, match="is not as it was closed"):
        judged(desk)


def test_a_changed_row_is_exit_3_on_one_line(
    desk: Desk, billing: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    from quality.cli.app import run

    close(desk)
    _sql(desk, TAMPER[0])
    for command in (["evaluate"], ["report", "--output", str(desk.folder / "out")]):
        assert run([*command, str(desk.contracts[0]), "--period", "2026-Q3"]) == 3
        out, said = capsys.readouterr()
        assert (out, len(said.splitlines())) == ("", 1)


def test_a_changed_file_is_an_error(desk: Desk, billing: Repository) -> None:
    close(desk)
    record = desk.folder / "acme.closed" / "2026-Q3.json"
    record.write_text(record.read_text().replace('"failed"', '"met"'))
    with pytest.raises(MeasureError, match=r"2026-Q3\.json and .* differ"):
        judged(desk)
    desk.session.database.unlink()
    record.write_text(record.read_text().replace('"closed_at":"', '"closed_at":"about '))
    with pytest.raises(MeasureError, match="it is not a readable record"):
        judged(desk)
    record.write_text(record.read_text()[:-40])
    with pytest.raises(MeasureError, match="it is not a readable record"):
        judged(desk)


@pytest.fixture(scope="module")
def three_periods(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    desk = Desk(tmp_path_factory.mktemp("three"))
    desk.repository("billing", {"a.py": SIMPLE, "b.py": BRANCHY}, at="2026-02-01T00:00:00Z")
    desk.contract(["billing"], LEVELS[:1], starts="2026-01-01")
    desk.measure(jobs=1)
    for period in ("2026-Q1", "2026-Q2", "2026-Q3"):
        close(desk, period)
    return Kept(desk)


@pytest.fixture
def two(desk: Desk, three_periods: Kept) -> Desk:
    three_periods.lay_out(desk)
    return desk


@pytest.mark.parametrize("lost", ["2026-Q1", "2026-Q2", "2026-Q3"])
def test_a_row_that_is_gone(two: Desk, lost: str) -> None:
    _sql(two, f"delete from frozen_evaluations where period = '{lost}'")
    for period in ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"):
        with pytest.raises(MeasureError, match="is not as it was closed"):
            judged(two, period)


def test_files_alone_are_a_chain_too(two: Desk) -> None:
    before = [apart_from_differences(judged(two, f"2026-Q{n}")) for n in (1, 2, 3)]
    two.session.database.unlink()
    after = [judged(two, f"2026-Q{n}") for n in (1, 2, 3)]
    assert [apart_from_differences(each) for each in after] == before
    assert all(each.frozen and each.frozen.notes for each in after)
    (two.folder / "acme.closed" / "2026-Q2.json").unlink()
    with pytest.raises(MeasureError, match="the record before it was changed or removed"):
        judged(two, "2026-Q3")


def test_closing_on_top_of_files_brings_them_back(two: Desk) -> None:
    (two.folder / "acme.closed").rename(two.folder / "kept")
    two.session.database.unlink()
    (two.folder / "kept").rename(two.folder / "acme.closed")
    two.now = datetime(2027, 3, 1, tzinfo=UTC)
    two.measure(jobs=1)
    record = close(two, "2026-Q4").frozen
    assert record
    assert record.previous == judged(two, "2026-Q3").frozen.digest  # type: ignore[union-attr]
    assert judged(two, "2026-Q1").frozen.notes == ()  # type: ignore[union-attr]


def test_a_missing_copy_is_restored(two: Desk) -> None:
    file = two.folder / "acme.closed" / "2026-Q2.json"
    before = file.read_bytes()
    file.unlink()
    assert "is missing" in judged(two, "2026-Q2").frozen.notes[0]  # type: ignore[union-attr]
    with pytest.raises(UsageError, match="was closed on"):
        close(two, "2026-Q2")
    assert file.read_bytes() == before


def test_another_id_does_not_open_what_is_closed(desk: Desk, billing: Repository) -> None:
    close(desk)
    text = desk.contracts[0].read_text()
    desk.contracts[0].write_text(text.replace("id: ACME", "id: ACME-NEW"))
    with pytest.raises(MeasureError, match="it is a record of contract ACME"):
        judged(desk)


# ---------------------------------------------------------------- kill -9


KILL = """
import os, signal, sys
from quality.closing import close as closing
from quality.store.database import Store
real = {"freeze": Store.freeze, "half": closing.write_half, "finish": closing.finish}
def die(*args): os.kill(os.getpid(), signal.SIGKILL)
def after(name):
    def run(*args):
        real[name](*args)
        die()
    return run
where = sys.argv.pop(1)
if where == "before the row": Store.freeze = die
if where == "after the row": Store.freeze = after("freeze")
if where == "after the file": closing.finish = after("finish")
if where == "in the transaction":
    from contextlib import contextmanager
    def freeze(self, contract, row):
        self.connection.execute("begin")
        self.connection.execute("insert into frozen_evaluations values (1, ?, ?, ?, ?, ?)",
            [contract, row.period, row.body, row.digest, row.previous])
        die()
    Store.freeze = freeze
from quality.cli.app import main
main()
"""


@pytest.mark.parametrize(
    ("where", "closed"),
    [("before the row", False), ("in the transaction", False), ("after the row", True),
     ("after the file", True)],
)  # fmt: skip
def test_a_kill_leaves_it_closed_or_not(
    desk: Desk, billing: Repository, where: str, closed: bool
) -> None:
    before = judged(desk)
    command = [sys.executable, "-c", KILL, where, "close", str(desk.contracts[0]), "--period",
               "2026-Q3", "--by", "Ann", "--agreed"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    assert done.returncode == -signal.SIGKILL, done.stderr
    after = judged(desk)
    assert (after.state == "closed") is closed
    assert after.service_levels == before.service_levels
    if closed:
        with pytest.raises(UsageError, match="was closed on"):
            close(desk)
        assert judged(desk).frozen.notes == ()  # type: ignore[union-attr]
    else:
        assert after == before
        assert close(desk).state == "closed"


def test_the_record_is_written_where_the_contract_lies(desk: Desk, billing: Repository) -> None:
    close(desk)
    assert sorted(path.name for path in Path(desk.folder / "acme.closed").iterdir()) == [
        "2026-Q3.json"
    ]
