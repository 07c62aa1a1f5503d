"""Opening the file: what is refused, what breaks later, what it takes of the machine."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from quality.errors import MeasureError, UsageError
from quality.model.memory import GB, MB
from quality.store.database import Store
from quality.store.machine import Resources, parse_memory


@pytest.mark.parametrize("read_only", [False, True])
def test_another_kind_of_database_is_refused_by_its_first_bytes(
    tmp_path: Path, read_only: bool
) -> None:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("create table files (name text)")
    other.close()
    with pytest.raises(MeasureError, match=r"other\.sqlite is not a database of measurements"):
        Store(path, read_only)
    pipe = tmp_path / "pipe.duckdb"
    os.mkfifo(pipe)
    with pytest.raises(MeasureError, match="it is not a file"):
        Store(pipe, read_only)


@pytest.mark.parametrize("kept", [0.1, 1.0])
def test_a_file_that_is_damaged_is_one_line(tmp_path: Path, kept: float) -> None:
    """Cut off after a tenth, or overwritten behind it: the head is whole, so it opens."""
    path = tmp_path / "measurements.duckdb"
    with Store(path) as store:
        store.connection.execute(
            "insert into commits select sha1(i::varchar), now(), null from range(100000) as r(i)"
        )
    size = path.stat().st_size
    with path.open("r+b") as stream:
        stream.seek(size // 10)
        stream.write(b"\xff" * (size * 8 // 10))
        stream.truncate(int(size * kept))
    with (
        pytest.raises(MeasureError, match="restore a copy, or move it away") as caught,
        Store(path, read_only=True) as store,
    ):
        store.connection.execute("select bit_xor(hash(sha)) from commits").fetchall()
    assert len(str(caught.value).splitlines()) == 1


def test_a_narrow_address_space_is_refused_before_anything_breaks(tmp_path: Path) -> None:
    code = (
        "import resource, sys; from pathlib import Path; from quality.store.database import Store\n"
        "resource.setrlimit(resource.RLIMIT_AS, (600_000_000, resource.RLIM_INFINITY))\n"
        "try:\n    Store(Path(sys.argv[1]))\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "x.duckdb"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.startswith("MeasureError `ulimit -v` leaves 600 MB of addresses"), done


@pytest.mark.slow
def test_more_than_the_memory_allows_is_done_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "measurements.duckdb"
    sort = "create temp table sorted as select hash(i) as h from range(20000000) as r(i) order by h"
    with Store(path, resources=Resources(threads=1, memory=100 * MB)) as store:
        store.connection.execute(sort)
        assert list(Path(f"{path}.tmp").iterdir())
        found = store.connection.execute("select current_setting('threads')").fetchall()
        assert found == [(1,)]
    assert not Path(f"{path}.tmp").exists()


def test_sizes_of_memory() -> None:
    assert parse_memory("500MB") == 500 * MB
    assert parse_memory("2 gb") == 2 * GB
    assert parse_memory(None) == 0
    for text in ("2", "99MB", "-1GB", "1.5GB", "lots", ""):
        with pytest.raises(UsageError, match="write a size such as 500MB or 2GB"):
            parse_memory(text)


def test_our_folder_keeps_itself_out_of_git(tmp_path: Path) -> None:
    folder = tmp_path / ".workmanship"
    with Store(folder / "measurements.duckdb"):
        pass
    assert (folder / ".gitignore").read_text() == "*\n"
    (folder / ".gitignore").write_text("log\n")
    with Store(folder / "measurements.duckdb"):
        pass
    assert (folder / ".gitignore").read_text() == "log\n"
    with Store(tmp_path / "shared" / "measurements.duckdb"):
        pass
    assert not (tmp_path / "shared" / ".gitignore").exists()
