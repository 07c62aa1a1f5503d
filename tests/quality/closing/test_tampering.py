"""Records under attack: rows and files changed or taken away, and a close that is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from quality.cli.app import run
from quality.closing.records import digest_of
from quality.errors import MeasureError, UsageError
from tests.conftest import Desk, Kept
from tests.quality.closing.conftest import close, judged
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
    for text in (record.read_text().replace('"closed_at":"', '"closed_at":"about '),
                 record.read_text()[:-40]):  # fmt: skip
        record.write_text(text)
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


def _copies(desk: Desk) -> Path:
    """What the other party keeps."""
    folder = desk.folder / "from-the-other-party"
    shutil.copytree(desk.folder / "acme.closed", folder)
    return folder


def verified(desk: Desk, *copies: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    words = ["closing", "verify", *map(str, copies), "--contract", str(desk.contracts[0])]
    return run(words), capsys.readouterr().err


def test_a_database_that_is_gone_is_restored_from_the_other_partys_copies_alone(
    two: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    before = [judged(two, f"2026-Q{n}").frozen for n in (1, 2, 3)]
    copies = _copies(two)
    two.session.database.unlink()
    assert run(["check", str(two.contracts[0])]) == 0, "the files alone are a chain too"
    for period in ("2026-Q1", "2026-Q3", "2026-Q4"):
        with pytest.raises(MeasureError, match="has lost its row"):
            judged(two, period)
    with pytest.raises(MeasureError, match="has lost its row"):
        close(two, "2026-Q4")
    ours = two.folder / "acme.closed" / "2026-Q1.json"
    code, said = verified(two, ours, capsys=capsys)
    assert (code, "is our own record: name the copy" in said) == (2, True)
    code, said = verified(two, *sorted(copies.iterdir()), capsys=capsys)
    assert code == 0
    assert [line.startswith(f"2026-Q{n} of ACME: all copies agree on sha256:") for n, line
            in enumerate(said.splitlines(), 1)] == [True] * 3  # fmt: skip
    assert said.count(f"; restored {two.session.database}") == 3
    after = [judged(two, f"2026-Q{n}").frozen for n in (1, 2, 3)]
    assert [each.digest for each in after if each] == [each.digest for each in before if each]
    code, said = verified(two, *sorted(copies.iterdir()), capsys=capsys)
    assert (code, "restored" in said) == (0, False)


def test_a_missing_file_is_restored_from_the_other_partys_copy(
    two: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    copies = _copies(two)
    file = two.folder / "acme.closed" / "2026-Q2.json"
    before = file.read_bytes()
    file.unlink()
    for period in ("2026-Q2", "2026-Q4"):
        with pytest.raises(MeasureError, match=r"2026-Q2\.json is missing"):
            judged(two, period)
    with pytest.raises(MeasureError, match=r"2026-Q2\.json is missing"):
        close(two, "2026-Q4")
    code, said = verified(two, copies / "2026-Q2.json", capsys=capsys)
    assert (code, said.endswith(f"; restored {file}\n")) == (0, True)
    assert file.read_bytes() == before
    assert judged(two, "2026-Q2").state == "closed"


def _forged(file: Path) -> None:
    """The last record as the supplier would like it, its chain intact."""
    file.write_text(file.read_text().replace('"failed"', '"met"'))


def test_a_forged_last_record_is_neither_accepted_nor_adopted(
    two: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    copies = _copies(two)
    _forged(two.folder / "acme.closed" / "2026-Q3.json")
    for statement in ("delete from frozen_evaluations where period = '2026-Q3'",
                      "delete from frozen_evaluations"):  # fmt: skip
        _sql(two, statement)
        with pytest.raises(MeasureError, match="has lost its row"):
            judged(two, "2026-Q3")
        with pytest.raises(MeasureError, match="has lost its row"):
            close(two, "2026-Q4")
    code, said = verified(two, copies / "2026-Q3.json", capsys=capsys)
    digests = [digest_of((folder / "2026-Q3.json").read_text())
               for folder in (copies, two.folder / "acme.closed")]  # fmt: skip
    assert code == 3
    assert all(digest in said for digest in digests), "both versions are shown"


def test_a_copy_that_was_forged_restores_nothing(
    two: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    copies = _copies(two)
    _forged(copies / "2026-Q2.json")
    code, said = verified(two, copies / "2026-Q2.json", capsys=capsys)
    assert (code, "is not as it was closed" in said) == (3, True)
    (two.folder / "acme.closed" / "2026-Q2.json").unlink()
    code, said = verified(two, copies / "2026-Q2.json", capsys=capsys)
    assert (code, "is not as it was closed" in said) == (3, True)
    _sql(two, "delete from frozen_evaluations where period = '2026-Q2'")
    assert verified(two, copies / "2026-Q2.json", capsys=capsys)[0] == 0
    with pytest.raises(MeasureError, match="the record before it was changed or removed"):
        judged(two, "2026-Q3")


@pytest.mark.parametrize(
    ("day", "how"),
    [("2026-11-23", "in the future"), ("2999-01-01", "in the future"),
     ("2026-09-30", "before its end")],
)  # fmt: skip
def test_a_closing_dated_in_the_future_or_before_the_end(two: Desk, day: str, how: str) -> None:
    """Even where row, file and chain agree."""
    file = two.folder / "acme.closed" / "2026-Q3.json"
    text = file.read_text()
    forged = text.replace('"closed_at":"2026-11-22', f'"closed_at":"{day}')
    assert forged != text
    file.write_text(forged)
    with duckdb.connect(two.session.database) as con:
        con.execute("update frozen_evaluations set body = ?, digest = ? where period = '2026-Q3'",
                    [forged, digest_of(forged)])  # fmt: skip
    said = f"it says that it was closed on {day}, {how}"
    for period in ("2026-Q1", "2026-Q3", "2026-Q4"):
        with pytest.raises(MeasureError, match=said):
            judged(two, period)


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
    desk.now = datetime.now(UTC)
    before = judged(desk)
    command = [sys.executable, "-c", KILL, where, "close", str(desk.contracts[0]), "--period",
               "2026-Q3", "--by", "Ann"]  # fmt: skip
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
